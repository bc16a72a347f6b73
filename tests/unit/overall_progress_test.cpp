#include "session/download_advice.h"
#include "session/overall_progress.h"

#include <QtTest>

using namespace tidemark;

namespace {

constexpr qint64 GB = 1000000000;

Download one(DownloadState state, qint64 received = 0, qint64 total = -1, double speed = 0)
{
    Download download;
    download.source.fileName = QStringLiteral("a.tar.gz");
    download.state = state;
    download.bytesReceived = received;
    download.bytesTotal = total;
    download.bytesPerSecond = speed;
    return download;
}

Download receiving(Bottleneck bottleneck, double speed = 10e6)
{
    Download download = one(DownloadState::Receiving, GB, 2 * GB, speed);
    download.bottleneck = bottleneck;
    return download;
}

Download guessed(qint64 received, qint64 expected)
{
    Download download = one(DownloadState::Queued, received);
    download.source.expectedFileSizeBytes = expected;
    return download;
}

Download paused(PauseReason reason)
{
    Download download = one(DownloadState::Paused);
    download.pauseReason = reason;
    return download;
}

Download failed(const char *sentence, const char *hint)
{
    Download download = one(DownloadState::Failed);
    download.error = Error{};
    download.error->sentence = QString::fromLatin1(sentence);
    download.error->hint = QString::fromLatin1(hint);
    return download;
}

Download found(DownloadState state)
{
    Download download = one(state);
    download.findings = {QStringLiteral("of MongoDB 5.0.1")};
    return download;
}

/// "Lost: Do not restore from this file. [Retry]"
QString words(const std::optional<DownloadAdvice> &advice)
{
    if (!advice)
        return {};
    static const QStringList kinds{QStringLiteral("Good"), QStringLiteral("Note"), QStringLiteral("Soon"),
                                   QStringLiteral("Lost")};
    static const QStringList steps{QStringLiteral("Resume"),     QStringLiteral("Retry"),  QStringLiteral("MoveFolder"),
                                   QStringLiteral("OpenFolder"), QStringLiteral("Unpack"), QStringLiteral("NextSteps"),
                                   QStringLiteral("NewLink")};
    QStringList named;
    for (const DownloadStep step : advice->steps)
        named << steps.at(int(step));
    return QStringLiteral("%1: %2 [%3]").arg(kinds.at(int(advice->kind)), advice->title, named.join(QLatin1Char(' ')));
}

} // namespace

