#include "downloads/journal.h"
#include "support/download_fixture.h"

#include <QProcess>
#include <QRandomGenerator>

#include <csignal>

#include <sys/types.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray Archive = makeArchive(1500000, 7);

/// The program is ended at every point that matters, started again, and must end in the same verified bytes.
class DownloadKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedBeforeEachSystemCall_data();
    void killedBeforeEachSystemCall();
    void killedAtAnyMoment();
    void killedAgainAndAgain();
    void stoppedProgramKeepsWhatCame();
    void sleepsAndWakes_data();
    void sleepsAndWakes();

private:
    struct Outcome
    {
        bool killed = false;
        int exitCode = 0;
        QByteArray output;
    };
    static QStringList agentArguments(const DownloadFixture &fixture, int step);
    Outcome run(const DownloadFixture &fixture, int step = 0, int killAfterMs = -1);
    static void loseUnsyncedBytes(const DownloadFixture &fixture);
    static QString expectVerified(const DownloadFixture &fixture, const Outcome &outcome);
    static Reply slowly();
};

Reply DownloadKill::slowly()
{
    return Reply{
        .body = Archive, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\"", .chunkPauseMs = 5};
}

QStringList DownloadKill::agentArguments(const DownloadFixture &fixture, int step)
{
    return {fixture.stateDir(),          fixture.folder(), fixture.jobs.job.delivery.url,
            DownloadFixture::fileName(), sha1Of(Archive),  QString::number(step)};
}

DownloadKill::Outcome DownloadKill::run(const DownloadFixture &fixture, int step, int killAfterMs)
{
    QProcess process;
    process.start(QString::fromLocal8Bit(qgetenv("TIDEMARK_DOWNLOAD_AGENT")), agentArguments(fixture, step));
    Outcome outcome;
    if (killAfterMs >= 0 && !process.waitForFinished(killAfterMs))
        process.kill();
    if (!process.waitForFinished(60000)) {
        process.kill();
        process.waitForFinished();
        outcome.output = "did not end";
    }
    outcome.killed = process.exitStatus() == QProcess::CrashExit;
    outcome.exitCode = process.exitCode();
    outcome.output += process.readAllStandardOutput() + process.readAllStandardError();
    return outcome;
}

/// What a cut of the power may leave: what was not synced is zeros or gone, and the machine has started anew.
void DownloadKill::loseUnsyncedBytes(const DownloadFixture &fixture)
{
    const QString journalPath = fixture.path(QStringLiteral(".part.json"));
    auto journal = readJournal(journalPath);
    QFile part(fixture.path(QStringLiteral(".part")));
    if (!journal || !part.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return;
    const qint64 unsynced = part.size() - journal->syncedBytes;
    if (unsynced > 0) {
        part.resize(journal->syncedBytes + unsynced / 2);
        part.seek(journal->syncedBytes);
        part.write(QByteArray(static_cast<qsizetype>(unsynced / 2), '\0'));
    }
    journal->bootId = QStringLiteral("an earlier start of the machine");
    QVERIFY(writeJournal(journalPath, *journal));
}

QString DownloadKill::expectVerified(const DownloadFixture &fixture, const Outcome &outcome)
{
    if (outcome.killed || outcome.exitCode != 0)
        return QStringLiteral("exit %1: %2")
            .arg(outcome.exitCode)
            .arg(QString::fromLocal8Bit(outcome.output.right(2000)));
    if (test::contents(fixture.path()) != Archive)
        return QStringLiteral("the file is not the archive");
    const QStringList files = QDir(fixture.folder()).entryList(QDir::Files | QDir::Hidden);
    if (files != QStringList{DownloadFixture::fileName(), DownloadFixture::fileName() + QStringLiteral(".sha1")})
        return files.join(QLatin1Char(' '));
    return {};
}

void DownloadKill::killedBeforeEachSystemCall_data()
{
    QTest::addColumn<bool>("powerLoss");
    QTest::newRow("kill -9") << false;
    QTest::newRow("loss of power") << true;
}

void DownloadKill::killedBeforeEachSystemCall()
{
    QFETCH(bool, powerLoss);
    int kills = 0;
    for (int step = 1; step < 500; ++step) {
        DownloadFixture fixture;
        Reply reply = slowly();
        reply.chunkPauseMs = 0;
        fixture.serve({reply});
        const Outcome first = run(fixture, step);
        // At no moment may there be a final file that is not the whole archive.
        if (QFile::exists(fixture.path()))
            QVERIFY2(test::contents(fixture.path()) == Archive, qPrintable(QString::number(step)));
        if (!first.killed) {
            QCOMPARE(expectVerified(fixture, first), QString());
            QVERIFY2(kills > 15, qPrintable(QString::number(kills)));
            return;
        }
        ++kills;
        if (powerLoss)
            loseUnsyncedBytes(fixture);
        const QString problem = expectVerified(fixture, run(fixture));
        QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("step %1: %2").arg(step).arg(problem)));
    }
    QFAIL("The download never ended by itself.");
}

