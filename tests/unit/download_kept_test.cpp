#include "downloads/download_json.h"
#include "downloads/journal.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

/// What is kept of a download on disk, and how it is worded.
class DownloadKeptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void journalSurvivesWriting();
    void journalHoldsNoSecret();
    void journalTrustsWhatItMay();
    void journalRefusesOthers_data();
    void journalRefusesOthers();
    void downloadSurvivesWriting();
    void everyStateSurvivesWriting();
    void textsAreComplete();
};

Journal someJournal()
{
    Journal journal;
    journal.owner = DownloadId(QStringLiteral("d"));
    journal.job = JobId(QStringLiteral("5ff5"));
    journal.fileName = QStringLiteral("a \"b\"\n\u00e4.tar.gz");
    journal.syncedBytes = (qint64(1) << 60) + 1; // more than a double can hold
    journal.bootId = QStringLiteral("boot");
    journal.totalBytes = (qint64(1) << 61) + 3;
    journal.etag = "\"x-1\"";
    journal.resumable = true;
    journal.requests = 3;
    journal.mostBytes = 99;
    journal.complete = true;
    journal.endCertain = false;
    journal.sha1 = QString(40, QLatin1Char('a'));
    return journal;
}

void DownloadKeptTest::journalSurvivesWriting()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.part.json"));
    QVERIFY(!readJournal(path));
    QVERIFY(writeJournal(path, someJournal()));
    QCOMPARE(readJournal(path), std::optional(someJournal()));
    QVERIFY(writeJournal(path, Journal{}));
    QCOMPARE(readJournal(path), std::optional(Journal{}));
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(!writeJournal(dir.filePath(QStringLiteral("missing/a.part.json")), Journal{}));
}

void DownloadKeptTest::journalHoldsNoSecret()
{
    const QByteArray json = toJson(someJournal());
    QVERIFY(!json.contains("url") && !json.contains("auth") && !json.contains("http"));
}

void DownloadKeptTest::journalTrustsWhatItMay()
{
    Journal journal;
    journal.syncedBytes = 100;
    journal.bootId = QStringLiteral("boot");
    QCOMPARE(journal.trustedBytes(150, QStringLiteral("boot")), qint64(150));
    QCOMPARE(journal.trustedBytes(150, QStringLiteral("other")), qint64(100));
    QCOMPARE(journal.trustedBytes(50, QStringLiteral("other")), qint64(50));
    journal.bootId.clear();
    QCOMPARE(journal.trustedBytes(150, QString()), qint64(100));
}

void DownloadKeptTest::journalRefusesOthers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("another object") << QByteArray("{\"a\":1}");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("cut") << toJson(someJournal()).chopped(20);
    QTest::newRow("later version") << toJson(someJournal()).replace("\"version\": 1", "\"version\": 2");
}

void DownloadKeptTest::journalRefusesOthers()
{
    QFETCH(QByteArray, json);
    QVERIFY(!journalFromJson(json));
}

