#include "archive/next_steps.h"
#include "archive/restore_info.h"
#include "support/archive_builder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using Field = RestoreInfoContradiction::Field;

namespace {

constexpr qint64 Moment = 1609947369; ///< 2021-01-06 15:36:09 UTC

class RestoreInfoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void canBeStopped();
    void parsesTolerantly();
    void parsesTimes_data();
    void parsesTimes();
    void contradicts_data();
    void contradicts();
    void expectsWhatTheFileNameSays_data();
    void expectsWhatTheFileNameSays();
    void fillsTheStepsOfAReplicaSet();
    void givesNoReplicaSetsRecipeForAShard_data();
    void givesNoReplicaSetsRecipeForAShard();
    void saysContradictionsFirst();

private:
    QString write(const QByteArray &bytes) const
    {
        const QString path = m_dir.filePath(QStringLiteral("a.tar.gz"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    QTemporaryDir m_dir;
};

void RestoreInfoTest::reads()
{
    const auto info = readRestoreInfo(write(makeArchive(1000)));
    QVERIFY(info);
    QCOMPARE(info->restoreTimestampSeconds, Moment);
    QCOMPARE(info->restoreTimestampIncrement, quint32(2));
    QCOMPARE(info->mongodbVersion, QStringLiteral("4.2.11"));
    const auto none = readRestoreInfo(write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "b"}}))));
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Parse);
    QVERIFY(!readRestoreInfo(write("no archive")));
}

void RestoreInfoTest::canBeStopped()
{
    const auto info = readRestoreInfo(write(makeArchive(1000)), [](qint64) { return false; });
    QVERIFY(!info);
    QCOMPARE(info.error().kind, ErrorKind::Cancelled);
}

void RestoreInfoTest::parsesTolerantly()
{
    const RestoreInfo info =
        parseRestoreInfo(QStringLiteral("Restore Information\r\n"
                                        "Group Name: Ledger: EU\r\n"
                                        "Replica Set:  rs0\r\n"
                                        "CLUSTER ID: 5ff5\r\n"
                                        "Snapshot timestamp: Wed Jan  6 15:36:09 GMT 2021\r\n"
                                        "Restore timestamp:  (1609947369, 2)\r\n"
                                        "Last Oplog Applied: Wed Jan 06 15:36:09 GMT 2021 (1609947369, 1)\r\n"
                                        "MongoDB Version: 4.2.11\r\n"
                                        "Storage Engine: wiredTiger\r\n"
                                        "Master Key UUID: abc-1\r\n"));
    QCOMPARE(info.groupName, QStringLiteral("Ledger: EU"));
    QCOMPARE(info.replicaSetName, QStringLiteral("rs0"));
    QCOMPARE(info.clusterId, QStringLiteral("5ff5"));
    QCOMPARE(info.snapshotSeconds, Moment);
    QCOMPARE(info.restoreTimestampSeconds, Moment);
    QCOMPARE(info.restoreTimestampIncrement, quint32(2));
    QCOMPARE(info.lastOplogApplied, QStringLiteral("Wed Jan 06 15:36:09 GMT 2021 (1609947369, 1)"));
    QCOMPARE(info.lastOplogSeconds, Moment);
    QCOMPARE(info.lastOplogIncrement, quint32(1));
    QCOMPARE(info.storageEngine, QStringLiteral("wiredTiger"));
    QCOMPARE(info.masterKeyUuid, QStringLiteral("abc-1"));
    QCOMPARE(parseRestoreInfo(QString()), RestoreInfo());
}

void RestoreInfoTest::parsesTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("as written") << QStringLiteral("Wed Jan 06 15:36:09 GMT 2021") << Moment;
    QTest::newRow("UTC") << QStringLiteral("Wed Jan 06 15:36:09 UTC 2021") << Moment;
    QTest::newRow("a timestamp") << QStringLiteral("(1609947369, 1)") << Moment;
    QTest::newRow("of another zone: not known") << QStringLiteral("Wed Jan 06 15:36:09 CET 2021") << qint64(0);
    QTest::newRow("no such day") << QStringLiteral("Wed Jan 36 15:36:09 GMT 2021") << qint64(0);
    QTest::newRow("cut") << QStringLiteral("Wed Jan 06 15:36") << qint64(0);
    QTest::newRow("too many digits") << QStringLiteral("(99999999999999999999999, 1)") << qint64(0);
    QTest::newRow("nothing") << QString() << qint64(0);
}

