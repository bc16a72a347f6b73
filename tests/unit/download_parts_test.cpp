#include "downloads/archive_link.h"
#include "downloads/download_json.h"
#include "downloads/http_head.h"
#include "downloads/journal.h"
#include "downloads/link_judgement.h"
#include "downloads/retry_policy.h"
#include "downloads/sha1.h"
#include "downloads/space_rule.h"
#include "downloads/speed_meter.h"
#include "downloads/token_bucket.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(tidemark::LinkJudgement::Kind)
Q_DECLARE_METATYPE(tidemark::DeliveryStatus)
Q_DECLARE_METATYPE(tidemark::JobStatus)

namespace {

class DownloadPartsTest : public QObject
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
    void retryPausesDouble();
    void retryEnds();
    void bucketHoldsTheLimit_data();
    void bucketHoldsTheLimit();
    void bucketSavesUpLittle();
    void meterNamesTheBottleneck();
    void spaceIsCounted_data();
    void spaceIsCounted();
    void sha1IsOpenSslsAndRight();
    void choosesTheLink();
    void findsOnlyTheRightHash_data();
    void findsOnlyTheRightHash();
    void judgesJobs_data();
    void judgesJobs();
    void parsesHeads_data();
    void parsesHeads();
    void parsesChunkSizes();
    void textsAreComplete();
};

Journal someJournal()
{
    Journal journal;
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
    journal.publishedHash = QString(40, QLatin1Char('b'));
    return journal;
}

void DownloadPartsTest::journalSurvivesWriting()
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

void DownloadPartsTest::journalHoldsNoSecret()
{
    const QByteArray json = toJson(someJournal());
    QVERIFY(!json.contains("url") && !json.contains("auth") && !json.contains("http"));
}

void DownloadPartsTest::journalTrustsWhatItMay()
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

void DownloadPartsTest::journalRefusesOthers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("another object") << QByteArray("{\"a\":1}");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("cut") << toJson(someJournal()).chopped(20);
    QTest::newRow("later version") << toJson(someJournal()).replace("\"version\": 1", "\"version\": 2");
}

void DownloadPartsTest::journalRefusesOthers()
{
    QFETCH(QByteArray, json);
    QVERIFY(!journalFromJson(json));
}

void DownloadPartsTest::downloadSurvivesWriting()
{
    Download download;
    download.id = DownloadId(QStringLiteral("1"));
    download.source.connection = ConnectionId(QStringLiteral("c"));
    download.source.project = ProjectId(QStringLiteral("p"));
    download.source.cluster = ClusterId(QStringLiteral("k"));
    download.source.job = JobId(QStringLiteral("j"));
    download.source.batch = BatchId(QStringLiteral("b"));
    download.source.batchTitle = QStringLiteral("ledger, 3 archives");
    download.source.fileName = QStringLiteral("../x");
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
                           .sentence = QStringLiteral("s"),
                           .hint = QStringLiteral("h"),
                           .retryable = true};
    download.sha1 = QStringLiteral("aa");
    download.publishedHash = QStringLiteral("bb");
    download.filePath = QStringLiteral("/data/x");
    download.added = QDateTime(QDate(2026, 11, 24), QTime(14, 3, 7, 250), Qt::UTC);
    download.ended = download.added.addSecs(5);
    QCOMPARE(downloadFromJson(toJson(download)), std::optional(download));
    QVERIFY(!downloadFromJson({}));
}

void DownloadPartsTest::everyStateSurvivesWriting()
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

void DownloadPartsTest::retryPausesDouble()
{
    RetryPolicy retry(1000ms, 60000ms, 20);
    QVERIFY(retry.countFailure());
    QCOMPARE(retry.pause(0ms, 0.0).count(), qint64(500));
    QVERIFY(retry.pause(0ms, 0.999).count() > 990);
    QVERIFY(retry.countFailure());
    QCOMPARE(retry.pause(0ms, 0.0).count(), qint64(1000));
    for (int i = 0; i < 10; ++i)
        QVERIFY(retry.countFailure());
    QCOMPARE(retry.pause(0ms, 0.0).count(), qint64(30000));
    QCOMPARE(retry.pause(3600000ms, 0.5).count(), qint64(3600000));
    retry.reset();
    QVERIFY(retry.countFailure());
    QCOMPARE(retry.pause(0ms, 0.0).count(), qint64(500));
}

