#include "base/file_steps.h"
#include "restore/audit_log.h"
#include "support/fixed_clock.h"

#include <QProcess>
#include <QtTest>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr int linesOfAProcess = 200;

QByteArray hashOf(const QByteArray &line)
{
    return QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
}

QByteArray linkOf(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object().value(QStringLiteral("previous")).toString().toLatin1();
}

} // namespace

class TestAuditLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void linesAreAppended();
    void eachLineFollowsFromTheOneBefore();
    void modeIsPrivate();
    void linksAreNotFollowed();
    void failureIsReported_data();
    void failureIsReported();
    void twoProcessesKeepTheChain();
    void anotherProcessThatHangs();

    void aDamagedLastLineHarmsNothing_data();
    void aDamagedLastLineHarmsNothing();
    void aFullDiskInTheMiddleOfALine();
    void linesOfEarlierVersions();
    void brokenChains_data();
    void brokenChains();
    void longFiles();
    void filesThatCannotBeVerified();

private:
    void write(const QByteArray &bytes) const;
    QByteArray content() const;
    QList<QByteArray> lines() const;
    bool append(const QString &event);
    AuditLog::Verdict verdict() const { return AuditLog::verify(m_path); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    FixedClock m_clock{QDateTime::fromString(QStringLiteral("2026-11-24T14:03:07.250Z"), Qt::ISODateWithMs)};
};

void TestAuditLog::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("audit.jsonl"));
}

void TestAuditLog::cleanup()
{
    file_steps::setHook(nullptr);
}

void TestAuditLog::write(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray TestAuditLog::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Without what stands behind the last newline, which is nothing.
QList<QByteArray> TestAuditLog::lines() const
{
    QList<QByteArray> all = content().split('\n');
    return all.takeLast().isEmpty() ? all : QList<QByteArray>();
}

bool TestAuditLog::append(const QString &event)
{
    return AuditLog(m_path, m_clock).append(event, {{QStringLiteral("cluster"), QStringLiteral("orders")}});
}

void TestAuditLog::linesAreAppended()
{
    AuditLog log(m_path, m_clock);
    const QDateTime server = m_clock.now().addMSecs(750);
    QVERIFY(log.append(QStringLiteral("sending"), {{QStringLiteral("cluster"), QStringLiteral("a\nb \"ü\"")}}, server));
    const passwd *user = ::getpwuid(::getuid());
    const QJsonObject expected{
        {QStringLiteral("previous"), QString(64, QLatin1Char('0'))},
        {QStringLiteral("cluster"), QStringLiteral("a\nb \"ü\"")},
        {QStringLiteral("event"), QStringLiteral("sending")},
        {QStringLiteral("host"), QSysInfo::machineHostName()},
        {QStringLiteral("osUser"), user ? QString::fromLocal8Bit(user->pw_name) : QString::number(::getuid())},
        {QStringLiteral("serverTime"), QStringLiteral("2026-11-24T14:03:08.000Z")},
        {QStringLiteral("time"), QStringLiteral("2026-11-24T14:03:07.250Z")}};
    QCOMPARE(lines().size(), 1);
    QCOMPARE(QJsonDocument::fromJson(lines().first()).object(), expected);

    m_clock.set(m_clock.now().addSecs(1));
    QVERIFY(append(QStringLiteral("created")));
    QCOMPARE(lines().size(), 2);
    const QJsonObject second = QJsonDocument::fromJson(lines().last()).object();
    QCOMPARE(second.value(QStringLiteral("time")), QJsonValue(QStringLiteral("2026-11-24T14:03:08.250Z")));
    QVERIFY(!second.contains(QStringLiteral("serverTime"))); // not known, so nothing is claimed
}

void TestAuditLog::eachLineFollowsFromTheOneBefore()
{
    for (const char *event : {"sending", "created", "finished"})
        QVERIFY(append(QLatin1String(event)));
    QCOMPARE(lines().size(), 3);
    QCOMPARE(linkOf(lines().at(0)), QByteArray(64, '0'));
    QCOMPARE(linkOf(lines().at(1)), hashOf(lines().at(0)));
    QCOMPARE(linkOf(lines().at(2)), hashOf(lines().at(1)));
    QCOMPARE(verdict().lines, 3);
    QVERIFY(!verdict().firstBroken);
    QVERIFY(!verdict().trouble);
}

void TestAuditLog::modeIsPrivate()
{
    write({});
    QVERIFY(
        QFile::setPermissions(m_path, QFile::permissions(m_path) | QFileDevice::ReadOther | QFileDevice::ReadGroup));
    QVERIFY(append(QStringLiteral("sending")));
    QCOMPARE(QFile::permissions(m_path) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void TestAuditLog::linksAreNotFollowed()
{
    const QString elsewhere = m_dir->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QFile::link(elsewhere, m_path));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
    QVERIFY(!append(QStringLiteral("sending")));
    QVERIFY(!QFile::exists(elsewhere));
}

void TestAuditLog::failureIsReported_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<file_steps::Hook>("hook");
    const file_steps::Hook none = nullptr;
    QTest::newRow("no folder") << QStringLiteral("missing/audit.jsonl") << none;
    QTest::newRow("a full device") << QStringLiteral("/dev/full") << none;
    QTest::newRow("read-only file") << QStringLiteral("audit.jsonl") << file_steps::Hook([](const char *call) {
        return qstrcmp(call, "open") == 0 ? EACCES : 0;
    });
    QTest::newRow("the disk refuses the sync")
        << QStringLiteral("audit.jsonl")
        << file_steps::Hook([](const char *call) { return qstrcmp(call, "fsync") == 0 ? EIO : 0; });
    QTest::newRow("no locks") << QStringLiteral("audit.jsonl") << file_steps::Hook([](const char *call) {
        return qstrcmp(call, "lock") == 0 ? ENOLCK : 0;
    });
    QTest::newRow("the folder is not synced")
        << QStringLiteral("audit.jsonl")
        << file_steps::Hook([](const char *call) { return qstrcmp(call, "fsync folder") == 0 ? EIO : 0; });
}

void TestAuditLog::failureIsReported()
{
    QFETCH(QString, path);
    QFETCH(file_steps::Hook, hook);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
    m_path = QDir(m_dir->path()).absoluteFilePath(path);
    const auto permissions = QFile::permissions(QStringLiteral("/dev/full"));
    file_steps::setHook(hook);
    QVERIFY(!append(QStringLiteral("sending")));
    QCOMPARE(QFile::permissions(QStringLiteral("/dev/full")), permissions);
}

void TestAuditLog::twoProcessesKeepTheChain()
{
    QProcess one;
    QProcess other;
    for (QProcess *process : {&one, &other}) {
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--append"), m_path});
    }
    QVERIFY(one.waitForFinished() && other.waitForFinished());
    QCOMPARE(one.exitCode(), 0);
    QCOMPARE(other.exitCode(), 0);
    QCOMPARE(verdict().lines, 2 * linesOfAProcess);
    QVERIFY(!verdict().firstBroken);
    QSet<QByteArray> seen;
    for (const QByteArray &line : lines())
        seen.insert(linkOf(line));
    QCOMPARE(seen.size(), 2 * linesOfAProcess);
}

void TestAuditLog::anotherProcessThatHangs()
{
    QVERIFY(append(QStringLiteral("sending")));
    const auto held = file_steps::openLocked(m_path, O_RDWR, std::chrono::seconds(1));
    QVERIFY(held);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("another running copy")));
    QVERIFY(!append(QStringLiteral("created")));
    QVERIFY(!verdict().trouble); // reading needs no lock
}