void RestoreInfoTest::parsesTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    QCOMPARE(parseRestoreInfo(QStringLiteral("Snapshot timestamp: ") + text).snapshotSeconds, seconds);
}

void RestoreInfoTest::contradicts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("version");
    QTest::addColumn<qint64>("moment");
    QTest::addColumn<QList<int>>("fields");
    const QString text = QStringLiteral("Replica set name: rs0\nMongoDB Version: 4.2.11\n"
                                        "Restore timestamp: (1609947369, 2)\n");
    const auto row = [](const char *title, const QString &info, const char *set, const char *version, qint64 moment,
                        const QList<int> &fields) {
        QTest::newRow(title) << info << QString::fromLatin1(set) << QString::fromLatin1(version) << moment << fields;
    };
    const int ofSet = static_cast<int>(Field::ReplicaSet);
    const int ofVersion = static_cast<int>(Field::Version);
    const int ofMoment = static_cast<int>(Field::Moment);
    row("all the same", text, "rs0", "4.2.11", Moment, {});
    row("nothing known of the order", text, "", "", 0, {});
    row("nothing in the archive", {}, "rs0", "4.2.11", Moment, {});
    row("another set", text, "rs1", "4.2.11", Moment, {ofSet});
    row("names have cases", text, "RS0", "4.2.11", Moment, {ofSet});
    row("another version", text, "rs0", "4.2.12", Moment, {ofVersion});
    row("a version that begins alike", text, "rs0", "4.2.1", Moment, {ofVersion});
    row("the same version, other letters", text, "rs0", "v4.2.11-ent", Moment, {});
    row("15 minutes later", text, "rs0", "4.2.11", Moment + 900, {});
    row("15 minutes and a second later", text, "rs0", "4.2.11", Moment + 901, {ofMoment});
    row("15 minutes earlier", text, "rs0", "4.2.11", Moment - 900, {});
    row("the day before", text, "rs0", "4.2.11", Moment - 86400, {ofMoment});
    row("one of its times is the moment", text + QStringLiteral("Last Oplog Applied: (1609900000, 1)\n"), "rs0",
        "4.2.11", 1609900000, {});
    row("none of its times is", text + QStringLiteral("Last Oplog Applied: (1609900000, 1)\n"), "rs0", "4.2.11",
        1609920000, {ofMoment});
    row("only the snapshot's time is in it", QStringLiteral("Snapshot timestamp: Wed Jan 06 15:36:09 GMT 2021"), "rs0",
        "4.2.11", Moment - 86400, {ofMoment});
    row("all different", text, "rs1", "5.0.1", Moment + 86400, {ofSet, ofVersion, ofMoment});
}

void RestoreInfoTest::contradicts()
{
    QFETCH(QString, text);
    QFETCH(QString, set);
    QFETCH(QString, version);
    QFETCH(qint64, moment);
    QFETCH(QList<int>, fields);
    QList<int> found;
    for (const auto &contradiction : restoreInfoContradictions(parseRestoreInfo(text), {set, version, moment})) {
        found << static_cast<int>(contradiction.field);
        QVERIFY(contradiction.sentence.endsWith(QLatin1Char('.')));
    }
    QCOMPARE(found, fields);
}

void RestoreInfoTest::expectsWhatTheFileNameSays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("set");
    QTest::addColumn<bool>("isConfigServer");
    const auto row = [](const char *name, const char *set, bool isConfigServer = false) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(set) << isConfigServer;
    };
    row("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz", "rs0");
    row("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar", "rs0");
    row("Cluster0-shard-0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz", "Cluster0-shard-0");
    row("config-cfg-60cc000000000000000000a2-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz", "cfg", true);
    row("config-rs-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz", "config-rs");
    row("rs0-1609947369-of-another-job.tar.gz", "");
    row("backup.tar.gz", "");
}