void DownloadPartsTest::retryEnds()
{
    RetryPolicy retry(1ms, 1ms, 3);
    QVERIFY(retry.countFailure());
    QVERIFY(retry.countFailure());
    QVERIFY(!retry.countFailure());
}

void DownloadPartsTest::bucketHoldsTheLimit_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("tickMs");
    for (const qint64 limit : {qint64(1000), qint64(50000), qint64(1000000), qint64(200000000)}) {
        for (const int tick : {1, 20, 130})
            QTest::addRow("%lld bytes/s, every %d ms", limit, tick) << limit << tick;
    }
}

void DownloadPartsTest::bucketHoldsTheLimit()
{
    QFETCH(qint64, limit);
    QFETCH(int, tickMs);
    TokenBucket bucket;
    auto now = TokenBucket::Clock::now();
    bucket.setLimit(limit, now);
    qint64 taken = 0;
    constexpr int seconds = 20;
    for (int passed = 0; passed < seconds * 1000; passed += tickMs) {
        now += std::chrono::milliseconds(tickMs);
        const qint64 granted = bucket.take(262144, now) + bucket.take(262144, now); // two downloads
        const qint64 unused = granted / 3;                                          // and not all of it is there
        bucket.give(unused);
        taken += granted - unused;
        if (granted == 0)
            continue;
        qint64 more = 0;
        while ((more = bucket.take(262144, now)) > 0)
            taken += more;
    }
    const double rate = static_cast<double>(taken) / seconds;
    QVERIFY2(rate > 0.95 * static_cast<double>(limit) && rate < 1.05 * static_cast<double>(limit),
             qPrintable(QString::number(rate)));
}

void DownloadPartsTest::bucketSavesUpLittle()
{
    TokenBucket bucket;
    auto now = TokenBucket::Clock::now();
    bucket.setLimit(1000, now);
    now += 1h;
    QVERIFY(bucket.take(1000000, now) <= 250);
    bucket.setLimit(0, now);
    QCOMPARE(bucket.take(1000000, now), qint64(1000000));
}

void DownloadPartsTest::meterNamesTheBottleneck()
{
    const auto start = SpeedMeter::Clock::now();
    SpeedMeter meter;
    QCOMPARE(meter.bottleneck(), Bottleneck::None);
    for (int i = 0; i <= 50; ++i)
        meter.add({i * 1000, 0ns, i * 40ms, i * 20ms}, start + i * 100ms);
    QCOMPARE(meter.bottleneck(), Bottleneck::Network);
    QVERIFY(std::abs(meter.bytesPerSecond() - 10000) < 1);
    meter.reset();
    for (int i = 0; i <= 50; ++i)
        meter.add({i * 1000, i * 60ms, i * 20ms, i * 70ms}, start + i * 100ms);
    QCOMPARE(meter.bottleneck(), Bottleneck::Disk);
    meter.reset();
    for (int i = 0; i <= 50; ++i)
        meter.add({i * 1000, i * 60ms, i * 70ms, i * 20ms}, start + i * 100ms);
    QCOMPARE(meter.bottleneck(), Bottleneck::Checking);
}

void DownloadPartsTest::spaceIsCounted_data()
{
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("estimate");
    QTest::addColumn<qint64>("here");
    QTest::addColumn<qint64>("free");
    QTest::addColumn<qint64>("others");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *title, qint64 total, qint64 estimate, qint64 here, qint64 free, qint64 others,
                        bool fits) { QTest::newRow(title) << total << estimate << here << free << others << fits; };
    row("exactly", 1000, 0, 0, 1100, 0, true);
    row("one byte short", 1000, 0, 0, 1099, 0, false);
    row("a part is here", 1000, 0, 900, 200, 0, true);
    row("others need it", 1000, 0, 0, 1100, 1, false);
    row("estimate", -1, 1000, 0, 1099, 0, false);
    row("the length counts, not the estimate", 500, 100000, 0, 700, 0, true);
    row("nothing known", -1, 0, 0, 200, 0, true);
    row("nothing known, reserve touched", -1, 0, 0, 100, 0, false);
    row("all here", 1000, 0, 1000, 100, 0, false);
}

