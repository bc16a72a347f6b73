#include "series_samples.h"

#include "series/edge.h"
#include "series/sets_to_read.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<DataPoint> points(const Values &values)
{
    std::vector<DataPoint> result;
    for (qsizetype i = 0; i < values.size(); ++i)
        result.push_back({QDateTime::fromSecsSinceEpoch(Start + 60 * (i + 1), Qt::UTC),
                          values[i] < 0 ? std::nullopt : std::optional(values[i])});
    return result;
}

/// "2 5 - 7": what a curve is made of.
QString said(const Curve &curve)
{
    QStringList words;
    for (const Sample &sample : curve.samples)
        words << (sample.value ? QString::number(*sample.value) : QStringLiteral("-"));
    return words.join(QLatin1Char(' '));
}

/// "180-240": minutes after the start, of each edge.
QString said(const std::vector<Edge> &edges)
{
    QStringList words;
    for (const Edge &edge : edges)
        words << QStringLiteral("%1%2-%3")
                     .arg(QLatin1String(edge.isFall ? "fall " : ""))
                     .arg((edge.from - Start) / 60)
                     .arg((edge.to - Start) / 60);
    return words.join(QStringLiteral(", "));
}

MonitoredHost host(const char *id, const char *cluster, const char *set, const char *type, const char *state)
{
    return {HostId(QLatin1String(id)),
            ClusterId(QLatin1String(cluster)),
            QLatin1String(id) + QStringLiteral(":1"),
            QLatin1String(set),
            QLatin1String(type),
            QLatin1String(state)};
}

} // namespace

Q_DECLARE_METATYPE(tidemark::CurveKind)

class SeriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostsAreChosen_data()
    {
        QTest::addColumn<QList<MonitoredHost>>("hosts");
        QTest::addColumn<QString>("expected");
        QTest::newRow("primaries of the shards")
            << QList<MonitoredHost>{host("a", "s0", "rs0", "SHARD_PRIMARY", "PRIMARY"),
                                    host("b", "s0", "rs0", "SHARD_SECONDARY", "SECONDARY"),
                                    host("d", "s1", "rs1", "SHARD_PRIMARY", "PRIMARY"),
                                    host("e", "cfg", "rsc", "SHARD_CONFIG_PRIMARY", "PRIMARY"),
                                    host("m", "c", "", "SHARD_MONGOS", "")}
            << QStringLiteral("rs0 a; rs1 d");
        QTest::newRow("another cluster's") << QList<MonitoredHost>{host("a", "x", "rs0", "REPLICA_PRIMARY", "PRIMARY")}
                                           << QStringLiteral("shop s0?; shop s1?");
        QTest::newRow("a shard that nobody monitors")
            << QList<MonitoredHost>{host("a", "s0", "rs0", "SHARD_PRIMARY", "PRIMARY"),
                                    host("z", "s1", "rs1", "REPLICA_ARBITER", "ARBITER")}
            << QStringLiteral("rs0 a; shop s1?");
        QTest::newRow("no primary known: all that hold data")
            << QList<MonitoredHost>{host("a", "s0", "rs0", "NO_DATA", ""),
                                    host("b", "s0", "rs0", "SHARD_SECONDARY", ""),
                                    host("z", "s0", "rs0", "REPLICA_ARBITER", "ARBITER")}
            << QStringLiteral("rs0? a b; shop s1?");
        QTest::newRow("the state is newer than the type")
            << QList<MonitoredHost>{host("a", "s0", "rs0", "SHARD_PRIMARY", "SECONDARY"),
                                    host("b", "s0", "rs0", "SHARD_SECONDARY", "PRIMARY")}
            << QStringLiteral("rs0 b; shop s1?");
        QTest::newRow("a type alone tells it") << QList<MonitoredHost>{host("a", "s0", "rs0", "REPLICA_PRIMARY", ""),
                                                                       host("b", "s0", "rs0", "REPLICA_SECONDARY", "")}
                                               << QStringLiteral("rs0 a; shop s1?");
        QTest::newRow("two that say so") << QList<MonitoredHost>{host("a", "s0", "rs0", "", "PRIMARY"),
                                                                 host("b", "s0", "rs0", "", "PRIMARY")}
                                         << QStringLiteral("rs0 a b; shop s1?");
    }
    void hostsAreChosen()
    {
        QFETCH(QList<MonitoredHost>, hosts);
        QStringList words;
        for (const SetToRead &set : setsToRead({hosts.begin(), hosts.end()}, sharded())) {
            QString word = set.name + QLatin1String(set.isPrimaryKnown ? "" : "?");
            for (const HostId &id : set.hosts)
                word += QLatin1Char(' ') + id.value;
            words << word;
        }
        QTEST(words.join(QStringLiteral("; ")), "expected");
    }

    void documentsAreAskedForBeforeOperations()
    {
        QCOMPARE(namesToAsk({QStringLiteral("OPCOUNTER_DELETE"), QStringLiteral("DOCUMENT_METRICS_DELETED"),
                             QStringLiteral("CONNECTIONS"), QStringLiteral("OPCOUNTER_CMD")}),
                 QStringList({QStringLiteral("DOCUMENT_METRICS_DELETED"), QStringLiteral("OPCOUNTER_CMD")}));
        QCOMPARE(namesToAsk({QStringLiteral("OPCOUNTER_DELETE")}), QStringList{QStringLiteral("OPCOUNTER_DELETE")});
        QVERIFY(namesToAsk({QStringLiteral("CONNECTIONS")}).isEmpty());
    }

    void oneCurveOutOfMany_data()
    {
        QTest::addColumn<QList<QList<Values>>>("sets");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one host") << QList<QList<Values>>{{{-1, 2, 3}}} << QStringLiteral("2 3");
        QTest::newRow("a gap stays one") << QList<QList<Values>>{{{1, -1, 3}}} << QStringLiteral("1 - 3");
        QTest::newRow("sets are added") << QList<QList<Values>>{{{1, 2, 3}}, {{10, 20, 30}}}
                                        << QStringLiteral("11 22 33");
        QTest::newRow("of one set the largest")
            << QList<QList<Values>>{{{1, 9, -1}, {5, 2, 4}}} << QStringLiteral("5 9 4");
        QTest::newRow("a sum without a part is none")
            << QList<QList<Values>>{{{1, 2, 3}}, {{1, -1, 1}}} << QStringLiteral("2 - 4");
        QTest::newRow("a set that told nothing") << QList<QList<Values>>{{{1, 2}}, {{}}} << QStringLiteral("- -");
        QTest::newRow("nothing") << QList<QList<Values>>{{{-1, -1}}} << QString();
        QTest::newRow("no sets") << QList<QList<Values>>{} << QString();
    }
    void oneCurveOutOfMany()
    {
        QFETCH(QList<QList<Values>>, sets);
        std::vector<SetSeries> series;
        for (const QList<Values> &hosts : sets) {
            series.emplace_back();
            for (const Values &values : hosts)
                series.back().push_back(points(values));
        }
        QTEST(said(curveOf(CurveKind::Deletes, 60, series)), "expected");
    }

    void hostileSamplesAreBounded()
    {
        std::vector<DataPoint> wide = points({1});
        wide.push_back({QDateTime::fromSecsSinceEpoch(Start + 1'000'000'000, Qt::UTC), 1.0});
        QVERIFY(curveOf(CurveKind::Deletes, 60, {{wide}}).samples.empty());
        std::vector<DataPoint> odd = points({1, 2});
        odd[1].value = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(said(curveOf(CurveKind::Deletes, 60, {{odd}})), QStringLiteral("1"));
        odd[1].value = std::numeric_limits<double>::infinity();
        QCOMPARE(said(curveOf(CurveKind::Deletes, 60, {{odd}})), QStringLiteral("1"));
        odd[1].value = 1e308; // two of them are no number any more
        QCOMPARE(said(curveOf(CurveKind::Deletes, 60, {{odd}, {odd}})), QStringLiteral("2"));
        odd[1] = {QDateTime(), 7.0};
        QCOMPARE(said(curveOf(CurveKind::Deletes, 60, {{odd}})), QStringLiteral("1"));
        std::vector<DataPoint> mixed = points({1, 2, 3});
        std::ranges::reverse(mixed);
        mixed.push_back(mixed.front());
        QCOMPARE(said(curveOf(CurveKind::Deletes, 60, {{mixed}})), QStringLiteral("1 2 3"));
    }

    /// Servers need not sample at whole minutes, nor all hosts at once: an edge is said to be where it can be.
    void whatIsSaidHoldsTheSamplesOwnTime_data()
    {
        QTest::addColumn<CurveKind>("kind");
        QTest::addColumn<QList<qint64>>("late"); // of each host, seconds after the whole minute
        for (const qint64 late : {0, 1, 30, 37, 59}) {
            QTest::addRow("a rate, %lld s", static_cast<long long>(late)) << CurveKind::Deletes << QList<qint64>{late};
            QTest::addRow("a level, %lld s", static_cast<long long>(late))
                << CurveKind::DataSize << QList<qint64>{late};
        }
        QTest::addRow("two sets, a rate") << CurveKind::Deletes << QList<qint64>{7, 52};
        QTest::addRow("two sets, a level") << CurveKind::DataSize << QList<qint64>{52, 7};
    }
    void whatIsSaidHoldsTheSamplesOwnTime()
    {
        QFETCH(CurveKind, kind);
        QFETCH(QList<qint64>, late);
        const Values values = isRate(kind) ? Values{2, 2, 2, 2, 2, 2, 90, 90} : Values{9, 9, 9, 9, 9, 9, 2, 2};
        std::vector<SetSeries> sets;
        for (const qint64 seconds : late) {
            std::vector<DataPoint> told = points(values);
            for (DataPoint &point : told)
                point.time = point.time.addSecs(seconds);
            sets.push_back({told});
        }
        const std::vector<Edge> found = edgesOf(curveOf(kind, 60, sets));
        QCOMPARE(found.size(), size_t(1));
        for (const qint64 seconds : late) {
            const qint64 before = Start + 6 * 60 + seconds; // the sample that was as usual ended here
            const QString text = QStringLiteral("%1 to %2, really %3 to %4")
                                     .arg(found[0].from - Start)
                                     .arg(found[0].to - Start)
                                     .arg(before - Start)
                                     .arg(before + 60 - Start);
            QVERIFY2(found[0].from <= before && found[0].to >= before + 60, qPrintable(text));
            QVERIFY2(found[0].to - found[0].from < 180, qPrintable(text));
        }
        if (late == QList<qint64>{0})
            QCOMPARE(found[0].to - found[0].from, qint64(60));
    }

    void edges_data()
    {
        QTest::addColumn<CurveKind>("kind");
        QTest::addColumn<Values>("values");
        QTest::addColumn<QString>("expected");
        const auto rate = CurveKind::Deletes;
        QTest::newRow("rises to five times") << rate << Values{2, 2, 3, 2, 2, 10, 50, 2} << QStringLiteral("5-6");
        QTest::newRow("not quite five times") << rate << Values{2, 2, 3, 2, 2, 9.9, 2} << QString();
        QTest::newRow("once, however long") << rate << Values{2, 2, 2, 2, 2, 10, 20, 30, 40} << QStringLiteral("5-6");
        QTest::newRow("twice") << rate << Values{2, 2, 2, 2, 2, 20, 2, 2, 2, 20} << QStringLiteral("5-6, 9-10");
        QTest::newRow("too few before") << rate << Values{2, 2, 2, 2, 50} << QString();
        QTest::newRow("out of nothing") << rate << Values{0, 0, 0, 0, 0, 0.5, 0.5} << QStringLiteral("5-6");
        QTest::newRow("nothing at all") << rate << Values{0, 0, 0, 0, 0, 0, 0} << QString();
        QTest::newRow("a gap before it widens it")
            << rate << Values{2, 2, 2, 2, 2, -1, -1, 40} << QStringLiteral("5-8");
        QTest::newRow("a gap is not 0") << rate << Values{2, 2, 2, 2, 2, -1, 2, -1, 3} << QString();
        QTest::newRow("a step down of a level")
            << CurveKind::DataSize << Values{100, 101, 60, 60} << QStringLiteral("fall 2-3");
        QTest::newRow("a twentieth") << CurveKind::DataSize << Values{100, 95, 95} << QStringLiteral("fall 1-2");
        QTest::newRow("less than a twentieth") << CurveKind::DataSize << Values{100, 96, 92.5} << QString();
        QTest::newRow("a level that rises") << CurveKind::DataSize << Values{1, 1, 1, 1, 1, 1, 500} << QString();
    }
    void edges()
    {
        QFETCH(CurveKind, kind);
        QFETCH(Values, values);
        QTEST(said(edgesOf(curveWith(kind, values))), "expected");
    }

    /// The median of the hour before, not of all that came before.
    void onlyTheHourBeforeCounts()
    {
        Values values(120, 100);
        values += Values(60, 2);
        values << 11;
        QCOMPARE(said(edgesOf(curveWith(CurveKind::Deletes, values))), QStringLiteral("180-181"));
    }

    void anEdgeIsNear()
    {
        const std::vector<Edge> edges{{100, 160, false}, {400, 460, false}};
        QCOMPARE(nearestEdge(edges, 130, 50)->from, 100);
        QCOMPARE(nearestEdge(edges, 350, 60)->from, 400);
        QVERIFY(!nearestEdge(edges, 250, 100));
        QVERIFY(!nearestEdge({}, 250, 1e9));
    }
};

QTEST_APPLESS_MAIN(SeriesTest)
#include "series_test.moc"