void RestoreInfoTest::expectsWhatTheFileNameSays()
{
    QFETCH(QString, name);
    QFETCH(QString, set);
    QFETCH(bool, isConfigServer);
    const auto expected = expectedByFileName(name, QStringLiteral("5ff5e4a1e4b0a1c2d3e4f5a6"));
    QCOMPARE(expected.replicaSetName, set);
    QCOMPARE(expected.momentSeconds, set.isEmpty() ? qint64(0) : Moment);
    QCOMPARE(expected.isConfigServer, isConfigServer);
}

void RestoreInfoTest::fillsTheStepsOfAReplicaSet()
{
    RestoreInfo info = parseRestoreInfo(
        QStringLiteral("Restore timestamp: (1609947369, 2)\nReplica Set: rs0\nMongoDB Version: 4.2.11"));
    const ArchiveOrder order{QStringLiteral("a.tar.gz"), QStringLiteral("1")};
    const QString steps = nextSteps(info, order).steps.join(QLatin1Char('\n'));
    QVERIFY(steps.contains(QLatin1String("Timestamp(1609947369, 2)")));
    QVERIFY(steps.contains(QLatin1String("4.2.11")));
    QVERIFY(steps.contains(QLatin1String("--replSet rs0")));
    QVERIFY(!steps.contains(QLatin1String("master key")));
    info.masterKeyUuid = QStringLiteral("abc-1");
    QVERIFY(nextSteps(info, order).steps.join(QLatin1Char('\n')).contains(QLatin1String("abc-1")));
}

void RestoreInfoTest::givesNoReplicaSetsRecipeForAShard_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<bool>("isPartOfBatch");
    QTest::addColumn<int>("archives");
    QTest::addColumn<QString>("heading");
    const QString shard = QStringLiteral("shop_0-1609947369-5ff5.tar.gz");
    const QString config = QStringLiteral("config-cfg-60cc000000000000000000a2-1609947369-5ff5.tar.gz");
    QTest::newRow("a shard") << shard << true << 3 << QStringLiteral("one of 3 archives of a sharded cluster");
    QTest::newRow("a shard, the count unknown")
        << shard << true << 0 << QStringLiteral("one of the archives of a sharded cluster (ledger, 3 archives)");
    QTest::newRow("config servers") << config << true << 3 << QStringLiteral("one of 3 archives of a sharded cluster");
    QTest::newRow("config servers, fetched alone")
        << config << false << 0 << QStringLiteral("one of the archives of a sharded cluster");
}

void RestoreInfoTest::givesNoReplicaSetsRecipeForAShard()
{
    QFETCH(QString, fileName);
    QFETCH(bool, isPartOfBatch);
    QFETCH(int, archives);
    QFETCH(QString, heading);
    const ArchiveOrder order{fileName, QStringLiteral("5ff5"), isPartOfBatch, archives,
                             isPartOfBatch ? QStringLiteral("ledger, 3 archives") : QString()};
    const NextSteps next = nextSteps({}, order);
    QVERIFY2(next.heading.contains(heading), qPrintable(next.heading));
    const QString steps = next.steps.join(QLatin1Char('\n'));
    QVERIFY(!steps.isEmpty());
    QVERIFY(!steps.contains(QLatin1String("--replSet")));
    QVERIFY(!steps.contains(QLatin1String("Insert")));
}

void RestoreInfoTest::saysContradictionsFirst()
{
    const RestoreInfo info = parseRestoreInfo(QStringLiteral("Replica Set: rs1"));
    const ArchiveOrder order{QStringLiteral("rs0-1609947369-5ff5.tar.gz"), QStringLiteral("5ff5")};
    QCOMPARE(nextSteps(info, order).contradictions.size(), 1);
    QVERIFY(nextSteps(parseRestoreInfo(QStringLiteral("Replica Set: rs0")), order).contradictions.isEmpty());
}

} // namespace

QTEST_GUILESS_MAIN(RestoreInfoTest)
#include "restore_info_test.moc"
