#include "downloads/retry_policy.h"
#include "downloads/sha1.h"
#include "downloads/space_rule.h"
#include "downloads/speed_meter.h"
#include "downloads/token_bucket.h"

#include <QCryptographicHash>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

/// When a download tries again, how fast it may be, whether it fits on the disk; its hash.
class DownloadRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryPausesDouble();
    void retryEnds();
    void bucketHoldsTheLimit_data();
    void bucketHoldsTheLimit();
    void bucketSavesUpLittle();
    void meterNamesTheBottleneck();
    void spaceIsCounted_data();
    void spaceIsCounted();
    void largestFileCounts();
    void sha1IsOpenSslsAndRight();
};

void DownloadRulesTest::retryPausesDouble()
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

void DownloadRulesTest::retryEnds()
{
    RetryPolicy retry(1ms, 1ms, 3);
    QVERIFY(retry.countFailure());
    QVERIFY(retry.countFailure());
    QVERIFY(!retry.countFailure());
}

void DownloadRulesTest::bucketHoldsTheLimit_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("tickMs");
    for (const qint64 limit : {qint64(1000), qint64(50000), qint64(1000000), qint64(200000000)}) {
        for (const int tick : {1, 20, 130})
            QTest::addRow("%lld bytes/s, every %d ms", limit, tick) << limit << tick;
    }
}

void DownloadRulesTest::bucketHoldsTheLimit()
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

void DownloadRulesTest::bucketSavesUpLittle()
{
    TokenBucket bucket;
    auto now = TokenBucket::Clock::now();
    bucket.setLimit(1000, now);
    now += 1h;
    QVERIFY(bucket.take(1000000, now) <= 250);
    bucket.setLimit(0, now);
    QCOMPARE(bucket.take(1000000, now), qint64(1000000));
}

void DownloadRulesTest::meterNamesTheBottleneck()
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

void DownloadRulesTest::spaceIsCounted_data()
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
    row("the file system does not say", 1000, 0, 0, -1, 0, true);
}

void DownloadRulesTest::spaceIsCounted()
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
        QVERIFY(!objection->error.sentence.isEmpty() && !objection->error.hint.isEmpty());
}

void DownloadRulesTest::largestFileCounts()
{
    SpaceNeed need;
    need.free = qint64(1) << 50;
    need.largestFile = (qint64(1) << 32) - 1;
    need.total = need.largestFile;
    QVERIFY(!spaceObjection(need));
    ++need.total;
    QCOMPARE(spaceObjection(need)->pause, PauseReason::FileTooLarge);
    need.total = -1;
    need.estimate = need.largestFile + 1;
    QVERIFY(spaceObjection(need)->error.hint.contains(QLatin1String("resume")));
}

void DownloadRulesTest::sha1IsOpenSslsAndRight()
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

} // namespace

QTEST_GUILESS_MAIN(DownloadRulesTest)
#include "download_rules_test.moc"
