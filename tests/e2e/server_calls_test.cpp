#include "base/byte_pipe.h"
#include "base/clock.h"
#include "cloud/cloud_client.h"
#include "support/demo_cloud.h"
#include "support/waiting.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

template<typename T>
QString why(const Result<T> &result)
{
    return result ? QString() : result.error().sentence + QLatin1Char(' ') + result.error().hint;
}

template<typename T>
Error errorOf(const Result<T> &result)
{
    return result ? Error{} : result.error();
}

const QStringList opsManager{QStringLiteral("--product"), QStringLiteral("ops-manager")};

/// A client of a stand-in that was started with these switches, and the ids of what is asked about.
struct Estate
{
    explicit Estate(const QStringList &switches, bool readOnly = false)
        : cloud(switches + QStringList{QStringLiteral("--job-seconds"), QStringLiteral("0.5")})
    {
        Connection connection;
        connection.service =
            switches.contains(QLatin1String("ops-manager")) ? Service::OpsManager : Service::CloudManager;
        connection.baseUrl = cloud.baseUrl();
        connection.timeout = 10s;
        const auto fact = [this](const char *name) { return cloud.facts()[QLatin1String(name)].toString(); };
        connection.userName = fact(readOnly ? "readOnlyPublicKey" : "publicKey");
        const Credentials credentials{Secret(fact(readOnly ? "readOnlyPrivateKey" : "privateKey").toUtf8()), {}};
        client = std::make_unique<CloudClient>(connection, credentials, clock);
        const auto projects = resultOf(client->projects());
        if (!projects)
            return;
        for (const Project &one : *projects) {
            if (one.name == QLatin1String("Shop"))
                project = one.id;
        }
        if (const auto clusters = resultOf(client->clusters(project)))
            all = *clusters;
    }

    ClusterId cluster(const char *name) const
    {
        for (const Cluster &one : all) {
            if (one.name == QLatin1String(name))
                return one.id;
        }
        return {};
    }

    SystemClock clock;
    DemoCloud cloud;
    std::unique_ptr<CloudClient> client;
    ProjectId project;
    std::vector<Cluster> all;
};

} // namespace

#define REQUIRE(result) QVERIFY2((result).has_value(), qPrintable(why(result)))