void TestAuditLog::aDamagedLastLineHarmsNothing_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("cut in the link") << QByteArray("{\"previous\":\"00112233");
    QTest::newRow("cut at once") << QByteArray("{");
    QTest::newRow("zeros after a power cut") << QByteArray(300, '\0');
    QTest::newRow("longer than is read at once") << QByteArray(200'000, 'x');
}

void TestAuditLog::aDamagedLastLineHarmsNothing()
{
    QFETCH(QByteArray, damaged);
    QVERIFY(append(QStringLiteral("sending")));
    const QByteArray before = content();
    write(before + damaged);
    QVERIFY(!verdict().trouble);
    QCOMPARE(verdict().lines, 2);
    QVERIFY(append(QStringLiteral("created")));
    QCOMPARE(lines().size(), 3);
    QCOMPARE(lines().at(1), damaged);
    QCOMPARE(linkOf(lines().at(2)), hashOf(damaged));
    QVERIFY(!verdict().trouble);
    QVERIFY(append(QStringLiteral("finished")));
    QVERIFY(!verdict().trouble);

    // What it was is held by the next line, as of any other.
    QList<QByteArray> all = lines();
    all[1].chop(1);
    write(all.join('\n') + '\n');
    QCOMPARE(verdict().firstBroken, std::optional<qint64>(3));
}

