#include "base/file_steps.h"
#include "downloads/download_json.h"
#include "downloads/queue_store.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>

#include <unistd.h>

using namespace tidemark;

namespace {

Download named(const QString &name)
{
    Download download;
    download.id = DownloadId(QStringLiteral("id of ") + name);
    download.source.job = JobId(QStringLiteral("job"));
    download.source.fileName = name;
    download.localName = name;
    download.folder = QStringLiteral("/tmp");
    return download;
}

QStringList namesOf(const std::vector<Download> &downloads)
{
    QStringList names;
    for (const Download &download : downloads)
        names << download.localName;
    return names;
}

QByteArray fileWith(const QStringList &names)
{
    QJsonArray array;
    for (const QString &name : names)
        array.append(toJson(named(name)));
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("downloads"), array}}).toJson();
}

const QString A = QStringLiteral("a.tar.gz");
const QString B = QStringLiteral("b.tar.gz");
const QString C = QStringLiteral("c.tar.gz");

} // namespace

/// The file of the queue: what is damaged, newer or not readable in it, and what several copies of the program do.
class QueueStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { file_steps::setHook(nullptr); }
    void whatIsSavedIsThereAgain();
    void isKeptAside_data();
    void isKeptAside();
    void unreadableIsNotReplaced();
    void whatCannotBeReadIsNotDeletedWhenTakenOver();
    void entriesOfOthersStay();
    void aFailedSaveIsSaidOnce();
    void copiesThatRunLeaveEachOtherAlone();
    void aKilledCopyIsTakenOver();
    void takenOverTwiceIsThereOnce();

private:
    QString path(const QString &name) const { return QDir(m_dir->path()).filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    QByteArray content(const QString &name) const;
    void save(const QStringList &names) const;
    QStringList load() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void QueueStoreTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void QueueStoreTest::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray QueueStoreTest::content(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

/// As a run of the program that adds downloads and ends.
void QueueStoreTest::save(const QStringList &names) const
{
    QueueStore store(m_dir->path());
    std::vector<Download> downloads = store.load();
    for (const QString &name : names)
        downloads.push_back(named(name));
    store.save(downloads);
}

QStringList QueueStoreTest::load() const
{
    return namesOf(QueueStore(m_dir->path()).load());
}

void QueueStoreTest::whatIsSavedIsThereAgain()
{
    QCOMPARE(load(), QStringList());
    save({A, B});
    QCOMPARE(load(), (QStringList{A, B}));
    save({C});
    QCOMPARE(load(), (QStringList{A, B, C}));
    QCOMPARE(QFile::permissions(path(QStringLiteral("downloads.json"))) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void QueueStoreTest::isKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kept");
    const QString unreadable = QStringLiteral(".unreadable-*");
    QTest::newRow("empty") << QByteArray() << unreadable;
    QTest::newRow("cut short") << fileWith({A}).chopped(9) << unreadable;
    QTest::newRow("another shape") << QByteArray("{\"version\": 1, \"downloads\": {}}") << unreadable;
    QTest::newRow("newer") << QByteArray("{\"version\": 2, \"downloads\": []}") << QStringLiteral(".version-2");
}

void QueueStoreTest::isKeptAside()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, kept);
    for (const QString &name : {QStringLiteral("downloads.json"), QStringLiteral("downloads-2.json")}) {
        write(name, bytes);
        {
            QueueStore store(m_dir->path());
            const QSignalSpy troubles(&store, &QueueStore::trouble);
            QCOMPARE(namesOf(store.load()), QStringList());
            QCOMPARE(troubles.size(), 1);
            const auto error = troubles.first().first().value<Error>();
            QVERIFY2(error.sentence.contains(path(name)), qPrintable(error.sentence));
            store.save({named(B)});
        }
        const QStringList names = QDir(m_dir->path()).entryList({name + kept});
        QCOMPARE(names.size(), 1);
        QCOMPARE(content(names.first()), bytes);
        QCOMPARE(load(), QStringList{B});
        QVERIFY(QFile::remove(path(QStringLiteral("downloads.json"))));
    }
}

void QueueStoreTest::unreadableIsNotReplaced()
{
    save({A});
    {
        QueueStore store(m_dir->path());
        const QSignalSpy troubles(&store, &QueueStore::trouble);
        file_steps::setHook([](const char *call) { return qstrcmp(call, "read") == 0 ? EIO : 0; });
        QCOMPARE(namesOf(store.load()), QStringList());
        file_steps::setHook(nullptr);
        QCOMPARE(troubles.size(), 1);
        store.save({named(B)}); // by now the file could be read, and replaced
    }
    QStringList names = load();
    names.sort();
    QCOMPARE(names, (QStringList{A, B}));
}

void QueueStoreTest::whatCannotBeReadIsNotDeletedWhenTakenOver()
{
    write(QStringLiteral("downloads-2.json"), fileWith({A}));
    {
        QueueStore store(m_dir->path());
        const QSignalSpy troubles(&store, &QueueStore::trouble);
        file_steps::setHook([](const char *call) { return qstrcmp(call, "read") == 0 ? EIO : 0; });
        QCOMPARE(namesOf(store.load()), QStringList());
        file_steps::setHook(nullptr);
        QCOMPARE(troubles.size(), 1);
        store.save({named(B)});
    }
    QCOMPARE(content(QStringLiteral("downloads-2.json")), fileWith({A}));
}

/// What this version does not understand is not its to throw away.
void QueueStoreTest::entriesOfOthersStay()
{
    write(QStringLiteral("downloads.json"), "{\"version\": 1, \"downloads\": [{\"strange\": 1}], \"more\": true}");
    write(QStringLiteral("downloads-2.json"), "{\"version\": 1, \"downloads\": [{\"stranger\": 2}, {\"strange\": 1}]}");
    save({A});
    QVERIFY(!QFile::exists(path(QStringLiteral("downloads-2.json")))); // taken over
    save({B});
    QCOMPARE(load(), (QStringList{A, B}));
    const QByteArray saved = content(QStringLiteral("downloads.json"));
    QCOMPARE(saved.count("\"strange\""), 1);
    QCOMPARE(saved.count("\"stranger\""), 1);
    QVERIFY(saved.contains("\"more\": true"));
}

void QueueStoreTest::aFailedSaveIsSaidOnce()
{
    QueueStore store(m_dir->path());
    QSignalSpy troubles(&store, &QueueStore::trouble);
    QSignalSpy saved(&store, &QueueStore::saved);
    QCOMPARE(namesOf(store.load()), QStringList());
    store.save({named(A)});
    QTRY_COMPARE(saved.size(), 1);
    const QByteArray before = content(QStringLiteral("downloads.json"));
    const auto fail = [&] {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("the disk is full")));
        store.save({named(B)});
        bool isTold = false; // whatever the write had to say is said before
        store.post([&] {
            QMetaObject::invokeMethod(
                &store, [&isTold] { isTold = true; }, Qt::QueuedConnection);
        });
        QTRY_VERIFY(isTold);
    };
    file_steps::setHook([](const char *call) { return qstrcmp(call, "fsync") == 0 ? ENOSPC : 0; });
    fail();
    QCOMPARE(troubles.size(), 1);
    fail();
    QCOMPARE(troubles.size(), 1);
    QCOMPARE(content(QStringLiteral("downloads.json")), before);
    file_steps::setHook(nullptr);
    store.save({named(B)});
    QTRY_COMPARE(saved.size(), 2);
    file_steps::setHook([](const char *call) { return qstrcmp(call, "fsync") == 0 ? ENOSPC : 0; });
    fail();
    QCOMPARE(troubles.size(), 2);
}

