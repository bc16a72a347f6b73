#include "logs/log_cover_texts.h"
#include "logs/log_texts.h"
#include "logs/log_wish.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

LogFinding finding(LossKind kind)
{
    LogFinding one;
    one.kind = kind;
    one.milliseconds = QDateTime(QDate(2026, 11, 27), QTime(14, 3, 7, 214), Qt::UTC).toMSecsSinceEpoch();
    one.endMilliseconds = one.milliseconds;
    one.nameSpace = QStringLiteral("shop.orders");
    one.steps = Asked | CarriedOut;
    return one;
}

} // namespace

class LogTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatWasLost()
    {
        LogFinding rename = finding(LossKind::Rename);
        rename.target = QStringLiteral("shop.old");
        QCOMPARE(lossText(rename), QStringLiteral("Collection renamed"));
        QCOMPARE(lossPlaceText(rename), QStringLiteral("shop.orders → shop.old"));
        rename.dropsTarget = true;
        QCOMPARE(lossText(rename), QStringLiteral("Collection replaced by a rename"));
        LogFinding removed = finding(LossKind::Delete);
        QCOMPARE(lossText(removed), QStringLiteral("Documents deleted, how many is not told"));
        removed.documents = DocumentCount::exactly(20808);
        QCOMPARE(lossText(removed), QStringLiteral("20,808 documents deleted"));
        removed.documents += DocumentCount();
        QCOMPARE(lossText(removed), QStringLiteral("At least 20,808 documents deleted"));
        removed.documents = DocumentCount::atMost(1500);
        QCOMPARE(lossText(removed), QStringLiteral("Up to 1,500 documents deleted"));
        removed.documents = {1, std::nullopt};
        QCOMPARE(lossText(removed), QStringLiteral("At least one document deleted"));
        QCOMPARE(lossWhoText(removed), QStringLiteral("the logs do not tell who"));
        removed.context = QStringLiteral("TTLMonitor");
        QCOMPARE(lossWhoText(removed), QStringLiteral("mongod itself (TTLMonitor)"));
        removed.user = QStringLiteral("bot@admin");
        removed.appName = QStringLiteral("job");
        QCOMPARE(lossWhoText(removed), QStringLiteral("bot@admin · job"));
    }

    void saysWhatIsToBeKnown_data()
    {
        QTest::addColumn<LogFinding>("one");
        QTest::addColumn<QString>("says");
        const LogFinding plain = finding(LossKind::Drop);
        const auto row = [&plain](const char *name, const char *says, auto change) {
            LogFinding one = plain;
            change(one);
            QTest::newRow(name) << one << QString::fromUtf8(says);
        };
        row("nothing", "", [](LogFinding &) {});
        row("zone", "The line has no time zone: its time was read in Europe/Berlin.",
            [](LogFinding &one) { one.zoneWasTold = false; });
        row("year", "The line has no year: the last one in which it is not yet to come was taken.",
            [](LogFinding &one) { one.yearWasTold = false; });
        row("asked for", "The log tells that it was asked for, not that it was carried out.",
            [](LogFinding &one) { one.steps = Asked; });
        row("hosts", "In the logs of a, b.", [](LogFinding &one) {
            one.hosts = QStringList{QStringLiteral("a"), QStringLiteral("b")};
        });
        row("slow", "It took 7 s; the moment is when it began.", [](LogFinding &one) { one.endMilliseconds += 7214; });
        row("run", "12 deletes of one connection, from 14:03:07 UTC to 14:03:27 UTC.", [](LogFinding &one) {
            one.kind = LossKind::Delete;
            one.lines = 12;
            one.documents = DocumentCount::exactly(500);
            one.endMilliseconds += 20000;
        });
    }
    void saysWhatIsToBeKnown()
    {
        QFETCH(LogFinding, one);
        QFETCH(QString, says);
        QCOMPARE(lossNotes(one, QStringLiteral("Europe/Berlin")).join(QLatin1Char(' ')), says);
    }

    void saysWhatWasNotRead_data()
    {
        QTest::addColumn<LogFindings>("all");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *says, auto change) {
            LogFindings all;
            change(all);
            QTest::newRow(name) << all << QString::fromUtf8(says);
        };
        row("nothing", "", [](LogFindings &) {});
        row("links", "2 links not followed: db1/current, db2/current.", [](LogFindings &all) {
            all.links = QStringList{QStringLiteral("db1/current"), QStringLiteral("db2/current")};
            all.linkCount = 2;
        });
        row("many links", "25 links not followed: a….", [](LogFindings &all) {
            all.links = QStringList{QStringLiteral("a")};
            all.linkCount = 25;
        });
        row("more files", "There are more files: only the first 20000 were read.",
            [](LogFindings &all) { all.hasMoreFiles = true; });
        row("empty", "3 files are empty.", [](LogFindings &all) { all.emptyFiles = 3; });
        row("problems", "a: cannot be read. 4 more files or folders could not be read.", [](LogFindings &all) {
            all.problems = QStringList{QStringLiteral("a: cannot be read.")};
            all.problemCount = 5;
        });
    }
    void saysWhatWasNotRead()
    {
        QFETCH(LogFindings, all);
        QFETCH(QString, says);
        QCOMPARE(searchNotes(all).join(QLatin1Char(' ')), says);
    }

    void saysWhichTimesWereRead()
    {
        const qint64 at = QDateTime(QDate(2026, 11, 27), QTime(13, 0, 4), Qt::UTC).toMSecsSinceEpoch();
        const auto minutes = [](int count) { return qint64(count) * 60'000; };
        LogFindings all;
        all.covers = {{QStringLiteral("db1"), {{at, at + minutes(70)}}},
                      {QStringLiteral("db2"), {{at - minutes(1440), at}, {at + minutes(66), at + minutes(68)}}}};
        QCOMPARE(searchNotes(all).join(QLatin1Char(' ')),
                 QStringLiteral("Times covered: db1: 2026-11-27 13:00:04 to 14:10:04 UTC; db2: 2026-11-26 13:00:04 UTC "
                                "to 2026-11-27 13:00:04 UTC, 2026-11-27 14:06:04 to 14:08:04 UTC."));
        const auto moment = [](int hour, int minute) {
            return QDateTime(QDate(2026, 11, 27), QTime(hour, minute), Qt::UTC);
        };
        QVERIFY(searchNotes(all, moment(14, 3)).join(QLatin1Char(' ')).contains(QLatin1String("covered: db2: ")));
        QVERIFY(coverLines(all.covers, moment(14, 3)).value(0).startsWith(QLatin1String("db2: ")));
        QVERIFY(coverLines(all.covers, {}).value(0).startsWith(QLatin1String("db1: ")));
        QCOMPARE(uncoveredText(all.covers, moment(14, 3)), QString());
        QCOMPARE(uncoveredText(all.covers, {}), QString());
        QCOMPARE(uncoveredText({}, moment(14, 3)), QString());
        const QString says = uncoveredText(all.covers, moment(14, 30));
        QVERIFY2(says.startsWith(QLatin1String("None of the logs that were read tells of 2026-11-27 14:30:00 UTC")),
                 qPrintable(says));
        // The page's moment is a whole second.
        all.covers = {{QStringLiteral("db1"), {{moment(14, 3).toMSecsSinceEpoch() + 214, at + minutes(70)}}}};
        QCOMPARE(uncoveredText(all.covers, moment(14, 3)), QString());
        // Hosts of one time are told together, of the time that all of them have.
        all.covers.clear();
        for (int i = 0; i < 20; ++i)
            all.covers.push_back({QStringLiteral("h%1").arg(i), {{at + i * 1000, at + minutes(70) - i * 1000}}});
        QCOMPARE(searchNotes(all).join(QLatin1Char(' ')),
                 QStringLiteral("Times covered: h0, h1, h2, h3, 16 more hosts: 2026-11-27 13:00:23 to 14:09:45 UTC."));
        all.covers.clear();
        for (int i = 0; i < 20; ++i)
            all.covers.push_back({QStringLiteral("h%1").arg(i), {{at + minutes(2 * i), at + minutes(2 * i + 1)}}});
        QCOMPARE(
            searchNotes(all, moment(13, 5)).join(QLatin1Char(' ')),
            QStringLiteral("Times covered, on 20 hosts each its own part: 2026-11-27 13:00:04 to 13:39:04 UTC. On 19 "
                           "hosts not the moment on the page."));
        QCOMPARE(coverLines(all.covers, moment(13, 5)).size(), 20);
        QCOMPARE(coverLines(all.covers, moment(13, 5)).last(),
                 QStringLiteral("h2: 2026-11-27 13:04:04 to 13:05:04 UTC"));
        for (int i = 0; i < 200; ++i)
            all.covers.push_back({QStringLiteral("m%1").arg(i), {{at - minutes(2 * i), at - minutes(2 * i + 1)}}});
        QCOMPARE(coverLines(all.covers, {}).size(), 101);
        QCOMPARE(coverLines(all.covers, {}).last(), QStringLiteral("120 more hosts"));
    }

    void sendsThoseWhoMayNotToTheFile()
    {
        Error error;
        error.kind = ErrorKind::Permission;
        QVERIFY(collectionProblem(error).contains(QLatin1String("Drop the log file here")));
        error.kind = ErrorKind::Server;
        error.sentence = QStringLiteral("It is ill.");
        QCOMPARE(collectionProblem(error), QStringLiteral("It is ill."));
    }

    void asksForTheTimeAroundTheMoment()
    {
        const QDateTime now(QDate(2026, 11, 27), QTime(14, 20, 5, 700), Qt::UTC);
        const auto at = [](int hour, int minute, int second) {
            return QDateTime(QDate(2026, 11, 27), QTime(hour, minute, second), Qt::UTC);
        };
        QCOMPARE(windowAround({}, 1h, now), (LogWindow{at(13, 20, 5), at(14, 20, 5)}));
        QCOMPARE(windowAround(at(12, 0, 0), 1h, now), (LogWindow{at(11, 0, 0), at(13, 0, 0)}));
        QCOMPARE(windowAround(at(14, 3, 7), 1h, now), (LogWindow{at(13, 3, 7), at(14, 20, 5)}));
        QCOMPARE(windowAround(at(15, 0, 0), 1h, now), (LogWindow{at(13, 20, 5), at(14, 20, 5)}));
        Cluster cluster;
        cluster.name = QStringLiteral("shop-prod");
        cluster.type = ClusterType::ShardedCluster;
        const LogRequest sharded = logRequestFor(cluster, {at(13, 0, 0), at(14, 0, 0)});
        QVERIFY(sharded.source == LogSource::Cluster && !sharded.redacted && sharded.bytesPerFile > 0);
        QCOMPARE(sharded.name, QStringLiteral("shop-prod"));
        cluster.type = ClusterType::ReplicaSet;
        cluster.replicaSetName = QStringLiteral("rs0");
        QCOMPARE(logRequestFor(cluster, {}).name, QStringLiteral("rs0"));
        QCOMPARE(logRequestFor(cluster, {}).source, LogSource::ReplicaSet);
    }
};

QTEST_GUILESS_MAIN(LogTextsTest)

#include "log_texts_test.moc"
