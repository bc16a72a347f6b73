#include "cloud/cluster_facts.h"
#include "cloud/decode.h"
#include "cloud/json_read.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace tidemark;

namespace {

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json)).object();
}

QJsonValue value(const char *json)
{
    return QJsonDocument::fromJson("{\"v\":" + QByteArray(json) + "}").object().value(QLatin1String("v"));
}

QDateTime utc(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toUTC();
}

} // namespace

class DecodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPages()
    {
        const auto documented = decode::page(value("{\"links\":[{\"rel\":\"self\"},{\"rel\":\"next\"}],\"results\":[{"
                                                   "\"id\":\"1\"},7,null],\"totalCount\":\"2\"}"));
        QVERIFY(documented.isList && documented.hasLinks && documented.hasNext);
        QCOMPARE(documented.items.size(), size_t(1));
        QCOMPARE(documented.totalCount, std::optional<qint64>(2));
        const auto bare = decode::page(value("[{\"id\":\"1\"},[{\"id\":\"2\"}]]"));
        QVERIFY(bare.isList && !bare.hasLinks);
        QCOMPARE(bare.items.size(), size_t(2));
        const auto single = decode::page(value("{\"id\":\"1\"}"));
        QCOMPARE(single.items.size(), size_t(1));
        QVERIFY(!decode::page(value("{\"hello\":1}")).isList);
        QVERIFY(!decode::page(value("7")).isList);
    }

    void nestsShards()
    {
        const auto make = [](const char *id, const char *type, const char *shard) {
            return decode::cluster({{QStringLiteral("id"), QString::fromLatin1(id)},
                                    {QStringLiteral("typeName"), QString::fromLatin1(type)},
                                    {QStringLiteral("clusterName"), QStringLiteral("shop")},
                                    {QStringLiteral("shardName"), QString::fromLatin1(shard)}});
        };
        Cluster orphan = make("o", "REPLICA_SET", "gone_0");
        orphan.name = QStringLiteral("gone");
        const auto nested = decode::nestClusters({make("cfg", "CONFIG_SERVER_REPLICA_SET", "config"),
                                                  make("1", "REPLICA_SET", "shop_10"), orphan,
                                                  make("0", "REPLICA_SET", "shop_9"), make("top", "SHARDED", "")});
        QCOMPARE(nested.size(), size_t(2));
        QCOMPARE(nested[0].id.value, QStringLiteral("o"));
        QCOMPARE(nested[0].shardName, QStringLiteral("gone_0"));
        QCOMPARE(nested[1].id.value, QStringLiteral("top"));
        QCOMPARE(nested[1].shards.size(), size_t(3));
        QCOMPARE(nested[1].shards[0].id.value, QStringLiteral("0"));
        QCOMPARE(nested[1].shards[2].id.value, QStringLiteral("cfg"));
    }

    void readsNamespaceFilters_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("excludes");
        const QStringList db{QStringLiteral("db")};
        const auto row = [](const char *json, const QStringList &names, bool excludes) {
            QTest::newRow(json) << QByteArray(json) << names << excludes;
        };
        row("{\"filterList\":[\"db\"],\"filterType\":\"denyList\"}", db, true);
        row("{\"filterList\":[\"db\"],\"filterType\":\"blacklist\"}", db, true);
        row("{\"filterList\":[\"db\"],\"filterType\":\"accessList\"}", db, false);
        row("{\"filterList\":[\"db\"],\"filterType\":\"WHITELIST\"}", db, false);
        row("{\"filterList\":\"db\",\"filterType\":\"denyList\"}", db, true);
        row("{\"filterList\":[],\"filterType\":\"denyList\"}", {}, false);
        row("[\"db\"]", db, false);
        row("[{\"filterList\":[\"db\"],\"filterType\":\"denyList\"}]", db, true);
        row("null", {}, false);
    }

    void readsNamespaceFilters()
    {
        QFETCH(QByteArray, json);
        QFETCH(QStringList, names);
        QFETCH(bool, excludes);
        const Snapshot snapshot = decode::snapshot({{QStringLiteral("id"), QStringLiteral("1")},
                                                    {QStringLiteral("namespaceFilterList"), value(json.constData())}});
        QCOMPARE(snapshot.namespaceFilter, names);
        QCOMPARE(snapshot.namespaceFilterExcludes, excludes);
    }

    void readsOddSnapshots()
    {
        const Snapshot odd = decode::snapshot(
            object("{\"id\":12,\"complete\":\"true\",\"doNotDelete\":1,\"expires\":\"2024-05-09T06:00:03Z\","
                   "\"parts\":{\"fileSizeBytes\":\"2855605344\",\"encryptionEnabled\":\"true\",\"fcv\":6.0}}"));
        QCOMPARE(odd.id.value, QStringLiteral("12"));
        QVERIFY(odd.complete);
        QVERIFY(!odd.expires.isValid()); // kept for ever
        QCOMPARE(odd.fileSizeBytes(), 2855605344LL);
        QVERIFY(odd.isEncrypted());
        QCOMPARE(decode::snapshot({}), Snapshot());
    }

    void readsLinks_data()
    {
        QTest::addColumn<QByteArray>("delivery");
        QTest::addColumn<QString>("header");
        QTest::newRow("scheme apart") << QByteArray("{\"authBearer\":\"Bearer\",\"authValue\":\"t\"}")
                                      << QStringLiteral("Bearer t");
        QTest::newRow("whole value") << QByteArray("{\"authValue\":\"Bearer t\"}") << QStringLiteral("Bearer t");
        QTest::newRow("both") << QByteArray("{\"authBearer\":\"Bearer\",\"authValue\":\"Bearer t\"}")
                              << QStringLiteral("Bearer t");
        QTest::newRow("scheme alone") << QByteArray("{\"authBearer\":\"Bearer\"}") << QString();
    }

    void readsLinks()
    {
        QFETCH(QByteArray, delivery);
        QFETCH(QString, header);
        const RestoreJob job = decode::restoreJob(
            {{QStringLiteral("id"), QStringLiteral("1")}, {QStringLiteral("delivery"), value(delivery.constData())}});
        QCOMPARE(job.delivery.authValue, header);
    }

    void keepsUnknownStatusesVerbatim()
    {
        const RestoreJob job = decode::restoreJob(
            object("{\"id\":\"1\",\"statusName\":\"PAUSED\",\"delivery\":{\"statusName\":\"ready\"}}"));
        QCOMPARE(job.status, JobStatus::Unknown);
        QCOMPARE(job.statusName, QStringLiteral("PAUSED"));
        QCOMPARE(job.delivery.status, DeliveryStatus::Ready);
    }

    void leavesOutWhatHasNoId()
    {
        QCOMPARE(decode::list({object("{}"), object("{\"id\":\"1\"}")}, &decode::project).size(), size_t(1));
    }

    void anAutomationStatusWithoutProcessesIsNoGoal()
    {
        QVERIFY(!decode::automationStatus(object("{\"goalVersion\":1}")).isAtGoal());
        const AutomationStatus half =
            decode::automationStatus(object("{\"goalVersion\":\"3\",\"processes\":[{\"lastGoalVersionAchieved\":3},{"
                                            "\"lastGoalVersionAchieved\":\"2\"}]}"));
        QCOMPARE(half.processesAtGoal(), 1);
        QVERIFY(!half.isAtGoal());
    }

    void aGoalThatIsNotToldIsNotReached()
    {
        QVERIFY(!decode::automationStatus(object("{\"processes\":[{\"name\":\"a\"}]}")).isAtGoal());
    }

    void tellsAgentsErrors_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<std::optional<bool>>("hasError");
        const auto row = [](const char *fields, std::optional<bool> hasError) {
            QTest::newRow(fields) << QByteArray(fields) << hasError;
        };
        row("", std::nullopt); // an older server does not tell: that is not "no error"
        row(",\"errorCode\":null", std::nullopt);
        row(",\"errorCode\":0", false);
        row(",\"errorCode\":\"0\"", false);
        row(",\"errorCode\":100", true);
        row(",\"errorCode\":\"100\"", true);
        row(",\"errorCode\":0,\"errorString\":\"an old line\"", false);
        row(",\"errorString\":\"\",\"errorCodeDescription\":\"\"", false);
        row(",\"errorString\":\"failed\",\"errorCodeDescription\":\"\"", true);
        row(",\"errorCodeHumanReadable\":\"File Permissions Error\"", true);
    }

    void tellsAgentsErrors()
    {
        QFETCH(QByteArray, fields);
        QFETCH(std::optional<bool>, hasError);
        const QByteArray document = "{\"goalVersion\":1,\"processes\":[{\"name\":\"a\"" + fields + "}]}";
        QCOMPARE(decode::automationStatus(object(document.constData())).processes.at(0).hasError(), hasError);
    }

    void readsAllFourFieldsOfAnError()
    {
        const AutomationStatus status = decode::automationStatus(object(
            "{\"goalVersion\":42,\"processes\":[{\"name\":\"a\",\"hostname\":\"h\",\"lastGoalVersionAchieved\":41,"
            "\"plan\":[\"Download\"],\"errorCode\":100,\"errorCodeDescription\":\"d\",\"errorCodeHumanReadable\":"
            "\"r\",\"errorString\":\"s\"}]}"));
        const AutomationProcess expected{
            QStringLiteral("a"), QStringLiteral("h"), 41, {QStringLiteral("Download")}, 100, QStringLiteral("r"),
            QStringLiteral("d"), QStringLiteral("s")};
        QCOMPARE(status.processes, std::vector{expected});
    }

    void readsSeveralStatusesAsOne()
    {
        const AutomationStatus status = decode::automationStatus(value(
            "[{\"goalVersion\":42,\"processes\":[{\"name\":\"a\",\"hostname\":\"h\",\"lastGoalVersionAchieved\":42},"
            "{\"name\":\"b\",\"hostname\":\"h\",\"lastGoalVersionAchieved\":41}]},"
            "{\"goalVersion\":41,\"processes\":[{\"name\":\"a\",\"hostname\":\"h\",\"lastGoalVersionAchieved\":41},"
            "{\"name\":\"b\",\"hostname\":\"h\",\"lastGoalVersionAchieved\":41,\"errorCode\":7},"
            "{\"name\":\"a\",\"hostname\":\"other\",\"lastGoalVersionAchieved\":1}]}]"));
        QCOMPARE(status.goalVersion, 42);
        QCOMPARE(status.processes.size(), size_t(3));
        QCOMPARE(status.processes[0].lastGoalVersionAchieved, 42);
        QCOMPARE(status.processes[1].errorCode, std::optional<qint64>(7));
        QCOMPARE(status.processes[2].hostname, QStringLiteral("other"));
    }

    /// What is not there is mongod's default, and what was taken out is not told.
    void readsStorageSettings_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QString>("read");
        const auto row = [](const char *name, const char *arguments, const char *read) {
            QTest::newRow(name) << QByteArray(arguments) << QString::fromLatin1(read);
        };
        row("none", "{}", "- disabled");
        row("a path alone", "{\"storage\":{\"dbPath\":\"/data\"}}", "wiredTiger snappy - disabled");
        row("all told",
            "{\"storage\":{\"engine\":\"inMemory\",\"directoryPerDB\":true,\"wiredTiger\":{\"engineConfig\":"
            "{\"directoryForIndexes\":true},\"collectionConfig\":{\"blockCompressor\":\"zstd\"}}},\"security\":"
            "{\"enableEncryption\":true},\"net\":{\"tls\":{\"mode\":\"requireTLS\"}}}",
            "inMemory zstd dirs indexes encrypted requireTLS");
        row("what is said of security was taken out", "{\"storage\":{\"dbPath\":\"/d\"},\"security\":\"<redacted>\"}",
            "wiredTiger snappy ? disabled");
        row("the encryption was taken out",
            "{\"storage\":{\"dbPath\":\"/d\"},\"security\":{\"enableEncryption\":\"<redacted>\"}}",
            "wiredTiger snappy ? disabled");
        row("the names of before 4.2", "{\"net\":{\"ssl\":{\"mode\":\"preferSSL\"}}}", "- preferTLS");
        row("the engine was taken out", "{\"storage\":{\"engine\":\"<redacted>\"}}", "- disabled");
        row("a part was taken out", "{\"storage\":{\"wiredTiger\":\"<redacted>\"}}", "- disabled");
        row("the mode was taken out", "{\"net\":{\"tls\":{\"mode\":\"<redacted>\"}}}", "- -");
        row("the wrong types", "{\"storage\":{\"engine\":7,\"directoryPerDB\":\"x\",\"wiredTiger\":[]},\"net\":1}",
            "7 snappy - disabled");
    }

    void readsStorageSettings()
    {
        QFETCH(QByteArray, arguments);
        const RedactedAutomationConfig config = decode::redactedAutomationConfig(
            object(("{\"processes\":[{\"name\":\"a\",\"args2_6\":" + arguments + "}]}").constData()));
        const ConfiguredProcess &process = config.processes.at(0);
        QStringList read;
        if (const auto &storage = process.storage) {
            read << storage->engine << storage->blockCompressor;
            if (storage->directoryPerDb)
                read << QStringLiteral("dirs");
            if (storage->directoryForIndexes)
                read << QStringLiteral("indexes");
            read << (!storage->isEncrypted   ? QStringLiteral("?")
                     : *storage->isEncrypted ? QStringLiteral("encrypted")
                                             : QStringLiteral("-"));
        } else {
            read << QStringLiteral("-");
        }
        read << (process.tlsMode.isEmpty() ? QStringLiteral("-") : process.tlsMode);
        QTEST(read.join(QLatin1Char(' ')), "read");
    }

    void anArbiterKeepsNoData()
    {
        const RedactedAutomationConfig config = decode::redactedAutomationConfig(
            object("{\"processes\":[{\"name\":\"a\",\"args2_6\":{\"storage\":{\"dbPath\":\"/d\"}}},"
                   "{\"name\":\"b\",\"args2_6\":{\"storage\":{\"dbPath\":\"/d\"}}}],\"replicaSets\":[{\"_id\":\"s\","
                   "\"members\":[{\"host\":\"a\",\"arbiterOnly\":false},{\"host\":\"b\",\"arbiterOnly\":true}]}]}"));
        QVERIFY(config.processes.at(0).storage && !config.processes.at(1).storage);
        QVERIFY(config.processes.at(0).keepsData && !config.processes.at(1).keepsData);
    }

    void readsARedactedConfiguration()
    {
        const RedactedAutomationConfig config = decode::redactedAutomationConfig(object(
            "{\"version\":\"9\",\"processes\":["
            "{\"name\":\"r\",\"hostname\":\"h1\",\"processType\":\"mongos\",\"cluster\":\"shop\",\"disabled\":false},"
            "{\"name\":\"s\",\"hostname\":\"h2\",\"backupRestoreJobId\":\"5f\",\"disabled\":true,"
            "\"args2_6\":{\"replication\":{\"replSetName\":\"shop_0\"},\"net\":\"<redacted>\"}},"
            "{\"name\":\"c\",\"backupRestoreJobId\":\"<redacted>\","
            "\"args2_6\":{\"replication\":{\"replSetName\":\"shop_config\"}}},"
            "{\"name\":\"l\",\"args2_6\":\"<redacted>\"}],"
            "\"sharding\":[{\"name\":\"shop\",\"configServerReplica\":\"shop_config\","
            "\"shards\":[{\"_id\":\"0\",\"rs\":\"shop_0\"}]}]}"));
        const auto text = [](const char *written) { return QString::fromLatin1(written); };
        const std::vector<ConfiguredProcess> expected{
            {text("r"), text("h1"), text("shop"), {}, {}, false, {}, text("disabled"), false},
            {text("s"), text("h2"), text("shop"), text("shop_0"), JobId(text("5f")), true, {}, {}},
            {text("c"), {}, text("shop"), text("shop_config"), {}, {}, {}, text("disabled")},
            {text("l"), {}, {}, {}, {}, {}, {}, {}}};
        QCOMPARE(config.version, std::optional<qint64>(9));
        QCOMPARE(config.processes, expected);
        QCOMPARE(decode::redactedAutomationConfig({}), RedactedAutomationConfig());
    }

    void readsAnEvent()
    {
        const ProjectEvent event = decode::projectEvent(object(
            "{\"id\":\"6633aa000000000000000001\",\"created\":\"2024-05-02T10:20:01Z\",\"eventTypeName\":"
            "\"RESTORE_REQUESTED_AUDIT\",\"groupId\":\"60bb00000000000000000001\",\"clusterId\":"
            "\"60cc000000000000000000a0\",\"clusterName\":\"shop\",\"apiKeyId\":\"60ab00000000000000000009\","
            "\"publicKey\":\"abcdefgh\",\"remoteAddress\":\"192.0.2.10\",\"isGlobalAdmin\":false,\"links\":[]}"));
        const auto text = [](const char *written) { return QString::fromLatin1(written); };
        const ProjectEvent expected{text("6633aa000000000000000001"),
                                    utc("2024-05-02T10:20:01Z"),
                                    text("RESTORE_REQUESTED_AUDIT"),
                                    ProjectId(text("60bb00000000000000000001")),
                                    text("abcdefgh"),
                                    {},
                                    text("192.0.2.10"),
                                    ClusterId(text("60cc000000000000000000a0")),
                                    text("shop")};
        QCOMPARE(event, expected);
    }

    void takesTheLowestFcv()
    {
        Cluster set;
        set.id = ClusterId(QStringLiteral("1"));
        set.type = ClusterType::ReplicaSet;
        set.name = set.replicaSetName = QStringLiteral("rs");
        std::vector<Cluster> clusters{set};
        ClusterFacts facts;
        const QString rs = QStringLiteral("rs");
        facts.processes = {{rs, {}, QStringLiteral("10.0.1"), QStringLiteral("10.0")},
                           {rs, {}, QStringLiteral("6.0.14"), QStringLiteral("6.0")},
                           {QStringLiteral("other"), {}, QStringLiteral("4.0.28"), QStringLiteral("4.0")}};
        facts.backupConfigs.emplace();
        mergeFacts(clusters, facts);
        QCOMPARE(clusters[0].featureCompatibilityVersion, QStringLiteral("6.0"));
        QCOMPARE(clusters[0].versions, QStringList({QStringLiteral("6.0.14"), QStringLiteral("10.0.1")}));
        QCOMPARE(clusters[0].backupRunning, std::optional(false));
    }
};

QTEST_GUILESS_MAIN(DecodeTest)
#include "decode_test.moc"
