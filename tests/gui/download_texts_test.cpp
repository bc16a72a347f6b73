#include "session/download_texts.h"

#include <QTest>

using namespace tidemark;

class DownloadTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progress_data();
    void progress();
    void timeLeft_data();
    void timeLeft();
    void waiting_data();
    void waiting();
    void summary_data();
    void summary();
    void summaryIsOfWhatWasOrdered();
    void aBatchIsAnEstimateAsSoonAsOnePartIs();
};

static Download download(DownloadState state, qint64 received, qint64 total, qint64 expected)
{
    Download made;
    made.state = state;
    made.bytesReceived = received;
    made.bytesTotal = total;
    made.source.expectedFileSizeBytes = expected;
    return made;
}

void DownloadTextsTest::progress_data()
{
    QTest::addColumn<Download>("of");
    QTest::addColumn<double>("fraction"); // negative: there is none
    QTest::addColumn<bool>("estimated");
    QTest::addColumn<QString>("text");
    const auto receiving = DownloadState::Receiving;
    QTest::newRow("length known") << download(receiving, 420, 1000, 2000) << 0.42 << false
                                  << QStringLiteral("42 %, 420 bytes of 1.00 kB");
    QTest::newRow("only the files' size known") << download(receiving, 500, -1, 2000) << 0.25 << true
                                                << QString::fromUtf8("≈ 25 %, 500 bytes of about 2.00 kB");
    QTest::newRow("more than expected is not the end")
        << download(receiving, 3000, -1, 2000) << 0.99 << true << QString::fromUtf8("≈ 99 %, 3.00 kB of about 2.00 kB");
    QTest::newRow("nothing known") << download(receiving, 500, -1, 0) << -1.0 << false
                                   << QStringLiteral("500 bytes, size not known");
    QTest::newRow("all there") << download(DownloadState::Verified, 1500, -1, 2000) << 1.0 << false
                               << QStringLiteral("1.50 kB");
    QTest::newRow("almost is not all") << download(receiving, 999, 1000, 0) << 0.999 << false
                                       << QStringLiteral("99 %, 999 bytes of 1.00 kB");
    Download checking = download(DownloadState::Checking, 800, 1000, 0);
    checking.bytesChecked = 200;
    checking.bytesToCheck = 800;
    QTest::newRow("checking what is here")
        << checking << 0.25 << false << QStringLiteral("200 bytes of 800 bytes checked");
    QTest::newRow("checking the folder, nothing here yet")
        << download(DownloadState::Checking, 0, -1, 2000) << 0.0 << true
        << QString::fromUtf8("≈ 0 %, 0 bytes of about 2.00 kB");
}

void DownloadTextsTest::progress()
{
    QFETCH(Download, of);
    QFETCH(double, fraction);
    QFETCH(bool, estimated);
    QFETCH(QString, text);
    const DownloadProgress found = progressOf(of);
    QCOMPARE(found.fraction.has_value(), fraction >= 0);
    if (found.fraction)
        QCOMPARE(*found.fraction, fraction);
    QCOMPARE(found.estimated, estimated);
    QCOMPARE(progressText(of), text);
}

void DownloadTextsTest::timeLeft_data()
{
    QTest::addColumn<Download>("of");
    QTest::addColumn<QString>("text");
    const auto at = [](Download moving, double speed) {
        moving.bytesPerSecond = speed;
        return moving;
    };
    const auto receiving = DownloadState::Receiving;
    QTest::newRow("known") << at(download(receiving, 400, 1000, 0), 10) << QStringLiteral("1 min 00 s");
    QTest::newRow("estimated") << at(download(receiving, 400, -1, 1000), 10) << QStringLiteral("about 1 min 00 s");
    QTest::newRow("stands still") << at(download(receiving, 400, 1000, 0), 0) << QString();
    QTest::newRow("past the estimate") << at(download(receiving, 2000, -1, 1000), 10) << QString();
    QTest::newRow("size not known") << at(download(receiving, 2000, -1, 0), 10) << QString();
    QTest::newRow("paused") << at(download(DownloadState::Paused, 400, 1000, 0), 10) << QString();
}

void DownloadTextsTest::timeLeft()
{
    QFETCH(Download, of);
    QFETCH(QString, text);
    QCOMPARE(timeLeftText(of), text);
}