void QueueStoreTest::copiesThatRunLeaveEachOtherAlone()
{
    auto one = std::make_unique<QueueStore>(m_dir->path());
    auto other = std::make_unique<QueueStore>(m_dir->path());
    QVERIFY(one->load().empty());
    QVERIFY(other->load().empty());
    for (int round = 0; round < 50; ++round) {
        one->save({named(A)});
        other->save({named(B)});
    }
    one.reset();
    other.reset();
    QStringList names = load();
    names.sort();
    QCOMPARE(names, (QStringList{A, B}));
}

void QueueStoreTest::aKilledCopyIsTakenOver()
{
    QueueStore running(m_dir->path());
    QVERIFY(running.load().empty());
    {
        QProcess killed; // takes downloads-2.json
        killed.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--save-and-die"), m_dir->path()});
        QVERIFY(killed.waitForFinished());
        QCOMPARE(killed.exitStatus(), QProcess::CrashExit);
    }
    save({B}); // the next copy
    QCOMPARE(load(), (QStringList{A, B}));
    QCOMPARE(load(), (QStringList{A, B}));
}

/// A copy was killed between saving what it had taken over and deleting the file where it had been.
void QueueStoreTest::takenOverTwiceIsThereOnce()
{
    Download older = named(A);
    Download newer = named(A);
    newer.localName = C; // as it was then
    const auto file = [](const Download &download) {
        return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1},
                                         {QStringLiteral("downloads"), QJsonArray{toJson(download)}}})
            .toJson();
    };
    const auto setAge = [this](const QString &name, int seconds) {
        QFile changed(path(name));
        QVERIFY(changed.open(QIODevice::ReadWrite));
        QVERIFY(
            changed.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-seconds), QFileDevice::FileModificationTime));
    };
    for (const auto &[first, second] : {std::pair(older, newer), std::pair(newer, older)}) {
        write(QStringLiteral("downloads.json"), file(first));
        write(QStringLiteral("downloads-2.json"), file(second));
        setAge(QStringLiteral("downloads.json"), first == newer ? 10 : 100);
        setAge(QStringLiteral("downloads-2.json"), second == newer ? 10 : 100);
        QCOMPARE(load(), QStringList{C});
    }
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--save-and-die")) {
        QueueStore store(arguments.at(2));
        (void)store.load();
        QObject::connect(&store, &QueueStore::saved, &application, [] { ::kill(::getpid(), SIGKILL); });
        store.save({named(A)});
        return QCoreApplication::exec();
    }
    QueueStoreTest test;
    return QTest::qExec(&test, arguments);
}

#include "queue_store_test.moc"