void DownloadPartsTest::spaceIsCounted()
{
    QFETCH(qint64, total);
    QFETCH(qint64, estimate);
    QFETCH(qint64, here);
    QFETCH(qint64, free);
    QFETCH(qint64, others);
    QFETCH(bool, fits);
    SpaceNeed need;
    need.total = total;
    need.estimate = estimate;
    need.here = here;
    need.free = free;
    need.others = others;
    need.reserve = 100;
    const auto objection = spaceObjection(need);
    QCOMPARE(!objection.has_value(), fits);
    if (objection)
        QVERIFY(!objection->sentence.isEmpty() && !objection->hint.isEmpty());
}

void DownloadPartsTest::sha1IsOpenSslsAndRight()
{
    QByteArray bytes;
    Sha1 sha1;
    for (int i = 0; i < 200; ++i) {
        const QByteArray piece(i * 7, static_cast<char>(i));
        sha1.add(piece.constData(), piece.size());
        bytes += piece;
        const QByteArray expected = QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
        QCOMPARE(sha1.hex(), QString::fromLatin1(expected)); // and adding goes on afterwards
    }
    sha1.reset();
    QCOMPARE(sha1.hex(), QStringLiteral("da39a3ee5e6b4b0d3255bfef95601890afd80709"));
}

void DownloadPartsTest::choosesTheLink()
{
    Delivery delivery;
    QVERIFY(archiveLink(delivery).isEmpty());
    delivery.url = QStringLiteral("https://h/backup/restore/v2/pull/1/a+b/c==/f.tar.gz");
    QCOMPARE(archiveLink(delivery).url.toString(QUrl::FullyEncoded), delivery.url);
    QVERIFY(archiveLink(delivery).headerName.isEmpty());
    delivery.urlV2 = QStringLiteral("https://h/backup/restore/v3/pull/1/f.tar.gz");
    QCOMPARE(archiveLink(delivery).url, QUrl(delivery.url)); // no header: of no use
    delivery.authHeader = QStringLiteral("Authorization");
    delivery.authValue = QStringLiteral("Bearer x");
    QCOMPARE(archiveLink(delivery).url, QUrl(delivery.urlV2));
    QCOMPARE(archiveLink(delivery).headerValue, QByteArray("Bearer x"));
    delivery.authValue = QStringLiteral("Bearer x\r\nEvil: 1");
    QCOMPARE(archiveLink(delivery).url, QUrl(delivery.url));
    delivery.urlV2.clear();
    delivery.url = QStringLiteral("https://user:pw@h/f");
    QCOMPARE(archiveLink(delivery).url, QUrl(QStringLiteral("https://h/f")));
    delivery.url = QStringLiteral("file:///etc/passwd");
    QVERIFY(archiveLink(delivery).isEmpty());
}

void DownloadPartsTest::findsOnlyTheRightHash_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("found");
    const QString name = QStringLiteral("f.tar.gz");
    const QString hash(40, QLatin1Char('a'));
    QTest::newRow("right") << name << hash << QStringLiteral("SHA1") << true;
    QTest::newRow("capitals") << name << hash.toUpper() << QStringLiteral("SHA1") << true;
    QTest::newRow("with a dash") << name << hash << QStringLiteral("SHA-1") << true;
    QTest::newRow("other file") << QStringLiteral("g.tar.gz") << hash << QStringLiteral("SHA1") << false;
    QTest::newRow("other type") << name << hash << QStringLiteral("MD5") << false;
    QTest::newRow("no type") << name << hash << QString() << false;
    QTest::newRow("too long") << name << hash + QLatin1Char('a') << QStringLiteral("SHA1") << false;
    QTest::newRow("no hex") << name << QString(40, QLatin1Char('g')) << QStringLiteral("SHA1") << false;
    QTest::newRow("empty") << name << QString() << QStringLiteral("SHA1") << false;
}

void DownloadPartsTest::findsOnlyTheRightHash()
{
    QFETCH(QString, fileName);
    QFETCH(QString, hash);
    QFETCH(QString, type);
    QFETCH(bool, found);
    RestoreJob job;
    job.hashes = {{fileName, hash, type}};
    QCOMPARE(publishedSha1(job, QStringLiteral("f.tar.gz")), found ? hash.toLower() : QString());
}

