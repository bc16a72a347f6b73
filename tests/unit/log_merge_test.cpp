#include "log_lines.h"

#include "logs/log_merge.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray One = R"("deletes":[{"q":{},"limit":0}],)";
const QByteArray Three = R"("deletes":[{"q":{},"limit":0},{"q":{},"limit":0},{"q":{},"limit":0}],)";
const QByteArray Singles = R"("deletes":[{"q":{},"limit":1},{"q":{},"limit":1},{"q":{},"limit":1}],)";
constexpr int Minute = 60'000;

QByteArray databaseDrop(int milliseconds, const char *context)
{
    return line(milliseconds, context, "dropDatabase - starting", "\"db\":\"shop\"");
}

QByteArray renameOver(int milliseconds, const char *context)
{
    return line(milliseconds, context, "renameCollectionForCommand",
                R"("sourceNamespace":"shop.new","targetNamespace":"shop.orders","dropTarget":"yes")");
}

/// A slow remove that tells no number.
QByteArray removedSome(int milliseconds, const char *context)
{
    return line(milliseconds, context, "Slow query", R"("type":"remove","ns":"shop.orders","durationMillis":10)");
}

} // namespace

/// Which lines of logs tell of the same thing, on one member and on several.
class LogMergeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsDropsOfDifferentTimesApart()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {drop(0, "conn5"), drop(30000, "conn5"), drop(31000, "conn6")});
        feed(finder, "b", "b/mongodb.log", {finished(30100, "ReplWriterWorker-2")});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("drop shop.orders :38.000 [a]"),
                                             QStringLiteral("drop shop.orders :37.000 done [a b]"),
                                             QStringLiteral("drop shop.orders :07.000 [a]")}));
    }

    void takesCollectionsOfADroppedDatabaseForAPartOfIt()
    {
        LogFinder finder(reading());
        feed(finder, "b", "b/mongodb.log",
             {finished(60, "ReplWriterWorker-2", "shop.a"), finished(61, "ReplWriterWorker-2", "shop.b")});
        feed(finder, "a", "a/mongodb.log",
             {line(0, "conn5", "dropDatabase - starting", "\"db\":\"shop\""), finished(5, "conn5", "shop.a"),
              finished(6, "conn5", "shop.b"), finished(7, "conn6", "other.b")});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("drop other.b :07.007 done [a]"),
                                             QStringLiteral("database shop :07.000 done [a b]")}));
    }

    void addsUpDeletesOfOneConnection()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {removed(10, "conn5", 60), removed(20010, "conn5", 70), removed(500010, "conn5", 99),
              removed(10, "conn6", 99), removed(10, "conn7", 5000)});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("delete shop.orders :07.000 n=130 lines=2 [a]"),
                                             QStringLiteral("delete shop.orders :07.000 n=5000 [a]")}));
    }

    void countsADeleteOnce()
    {
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", {removed(0, "conn5", 30), command(5, "conn5", One, 600)});
        QCOMPARE(words(finder), QStringList());
        LogFinder many(reading());
        feed(many, "a", "a/mongodb.log", {removed(0, "conn5", 130), command(5, "conn5", One, 600)});
        QCOMPARE(words(many), QStringList{QStringLiteral("delete shop.orders :06.405 n=130 [a]")});
        feed(finder, "s", "s/mongos.log", {command(5, "conn9", One, 600)});
        QCOMPARE(words(finder), QStringList{QStringLiteral("delete shop.orders :06.405 [s]")});
    }

    void takesALineThatIsReadTwiceForOne()
    {
        LogFinder finder(reading());
        feed(finder, "", "mongodb.log", {drop(214, "conn5")});
        feed(finder, "", "copy of mongodb.log", {drop(214, "conn5")});
        QCOMPARE(finder.findings().size(), size_t(1));
    }

    void knowsHowManyAreToldAtLeast_data()
    {
        QTest::addColumn<QList<QByteArray>>("lines");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QList<QByteArray> &lines, const char *expected) {
            QTest::newRow(name) << lines << QString::fromUtf8(expected);
        };
        row("of a TTL index", {removed(10, "TTLMonitor", 700)}, "delete shop.orders :07.000 n=700 [a]");
        row("no number", {removedSome(10, "conn5")}, "delete shop.orders :07.000 [a]");
        row("no number and a few", {removedSome(10, "conn5"), removed(20, "conn5", 7)},
            "delete shop.orders :07.000 n>=7 lines=2 [a]");
        row("many and no number", {removed(10, "conn5", 700), removedSome(30, "conn5")},
            "delete shop.orders :07.000 n>=700 lines=2 [a]");
        row("one of three was slow", {removed(10, "conn5", 30), command(20, "conn5", Three, 600)},
            "delete shop.orders :06.420 n>=30 [a]");
        row("all three were slow",
            {removed(10, "conn5", 30), removed(20, "conn5", 30), removed(30, "conn5", 30),
             command(40, "conn5", Three, 600)},
            "");
        row("parts beside the document", {removed(10, "conn5", 30), command(20, "conn5", {}, 600)},
            "delete shop.orders :06.420 n>=30 [a]");
        row("three of one document each", {command(20, "conn5", Singles, 600)}, "");
        row("a small one for certain", {removed(10, "conn5", 99), command(20, "conn5", One, 600)}, "");
        row("a command of before had the line", {removed(10, "conn5", 30), command(30'000, "conn5", One, 600)},
            "delete shop.orders :36.400 [a]");
        row("more than a number holds",
            {line(10, "conn5", "Slow query", R"("type":"remove","ns":"shop.orders","ndeleted":9223372036854775807)"),
             line(20, "conn5", "Slow query", R"("type":"remove","ns":"shop.orders","ndeleted":9223372036854775807)")},
            "delete shop.orders :07.010 n=9223372036854775807 lines=2 [a]");
    }
    void knowsHowManyAreToldAtLeast()
    {
        QFETCH(QList<QByteArray>, lines);
        QFETCH(QString, expected);
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", lines);
        QCOMPARE(words(finder).join(QLatin1Char('|')), expected);
    }

    /// What one connection deletes all day is no part of the delete that is looked for.
    void aLargeDeleteBeginsAtItsOwnMoment()
    {
        QList<QByteArray> lines;
        for (int i = 0; i < 200; ++i)
            lines << removed(i * 50'000 - 200 * 50'000, "conn5", 1);
        lines << removed(10, "conn5", 1734) << removed(40'010, "conn5", 1734) << removed(70'010, "conn5", 1);
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", lines);
        QCOMPARE(words(finder).value(0), QStringLiteral("delete shop.orders :07.000 n=3469 lines=3 [a]"));

        LogFinder newestFirst(reading());
        feed(newestFirst, "a", "a/mongodb.log", {removed(10, "conn5", 1734)});
        feed(newestFirst, "a", "a/mongodb.log.1", {removed(-20'000, "conn5", 1)});
        QCOMPARE(words(newestFirst), QStringList{QStringLiteral("delete shop.orders :07.000 n=1734 [a]")});
    }

    void aRunEndsWhenItsLastDeleteWasDone()
    {
        const auto slow = [](int end, int took) {
            return line(end, "conn5", "Slow query",
                        R"("type":"remove","ns":"shop.orders","ndeleted":500,"durationMillis":)" +
                            QByteArray::number(took));
        };
        // The first took five minutes; the next ones are short, the last a minute and more after them.
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log",
             {slow(5 * Minute, 5 * Minute), slow(5 * Minute + 1000, 10), slow(7 * Minute, 10)});
        QCOMPARE(words(finder), (QStringList{QStringLiteral("delete shop.orders :06.990 n=500 [a]"),
                                             QStringLiteral("delete shop.orders :07.000 n=1000 lines=2 [a]")}));
        const LogFinding run = finder.findings().back();
        QCOMPARE(run.endMilliseconds - run.milliseconds, qint64(5 * Minute + 1000));
    }

    void anOrderThatComesAgainIsAnother_data()
    {
        QTest::addColumn<QList<QByteArray>>("primary");
        QTest::addColumn<QList<QByteArray>>("secondary");
        QTest::addColumn<int>("findings");
        const auto row = [](const char *name, const QList<QByteArray> &primary, const QList<QByteArray> &secondary,
                            int findings) { QTest::newRow(name) << primary << secondary << findings; };
        const QList<QByteArray> twice{drop(0, "conn5"), finished(5, "conn5"), drop(1500, "conn5"),
                                      finished(1505, "conn5")};
        row("twice in two seconds", twice, {}, 2);
        row("every second, by a job", {drop(0, "conn5"), drop(1000, "conn5"), drop(2000, "conn5"), drop(3000, "conn5")},
            {}, 4);
        row("with what the other member tells", {drop(0, "conn5"), drop(4 * Minute, "conn6")},
            {finished(30, "ReplWriterWorker-1"), finished(4 * Minute + 30, "ReplWriterWorker-1")}, 2);
        row("minutes later, told by the other member alone", {drop(0, "conn5"), finished(3, "conn5")},
            {finished(30, "ReplWriterWorker-1"), finished(4 * Minute, "ReplWriterWorker-1")}, 2);
        row("again on both as the primary changed", {drop(0, "conn5"), finished(4 * Minute + 20, "ReplWriterWorker-1")},
            {finished(30, "ReplWriterWorker-1"), drop(4 * Minute, "conn8")}, 2);
        row("the copier does it again and again", {},
            {finished(0, "ReplWriterWorker-1"), finished(1900, "ReplWriterWorker-1"),
             finished(3800, "ReplWriterWorker-1"), finished(5700, "ReplWriterWorker-1")},
            2);
        row("made anew after its database went, and dropped",
            {databaseDrop(0, "conn5"), finished(5, "conn5"), drop(30'000, "conn5"), finished(30'005, "conn5")}, {}, 2);
        row("a part minutes later is no part", {databaseDrop(0, "conn5"), finished(5, "conn5")},
            {finished(30, "ReplWriterWorker-1"), finished(5 * Minute, "ReplWriterWorker-1")}, 2);
        row("parts one after another", {databaseDrop(0, "conn5"), finished(5, "conn5")},
            {finished(30, "ReplWriterWorker-1", "shop.a"), finished(50'000, "ReplWriterWorker-2", "shop.b"),
             finished(100'000, "ReplWriterWorker-3", "shop.c")},
            1);
        row("a copy that takes minutes, and tells of the database at its end",
            {databaseDrop(0, "conn5"), finished(5, "conn5")},
            {finished(30, "ReplWriterWorker-1", "shop.a"), finished(90'000, "ReplWriterWorker-2", "shop.b"),
             finished(150'000, "ReplWriterWorker-3", "shop.c"), databaseDrop(150'010, "ReplWriterWorker-1")},
            1);
        row("the collection that a rename drops", {renameOver(0, "conn5"), finished(2, "conn5")},
            {finished(40, "ReplWriterWorker-1")}, 1);
        row("dropped after a rename", {renameOver(0, "conn5"), drop(20'000, "conn5")}, {}, 2);
        row("by another thread of the same member", {drop(0, "conn5"), finished(400, "TimestampMonitor")}, {}, 1);
    }
    void anOrderThatComesAgainIsAnother()
    {
        QFETCH(QList<QByteArray>, primary);
        QFETCH(QList<QByteArray>, secondary);
        QFETCH(int, findings);
        for (const bool primaryFirst : {true, false}) {
            LogFinder finder(reading());
            if (primaryFirst)
                feed(finder, "a", "a/mongodb.log", primary);
            feed(finder, "b", "b/mongodb.log", secondary);
            if (!primaryFirst)
                feed(finder, "a", "a/mongodb.log", primary);
            QVERIFY2(static_cast<int>(finder.findings().size()) == findings,
                     qPrintable(words(finder).join(QLatin1Char('\n'))));
        }
    }

    void namesThePersonAndNotTheRouter()
    {
        LogFinder finder(reading());
        feed(finder, "shard", "shard/mongodb.log",
             {came(-5000, 7, "10.0.0.1:27017"), isUser(-4900, "conn7", "__system"), drop(0, "conn7")});
        QCOMPARE(words(finder), QStringList{QStringLiteral("drop shop.orders :07.000 10.0.0.1:27017 [shard]")});
        feed(
            finder, "router", "router/mongos.log",
            {came(-6000, 3, "1.1.1.1:1"), isUser(-5900, "conn3", "bot"),
             line(
                 700, "conn3", "Slow query",
                 R"("type":"command","ns":"shop.orders","command":{"drop":"orders","$db":"shop"},"durationMillis":500)")});
        QCOMPARE(words(finder),
                 QStringList{QStringLiteral("drop shop.orders :07.000 bot@admin 1.1.1.1:1 done [shard router]")});
    }

    /// Folders are read by name, archives as they come: what is found must not hang on it.
    void theOrderOfTheFilesChangesNothing()
    {
        struct File
        {
            const char *host;
            const char *name;
            QList<QByteArray> lines;
        };
        const std::vector<File> files{
            {"a",
             "a/mongodb.log.1",
             {came(-90'000, 5, "1.1.1.1:1"), isUser(-89'000, "conn5", "bot"), drop(-60'000, "conn5"),
              finished(-59'990, "conn5"), removed(-20'000, "conn9", 700)}},
            {"a",
             "a/mongodb.log",
             {removed(10, "conn9", 1734), removed(20'000, "conn9", 5), drop(214, "conn5"), finished(220, "conn5"),
              databaseDrop(120'000, "conn6"), finished(120'010, "conn6", "shop.x"),
              line(130'000, "main", "MongoDB starting", {}), came(131'000, 5, "6.6.6.6:6"), drop(140'000, "conn5")}},
            {"b", "b/mongodb.log.1", {finished(-59'900, "ReplWriterWorker-1")}},
            {"b",
             "b/mongodb.log",
             {finished(300, "ReplWriterWorker-2"), finished(121'000, "ReplWriterWorker-0", "shop.x"),
              finished(140'050, "ReplWriterWorker-3")}},
            {"c", "c/mongodb.log", {finished(350, "ReplWriterWorker-2"), finished(900'000, "ReplWriterWorker-2")}}};
        std::vector<size_t> order(files.size());
        std::iota(order.begin(), order.end(), 0);
        QStringList first;
        do {
            LogFinder finder(reading());
            for (const size_t i : order)
                feed(finder, files[i].host, files[i].name, files[i].lines);
            QStringList found = words(finder);
            if (first.isEmpty())
                first = found;
            QCOMPARE(found, first);
        } while (std::next_permutation(order.begin(), order.end()));
        QCOMPARE(first, (QStringList{QStringLiteral("drop shop.orders :07.000 replica done [c]"),
                                     QStringLiteral("drop shop.orders :27.000 6.6.6.6:6 done [a b]"),
                                     QStringLiteral("database shop :07.000 done [a b]"),
                                     QStringLiteral("drop shop.orders :07.214 bot@admin 1.1.1.1:1 done [a b c]"),
                                     QStringLiteral("delete shop.orders :46.990 n=2439 lines=3 [a]"),
                                     QStringLiteral("drop shop.orders :07.000 bot@admin 1.1.1.1:1 done [a b]")}));
    }

    /// The same log packed and unpacked in one folder.
    void countsACopyOfALogOnce()
    {
        const QList<QByteArray> lines{removed(10, "conn5", 1734), removed(20'010, "conn5", 1734)};
        LogFinder finder(reading());
        feed(finder, "a", "a/mongodb.log", lines);
        feed(finder, "a", "a/mongodb.log.1.gz", lines);
        QCOMPARE(words(finder), QStringList{QStringLiteral("delete shop.orders :07.000 n=3468 lines=2 [a]")});
    }

    void findsAgainWhatJoinedAnother()
    {
        LogFinder finder(reading());
        feed(finder, "b", "b/mongodb.log", {finished(250, "ReplWriterWorker-2"), removed(10, "conn5", 1734)});
        const std::vector<LogFinding> before = finder.findings();
        QCOMPARE(before.size(), size_t(2));
        feed(finder, "a", "a/mongodb.log", {drop(214, "conn5"), finished(220, "conn5"), drop(5 * Minute, "conn6")});
        const std::vector<LogFinding> after = finder.findings();
        QCOMPARE(after.size(), size_t(3));
        QCOMPARE(whereIs(before[0], after), std::optional<size_t>(1));
        QCOMPARE(after[1].place.host, QStringLiteral("a"));
        QCOMPARE(whereIs(before[1], after), std::optional<size_t>(2));
        QCOMPARE(whereIs(after[0], before), std::optional<size_t>());

        LogFinder archives(reading());
        archives.beginFile({}, QStringLiteral("mongodb.log"), QStringLiteral("/a.tar.gz"));
        archives.take(drop(0, "conn5"));
        archives.beginFile({}, QStringLiteral("mongodb.log"), QStringLiteral("/b.tar.gz"));
        archives.take(drop(Minute, "conn5", "shop.carts"));
        const std::vector<LogFinding> both = archives.findings();
        QCOMPARE(whereIs(both[0], both), std::optional<size_t>(0));
        QCOMPARE(whereIs(both[1], both), std::optional<size_t>(1));
    }
};

QTEST_GUILESS_MAIN(LogMergeTest)

#include "log_merge_test.moc"
