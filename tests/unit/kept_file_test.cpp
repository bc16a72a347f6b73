#include "base/file_steps.h"
#include "base/kept_file.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;

namespace {

/// What the seam saw, and which of the calls is to fail with which errno (or to end the process).
struct Steps
{
    QList<QByteArray> calls;
    qsizetype last = -1; ///< place in `calls`
    int error = 0;       ///< 0: the process is killed there
};

Steps s_steps;

int step(const char *call)
{
    s_steps.calls.append(call);
    if (s_steps.calls.size() - 1 != s_steps.last)
        return 0;
    if (s_steps.error == 0)
        ::kill(::getpid(), SIGKILL);
    return s_steps.error;
}

void watchSteps(qsizetype last = -1, int error = 0)
{
    s_steps = {{}, last, error};
    file_steps::setHook(step);
}

Result<bool> put(KeptFile &file, const QString &key, const QString &value = QStringLiteral("there"))
{
    return file.update([&](QJsonObject &root) {
        root.insert(key, value);
        return true;
    });
}

/// This program as another process that works on the file.
int otherProcess(const QStringList &arguments)
{
    const QString role = arguments.at(1);
    KeptFile file(arguments.at(2), 1);
    if (role == QLatin1String("--add")) {
        int lockMissed = 0;
        for (int number = 0; number < 200;) {
            if (put(file, arguments.at(3) + QString::number(number)))
                ++number;
            else if (++lockMissed == 20) // under load the other one may be faster for two seconds
                return 1;
        }
        return 0;
    }
    if (role == QLatin1String("--killed-at")) {
        watchSteps(arguments.at(3).toInt());
        return put(file, QStringLiteral("key"), QStringLiteral("new")) ? 0 : 1;
    }
    if (role == QLatin1String("--killed-in-write")) {
        const rlimit limit{20, 20}; // SIGXFSZ ends the process at the 21st byte
        ::setrlimit(RLIMIT_FSIZE, &limit);
        return put(file, QStringLiteral("key"), QStringLiteral("new")) ? 0 : 1;
    }
    if (role == QLatin1String("--hold")) {
        (void)file.update([](QJsonObject &) {
            std::puts("held");
            std::fflush(stdout);
            for (;;)
                ::pause();
            return false;
        });
    }
    return 1;
}

} // namespace

class KeptFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

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
    void unreadableStaysAsItIs();

    void everyFailureLeavesTheOldContent_data();
    void everyFailureLeavesTheOldContent();
    void aFailedSyncIsNeverRenamed();
    void aFullDiskInTheMiddleOfAWrite();

    void aKillAtEveryStep();
    void aKillInTheMiddleOfAWrite();
    void twoProcessesLoseNothing();
    void aHolderThatHangs();
    void aHolderThatIsKilled();

private:
    void write(const QByteArray &bytes) const;
    QByteArray content(const QString &path = {}) const;
    QStringList names() const;
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    std::unique_ptr<QProcess> startHolder() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void KeptFileTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("a.json"));
}

void KeptFileTest::cleanup()
{
    file_steps::setHook(nullptr);
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

std::unique_ptr<QProcess> KeptFileTest::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), arguments);
    return process;
}

/// A process that holds the lock for ever.
std::unique_ptr<QProcess> KeptFileTest::startHolder() const
{
    auto holder = start({QStringLiteral("--hold"), m_path});
    while (holder->waitForReadyRead()) {
        if (holder->readAllStandardOutput().contains("held"))
            return holder;
    }
    return nullptr;
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

void KeptFileTest::unreadableStaysAsItIs()
{
    const auto rowsOf = [](int error, const char *failing) { return std::pair(error, QByteArray(failing)); };
    for (const auto &[error, failing] : {rowsOf(EACCES, "open"), rowsOf(EIO, "read")}) {
        write("{\"a\": 1}");
        KeptFile file(m_path, 1);
        watchSteps();
        QVERIFY(!file.read().trouble);
        watchSteps(s_steps.calls.indexOf(failing), error);
        const auto trouble = file.read().trouble;
        QVERIFY(trouble);
        QCOMPARE(trouble->kind, ErrorKind::Disk);
        QVERIFY(trouble->sentence.contains(m_path));

        watchSteps();
        QVERIFY(put(file, QStringLiteral("key"))); // to see the calls
        // Of an update the first opening is that of the lock.
        const qsizetype from = failing == "open" ? s_steps.calls.indexOf("open") + 1 : 0;
        const QByteArray before = content();
        watchSteps(s_steps.calls.indexOf(failing, from), error);
        const Result<bool> changed = put(file, QStringLiteral("key"));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::Disk);
        QCOMPARE(content(), before);
        QVERIFY(!file.setAside());
        file_steps::setHook(nullptr);
    }
}

void KeptFileTest::everyFailureLeavesTheOldContent_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isFirst");
    QTest::newRow("disk error") << EIO << false;
    QTest::newRow("disk full") << ENOSPC << false;
    QTest::newRow("disk error, no file yet") << EIO << true;
    QTest::newRow("disk full, no file yet") << ENOSPC << true;
}