/// The n-th byte does not fit: whatever of the line is there, the log goes on.
void TestAuditLog::aFullDiskInTheMiddleOfALine()
{
    QVERIFY(append(QStringLiteral("sending")));
    const QByteArray first = content();
    rlimit usual = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    for (qsizetype more = 0; more < first.size(); more += 7) {
        write(first);
        const rlimit limit{static_cast<rlim_t>(first.size() + more), usual.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
        const bool appended = append(QStringLiteral("created"));
        ::setrlimit(RLIMIT_FSIZE, &usual);
        QVERIFY(!appended);
        QCOMPARE(content().size(), first.size() + more);
        QVERIFY(append(QStringLiteral("created")));
        QVERIFY2(!verdict().trouble, QByteArray::number(more).constData());
        QCOMPARE(verdict().lines, more == 0 ? 2 : 3);
        QVERIFY(QJsonDocument::fromJson(lines().last()).isObject());
    }
    std::signal(SIGXFSZ, handler);
}

void TestAuditLog::linesOfEarlierVersions()
{
    write("{\"event\":\"sending\"}\n{\"event\":\"created\"}\n");
    QVERIFY(!verdict().trouble);
    QCOMPARE(verdict().lines, 2);
    QVERIFY(append(QStringLiteral("sending")));
    QVERIFY(append(QStringLiteral("created")));
    QCOMPARE(linkOf(lines().at(2)), hashOf("{\"event\":\"created\"}"));
    QVERIFY(!verdict().trouble);
    QCOMPARE(verdict().lines, 4);
    // The last of them is held by the first line that has a link.
    write(content().replace("{\"event\":\"created\"}", "{\"event\":\"refused\"}"));
    QCOMPARE(verdict().firstBroken, std::optional<qint64>(3));
}

void TestAuditLog::brokenChains_data()
{
    using Lines = QList<QByteArray>;
    using Change = std::function<void(Lines &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("broken");
    QTest::newRow("a line in the middle altered")
        << Change([](Lines &lines) { lines[2].replace("orders", "other"); }) << 4;
    QTest::newRow("one letter of its link altered")
        << Change([](Lines &lines) { lines[2][20] = lines[2][20] == 'a' ? 'b' : 'a'; }) << 3;
    QTest::newRow("a line taken out") << Change([](Lines &lines) { lines.removeAt(2); }) << 3;
    QTest::newRow("the first line taken out") << Change([](Lines &lines) { lines.removeFirst(); }) << 1;
    QTest::newRow("two lines exchanged") << Change([](Lines &lines) { lines.swapItemsAt(1, 2); }) << 2;
    QTest::newRow("a line put in") << Change([](Lines &lines) { lines.insert(2, lines.at(2)); }) << 4;
    QTest::newRow("a line of an earlier version put in")
        << Change([](Lines &lines) { lines.insert(2, "{\"event\":\"sending\"}"); }) << 3;
    QTest::newRow("an empty line put in") << Change([](Lines &lines) { lines.insert(2, QByteArray()); }) << 4;
    QTest::newRow("a line cut short") << Change([](Lines &lines) { lines[2].truncate(30); }) << 4;
    QTest::newRow("the rest of a cut line that does not follow")
        << Change([](Lines &lines) { lines[4] = "{\"previous\":\"" + QByteArray(64, 'f') + "\",\"ev"; }) << 5;
}

void TestAuditLog::brokenChains()
{
    using Change = std::function<void(QList<QByteArray> &)>;
    QFETCH(Change, change);
    QFETCH(int, broken);
    for (int number = 0; number < 5; ++number)
        QVERIFY(append(QStringLiteral("event %1").arg(number)));
    QList<QByteArray> all = lines();
    change(all);
    write(all.join('\n') + '\n');
    const AuditLog::Verdict verdict = AuditLog::verify(m_path);
    QCOMPARE(verdict.firstBroken, std::optional<qint64>(broken));
    QCOMPARE(verdict.lines, all.size());
    QVERIFY(verdict.trouble);
    QVERIFY(verdict.trouble->sentence.contains(m_path));
    QVERIFY(verdict.trouble->sentence.contains(QStringLiteral("line %1 ").arg(broken)));
    // It does not heal by itself.
    QVERIFY(append(QStringLiteral("later")));
    QCOMPARE(AuditLog::verify(m_path).firstBroken, std::optional<qint64>(broken));
}

/// Lines that lie across the parts in which the file is read.
void TestAuditLog::longFiles()
{
    AuditLog log(m_path, m_clock);
    for (const int size : {65'536 - 300, 10, 65'536, 200'000, 65'535, 1})
        QVERIFY(log.append(QStringLiteral("sending"), {{QStringLiteral("body"), QString(size, QLatin1Char('x'))}}));
    QCOMPARE(verdict().lines, 6);
    QVERIFY(!verdict().trouble);
    write(content().replace(content().size() - 1000, 1, "y"));
    QCOMPARE(verdict().firstBroken, std::optional<qint64>(6));
}

void TestAuditLog::filesThatCannotBeVerified()
{
    QCOMPARE(verdict().lines, 0);
    QVERIFY(!verdict().trouble); // nothing was ordered yet
    QVERIFY(QDir().mkdir(m_path));
    QVERIFY(verdict().trouble);
    QVERIFY(!verdict().firstBroken);
    QVERIFY(verdict().trouble->sentence.contains(QLatin1String("cannot be read")));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--append")) {
        const SystemClock clock;
        AuditLog log(arguments.at(2), clock);
        int missed = 0; // under load the other process may be faster for two seconds
        for (int number = 0; number < linesOfAProcess && missed < 20;)
            log.append(QStringLiteral("sending"), {{QStringLiteral("number"), number}}) ? ++number : ++missed;
        return missed < 20 ? 0 : 1;
    }
    TestAuditLog test;
    return QTest::qExec(&test, arguments);
}

#include "audit_log_test.moc"
