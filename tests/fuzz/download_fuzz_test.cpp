/// Downloads under random faults of server, disk, power, job and person, from a seed.
///
/// TIDEMARK_FUZZ_SEED: the first seed (default: a fixed one); TIDEMARK_FUZZ_ROUNDS: how many; TIDEMARK_FUZZ_WORKERS: by
/// how many processes. Each round is one seed; a failure prints it, and TIDEMARK_FUZZ_SEED=that TIDEMARK_FUZZ_ROUNDS=1
/// does the same again.
///
/// What must hold whatever happens: nothing is called Verified whose SHA-1 is not the published one and whose bytes are
/// not the server's; the final name never holds anything but a judged file; nothing is written outside the folder; no
/// download is lost: when all faults are gone and the person says yes, it ends as the published hash demands.
#include "archive/archive_check.h"
#include "disks/modelled_disk.h"
#include "download_round.h"

#include <QFileInfo>
#include <QProcess>
#include <QScopeGuard>

#include <atomic>
#include <cerrno>

using namespace tidemark;
using namespace tidemark::test;

namespace {

class DownloadFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverWrongNeverLost();

private:
    static QString problemOf(quint64 seed);
    static QString problemsOf(quint64 firstSeed, quint64 rounds);
    static QString problemsOfWorkers(quint64 firstSeed, quint64 rounds, quint64 workers);
    static QString lookFor(const DownloadFixture &fixture, const Round &round, const Download &download);
    static QString disturb(DownloadFixture &fixture, ModelledDisk &disk, DownloadId &id, Round &round);
    static QString losePower(DownloadFixture &fixture, ModelledDisk &disk, DownloadId &id, const Round &round);
};

/// What must hold at every moment; empty when it does.
QString DownloadFuzz::lookFor(const DownloadFixture &fixture, const Round &round, const Download &download)
{
    const QStringList outside = QDir(fixture.folder() + QStringLiteral("/.."))
                                    .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    if (outside != QStringList{QStringLiteral("files"), QStringLiteral("state")})
        return QStringLiteral("outside the folder: ") + outside.join(QLatin1Char(' '));
    const QStringList files = QDir(fixture.folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &file : files) {
        if (!file.startsWith(DownloadFixture::fileName()))
            return QStringLiteral("a foreign file: ") + file;
    }
    if (QFile::exists(fixture.path())) {
        const bool judged = download.state == DownloadState::Verified ||
                            download.state == DownloadState::IntactNotVerified ||
                            download.state == DownloadState::Verifying || download.state == DownloadState::Checking ||
                            download.state == DownloadState::Queued || download.state == DownloadState::Paused ||
                            download.state == DownloadState::Failed;
        if (!judged)
            return QStringLiteral("a final file in state ") + stateText(download.state);
    }
    if (download.state == DownloadState::Verified) {
        const QByteArray bytes = test::contents(fixture.path());
        if (!round.mayBeVerified())
            return QStringLiteral("Verified without a published hash for it");
        if (bytes != round.archive || sha1Of(bytes) != download.sha1 || download.sha1 != download.publishedHash)
            return QStringLiteral("Verified, but these are not the bytes");
    }
    if (download.state == DownloadState::IntactNotVerified) {
        const auto check = checkArchive(fixture.path());
        if (!check || check->outcome != ArchiveCheck::Outcome::Intact)
            return QStringLiteral("Intact, but it is not");
    }
    return {};
}

/// Nothing that was told may be gone afterwards.
QString DownloadFuzz::losePower(DownloadFixture &fixture, ModelledDisk &disk, DownloadId &id, const Round &round)
{
    disk.cut();
    const Download told = fixture.download(id);
    fixture.queue.reset();
    if (!disk.restart())
        return QStringLiteral("the disk could not be written");
    if (told.state == DownloadState::Verified && test::contents(told.filePath) != round.archive)
        return QStringLiteral("Verified, and lost with the power");
    fixture.makeQueue();
    if (!fixture.queue->download(id)) // not saved yet
        id = fixture.add();
    return {};
}