void DownloadKill::killedAtAnyMoment()
{
    QRandomGenerator random(20261124);
    int kills = 0;
    for (int round = 0; round < 12 || (kills == 0 && round < 100); ++round) {
        DownloadFixture fixture;
        fixture.serve({slowly()});
        const int after = random.bounded(20, 500);
        kills += run(fixture, 0, after).killed ? 1 : 0;
        const QString problem = expectVerified(fixture, run(fixture));
        QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("after %1 ms: %2").arg(after).arg(problem)));
    }
    QVERIFY(kills > 0);
}

void DownloadKill::killedAgainAndAgain()
{
    DownloadFixture fixture;
    Reply reply = slowly();
    reply.chunkPauseMs = 200; // slow enough that no round comes to the end
    fixture.serve({reply});
    qint64 before = 0;
    for (int round = 0; round < 4; ++round) {
        QProcess process;
        process.start(QString::fromLocal8Bit(qgetenv("TIDEMARK_DOWNLOAD_AGENT")), agentArguments(fixture, 0));
        const auto size = [&fixture] { return QFileInfo(fixture.path(QStringLiteral(".part"))).size(); };
        QTRY_VERIFY_WITH_TIMEOUT(size() > before, 60000); // the kill meets a transfer that goes on from there
        QCOMPARE(process.state(), QProcess::Running);
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(size() >= before); // a killed program loses nothing that it had written
        before = size();
    }
    fixture.server = nullptr;
    reply.chunkPauseMs = 0;
    fixture.serve({reply});
    QCOMPARE(expectVerified(fixture, run(fixture)), QString());
    QCOMPARE(fixture.server->requestCount(), 1);
    QCOMPARE(fixture.server->requests().front().header("range"), "bytes=" + QByteArray::number(before) + '-');
}

void DownloadKill::stoppedProgramKeepsWhatCame()
{
    DownloadFixture fixture;
    Reply reply = slowly();
    reply.chunkPauseMs = 50; // not all of it is here when the queue goes
    fixture.serve({reply});
    fixture.jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.download(id).bytesReceived > 200000, 20000);
    fixture.queue.reset();
    const auto journal = readJournal(fixture.path(QStringLiteral(".part.json")));
    QVERIFY(journal);
    QCOMPARE(journal->syncedBytes, QFileInfo(fixture.path(QStringLiteral(".part"))).size());
}

void DownloadKill::sleepsAndWakes_data()
{
    QTest::addColumn<bool>("connectionLost");
    QTest::newRow("the connection is still there") << false;
    QTest::newRow("the connection is gone") << true;
}

/// For the program a sleep of the machine is a time in which it does not run, longer than the stall timeout here.
void DownloadKill::sleepsAndWakes()
{
    QFETCH(bool, connectionLost);
    DownloadFixture fixture;
    Reply reply = slowly();
    reply.chunkPauseMs = 150;
    fixture.serve({reply});
    QProcess process;
    process.start(QString::fromLocal8Bit(qgetenv("TIDEMARK_DOWNLOAD_AGENT")), agentArguments(fixture, 0));
    const QString part = fixture.path(QStringLiteral(".part"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(part).size() > 100000, 20000);
    const auto pid = static_cast<pid_t>(process.processId());
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QTest::qWait(1500);
    if (connectionLost)
        fixture.server->dropAll();
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(process.waitForFinished(60000));
    const Outcome outcome{process.exitStatus() == QProcess::CrashExit, process.exitCode(),
                          process.readAllStandardError()};
    QCOMPARE(expectVerified(fixture, outcome), QString());
    const auto requests = fixture.server->requests();
    if (connectionLost)
        QVERIFY(requests.size() > 1);
    for (size_t i = 1; i < requests.size(); ++i)
        QVERIFY(requests[i].header("range").startsWith("bytes=")); // what was here was kept
}

} // namespace

QTEST_GUILESS_MAIN(DownloadKill)
#include "download_kill_test.moc"