void DownloadTextsTest::waiting_data()
{
    QTest::addColumn<Download>("of");
    QTest::addColumn<QString>("text");
    const auto paused = [](PauseReason reason) {
        Download made = download(DownloadState::Paused, 1, 2, 3);
        made.pauseReason = reason;
        return made;
    };
    QTest::newRow("queued") << download(DownloadState::Queued, 0, -1, 0) << QStringLiteral("Waits for its turn");
    QTest::newRow("by the person") << paused(PauseReason::ByPerson) << QStringLiteral("Paused by you");
    QTest::newRow("disk full") << paused(PauseReason::DiskFull) << QStringLiteral("The disk is full");
    QTest::newRow("folder gone") << paused(PauseReason::FolderMissing) << QStringLiteral("The folder is not there");
    QTest::newRow("question") << paused(PauseReason::Question) << QStringLiteral("Waits for your answer");
    Download retry = download(DownloadState::WaitingToRetry, 1, 2, 3);
    retry.attempt = 2;
    retry.nextAttempt = QDateTime::fromSecsSinceEpoch(1030, Qt::UTC);
    QTest::newRow("retry") << retry << QStringLiteral("Tries again in 30 s (attempt 3)");
    Download slow = download(DownloadState::Receiving, 1, 2, 3);
    slow.bottleneck = Bottleneck::Disk;
    QTest::newRow("bottleneck") << slow << QStringLiteral("Limited by the disk");
    QTest::newRow("ended") << download(DownloadState::Verified, 1, 2, 3) << QString();
}

void DownloadTextsTest::waiting()
{
    QFETCH(Download, of);
    QFETCH(QString, text);
    QCOMPARE(waitingText(of, QDateTime::fromSecsSinceEpoch(1000, Qt::UTC)), text);
}

void DownloadTextsTest::summary_data()
{
    QTest::addColumn<QList<DownloadState>>("states");
    QTest::addColumn<QString>("text");
    using S = DownloadState;
    QTest::newRow("all good") << QList<S>{S::Verified, S::Verified, S::Verified} << QStringLiteral("3 of 3 verified");
    QTest::newRow("one bad") << QList<S>{S::Verified, S::Corrupt, S::Receiving}
                             << QStringLiteral("1 of 3 verified, 1 corrupt, 1 under way");
    QTest::newRow("no hash") << QList<S>{S::Verified, S::IntactNotVerified}
                             << QStringLiteral("1 of 2 verified, 1 intact, not verified");
    QTest::newRow("over") << QList<S>{S::LinkExpired, S::UsedUp, S::Failed, S::Cancelled}
                          << QStringLiteral("0 of 4 verified, 4 failed");
    QTest::newRow("paused") << QList<S>{S::Paused, S::Queued}
                            << QStringLiteral("0 of 2 verified, 1 paused, 1 under way");
}

void DownloadTextsTest::summary()
{
    QFETCH(QList<DownloadState>, states);
    QFETCH(QString, text);
    std::vector<Download> downloads;
    for (const DownloadState state : states)
        downloads.push_back(download(state, 1, 2, 3));
    QCOMPARE(summaryText(downloads), text);
}

void DownloadTextsTest::summaryIsOfWhatWasOrdered()
{
    std::vector<Download> batch(3, download(DownloadState::Verified, 1000, 1000, 0));
    for (Download &each : batch)
        each.source.batchArchives = 3;
    batch.back() = download(DownloadState::UsedUp, 0, -1, 0);
    batch.back().source.batchArchives = 3;
    QCOMPARE(summaryText(batch), QStringLiteral("2 of 3 verified, 1 not downloaded"));
    QCOMPARE(stateText(batch.back(), {}), QStringLiteral("Not downloaded: link used up"));
    batch.pop_back(); // taken off the list
    QCOMPARE(summaryText(batch), QStringLiteral("2 of 3 verified, 1 not on this list"));
    QCOMPARE(progressOf(batch), DownloadProgress());
}

void DownloadTextsTest::aBatchIsAnEstimateAsSoonAsOnePartIs()
{
    const Download done = download(DownloadState::Verified, 1000, -1, 1500);
    const Download half = download(DownloadState::Receiving, 500, 1000, 0);
    const Download guessed = download(DownloadState::Receiving, 500, -1, 1000);
    const Download unknown = download(DownloadState::Receiving, 500, -1, 0);
    QCOMPARE(progressOf({done, half}), (DownloadProgress{0.75, false}));
    QCOMPARE(progressOf({done, half, guessed}), (DownloadProgress{2000.0 / 3000.0, true}));
    QCOMPARE(progressOf({done, unknown}), DownloadProgress());
}

QTEST_APPLESS_MAIN(DownloadTextsTest)
#include "download_texts_test.moc"