/// The person, the program's end and the disk interfere. What is wrong at once; empty when nothing is.
QString DownloadFuzz::disturb(DownloadFixture &fixture, ModelledDisk &disk, DownloadId &id, Round &round)
{
    switch (below(round.random, 10)) {
    case 0:
        fixture.queue->pause(id);
        break;
    case 1:
        fixture.queue->resume(id);
        break;
    case 2:
        fixture.queue->answer(id, chance(round.random, 70));
        break;
    case 3:
        fixture.makeQueue(); // ended and started again
        break;
    case 4: {
        static constexpr int errors[] = {ENOSPC, EDQUOT, EFBIG, EIO, EROFS, EACCES, ENOENT};
        const int error = errors[below(round.random, 7)];
        disk.failCall(1 + below(round.random, 12), error);
        break;
    }
    case 5:
        fixture.server->dropAll();
        break;
    case 6:
        fixture.queue->retry(id);
        break;
    case 7:
        fixture.queue->setBytesPerSecondLimit(chance(round.random, 50) ? 0 : 200000);
        break;
    case 8:
        return losePower(fixture, disk, id, round);
    case 9:
        disk.failSync(1 + below(round.random, 6));
        break;
    }
    return {};
}

QString DownloadFuzz::problemOf(quint64 seed)
{
    using namespace std::chrono_literals;
    Round round(seed);
    DownloadFixture fixture;
    ModelledDisk disk(QFileInfo(fixture.folder()).path(), {QStringLiteral("files")}, static_cast<quint32>(seed));
    const auto end = qScopeGuard([&fixture] { fixture.queue.reset(); }); // before the disk
    fixture.options.firstBackoff = 1ms;
    fixture.options.longestBackoff = 5ms;
    fixture.options.stallTimeout = 150ms;
    fixture.options.hashWait = 30ms;
    fixture.options.hashPoll = 5ms;
    fixture.options.attempts = 4;
    static constexpr qint64 limits[] = {0, 1, 2, 5, UnlimitedDownloads};
    fixture.jobs.job.delivery.maxDownloads = limits[below(round.random, 5)];

    QList<Reply> script;
    for (int i = below(round.random, 5); i > 0; --i)
        script << round.badReply();
    script << round.goodReply();
    std::atomic<bool> faultsOver{false};
    const Reply good = round.goodReply();
    fixture.serve([&, script](const RecordedRequest &, int number) {
        return faultsOver ? good : script.at(std::min<qsizetype>(number, script.size() - 1));
    });
    fixture.jobs.beforeRead = [&](FakeJobs &jobs) { round.publishInto(jobs.job, jobs.reads); };
    fixture.makeQueue();
    DownloadId id = fixture.add();

    for (int i = below(round.random, 5); i > 0; --i) {
        QTest::qWait(below(round.random, 25));
        if (!fixture.queue->download(id))
            return QStringLiteral("lost");
        QString problem = lookFor(fixture, round, fixture.download(id));
        if (problem.isEmpty())
            problem = disturb(fixture, disk, id, round);
        if (!problem.isEmpty())
            return problem;
    }

    // Now everything is put right, and the person wants the file.
    fixture.queue->setBytesPerSecondLimit(0);
    for (int tries = 0; tries < 20; ++tries) {
        if (tries == 2) {
            faultsOver = true;
            disk.failCall(0, 0);
        }
        if (!fixture.waitForRest(id, 20000))
            return QStringLiteral("no rest: ") + fixture.describe(id);
        const QString problem = lookFor(fixture, round, fixture.download(id));
        if (!problem.isEmpty())
            return problem;
        const DownloadState state = fixture.download(id).state;
        const bool wrongHash = round.policy == HashPolicy::Wrong && state == DownloadState::Corrupt;
        if (state == DownloadState::Verified || state == DownloadState::IntactNotVerified || (wrongHash && faultsOver))
            break;
        if (state == DownloadState::Paused) {
            fixture.queue->answer(id, true);
            fixture.queue->resume(id);
        } else {
            fixture.queue->retry(id);
        }
    }
    const DownloadState last = fixture.download(id).state;
    const DownloadState expected = round.policy == HashPolicy::Wrong ? DownloadState::Corrupt
                                   : round.mayBeVerified()           ? DownloadState::Verified
                                                                     : DownloadState::IntactNotVerified;
    // A hash that comes late may come too late.
    const bool late = round.policy == HashPolicy::Late && last == DownloadState::IntactNotVerified;
    if (last != expected && !late)
        return QStringLiteral("ended as ") + fixture.describe(id);
    return {};
}

