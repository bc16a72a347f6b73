#include "series_samples.h"

#include "series/gap_cause.h"
#include "series/losses.h"
#include "series/series_reader.h"
#include "series/series_texts.h"

#include <QTest>

#include <ctime>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Of this thread: what else the machine does is nobody's fault here.
qint64 cpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

ProjectEvent happened(const char *type, qint64 at)
{
    ProjectEvent one;
    one.typeName = QLatin1String(type);
    one.created = QDateTime::fromSecsSinceEpoch(at, Qt::UTC);
    return one;
}

} // namespace

/// What is said of the series: what would be lost, why there is a gap, and why there is nothing.
class SeriesToldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losses_data()
    {
        QTest::addColumn<Values>("values");
        QTest::addColumn<qint64>("from"); // seconds after the start
        QTest::addColumn<qint64>("to");
        QTest::addColumn<double>("amount"); // negative: none
        QTest::addColumn<qint64>("missing");
        QTest::newRow("whole samples") << Values{1, 2, 3} << qint64(60) << qint64(180) << 300.0 << qint64(0);
        QTest::newRow("a part of a sample") << Values{1, 2, 3} << qint64(90) << qint64(180) << 240.0 << qint64(0);
        QTest::newRow("up to now only") << Values{1, 2, 3} << qint64(60) << qint64(150) << 210.0 << qint64(0);
        QTest::newRow("not sampled yet") << Values{1, 2} << qint64(60) << qint64(200) << 120.0 << qint64(80);
        QTest::newRow("a gap is not 0") << Values{1, -1, 3} << qint64(0) << qint64(180) << 240.0 << qint64(60);
        QTest::newRow("before all samples") << Values{1} << qint64(-600) << qint64(60) << 60.0 << qint64(600);
        QTest::newRow("nothing told") << Values{-1, -1} << qint64(0) << qint64(120) << -1.0 << qint64(0);
        QTest::newRow("now") << Values{1, 2} << qint64(60) << qint64(60) << -1.0 << qint64(0);
    }
    void losses()
    {
        QFETCH(Values, values);
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        QFETCH(double, amount);
        const QStringList missing{QStringLiteral("rs1")};
        const auto result = lossesOf({curveWith(CurveKind::Inserts, values), curveWith(CurveKind::DataSize, {7, 7, 7})},
                                     missing, Start + from, Start + to);
        QCOMPARE(result.has_value(), amount >= 0);
        if (!result)
            return;
        QCOMPARE(result->losses.size(), size_t(1)); // a level is nothing that is lost
        QCOMPARE(result->losses.front().amount, amount);
        QTEST(result->missing, "missing");
        QCOMPARE(result->missingSets, missing);
        QCOMPARE(result->step, qint64(60));
    }

    void lossesInWords()
    {
        const Losses losses{Start,
                            Start + 1020,
                            60,
                            60,
                            {{CurveKind::Deletes, 98040},
                             {CurveKind::Commands, 140100},
                             {CurveKind::Inserts, 12.4},
                             {CurveKind::Updates, 0},
                             {CurveKind::OplogRate, 1.234e8}}};
        QCOMPARE(
            lossText(losses),
            QStringLiteral("Would be lost, the last 17 min 00 s, estimated from samples of 1 min: inserts about 12, "
                           "updates about 0, deletes about 98,000, oplog about 123 MB. Commands, of which only some "
                           "write: about 140,000. For 1 min 00 s of it there is no data, so it is more."));
    }

    /// A sum over two of three shards, or over two of four kinds, is not told as the whole.
    void whatTheLossesAreWithout()
    {
        Losses losses{Start, Start + 1020, 60, 0, {{CurveKind::Inserts, 12}, {CurveKind::Updates, 0}}, {}};
        QVERIFY2(lossText(losses).endsWith(QStringLiteral("updates about 0. Not told: Deletes, Oplog.")),
                 qPrintable(lossText(losses)));
        losses.missingSets = QStringList{QStringLiteral("shop_1"), QStringLiteral("shop_2")};
        QVERIFY2(lossText(losses).endsWith(
                     QStringLiteral(" Without shop_1, shop_2, of which nothing could be read, so it is more.")),
                 qPrintable(lossText(losses)));
        losses.losses = {{CurveKind::Commands, 5}};
        QVERIFY2(!lossText(losses).contains(QStringLiteral("Not told")), qPrintable(lossText(losses)));
        losses.losses = {{CurveKind::OplogRate, 1e300}, {CurveKind::Deletes, 1e300}}; // no digits without end
        QVERIFY2(lossText(losses).contains(QStringLiteral("deletes about 9,000,000,000,000,000,")),
                 qPrintable(lossText(losses)));
    }

    void anHourOfOplogIsItsRate()
    {
        const auto result = lossesOf({curveWith(CurveKind::OplogRate, {2, 2, 2})}, {}, Start, Start + 180);
        QCOMPARE(result->losses.front().amount, 1e8);
    }

    void edgeInWords()
    {
        QCOMPARE(edgeText(CurveKind::Deletes, {Start + 180, Start + 240, false}),
                 QStringLiteral("Deletes rise between 14:03:00 and 14:04:00, no finer data."));
        QCOMPARE(mostText(curveWith(CurveKind::Deletes, {1, 4210.4})), QStringLiteral("most: 4,210"));
        QCOMPARE(mostText(curveWith(CurveKind::DataSize, {3.2e9})), QStringLiteral("most: 3.20 GB"));
        QCOMPARE(mostText(curveWith(CurveKind::Deletes, {-1})), QString());
    }

    void causeOfAGap_data()
    {
        QTest::addColumn<QList<ProjectEvent>>("events");
        QTest::addColumn<QString>("expected");
        const qint64 to = Start + 3000;
        QTest::newRow("nothing") << QList<ProjectEvent>{} << QString();
        QTest::newRow("the nearest of equals")
            << QList<ProjectEvent>{happened("RESYNC_REQUIRED", Start + 260), happened("OPLOG_BEHIND", Start + 75)}
            << QStringLiteral("OPLOG_BEHIND");
        QTest::newRow("the backup before a host")
            << QList<ProjectEvent>{happened("HOST_DOWN", Start + 1), happened("OPLOG_BEHIND", Start - 600)}
            << QStringLiteral("OPLOG_BEHIND");
        QTest::newRow("a host where nothing else is told")
            << QList<ProjectEvent>{happened("HOST_DOWN", Start - 30), happened("DATA_EXPLORER_CRUD", Start)}
            << QStringLiteral("HOST_DOWN");
        QTest::newRow("of two that are as near the one before it")
            << QList<ProjectEvent>{happened("RESYNC_REQUIRED", Start + 60), happened("OPLOG_BEHIND", Start - 60)}
            << QStringLiteral("OPLOG_BEHIND");
        QTest::newRow("too long before") << QList<ProjectEvent>{happened("OPLOG_BEHIND", Start - 901)} << QString();
        QTest::newRow("after the gap") << QList<ProjectEvent>{happened("OPLOG_BEHIND", to + 1)} << QString();
        QTest::newRow("what nobody knows") << QList<ProjectEvent>{happened("SOMETHING_NEW", Start)} << QString();
    }
    void causeOfAGap()
    {
        QFETCH(QList<ProjectEvent>, events);
        const GapCauses causes({events.begin(), events.end()});
        const ProjectEvent *cause = causes.of(Start, Start + 3000);
        QTEST(cause ? cause->typeName : QString(), "expected");
    }

    /// In the window's own thread: it takes no time that anybody notices, however many there are of both.
    void causesOfManyGaps()
    {
        std::vector<ProjectEvent> events;
        for (int i = 0; i < 10'000; ++i)
            events.push_back(happened(i % 3 == 0 ? "HOST_DOWN" : "OPLOG_BEHIND", Start + i * 60));
        const qint64 before = cpuMilliseconds();
        const GapCauses causes(events);
        int found = 0;
        for (int gap = 0; gap < 1000; ++gap)
            found += causes.of(Start + gap * 600, Start + gap * 600 + 300) != nullptr ? 1 : 0;
        const qint64 spent = cpuMilliseconds() - before;
        qInfo("10,000 events and 1,000 gaps: %lld ms", static_cast<long long>(spent));
        QCOMPARE(found, 1000);
        QVERIFY2(spent < 100, qPrintable(QString::number(spent)));
    }

    void eventsOfOtherClustersDoNotConcernIt()
    {
        ProjectEvent one = happened("OPLOG_BEHIND", Start);
        QVERIFY(concerns(one, sharded())); // the project's
        one.clusterName = QStringLiteral("other");
        QVERIFY(!concerns(one, sharded()));
        one.clusterName = QStringLiteral("shop");
        QVERIFY(concerns(one, sharded()));
        one.clusterName.clear();
        one.clusterId = ClusterId(QStringLiteral("s1"));
        QVERIFY(concerns(one, sharded()));
    }

    void granularityFollowsTheTime()
    {
        QCOMPARE(granularityFor(26 * 3600), 60);
        QCOMPARE(granularityFor(48 * 3600), 60);
        QCOMPARE(granularityFor(48 * 3600 + 1), 300);
        QCOMPARE(granularityFor(30 * 86400), 3600);
        QCOMPARE(coarserThan(60), 300);
        QCOMPARE(coarserThan(300), 3600);
        QCOMPARE(coarserThan(3600), 0);
    }

    void refusalsAreOneSentence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("begins");
        const QString rights = QStringLiteral("No curve: the key may not read this project's monitoring.");
        QTest::newRow("401") << int(ErrorKind::Credentials) << rights;
        QTest::newRow("403") << int(ErrorKind::Permission) << rights;
        QTest::newRow("404") << int(ErrorKind::NotFound)
                             << QStringLiteral("No curve: this server tells no measurements of these hosts.");
        QTest::newRow("500") << int(ErrorKind::Server)
                             << QStringLiteral("No curve: the measurements could not be read.");
    }
    void refusalsAreOneSentence()
    {
        QFETCH(int, kind);
        QFETCH(QString, begins);
        Error error;
        error.kind = ErrorKind(kind);
        QVERIFY2(noCurveText(error).startsWith(begins), qPrintable(noCurveText(error)));
        const QString old = oldCurveText(error, Start); // and where they were told before
        QVERIFY2(old.endsWith(QStringLiteral(": they end at 2026-11-26 14:00:00 UTC.")) ||
                     old.endsWith(QStringLiteral("the measurements end at 2026-11-26 14:00:00 UTC.")),
                 qPrintable(old));
    }
};

QTEST_APPLESS_MAIN(SeriesToldTest)
#include "series_told_test.moc"