void KeptFileTest::everyFailureLeavesTheOldContent()
{
    QFETCH(int, error);
    QFETCH(bool, isFirst);
    const QByteArray old = "{\"version\": 1, \"key\": \"old\"}";
    QList<QByteArray> failed;
    for (qsizetype last = 0;; ++last) {
        QFile::remove(m_path);
        if (!isFirst)
            write(old);
        KeptFile file(m_path, 1);
        watchSteps(last, error);
        const Result<bool> changed = put(file, QStringLiteral("key"), QStringLiteral("new"));
        file_steps::setHook(nullptr);
        if (s_steps.calls.size() <= last) {
            QVERIFY(changed); // this time nothing failed
            break;
        }
        failed.append(s_steps.calls.at(last));
        QVERIFY2(!changed, failed.last().constData());
        QCOMPARE(changed.error().kind, ErrorKind::Disk);
        QVERIFY(!changed.error().sentence.isEmpty());
        QVERIFY2(content() == (isFirst ? QByteArray("no file") : old), failed.last().constData());
        QVERIFY(!QFile::exists(m_path + QStringLiteral(".new")));
        QVERIFY(!file.setAside());
    }
    for (const char *call : {"open", "lock", "write", "fsync", "rename", "fsync folder"})
        QVERIFY2(failed.contains(call), call);
}

void KeptFileTest::aFailedSyncIsNeverRenamed()
{
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key")));
    watchSteps();
    QVERIFY(put(file, QStringLiteral("key"))); // to see the calls
    QVERIFY(s_steps.calls.contains("rename"));
    watchSteps(s_steps.calls.indexOf("fsync"), EIO);
    QVERIFY(!put(file, QStringLiteral("other")));
    QCOMPARE(s_steps.calls.last(), QByteArray("fsync"));
}

void KeptFileTest::aFullDiskInTheMiddleOfAWrite()
{
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key")));
    const QByteArray before = content();
    rlimit usual = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{20, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const Result<bool> changed = put(file, QStringLiteral("other"));
    ::setrlimit(RLIMIT_FSIZE, &usual);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!changed);
    QCOMPARE(content(), before);
    QCOMPARE(names(), (QStringList{QStringLiteral("a.json"), QStringLiteral("a.json.lock")}));
}

void KeptFileTest::aKillAtEveryStep()
{
    int kept = 0;
    int replaced = 0;
    for (int last = 0;; ++last) {
        KeptFile file(m_path, 1);
        QVERIFY(put(file, QStringLiteral("key"), QStringLiteral("old")));
        const auto process = start({QStringLiteral("--killed-at"), m_path, QString::number(last)});
        QVERIFY(process->waitForFinished());
        const QString value = file.read().root.value(QStringLiteral("key")).toString();
        QVERIFY2(value == QLatin1String("old") || value == QLatin1String("new"), qPrintable(value));
        QVERIFY(!file.setAside());
        if (process->exitStatus() == QProcess::NormalExit)
            break;
        ++(value == QLatin1String("old") ? kept : replaced);
        // The next writer finds the lock free and sweeps what was left.
        QVERIFY(put(file, QStringLiteral("next")));
        QCOMPARE(names(), (QStringList{QStringLiteral("a.json"), QStringLiteral("a.json.lock")}));
    }
    QVERIFY2(kept >= 4 && replaced >= 1, qPrintable(QStringLiteral("%1 kept, %2 replaced").arg(kept).arg(replaced)));
}

void KeptFileTest::aKillInTheMiddleOfAWrite()
{
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key"), QStringLiteral("old")));
    const auto process = start({QStringLiteral("--killed-in-write"), m_path});
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    QCOMPARE(QFileInfo(m_path + QStringLiteral(".new")).size(), 20);
    QCOMPARE(file.read().root.value(QStringLiteral("key")).toString(), QStringLiteral("old"));
    QVERIFY(put(file, QStringLiteral("next")));
    QVERIFY(!QFile::exists(m_path + QStringLiteral(".new")));
}

void KeptFileTest::twoProcessesLoseNothing()
{
    const auto one = start({QStringLiteral("--add"), m_path, QStringLiteral("one-")});
    const auto other = start({QStringLiteral("--add"), m_path, QStringLiteral("other-")});
    KeptFile file(m_path, 1);
    while (one->state() != QProcess::NotRunning || other->state() != QProcess::NotRunning) {
        QVERIFY(!file.read().trouble); // a reader never meets half a file
        QTest::qWait(1);
    }
    QCOMPARE(one->exitCode(), 0);
    QCOMPARE(other->exitCode(), 0);
    QVERIFY(!file.setAside());
    QCOMPARE(file.read().root.size(), 2 * 200 + 1);
}

void KeptFileTest::aHolderThatHangs()
{
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key")));
    const auto holder = startHolder();
    QVERIFY(holder);
    ::kill(static_cast<pid_t>(holder->processId()), SIGSTOP);
    const Result<bool> changed = put(file, QStringLiteral("other"));
    QVERIFY(!changed);
    QVERIFY2(changed.error().sentence.contains(QLatin1String("another running copy")),
             qPrintable(changed.error().sentence));
    QCOMPARE(file.read().root.size(), 2); // reading needs no lock
    write("damaged");
    const auto trouble = file.read().trouble;
    QVERIFY(trouble);
    QCOMPARE(content(), QByteArray("damaged"));
    holder->kill();
    QVERIFY(holder->waitForFinished());
}

void KeptFileTest::aHolderThatIsKilled()
{
    const auto holder = startHolder();
    QVERIFY(holder);
    holder->kill();
    QVERIFY(holder->waitForFinished());
    KeptFile file(m_path, 1);
    QVERIFY(put(file, QStringLiteral("key")));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() > 2 && arguments.at(1).startsWith(QLatin1String("--")))
        return otherProcess(arguments);
    KeptFileTest test;
    return QTest::qExec(&test, arguments);
}

#include "kept_file_test.moc"