quint64 numberFrom(const char *variable, quint64 standard)
{
    bool ok = false;
    const quint64 number = qEnvironmentVariable(variable).toULongLong(&ok);
    return ok ? number : standard;
}

QString DownloadFuzz::problemsOf(quint64 firstSeed, quint64 rounds)
{
    QStringList problems;
    for (quint64 seed = firstSeed; seed < firstSeed + rounds && problems.size() < 10; ++seed) {
        qInfo("TIDEMARK_FUZZ_SEED=%llu", seed); // the last one is to blame when the program crashes
        const QString problem = problemOf(seed);
        if (!problem.isEmpty())
            problems << QStringLiteral("TIDEMARK_FUZZ_SEED=%1: %2").arg(seed).arg(problem);
    }
    return problems.join(QLatin1Char('\n'));
}

/// Each round mostly waits, so that several processes at a time end much earlier than one.
QString DownloadFuzz::problemsOfWorkers(quint64 firstSeed, quint64 rounds, quint64 workers)
{
    std::vector<std::unique_ptr<QProcess>> processes;
    // Into files: a process whose pipe is full would wait for the ones before it to end.
    const QTemporaryDir outputs;
    const auto outputOf = [&outputs](quint64 worker) { return outputs.filePath(QString::number(worker)); };
    for (quint64 i = 0; i < workers; ++i) {
        const quint64 begin = rounds * i / workers;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TIDEMARK_FUZZ_SEED"), QString::number(firstSeed + begin));
        environment.insert(QStringLiteral("TIDEMARK_FUZZ_ROUNDS"), QString::number(rounds * (i + 1) / workers - begin));
        environment.insert(QStringLiteral("TIDEMARK_FUZZ_WORKERS"), QStringLiteral("1"));
        environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("tidemark.*=false"));
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->setProcessEnvironment(environment);
        processes.back()->setProcessChannelMode(QProcess::MergedChannels);
        processes.back()->setStandardOutputFile(outputOf(i));
        processes.back()->start(QCoreApplication::applicationFilePath(),
                                {QStringLiteral("-maxwarnings"), QStringLiteral("0")});
    }
    QString problems;
    for (quint64 i = 0; i < workers; ++i) {
        QProcess &process = *processes[i];
        process.waitForFinished(-1);
        if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            problems += QString::fromUtf8(test::contents(outputOf(i))).right(3000) + QLatin1Char('\n');
    }
    return problems;
}

void DownloadFuzz::neverWrongNeverLost()
{
    const quint64 seed = numberFrom("TIDEMARK_FUZZ_SEED", 20261124);
    const quint64 rounds = std::max<quint64>(1, numberFrom("TIDEMARK_FUZZ_ROUNDS", 300));
    const quint64 workers = std::clamp<quint64>(numberFrom("TIDEMARK_FUZZ_WORKERS", 6), 1, rounds);
    const QString problems = workers == 1 ? problemsOf(seed, rounds) : problemsOfWorkers(seed, rounds, workers);
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadFuzz)
#include "download_fuzz_test.moc"