/// The calls about agents, hosts, logs and snapshots on demand against the stand-in Cloud Manager, with Digest.
class ServerCallsTest : public QObject
{
    Q_OBJECT

private:
    /// A host of "ledger": the id of one stands in no cluster, only in what is mirrored. Made as the stand-in makes it.
    static HostId hostOf(const char *name)
    {
        const QByteArray md5 = QCryptographicHash::hash(QByteArray(name) + ".db.example.net", QCryptographicHash::Md5);
        return HostId(QString::fromLatin1(md5.toHex()));
    }

private Q_SLOTS:
    void readsAgentsMeasurementsAndNames_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::newRow("Cloud Manager") << QStringList();
        QTest::newRow("Ops Manager 6") << opsManager +
                                              QStringList{QStringLiteral("--server-version"), QStringLiteral("6.0.27")};
    }

    void readsAgentsMeasurementsAndNames()
    {
        QFETCH(QStringList, switches);
        Estate estate(switches);
        CloudClient &client = *estate.client;
        const auto agents = resultOf(client.agents(estate.project, AgentType::Automation));
        REQUIRE(agents);
        QVERIFY(agents->size() > 10);
        QCOMPARE(agents->front().stateName, QStringLiteral("ACTIVE"));
        QVERIFY(agents->front().lastConfiguration.isValid());

        const HostId host = hostOf("ledger-0");
        const auto databases = resultOf(client.databases(estate.project, host));
        REQUIRE(databases);
        QVERIFY(databases->contains(QStringLiteral("stock/2026")));
        const auto disks = resultOf(client.disks(estate.project, host));
        REQUIRE(disks);
        MeasurementsQuery query;
        query.names = {QStringLiteral("OPCOUNTER_DELETE")};
        const auto process = resultOf(client.measurements(estate.project, host, MeasuredProcess{}, query));
        REQUIRE(process);
        QCOMPARE(process->measurements.size(), size_t(1));
        const auto &points = process->measurements.front().points;
        QVERIFY(points.size() >= 59);
        QVERIFY(!points.front().value && points.back().value.has_value());
        const Measured database = MeasuredDatabase{QStringLiteral("stock/2026")};
        const auto sizes = resultOf(client.measurements(estate.project, host, database, {}));
        REQUIRE(sizes);
        QCOMPARE(sizes->databaseName, QStringLiteral("stock/2026"));
        const auto disk = resultOf(client.measurements(estate.project, host, MeasuredDisk{disks->front()}, {}));
        REQUIRE(disk);
        QCOMPARE(disk->partitionName, disks->front());
        query.granularity = 120s;
        QCOMPARE(errorOf(resultOf(client.measurements(estate.project, host, MeasuredProcess{}, query))).apiCode,
                 QStringLiteral("INVALID_GRANULARITY"));
    }

    void takesASnapshotOnDemand()
    {
        Estate estate(opsManager);
        CloudClient &client = *estate.client;
        const ClusterId ledger = estate.cluster("ledger");
        const auto before = resultOf(client.snapshots(estate.project, ledger));
        REQUIRE(before);
        const auto taken = resultOf(client.takeSnapshot(estate.project, ledger, 2));
        REQUIRE(taken);
        QVERIFY(taken->timestamp && taken->timestamp->seconds > before->front().created.seconds);
        const auto all = resultOf(client.allSnapshots(estate.project, ledger));
        REQUIRE(all);
        QVERIFY(!all->front().complete && all->front().created == *taken->timestamp);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto now = resultOf(client.snapshots(estate.project, ledger));
                return now && now->size() == before->size() + 1 &&
                       now->front().created.seconds >= taken->timestamp->seconds;
            }(),
            10000);
    }

    void saysWhoTakesNone_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("Cloud Manager") << QStringList()
                                       << QStringLiteral("Cloud Manager cannot take a snapshot on demand.");
        QTest::newRow("Ops Manager 7.0.22")
            << opsManager + QStringList{QStringLiteral("--server-version"), QStringLiteral("7.0.22")}
            << QStringLiteral("Ops Manager 7.0.22 cannot take a snapshot on demand.");
    }

    void saysWhoTakesNone()
    {
        QFETCH(QStringList, switches);
        QFETCH(QString, sentence);
        Estate estate(switches);
        const Error error = errorOf(resultOf(estate.client->takeSnapshot(estate.project, estate.cluster("ledger"), 2)));
        QCOMPARE(error.kind, ErrorKind::NotFound);
        QCOMPARE(error.sentence, sentence);
        QCOMPARE(error.hint, QStringLiteral("Ops Manager can from 8.0.0 on."));
    }

    void keepsASnapshot()
    {
        Estate estate({});
        CloudClient &client = *estate.client;
        const ClusterId ledger = estate.cluster("ledger");
        const auto list = resultOf(client.snapshots(estate.project, ledger));
        REQUIRE(list);
        const SnapshotId id = list->front().id;
        const auto kept = resultOf(client.changeSnapshot(estate.project, ledger, id, KeepSnapshot{true}));
        REQUIRE(kept);
        QVERIFY(kept->doNotDelete && !kept->expires.isValid());
        const Error both =
            errorOf(resultOf(client.changeSnapshot(estate.project, ledger, id, ExpireSnapshot{list->front().expires})));
        QCOMPARE(both.kind, ErrorKind::Refused);
        QVERIFY2(both.sentence.contains(QLatin1String("invalid fields")), qPrintable(both.sentence));
        REQUIRE(resultOf(client.changeSnapshot(estate.project, ledger, id, KeepSnapshot{false})));
        const QDateTime later = list->front().expires.addDays(3);
        const auto moved = resultOf(client.changeSnapshot(estate.project, ledger, id, ExpireSnapshot{later}));
        REQUIRE(moved);
        QCOMPARE(moved->expires, later);
    }

    void collectsLogs_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::newRow("Cloud Manager") << QStringList();
        QTest::newRow("Ops Manager") << opsManager;
    }

    void collectsLogs()
    {
        QFETCH(QStringList, switches);
        Estate estate(switches);
        CloudClient &client = *estate.client;
        LogRequest request;
        request.name = QStringLiteral("ledger");
        request.bytesPerFile = 1'000'000;
        request.to = QDateTime::currentDateTimeUtc().addSecs(-60);
        request.from = request.to.addSecs(-600);
        const auto id = resultOf(client.collectLogs(estate.project, request));
        REQUIRE(id);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto job = resultOf(client.logJob(estate.project, *id));
                return job && job->status == LogJobStatus::Success && job->parts.size() == 3;
            }(),
            10000);
        const auto list = resultOf(client.logJobs(estate.project));
        REQUIRE(list);
        QCOMPARE(list->size(), size_t(1));
        request.name = QStringLiteral("nobody");
        QCOMPARE(errorOf(resultOf(client.collectLogs(estate.project, request))).apiCode,
                 QStringLiteral("INVALID_ATTRIBUTE"));
    }

    void keepsRetriesReadsAndDeletesLogs()
    {
        Estate estate({QStringLiteral("--logs-fail"), QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
        CloudClient &client = *estate.client;
        const ProjectId &project = estate.project;
        LogRequest request;
        request.name = QStringLiteral("ledger");
        request.bytesPerFile = 1'000'000;
        const auto id = resultOf(client.collectLogs(project, request));
        REQUIRE(id);
        const auto waitFor = [&](LogJobStatus status) {
            return QTest::qWaitFor(
                [&] {
                    const auto job = resultOf(client.logJob(project, *id));
                    return job && job->status == status;
                },
                10000);
        };
        QVERIFY(waitFor(LogJobStatus::Failed));
        const auto partly = std::make_shared<BytePipe>();
        REQUIRE(resultOf(client.logArchive(project, *id, partly)));
        REQUIRE(resultOf(client.collectLogsAgain(project, *id)));
        QVERIFY(waitFor(LogJobStatus::Success));
        QCOMPARE(errorOf(resultOf(client.collectLogsAgain(project, *id))).apiCode,
                 QStringLiteral("ONLY_FAILED_JOB_CAN_BE_RESTARTED"));
        const auto whole = std::make_shared<BytePipe>();
        REQUIRE(resultOf(client.logArchive(project, *id, whole)));
        QVERIFY(whole->written() > partly->written());

        const QDateTime now = QDateTime::currentDateTimeUtc();
        REQUIRE(resultOf(client.keepLogs(project, *id, now.addDays(60))));
        const auto kept = resultOf(client.logJob(project, *id));
        REQUIRE(kept);
        QVERIFY(kept->expires > now.addDays(59));
        QCOMPARE(errorOf(resultOf(client.keepLogs(project, *id, now.addDays(300)))).apiCode,
                 QStringLiteral("EXPIRATION_DATE_TOO_DISTANT"));
        REQUIRE(resultOf(client.deleteLogs(project, *id)));
        QCOMPARE(errorOf(resultOf(client.logArchive(project, *id, std::make_shared<BytePipe>()))).kind,
                 ErrorKind::NotFound);

        const auto versions = resultOf(client.agentVersions(project));
        REQUIRE(versions);
        QVERIFY(!versions->minimum.isEmpty() && versions->agents.size() > 10);
        QVERIFY(versions->agents.front().lastConfiguration > now.addSecs(-60));
    }

    void refusesAKeyThatMayOnlyRead()
    {
        Estate estate(opsManager, true);
        CloudClient &client = *estate.client;
        const ClusterId ledger = estate.cluster("ledger");
        LogRequest request;
        request.name = QStringLiteral("ledger");
        request.bytesPerFile = 1;
        const auto snapshots = resultOf(client.snapshots(estate.project, ledger));
        REQUIRE(snapshots);
        const SnapshotId id = snapshots->front().id;
        QCOMPARE(errorOf(resultOf(client.takeSnapshot(estate.project, ledger, 1))).kind, ErrorKind::Permission);
        QCOMPARE(errorOf(resultOf(client.changeSnapshot(estate.project, ledger, id, KeepSnapshot{}))).kind,
                 ErrorKind::Permission);
        QCOMPARE(errorOf(resultOf(client.collectLogs(estate.project, request))).kind, ErrorKind::Permission);
        QCOMPARE(errorOf(resultOf(client.logJobs(estate.project))).kind, ErrorKind::Permission);
        const LogJobId logs(QStringLiteral("5f0000000000000000000abc"));
        QCOMPARE(errorOf(resultOf(client.logArchive(estate.project, logs, std::make_shared<BytePipe>()))).kind,
                 ErrorKind::Permission);
        QCOMPARE(errorOf(resultOf(client.deleteLogs(estate.project, logs))).kind, ErrorKind::Permission);
        QCOMPARE(errorOf(resultOf(client.collectLogsAgain(estate.project, logs))).kind, ErrorKind::Permission);
        QCOMPARE(
            errorOf(resultOf(client.keepLogs(estate.project, logs, QDateTime::currentDateTimeUtc().addDays(9)))).kind,
            ErrorKind::Permission);
    }

    void readsJobsOfMirroredConfigServers()
    {
        Estate estate({QStringLiteral("--mirrored-config")});
        CloudClient &client = *estate.client;
        const auto jobs = resultOf(client.restoreJobs(estate.project, estate.cluster("legacy-orders")));
        REQUIRE(jobs);
        const auto hosted =
            std::find_if(jobs->begin(), jobs->end(), [](const RestoreJob &job) { return !job.host.isEmpty(); });
        QVERIFY(hosted != jobs->end());
        QVERIFY(hosted->cluster.isEmpty());
        const auto list = resultOf(client.restoreJobsOfHost(estate.project, hosted->host));
        REQUIRE(list);
        QVERIFY(std::any_of(list->begin(), list->end(), [&](const RestoreJob &job) { return job.id == hosted->id; }));
        const auto one = resultOf(client.restoreJobOfHost(estate.project, hosted->host, hosted->id));
        REQUIRE(one);
        QCOMPARE(one->host, hosted->host);
        QCOMPARE(errorOf(resultOf(client.restoreJobsOfHost(estate.project, hostOf("ledger-0")))).apiCode,
                 QStringLiteral("NOT_CONFIG_SERVER"));
    }
};

QTEST_GUILESS_MAIN(ServerCallsTest)
#include "server_calls_test.moc"