/// All downloads together, and what to do with one.
class OverallProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void together_data()
    {
        QTest::addColumn<std::vector<Download>>("downloads");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<QString>("text"); ///< words | bytes | speed
        using All = std::vector<Download>;
        using S = DownloadState;
        const auto row = [](const char *name, const All &all, qint64 limit, const char *text) {
            QTest::newRow(name) << all << limit << QString::fromLatin1(text);
        };
        row("none", {}, 0, " |  | ");
        row("all ended", {one(S::Verified, GB, GB), one(S::Corrupt, GB, GB)}, 0,
            "2 downloads have ended, none is under way |  | ");
        row("each kind", {receiving(Bottleneck::Network), one(S::Queued, 0, GB), one(S::Paused, GB, 2 * GB)}, 0,
            "1 downloading, 1 waiting, 1 paused | 2.00 GB of 5.00 GB | 10.0 MB/s, 5 min 00 s left, limited by the "
            "network");
        row("the disk is what most wait for",
            {receiving(Bottleneck::Disk), receiving(Bottleneck::Network), receiving(Bottleneck::Disk)}, 0,
            "3 downloading | 3.00 GB of 6.00 GB | 30.0 MB/s, 1 min 40 s left, limited by the disk");
        row("hashing", {receiving(Bottleneck::Checking)}, 0,
            "1 downloading | 1.00 GB of 2.00 GB | 10.0 MB/s, 1 min 40 s left, limited by hashing");
        row("the person's limit, whatever else", {receiving(Bottleneck::Network)}, 10000000,
            "1 downloading | 1.00 GB of 2.00 GB | 10.0 MB/s, 1 min 40 s left, limited by the speed limit");
        row("below the limit", {receiving(Bottleneck::Network)}, 20000000,
            "1 downloading | 1.00 GB of 2.00 GB | 10.0 MB/s, 1 min 40 s left, limited by the network");
        row("an upper bound is said to be one", {guessed(0, 3 * GB)}, 0, "1 waiting | 0 bytes of at most 3.00 GB | ");
        row("one without a size", {one(S::Queued), one(S::Queued, 0, GB)}, 0, "2 waiting | 0 bytes, size not known | ");
        row("what has ended is no rest", {one(S::Verified, 9 * GB, 9 * GB), one(S::Paused, GB, 2 * GB)}, 0,
            "1 paused | 1.00 GB of 2.00 GB | ");
    }
    void together()
    {
        QFETCH(std::vector<Download>, downloads);
        QFETCH(qint64, limit);
        const OverallProgress all = overallProgress(downloads, limit);
        const QString shown =
            QStringList{overallText(all), overallBytesText(all), overallSpeedText(all)}.join(QStringLiteral(" | "));
        QTEST(shown, "text");
    }

    /// A day of samples takes no more memory than five minutes, and the newest are kept.
    void theHistoryDoesNotGrow()
    {
        SpeedHistory history;
        QVERIFY(history.values().empty());
        QVERIFY(history.text().isEmpty());
        for (int i = 0; i < 43207; ++i)
            history.add(i);
        const std::vector<double> values = history.values();
        QCOMPARE(values.size(), SpeedHistory::Samples);
        QCOMPARE(values.front(), 43207.0 - double(SpeedHistory::Samples));
        QCOMPARE(values.back(), 43206.0);
        QCOMPARE(history.text(), QStringLiteral("Speed of the last 5 minutes: now 43.2 kB/s, at most 43.2 kB/s"));
        history.clear();
        history.add(5);
        QCOMPARE(history.values(), std::vector<double>{5});
    }

    void advice_data()
    {
        QTest::addColumn<Download>("download");
        QTest::addColumn<QString>("advice");
        using S = DownloadState;
        const auto row = [](const char *name, const Download &download, const char *advice) {
            QTest::newRow(name) << download << QString::fromLatin1(advice);
        };
        row("running", receiving(Bottleneck::None), "");
        row("verified", one(S::Verified, GB, GB),
            "Good: Every byte is the one that was published. [NextSteps Unpack OpenFolder]");
        row("verified, and not what was ordered", found(S::Verified),
            "Soon: These are the bytes that were published, but not what was ordered. [NextSteps OpenFolder]");
        row("intact", one(S::IntactNotVerified),
            "Soon: It is whole, but nobody published a hash to compare it with. [NextSteps Unpack OpenFolder]");
        row("corrupt", one(S::Corrupt), "Lost: Do not restore from this file. [Retry NewLink]");
        row("expired", one(S::LinkExpired), "Note: Its link has expired. [NewLink]");
        row("used up", one(S::UsedUp), "Note: Its link was used as often as it may be. [NewLink]");
        row("failed, in its own words", failed("The server hung up.", "Try later."),
            "Lost: The server hung up. [Retry NewLink]");
        row("paused", paused(PauseReason::ByPerson), "Note: It is paused. [Resume]");
        row("disk full", paused(PauseReason::DiskFull), "Soon: The disk is full. [Resume MoveFolder OpenFolder]");
        row("file too large", paused(PauseReason::FileTooLarge),
            "Soon: The folder takes no file of this size. [MoveFolder]");
        row("folder gone", paused(PauseReason::FolderMissing), "Soon: The folder is not there. [Resume MoveFolder]");
        row("read only", paused(PauseReason::FolderReadOnly),
            "Soon: The folder cannot be written to. [Resume MoveFolder]");
        row("name taken", paused(PauseReason::NameTaken),
            "Soon: A file of this name is already there. [OpenFolder Resume MoveFolder]");
        row("elsewhere", paused(PauseReason::InUseElsewhere), "Note: Another Tidemark is fetching it. [Resume]");
        row("asked below the list", paused(PauseReason::Question), "");
        row("cancelled", one(S::Cancelled), "");
    }
    void advice()
    {
        QFETCH(Download, download);
        QTEST(words(adviceFor(download)), "advice");
    }
};

QTEST_GUILESS_MAIN(OverallProgressTest)
#include "overall_progress_test.moc"
