#include "base/file_steps.h"
#include "connection/connection_store.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace tidemark;

namespace {

constexpr int connectionsOfAProcess = 30;

Connection named(const QString &name)
{
    Connection connection;
    connection.name = name;
    return connection;
}

QStringList namesOf(const ConnectionStore &store)
{
    QStringList names;
    for (const Connection &connection : store.connections())
        names << connection.name;
    return names;
}

} // namespace

/// What the file of connections does when it is damaged, newer, not readable, or shared with another process.
class ConnectionFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { file_steps::setHook(nullptr); }
    void isKeptAside_data();
    void isKeptAside();
    void damagedWhileTheProgramRuns();
    void unreadableIsNotReplaced();
    void aFailedSaveChangesNothing();
    void anotherProcessIsSeen();
    void twoProcessesLoseNothing();
    void entriesOfOthersStay();

private:
    void write(const QByteArray &bytes) const;
    QByteArray content(const QString &name) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void ConnectionFileTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("connections.json"));
}

void ConnectionFileTest::write(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray ConnectionFileTest::content(const QString &name) const
{
    QFile file(m_dir->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

void ConnectionFileTest::isKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kept");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("connections.json.unreadable-*");
    QTest::newRow("cut short") << QByteArray("{\"connections\": tru")
                               << QStringLiteral("connections.json.unreadable-*");
    QTest::newRow("another shape") << QByteArray("{\"version\": 1, \"connections\": {}}")
                                   << QStringLiteral("connections.json.unreadable-*");
    QTest::newRow("newer") << QByteArray("{\"version\": 2, \"connections\": []}")
                           << QStringLiteral("connections.json.version-2");
}

void ConnectionFileTest::isKeptAside()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, kept);
    write(bytes);
    ConnectionStore store(m_path);
    const Result<bool> loaded = store.load();
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().sentence.contains(m_path), qPrintable(loaded.error().sentence));
    const QStringList names = QDir(m_dir->path()).entryList({kept});
    QCOMPARE(names.size(), 1);
    QVERIFY2(loaded.error().hint.contains(names.first()), qPrintable(loaded.error().hint));
    QVERIFY(!store.takeSetAside()); // said already
    QVERIFY(store.put(named(QStringLiteral("new"))));
    QCOMPARE(content(names.first()), bytes);
    ConnectionStore again(m_path);
    QVERIFY(again.load());
    QCOMPARE(namesOf(again), QStringList{QStringLiteral("new")});
}

void ConnectionFileTest::damagedWhileTheProgramRuns()
{
    ConnectionStore store(m_path);
    QVERIFY(store.put(named(QStringLiteral("first"))));
    QVERIFY(!store.takeSetAside());
    write("damaged");
    QVERIFY(store.put(named(QStringLiteral("second"))));
    QVERIFY(store.takeSetAside());
    QVERIFY(!store.takeSetAside());
    QCOMPARE(QDir(m_dir->path()).entryList({QStringLiteral("*.unreadable-*")}).size(), 1);
}

void ConnectionFileTest::unreadableIsNotReplaced()
{
    {
        ConnectionStore store(m_path);
        QVERIFY(store.put(named(QStringLiteral("kept"))));
    }
    const QByteArray before = content(QStringLiteral("connections.json"));
    ConnectionStore store(m_path);
    file_steps::setHook([](const char *call) { return qstrcmp(call, "read") == 0 ? EIO : 0; });
    QVERIFY(!store.load());
    QVERIFY(!store.put(named(QStringLiteral("new"))));
    QVERIFY(!store.remove(ConnectionId(QStringLiteral("any"))));
    QCOMPARE(content(QStringLiteral("connections.json")), before);
    file_steps::setHook(nullptr);
    QVERIFY(store.put(named(QStringLiteral("new")))); // it can be read again
    QCOMPARE(namesOf(store), (QStringList{QStringLiteral("kept"), QStringLiteral("new")}));
}

void ConnectionFileTest::aFailedSaveChangesNothing()
{
    ConnectionStore store(m_path);
    const auto first = store.put(named(QStringLiteral("first")));
    QVERIFY(first);
    file_steps::setHook([](const char *call) { return qstrcmp(call, "fsync") == 0 ? ENOSPC : 0; });
    QVERIFY(!store.put(named(QStringLiteral("second"))));
    QVERIFY(!store.remove(first->id));
    QCOMPARE(namesOf(store), QStringList{QStringLiteral("first")});
    file_steps::setHook(nullptr);
    ConnectionStore again(m_path);
    QVERIFY(again.load());
    QCOMPARE(namesOf(again), QStringList{QStringLiteral("first")});
}

void ConnectionFileTest::anotherProcessIsSeen()
{
    ConnectionStore one(m_path);
    ConnectionStore other(m_path);
    QVERIFY(one.load());
    QVERIFY(other.load());
    const auto first = one.put(named(QStringLiteral("Production")));
    QVERIFY(first);
    // The other has not read it, and yet gives another name and keeps it.
    const auto second = other.put(named(QStringLiteral("Production")));
    QVERIFY(second);
    QCOMPARE(second->name, QStringLiteral("Production 2"));
    QCOMPARE(namesOf(other), (QStringList{QStringLiteral("Production"), QStringLiteral("Production 2")}));
    // What one has removed the other does not bring back.
    QCOMPARE(one.remove(second->id), Result<bool>(true));
    QVERIFY(other.put(*first));
    QCOMPARE(namesOf(other), QStringList{QStringLiteral("Production")});
    QCOMPARE(other.remove(second->id), Result<bool>(false));
}

void ConnectionFileTest::twoProcessesLoseNothing()
{
    QProcess one;
    QProcess other;
    for (QProcess *process : {&one, &other}) {
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--put"), m_path});
    }
    QVERIFY(one.waitForFinished() && other.waitForFinished());
    QCOMPARE(one.exitCode(), 0);
    QCOMPARE(other.exitCode(), 0);
    ConnectionStore store(m_path);
    QVERIFY(store.load());
    QStringList names = namesOf(store);
    QCOMPARE(names.size(), 2 * connectionsOfAProcess);
    QCOMPARE(names.removeDuplicates(), 0);
}

/// What this version does not understand is not its to throw away.
void ConnectionFileTest::entriesOfOthersStay()
{
    write("{\"version\": 1, \"connections\": [{\"name\": \"no id\"}, 7], \"more\": true}");
    ConnectionStore store(m_path);
    QVERIFY(store.load());
    QVERIFY(store.put(named(QStringLiteral("mine"))));
    const QByteArray saved = content(QStringLiteral("connections.json"));
    QVERIFY2(saved.contains("no id") && saved.contains('7') && saved.contains("\"more\": true"), saved.constData());
    QCOMPARE(namesOf(store), QStringList{QStringLiteral("mine")});
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--put")) {
        ConnectionStore store(arguments.at(2));
        int missed = 0; // under load the other process may be faster for two seconds
        for (int number = 0; number < connectionsOfAProcess && missed < 20;)
            store.put(named(QStringLiteral("Production"))) ? ++number : ++missed;
        return missed < 20 ? 0 : 1;
    }
    ConnectionFileTest test;
    return QTest::qExec(&test, arguments);
}

#include "connection_file_test.moc"
