#include "base/kept_file.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace tidemark;

namespace {

Result<bool> put(KeptFile &file, const QString &key, const QString &value = QStringLiteral("there"))
{
    return file.update([&](QJsonObject &root) {
        root.insert(key, value);
        return true;
    });
}

} // namespace

/// What a KeptFile holds, and what becomes of a file that it cannot use.
class KeptFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aFileThatIsNotThere();
    void aChangeIsWrittenForItsOwnerAlone();
    void whatIsNotChangedIsNotWritten();
    void aLinkStaysALink();
    void keptAside_data();
    void keptAside();
    void keptAsideByAChange();
    void keptAsideNeverReplacesAFile();
    void otherFormats();
    void whatIsNoFileStaysAsItIs();

private:
    void write(const QByteArray &bytes) const;
    QByteArray content(const QString &path = {}) const;
    QStringList names() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void KeptFileTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("a.json"));
}

void KeptFileTest::write(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray KeptFileTest::content(const QString &path) const
{
    QFile file(path.isEmpty() ? m_path : path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

QStringList KeptFileTest::names() const
{
    return QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

void KeptFileTest::aFileThatIsNotThere()
{
    const KeptFile file(m_path, 1);
    const KeptFile::Content content = file.read();
    QVERIFY(content.root.isEmpty());
    QVERIFY(!content.trouble);
    QVERIFY(!file.setAside());
    QCOMPARE(names(), QStringList());
}

void KeptFileTest::aChangeIsWrittenForItsOwnerAlone()
{
    m_path = m_dir->filePath(QStringLiteral("folder/a.json"));
    KeptFile file(m_path, 3);
    QCOMPARE(put(file, QStringLiteral("key")), Result<bool>(true));
    const QJsonObject expected{{QStringLiteral("key"), QStringLiteral("there")}, {QStringLiteral("version"), 3}};
    QCOMPARE(file.read().root, expected);
    QCOMPARE(QJsonDocument::fromJson(content()).object(), expected);

    write("{\"version\": 2, \"older\": true}");
    QFile::setPermissions(m_path, QFile::permissions(m_path) | QFile::ReadGroup | QFile::ReadOther);
    QVERIFY(put(file, QStringLiteral("key")));
    QCOMPARE(file.read().root.value(QStringLiteral("older")), QJsonValue(true));
    QCOMPARE(file.read().root.value(QStringLiteral("version")), QJsonValue(3));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(m_path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
    QCOMPARE(QDir(m_dir->filePath(QStringLiteral("folder"))).entryList(QDir::Files),
             (QStringList{QStringLiteral("a.json"), QStringLiteral("a.json.lock")}));
}

void KeptFileTest::whatIsNotChangedIsNotWritten()
{
    write("{ \"as\" : \"it was\" }");
    KeptFile file(m_path, 1);
    const auto lookOnly = [](QJsonObject &root) {
        root.insert(QStringLiteral("key"), 1);
        return false;
    };
    QCOMPARE(file.update(lookOnly), Result<bool>(false));
    QCOMPARE(content(), QByteArray("{ \"as\" : \"it was\" }"));
}

void KeptFileTest::aLinkStaysALink()
{
    const QString target = m_dir->filePath(QStringLiteral("elsewhere.json"));
    QVERIFY(QFile::link(target, m_path));
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("first")));
    QVERIFY(put(file, QStringLiteral("second")));
    QVERIFY(QFileInfo(m_path).isSymLink());
    QCOMPARE(QJsonDocument::fromJson(content(target)).object().size(), 3);
}

void KeptFileTest::keptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    const QString unreadable = QStringLiteral("a.json.unreadable-20200102T030405Z");
    QTest::newRow("empty") << QByteArray() << unreadable;
    QTest::newRow("cut short") << QByteArray("{\"version\": 1, \"restores\": [") << unreadable;
    QTest::newRow("no object") << QByteArray("[1, 2]") << unreadable;
    QTest::newRow("zeros after a power cut") << QByteArray(512, '\0') << unreadable;
    QTest::newRow("another shape") << QByteArray("{\"wrong\": 1}") << unreadable;
    QTest::newRow("a version that is none") << QByteArray("{\"version\": \"x\"}") << unreadable;
    QTest::newRow("a broken version") << QByteArray("{\"version\": 1.5}") << unreadable;
    QTest::newRow("newer") << QByteArray("{\"version\": 7, \"what\": \"?\"}") << QStringLiteral("a.json.version-7");
}

void KeptFileTest::keptAside()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    write(bytes);
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime({2020, 1, 2}, {3, 4, 5}, Qt::UTC), QFileDevice::FileModificationTime));
    }
    KeptFile file(m_path, 1, [](const QJsonObject &root) { return !root.contains(QStringLiteral("wrong")); });
    const KeptFile::Content read = file.read();
    QVERIFY(read.root.isEmpty());
    QVERIFY(!read.trouble);
    QVERIFY(file.setAside());
    QVERIFY2(file.setAside()->sentence.contains(m_path), qPrintable(file.setAside()->sentence));
    QVERIFY2(file.setAside()->hint.contains(name), qPrintable(file.setAside()->hint));
    QCOMPARE(content(m_dir->filePath(name)), bytes);
    QVERIFY(!QFile::exists(m_path));
    QVERIFY(put(file, QStringLiteral("key")));
    QCOMPARE(content(m_dir->filePath(name)), bytes);
    QCOMPARE(KeptFile(m_path, 1).read().root.value(QStringLiteral("key")), QJsonValue(QStringLiteral("there")));
}

void KeptFileTest::keptAsideByAChange()
{
    write("{\"version\": 2}");
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key")));
    QVERIFY(file.setAside());
    QCOMPARE(content(m_dir->filePath(QStringLiteral("a.json.version-2"))), QByteArray("{\"version\": 2}"));
}

void KeptFileTest::keptAsideNeverReplacesAFile()
{
    for (const QByteArray &more : {QByteArray("1"), QByteArray("2"), QByteArray("3")}) {
        write("{\"version\": 2, \"a\": " + more + "}");
        QVERIFY(!KeptFile(m_path, 1).read().trouble);
    }
    QCOMPARE(content(m_path + QStringLiteral(".version-2")), QByteArray("{\"version\": 2, \"a\": 1}"));
    QCOMPARE(content(m_path + QStringLiteral(".version-2-2")), QByteArray("{\"version\": 2, \"a\": 2}"));
    QCOMPARE(content(m_path + QStringLiteral(".version-2-3")), QByteArray("{\"version\": 2, \"a\": 3}"));
}

void KeptFileTest::otherFormats()
{
    write("{\"a\": 1}"); // before there were versions
    KeptFile file(m_path, 2);
    QCOMPARE(file.read().root.value(QStringLiteral("a")), QJsonValue(1));
    write("{\"a\": 1, \"version\": 2}");
    QCOMPARE(file.read().root.value(QStringLiteral("a")), QJsonValue(1));
    QVERIFY(!file.setAside());
}

void KeptFileTest::whatIsNoFileStaysAsItIs()
{
    QVERIFY(QDir().mkdir(m_path));
    KeptFile folder(m_path, 1);
    QVERIFY(folder.read().trouble);
    QVERIFY(!put(folder, QStringLiteral("key")));
    const QString pipe = m_dir->filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    KeptFile file(pipe, 1);
    QVERIFY(file.read().trouble);
    QVERIFY(!put(file, QStringLiteral("key")));
    QVERIFY(!file.setAside());
}

QTEST_GUILESS_MAIN(KeptFileTest)
#include "kept_file_test.moc"