void DownloadPartsTest::judgesJobs_data()
{
    QTest::addColumn<DeliveryStatus>("delivery");
    QTest::addColumn<JobStatus>("status");
    QTest::addColumn<bool>("hasLink");
    QTest::addColumn<LinkJudgement::Kind>("kind");
    using Kind = LinkJudgement::Kind;
    QTest::newRow("ready") << DeliveryStatus::Ready << JobStatus::Finished << true << Kind::Usable;
    QTest::newRow("ready, link still missing")
        << DeliveryStatus::Ready << JobStatus::Finished << false << Kind::Preparing;
    QTest::newRow("in progress") << DeliveryStatus::InProgress << JobStatus::InProgress << false << Kind::Preparing;
    QTest::newRow("not started") << DeliveryStatus::NotStarted << JobStatus::InProgress << false << Kind::Preparing;
    QTest::newRow("status unknown, link there")
        << DeliveryStatus::Unknown << JobStatus::Unknown << true << Kind::Usable;
    QTest::newRow("expired") << DeliveryStatus::Expired << JobStatus::Finished << true << Kind::Expired;
    QTest::newRow("used up") << DeliveryStatus::MaxDownloadsExceeded << JobStatus::Finished << true << Kind::UsedUp;
    QTest::newRow("failed") << DeliveryStatus::Failed << JobStatus::Finished << true << Kind::Failed;
    QTest::newRow("interrupted") << DeliveryStatus::Interrupted << JobStatus::Finished << false << Kind::Failed;
    QTest::newRow("broken") << DeliveryStatus::NotStarted << JobStatus::Broken << false << Kind::Failed;
    QTest::newRow("killed") << DeliveryStatus::NotStarted << JobStatus::Killed << false << Kind::Failed;
}

void DownloadPartsTest::judgesJobs()
{
    QFETCH(DeliveryStatus, delivery);
    QFETCH(JobStatus, status);
    QFETCH(bool, hasLink);
    QFETCH(LinkJudgement::Kind, kind);
    RestoreJob job;
    job.status = status;
    job.delivery.status = delivery;
    if (hasLink)
        job.delivery.url = QStringLiteral("https://h/f");
    const LinkJudgement judgement = judgeJob(job);
    QCOMPARE(judgement.kind, kind);
    QCOMPARE(judgement.error.sentence.isEmpty(), kind == LinkJudgement::Kind::Usable);
}

void DownloadPartsTest::parsesHeads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status"); // 0: no head
    QTest::addColumn<bool>("unclear");
    QTest::newRow("usual") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << 200 << false;
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 206\r\n\r\n") << 206 << false;
    QTest::newRow("1.0, bare line ends") << QByteArray("HTTP/1.0 404 No\nA: b\n\n") << 404 << false;
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n") << 200 << false;
    QTest::newRow("chunked of gzip") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") << 200
                                     << true;
    QTest::newRow("two lengths") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")
                                 << 200 << true;
    QTest::newRow("one length twice") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n")
                                      << 200 << false;
    QTest::newRow("negative length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n") << 200 << true;
    QTest::newRow("length in words") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n") << 200 << true;
    QTest::newRow("HTTP/2") << QByteArray("HTTP/2 200\r\n\r\n") << 0 << false;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n") << 0 << false;
    QTest::newRow("no number") << QByteArray("HTTP/1.1 abc OK\r\n\r\n") << 0 << false;
    QTest::newRow("status too long") << QByteArray("HTTP/1.1 2000 OK\r\n\r\n") << 0 << false;
    QTest::newRow("field without colon") << QByteArray("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n") << 0 << false;
}

void DownloadPartsTest::parsesHeads()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(bool, unclear);
    const auto head = parseHttpHead(text);
    QCOMPARE(head ? head->status : 0, status);
    if (head)
        QCOMPARE(head->hasUnclearBody(), unclear);
}

void DownloadPartsTest::parsesChunkSizes()
{
    QCOMPARE(parseChunkSize("1a2B"), qint64(0x1a2b));
    QCOMPARE(parseChunkSize("0"), qint64(0));
    QCOMPARE(parseChunkSize("5;ext=1"), qint64(5));
    QCOMPARE(parseChunkSize(" 5 "), qint64(5));
    QCOMPARE(parseChunkSize(""), qint64(-1));
    QCOMPARE(parseChunkSize("-5"), qint64(-1));
    QCOMPARE(parseChunkSize("0x5"), qint64(-1));
    QCOMPARE(parseChunkSize("ffffffffffffffff"), qint64(-1));
}

void DownloadPartsTest::textsAreComplete()
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

QTEST_GUILESS_MAIN(DownloadPartsTest)
#include "download_parts_test.moc"
