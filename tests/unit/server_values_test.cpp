#include "cloud/decode_monitoring.h"

#include <QJsonDocument>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

QJsonObject object(const char *text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    [&] { QVERIFY2(document.isObject(), text); }();
    return document.object();
}

QString latin(const char *text)
{
    return QString::fromLatin1(text);
}

QDateTime utc(const char *text)
{
    return QDateTime::fromString(latin(text), Qt::ISODate);
}

} // namespace

/// Requests and answers of the calls about agents, measurements, logs and snapshots on demand, in the forms of the
/// documentation and in those that servers have beside it.
class ServerValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAgents()
    {
        const Agent told = decode::agent(object(R"({"typeName":"AUTOMATION","hostname":"db1.example.net",
            "stateName":"ACTIVE","confCount":18211,"lastConf":"2024-05-02T10:11:12Z","tag":null})"));
        const Agent expected{latin("AUTOMATION"),
                             latin("db1.example.net"),
                             latin("ACTIVE"),
                             18211,
                             utc("2024-05-02T10:11:12Z"),
                             std::nullopt,
                             {},
                             std::nullopt,
                             {}};
        QCOMPARE(told, expected);
        const Agent other = decode::agent(object(R"({"typeName":"MONITORING","stateName":"GONE_FISHING",
            "confCount":"7","pingCount":"12","lastPing":1714644672000,"lastConf":1714644672,"isManaged":"true",
            "unknown":{"a":[1]}})"));
        QCOMPARE(other.stateName, latin("GONE_FISHING"));
        QCOMPARE(other.configurationCalls, std::optional<qint64>(7));
        QCOMPARE(other.pings, std::optional<qint64>(12));
        QCOMPARE(other.lastPing, utc("2024-05-02T10:11:12Z"));
        QCOMPARE(other.lastConfiguration, utc("2024-05-02T10:11:12Z"));
        QCOMPARE(other.isManaged, std::optional(true));
        QCOMPARE(decode::agent({}), Agent());
    }

    void readsMeasurements()
    {
        const Measurements read = decode::measurements(object(R"({"start":"2024-05-02T09:00:00Z",
            "end":"2024-05-02T09:03:00Z","granularity":"PT1M","groupId":"60bb00000000000000000001",
            "hostId":"da303f3fec69b2100bacf10dd9e6d5e0","processId":"db1.example.net:27017","links":[],
            "measurements":[{"name":"OPCOUNTER_DELETE","units":"SCALAR_PER_SECOND","dataPoints":[
              {"timestamp":"2024-05-02T09:00:00Z","value":null},{"timestamp":"2024-05-02T09:01:00Z","value":0.4},
              {"timestamp":"2024-05-02T09:02:00Z","value":"812.6"},{"timestamp":"2024-05-02T09:03:00Z","value":"NaN"},
              {"timestamp":"noon","value":1},{"value":1}]},
              {"name":"NEW_ONE","units":"FURLONGS","dataPoints":[]},{"name":"BARE"}]})"));
        QCOMPARE(read.start, utc("2024-05-02T09:00:00Z"));
        QCOMPARE(read.end, utc("2024-05-02T09:03:00Z"));
        QCOMPARE(read.host.value, latin("da303f3fec69b2100bacf10dd9e6d5e0"));
        QCOMPARE(read.processId, latin("db1.example.net:27017"));
        QCOMPARE(read.measurements.size(), size_t(3));
        const std::vector<DataPoint> expected{{utc("2024-05-02T09:00:00Z"), std::nullopt},
                                              {utc("2024-05-02T09:01:00Z"), 0.4},
                                              {utc("2024-05-02T09:02:00Z"), 812.6},
                                              {utc("2024-05-02T09:03:00Z"), std::nullopt}};
        QCOMPARE(read.measurements[0].points, expected);
        QCOMPARE(read.measurements[1].units, latin("FURLONGS"));
        QVERIFY(read.measurements[2].points.empty());
        // The sample of a partition is without start and end.
        const Measurements disk = decode::measurements(object(R"({"granularity":"PT1M","partitionName":"xvdb"})"));
        QVERIFY(!disk.start.isValid());
        QCOMPARE(disk.partitionName, latin("xvdb"));
    }

    void readsASnapshotOnDemand_data()
    {
        QTest::addColumn<QByteArray>("timestamp");
        QTest::addColumn<std::optional<OplogTimestamp>>("moment");
        const std::optional<OplogTimestamp> whole(OplogTimestamp{1714645200, 1});
        QTest::newRow("as documented") << QByteArray(
                                              R"({"increment":1,"time":1714645200,"date":"2024-05-02T10:20:00Z"})")
                                       << whole;
        QTest::newRow("seconds alone") << QByteArray(R"({"increment":"1","time":"1714645200"})") << whole;
        QTest::newRow("date is null") << QByteArray(R"({"increment":1,"time":1714645200,"date":null})") << whole;
        QTest::newRow("null") << QByteArray("null") << std::optional<OplogTimestamp>();
    }

    void readsASnapshotOnDemand()
    {
        QFETCH(QByteArray, timestamp);
        QFETCH(std::optional<OplogTimestamp>, moment);
        const QByteArray text = R"({"clusterName":"shop","description":"done","timestamp":)" + timestamp + "}";
        const RequestedSnapshot read = decode::requestedSnapshot(object(text.constData()));
        QCOMPARE(read, (RequestedSnapshot{latin("shop"), latin("done"), moment}));
    }

    void readsLogJobs()
    {
        const LogJob job = decode::logJob(object(R"({"id":"5e","creationDate":"2024-05-02T10:00:00Z",
            "expirationDate":"2024-06-01T10:00:00Z","status":"MARKED_FOR_EXPIRY","resourceType":"replicaset",
            "resourceName":"shop_0","logTypes":["MONGODB","FTDC"],"redacted":"false","sizeRequestedPerFileBytes":"50",
            "uncompressedSizeTotalBytes":81920,"childJobs":[
              {"hostName":"a","logCollectionType":"MONGODB","path":"p","status":"FAILURE","errorMessage":"null",
               "uncompressedDiskSpaceBytes":"5","startDate":"2024-05-02T10:00:01Z","finishDate":null},
              {"status":"SOMETHING_ELSE","errorMessage":"disk full"},{"errorMessage":null}]})"));
        QCOMPARE(job.id.value, latin("5e"));
        QCOMPARE(job.status, LogJobStatus::Expired);
        QCOMPARE(job.statusName, latin("MARKED_FOR_EXPIRY"));
        QCOMPARE(job.types, QStringList({latin("MONGODB"), latin("FTDC")}));
        QCOMPARE(job.redacted, std::optional(false));
        QCOMPARE(job.bytesPerFile, 50);
        QCOMPARE(job.parts.size(), size_t(3));
        QCOMPARE(job.parts[0].status, LogJobStatus::Failed);
        QCOMPARE(job.parts[0].errorMessage, QString());
        QCOMPARE(job.parts[0].sizeBytes, 5);
        QVERIFY(!job.parts[0].finished.isValid());
        QCOMPARE(job.parts[1].status, LogJobStatus::Unknown);
        QCOMPARE(job.parts[1].statusName, latin("SOMETHING_ELSE"));
        QCOMPARE(job.parts[1].errorMessage, latin("disk full"));
        QCOMPARE(decode::logJob(object(R"({"status":"FAILED"})")).status, LogJobStatus::Failed);
        QVERIFY(!decode::logJob({}).redacted.has_value());
    }

    void writesChanges()
    {
        QCOMPARE(snapshotChangeBody(KeepSnapshot{true}), QByteArray(R"({"doNotDelete":true})"));
        QCOMPARE(snapshotChangeBody(KeepSnapshot{false}), QByteArray(R"({"doNotDelete":false})"));
        const QDateTime local = QDateTime::fromString(latin("2024-05-02T12:00:00+02:00"), Qt::ISODate);
        QCOMPARE(snapshotChangeBody(ExpireSnapshot{local}), QByteArray(R"({"expires":"2024-05-02T10:00:00Z"})"));
    }

    void writesLogRequests()
    {
        LogRequest request;
        request.name = latin("shop_0");
        request.bytesPerFile = 50'000'000;
        request.redacted = false;
        QCOMPARE(logRequestBody(request, Service::CloudManager),
                 QByteArray(R"({"logTypes":["MONGODB"],"redacted":false,"resourceName":"shop_0",)"
                            R"("resourceType":"REPLICASET","sizeRequestedPerFileBytes":50000000})"));
        request.source = LogSource::Cluster;
        request.from = utc("2024-05-02T09:00:00Z");
        request.to = utc("2024-05-02T09:30:00Z");
        QVERIFY(
            logRequestBody(request, Service::CloudManager)
                .contains(
                    R"("logCollectionFromDate":"2024-05-02T09:00:00Z","logCollectionToDate":"2024-05-02T09:30:00Z")"));
        const QByteArray opsManager = logRequestBody(request, Service::OpsManager);
        QVERIFY2(opsManager.contains(R"("logCollectionFromDate":1714640400000,"logCollectionToDate":1714642200000)"),
                 opsManager.constData());
        QVERIFY(opsManager.contains(R"("resourceType":"CLUSTER")"));
    }

    void writesDurations_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("written");
        for (const auto &[seconds, written] :
             {std::pair(10, "PT10S"), std::pair(60, "PT1M"), std::pair(300, "PT5M"), std::pair(3600, "PT1H"),
              std::pair(86400, "P1D"), std::pair(129600, "P1DT12H"), std::pair(90, "PT1M30S"), std::pair(0, "PT0S")})
            QTest::newRow(written) << qint64(seconds) << latin(written);
    }

    void writesDurations()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, written);
        QCOMPARE(isoDuration(std::chrono::seconds(seconds)), written);
    }
};

QTEST_GUILESS_MAIN(ServerValuesTest)
#include "server_values_test.moc"
