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
    one.lastMilliseconds = one.milliseconds;
    one.nameSpace = QStringLiteral("shop.orders");
    one.isConfirmed = true;
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
        removed.documents = 20808;
        QCOMPARE(lossText(removed), QStringLiteral("20,808 documents deleted"));
        QCOMPARE(lossWhoText(removed), QStringLiteral("the logs do not tell who"));
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
            [](LogFinding &one) { one.isConfirmed = false; });
        row("hosts", "In the logs of a, b.", [](LogFinding &one) {
            one.hosts = QStringList{QStringLiteral("a"), QStringLiteral("b")};
        });
        row("slow", "It took 7 s; the moment is when it began.", [](LogFinding &one) { one.took = 7214; });
        row("run", "12 deletes of one connection, from 14:03:07 UTC to 14:03:27 UTC.", [](LogFinding &one) {
            one.kind = LossKind::Delete;
            one.lines = 12;
            one.lastMilliseconds += 20000;
        });
    }
    void saysWhatIsToBeKnown()
    {
        QFETCH(LogFinding, one);
        QFETCH(QString, says);
        QCOMPARE(lossNotes(one, QStringLiteral("Europe/Berlin")).join(QLatin1Char(' ')), says);
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
