#include "restore/use_texts.h"
#include "support/use_cases.h"

#include <QtTest>

#include <functional>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Samples of one name, the newest a minute ago; nullopt: none then.
Measurement samples(const char *name, const std::vector<std::optional<double>> &values, int step = 60)
{
    Measurement one{QLatin1String(name), {}, {}};
    for (size_t n = 0; n < values.size(); ++n)
        one.points.push_back({now().addSecs(-60 - step * qint64(values.size() - 1 - n)), values[n]});
    return one;
}

Measurements told(std::vector<Measurement> all)
{
    Measurements result;
    result.measurements = std::move(all);
    return result;
}

std::optional<TargetFacts> used(const std::function<void(TargetUse &)> &edit)
{
    TargetFacts facts;
    TargetUse use = goodUse(ordersTarget());
    edit(use);
    facts.use = use;
    return facts;
}

using Told = std::optional<TargetFacts>;

Told failed()
{
    TargetFacts facts;
    Error error;
    error.sentence = QStringLiteral("This key may not.");
    facts.use = failure(error);
    return facts;
}

} // namespace

/// What measurements say of a target, and how it is worded before it is erased.
class TestTargetUse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOfTheLastMinutes()
    {
        const auto recent =
            told({samples("OPCOUNTER_INSERT", {9, 0.1, 0, 0, 0, 0.2}), samples("OPCOUNTER_CMD", {5000, 5000}),
                  samples("OPCOUNTER_DELETE", {0, 0, 0, 0, 0, 0}),
                  samples("OPCOUNTER_UPDATE", {0, std::nullopt, 0, 0, 0, 0.2})});
        const ClientWrites writes = clientWrites(recent, {});
        QCOMPARE(writes.newest, now().addSecs(-60));
        QCOMPARE(writes.mostPerSecond, 0.4); // six minutes ago it was 9
        QCOMPARE(writes.last, now().addSecs(-60));
        QCOMPARE(writes.since, now().addSecs(-60 - 5 * 60));
    }

    /// Of what is told in part it does not follow that nobody writes.
    void aKindThatIsNotTold()
    {
        const auto two = told({samples("OPCOUNTER_INSERT", {0, 0}), samples("OPCOUNTER_UPDATE", {0, 0})});
        QVERIFY(!clientWrites(two, {}).newest.isValid());
        const auto busy = told({samples("OPCOUNTER_INSERT", {0, 7}), samples("OPCOUNTER_UPDATE", {0, 0})});
        QCOMPARE(clientWrites(busy, {}).mostPerSecond, 7.0);
        // Told in full until six minutes ago, when they wrote; in part since, and quiet.
        const auto late = told(
            {samples("OPCOUNTER_INSERT", {9, 0, 0, 0, 0, 0, 0}), samples("OPCOUNTER_UPDATE", {0, 0, 0, 0, 0, 0, 0}),
             samples("OPCOUNTER_DELETE",
                     {0, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt})});
        QCOMPARE(clientWrites(late, {}).mostPerSecond, 9.0);
    }

    void theLongerTimeTellsTheLast()
    {
        const auto longer = told({samples("OPCOUNTER_DELETE", {std::nullopt, 0, 3, 0.06, 0.05}, 300)});
        const ClientWrites writes = clientWrites(told({samples("OPCOUNTER_INSERT", {0, 0})}), longer);
        QCOMPARE(writes.mostPerSecond, 0.0);
        QCOMPARE(writes.last, now().addSecs(-60 - 300));      // 0.05 is the server's own
        QCOMPARE(writes.since, now().addSecs(-60 - 3 * 300)); // the first has no value
    }

    void nothingMeasured()
    {
        QCOMPARE(clientWrites({}, {}), ClientWrites());
        const auto empty = told({samples("OPCOUNTER_INSERT", {std::nullopt})});
        QVERIFY(!clientWrites(empty, empty).newest.isValid());
        QVERIFY(!partitionRoom({}));
        QVERIFY(!partitionRoom(told({samples("DISK_PARTITION_SPACE_USED", {1})})));
    }

    void theNewestSampleOfAPartition()
    {
        auto partition = told({samples("DISK_PARTITION_SPACE_FREE", {100, 90, std::nullopt}),
                               samples("DISK_PARTITION_SPACE_USED", {5, 15, 25})});
        partition.partitionName = QStringLiteral("xvdb");
        const auto room = partitionRoom(partition);
        QVERIFY(room);
        QCOMPARE(*room, (PartitionRoom{QStringLiteral("xvdb"), 90, 25}));
        QCOMPARE(partitionRoom(told({samples("DISK_PARTITION_SPACE_FREE", {7, -1})}))->freeBytes, 7);
        QCOMPARE(partitionRoom(told({samples("DISK_PARTITION_SPACE_FREE", {1e300})}))->freeBytes, MostBytes);
    }

    void wording_data()
    {
        QTest::addColumn<Told>("facts");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("write");
        const auto add = [](const char *name, const Told &facts, const char *data, const char *write) {
            QTest::newRow(name) << facts << QString::fromUtf8(data) << QString::fromUtf8(write);
        };
        const char *sizes = "3.20 GB; by size: orders 2.10 GB, stock 1.10 GB";
        const char *idle = "not above 3 a minute in the last 24 hours";
        const char *unknown = "how much there is, is not known";
        add("nothing read", {}, "is being read", "is being read");
        add("refused", failed(), "how much there is could not be read: This key may not.", "not known");
        add("idle", used([](TargetUse &) {}), sizes, idle);
        add("in use", used([](TargetUse &use) { (*use.processes.front().writes)->last = now().addSecs(-120); }), sizes,
            "written to until 2026-11-24 14:28:00 UTC");
        add("two shards: the later one", used([](TargetUse &use) {
                (*use.processes.front().writes)->last = now().addSecs(-120);
                use.processes.push_back(dataProcess(QStringLiteral("x:1"), QStringLiteral("s2")));
            }),
            "6.40 GB; by size: orders 2.10 GB, stock 1.10 GB", "written to until 2026-11-24 14:28:00 UTC");
        add("one of two not told", used([](TargetUse &use) {
                use.processes.push_back(dataProcess(QStringLiteral("x:1"), QStringLiteral("s2")));
                (*use.processes.back().writes) = ClientWrites();
                use.processes.back().dataBytes.reset();
            }),
            sizes, "not known");
        add("measured until twelve hours ago",
            used([](TargetUse &use) { (*use.processes.front().writes)->newest = now().addSecs(-12 * 3600); }), sizes,
            "not known");
        add("nothing measured lately", used([](TargetUse &use) { (*use.processes.front().writes)->newest = {}; }),
            sizes, "not known");
        add("no primary", used([](TargetUse &use) { use.processes.erase(use.processes.begin()); }), unknown,
            "not known");
        add("a shard without a primary", used([](TargetUse &use) {
                use.processes.push_back(dataProcess(QStringLiteral("x:1"), QStringLiteral("s2"), false));
            }),
            unknown, "not known");
        add("more processes than are asked", used([](TargetUse &use) { use.notAsked = 1; }), unknown, "not known");
        add("no sizes of databases", used([](TargetUse &use) { use.databases = failure(Error()); }), "3.20 GB", idle);
        add("no size at all", used([](TargetUse &use) {
                use.databases = failure(Error());
                use.processes.front().dataBytes.reset();
            }),
            unknown, idle);
        add("a short time was looked at",
            used([](TargetUse &use) { (*use.processes.front().writes)->since = now().addSecs(-14 * 60 - 5); }), sizes,
            "not above 3 a minute in the last 14 min 05 s");
        add("more than fit in a line", used([](TargetUse &use) {
                use.databases = std::vector<DatabaseSize>(8, {QStringLiteral("d"), 1000});
                use.processes.front().dataBytes = 8000;
            }),
            "8.00 kB; by size: d 1.00 kB, d 1.00 kB, d 1.00 kB, d 1.00 kB, d 1.00 kB and 3 more", idle);
    }

    void wording()
    {
        QFETCH(Told, facts);
        QTEST(erasedDataText(ordersTarget(), facts), "data");
        QTEST(lastWriteText(ordersTarget(), facts), "write");
    }
};

QTEST_APPLESS_MAIN(TestTargetUse)
#include "target_use_test.moc"
