#include "base/file_steps.h"
#include "base/kept_file.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <sys/resource.h>
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

/// What a KeptFile holds after a disk that fails, a kill, and other processes that work on the same file.
class KeptFileFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
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
    QByteArray content() const;
    QStringList names() const;
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    std::unique_ptr<QProcess> startHolder() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void KeptFileFaultsTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("a.json"));
}

void KeptFileFaultsTest::cleanup()
{
    file_steps::setHook(nullptr);
}

void KeptFileFaultsTest::write(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray KeptFileFaultsTest::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

QStringList KeptFileFaultsTest::names() const
{
    return QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

std::unique_ptr<QProcess> KeptFileFaultsTest::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), arguments);
    return process;
}

/// A process that holds the lock for ever.
std::unique_ptr<QProcess> KeptFileFaultsTest::startHolder() const
{
    auto holder = start({QStringLiteral("--hold"), m_path});
    while (holder->waitForReadyRead()) {
        if (holder->readAllStandardOutput().contains("held"))
            return holder;
    }
    return nullptr;
}

void KeptFileFaultsTest::unreadableStaysAsItIs()
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

void KeptFileFaultsTest::everyFailureLeavesTheOldContent_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isFirst");
    QTest::newRow("disk error") << EIO << false;
    QTest::newRow("disk full") << ENOSPC << false;
    QTest::newRow("disk error, no file yet") << EIO << true;
    QTest::newRow("disk full, no file yet") << ENOSPC << true;
}

void KeptFileFaultsTest::everyFailureLeavesTheOldContent()
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

void KeptFileFaultsTest::aFailedSyncIsNeverRenamed()
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

void KeptFileFaultsTest::aFullDiskInTheMiddleOfAWrite()
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

void KeptFileFaultsTest::aKillAtEveryStep()
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

void KeptFileFaultsTest::aKillInTheMiddleOfAWrite()
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

void KeptFileFaultsTest::twoProcessesLoseNothing()
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

void KeptFileFaultsTest::aHolderThatHangs()
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

void KeptFileFaultsTest::aHolderThatIsKilled()
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
    KeptFileFaultsTest test;
    return QTest::qExec(&test, arguments);
}

#include "kept_file_faults_test.moc"