void DownloadKeptTest::downloadSurvivesWriting()
{
    Download download;
    download.id = DownloadId(QStringLiteral("1"));
    download.source.connection = ConnectionId(QStringLiteral("c"));
    download.source.project = ProjectId(QStringLiteral("p"));
    download.source.cluster = ClusterId(QStringLiteral("k"));
    download.source.job = JobId(QStringLiteral("j"));
    download.source.batch = BatchId(QStringLiteral("b"));
    download.source.batchTitle = QStringLiteral("ledger, 3 archives");
    download.source.batchArchives = 3;
    download.source.fileName = QStringLiteral("../x");
    download.source.ordered = {QStringLiteral("rs0"), QStringLiteral("7.0.14"), 1609947369, true};
    download.source.snapshot = SnapshotId(QStringLiteral("s"));
    download.source.expectedFileSizeBytes = (qint64(1) << 60) + 1;
    download.source.maxDownloads = 3;
    download.folder = QStringLiteral("/data");
    download.localName = QStringLiteral("x");
    download.state = DownloadState::Paused;
    download.pauseReason = PauseReason::Question;
    download.question = Question::RestartUsesADownload;
    download.bytesReceived = 12;
    download.bytesTotal = -1;
    download.error = Error{.kind = ErrorKind::Disk,
                           .httpStatus = 5,
                           .apiCode = QStringLiteral("c"),
                           .sentence = QStringLiteral("s"),
                           .hint = QStringLiteral("h"),
                           .retryable = true};
    download.sha1 = QStringLiteral("aa");
    download.publishedHash = QStringLiteral("bb");
    download.filePath = QStringLiteral("/data/x");
    download.stamp = {1, 2, (qint64(1) << 60) + 1, (qint64(1) << 60) + 3};
    download.fetchAgain = true;
    download.requests = 2;
    download.orderChecked = true;
    download.findings = {QStringLiteral("f")};
    download.added = QDateTime(QDate(2026, 11, 24), QTime(14, 3, 7, 250), Qt::UTC);
    download.ended = download.added.addSecs(5);
    QCOMPARE(downloadFromJson(toJson(download)), std::optional(download));
    QVERIFY(!downloadFromJson({}));
    // What is written is filled in above: nothing survives by being its own default.
    const QString source = QStringLiteral("source");
    const QJsonObject written = toJson(download);
    const QJsonObject empty = toJson(Download{});
    for (const QString &key : written.keys())
        QVERIFY2(written.value(key) != empty.value(key) || key == QLatin1String("bytesTotal"), qPrintable(key));
    for (const QString &key : written.value(source).toObject().keys())
        QVERIFY2(written.value(source)[key] != empty.value(source)[key], qPrintable(key));
}

void DownloadKeptTest::everyStateSurvivesWriting()
{
    Download download;
    download.id = DownloadId(QStringLiteral("1"));
    download.source.job = JobId(QStringLiteral("j"));
    download.folder = QStringLiteral("/data");
    download.localName = QStringLiteral("x");
    for (int state = 0; state <= static_cast<int>(DownloadState::Cancelled); ++state) {
        for (int reason = 0; reason <= static_cast<int>(PauseReason::ProgramStopped); ++reason) {
            download.state = static_cast<DownloadState>(state);
            download.pauseReason = static_cast<PauseReason>(reason);
            QCOMPARE(downloadFromJson(toJson(download)), std::optional(download));
        }
    }
}

void DownloadKeptTest::textsAreComplete()
{
    const QDateTime now(QDate(2026, 11, 24), QTime(14, 0), Qt::UTC);
    QStringList seen;
    for (int state = 0; state <= static_cast<int>(DownloadState::Cancelled); ++state) {
        const QString text = stateText(static_cast<DownloadState>(state));
        QVERIFY(!text.isEmpty() && !seen.contains(text));
        seen << text;
    }
    Download download;
    download.state = DownloadState::Checking;
    download.bytesToCheck = 3100000000;
    QCOMPARE(stateText(download, now), QStringLiteral("Checking 3.10 GB already here"));
    download.state = DownloadState::WaitingToRetry;
    download.nextAttempt = now.addSecs(41);
    download.error = Error{.kind = ErrorKind::Network, .sentence = QStringLiteral("The connection was lost.")};
    QCOMPARE(stateText(download, now), QStringLiteral("The connection was lost. Waiting, next try in 41 s"));
    download.state = DownloadState::Verified;
    QCOMPARE(stateText(download, now), QStringLiteral("Verified"));
    download.state = DownloadState::IntactNotVerified;
    QCOMPARE(stateText(download, now), QStringLiteral("Intact, not verified"));
    download.state = DownloadState::Paused;
    QSet<QString> reasons;
    for (int reason = 2; reason < static_cast<int>(PauseReason::ProgramStopped); ++reason) {
        download.pauseReason = static_cast<PauseReason>(reason);
        reasons << stateText(download, now);
    }
    QCOMPARE(reasons.size(), static_cast<int>(PauseReason::ProgramStopped) - 2);
}

} // namespace

QTEST_GUILESS_MAIN(DownloadKeptTest)
#include "download_kept_test.moc"
