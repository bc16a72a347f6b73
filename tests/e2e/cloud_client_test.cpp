#include "base/clock.h"
#include "cloud/cloud_client.h"
#include "support/demo_cloud.h"
#include "support/waiting.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

Connection connectionTo(const DemoCloud &cloud, Authentication authentication = Authentication::ApiKey)
{
    Connection connection;
    connection.baseUrl = cloud.baseUrl();
    connection.authentication = authentication;
    connection.userName = authentication == Authentication::ApiKey ? cloud.publicKey() : cloud.clientId();
    connection.timeout = 10s;
    return connection;
}

Credentials credentialsFor(const DemoCloud &cloud, Authentication authentication = Authentication::ApiKey)
{
    return {Secret(authentication == Authentication::ApiKey ? cloud.privateKey() : cloud.clientSecret()), {}};
}

template<typename T>
QString why(const Result<T> &result)
{
    return result ? QString() : result.error().sentence + QLatin1Char(' ') + result.error().hint;
}

const Cluster *named(const std::vector<Cluster> &clusters, const QString &name)
{
    const auto found =
        std::find_if(clusters.begin(), clusters.end(), [&](const Cluster &one) { return one.name == name; });
    return found == clusters.end() ? nullptr : &*found;
}

QByteArray downloadBody(const SnapshotId &snapshot)
{
    return "{\"delivery\":{\"methodName\":\"HTTP\",\"expirationHours\":4,\"maxDownloads\":3},\"snapshotId\":\"" +
           snapshot.value.toLatin1() + "\"}";
}

bool once(int)
{
    return true;
}

} // namespace

#define REQUIRE(result) QVERIFY2(result.has_value(), qPrintable(why(result)))

/// The whole client against the stand-in Cloud Manager, in each of the ways in which servers may differ.
class CloudClientTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

    /// Everything that is read, once; the calls that must agree with each other are compared.
    void readEverything(CloudClient &client, bool hasRanges)
    {
        const auto projects = resultOf(client.projects());
        REQUIRE(projects);
        QCOMPARE(projects->size(), size_t(2));
        const auto shop = std::find_if(projects->begin(), projects->end(),
                                       [](const Project &one) { return one.name == QLatin1String("Shop"); });
        QVERIFY(shop != projects->end());
        QVERIFY(!shop->organizationId.isEmpty());

        const auto clusters = resultOf(client.clusters(shop->id));
        REQUIRE(clusters);
        for (const Cluster &one : *clusters)
            QVERIFY2(one.shardName.isEmpty(), qPrintable(one.name)); // shards only below their cluster
        const Cluster *sharded = named(*clusters, QStringLiteral("shop-prod"));
        QVERIFY(sharded);
        QVERIFY(sharded->isSharded());
        QCOMPARE(sharded->shards.size(), size_t(3));
        QCOMPARE(sharded->shards.back().type, ClusterType::ConfigServers);
        QCOMPARE(sharded->versions, QStringList{QStringLiteral("6.0.14")});
        QCOMPARE(sharded->featureCompatibilityVersion, QStringLiteral("6.0"));
        QCOMPARE(sharded->backupRunning, std::optional(true));
        QCOMPARE(sharded->backupState, QStringLiteral("STARTED"));
        const Cluster *legacy = named(*clusters, QStringLiteral("legacy-orders"));
        QVERIFY(legacy);
        QCOMPARE(legacy->featureCompatibilityVersion, QStringLiteral("4.0"));
        const Cluster *set = named(*clusters, QStringLiteral("ledger"));
        QVERIFY(set);
        QCOMPARE(set->type, ClusterType::ReplicaSet);
        QVERIFY(std::any_of(clusters->begin(), clusters->end(),
                            [](const Cluster &one) { return one.backupRunning == std::optional(false); }));

        const auto snapshots = resultOf(client.snapshots(shop->id, sharded->id));
        REQUIRE(snapshots);
        QVERIFY(!snapshots->empty());
        const Snapshot &snapshot = snapshots->front();
        QVERIFY(snapshot.complete);
        QVERIFY(snapshot.created.seconds > 0);
        QVERIFY(snapshot.fileSizeBytes() > 0);
        QCOMPARE(snapshot.parts.size(), size_t(3));
        QCOMPARE(snapshot.parts.front().mongodVersion, QStringLiteral("6.0.14"));
        const auto same = resultOf(client.snapshot(shop->id, sharded->id, snapshot.id));
        REQUIRE(same);
        QCOMPARE(*same, snapshot);

        const auto checkpoints = resultOf(client.checkpoints(shop->id, legacy->id));
        REQUIRE(checkpoints);
        QVERIFY(!checkpoints->empty());
        QVERIFY(checkpoints->front().timestamp.isValid());
        QVERIFY(checkpoints->front().partCount > 0);

        const auto ranges = resultOf(client.restorableRanges(shop->id, set->id));
        REQUIRE(ranges);
        QCOMPARE(ranges->has_value(), hasRanges);
        if (hasRanges) {
            QVERIFY(!(*ranges)->empty());
            QVERIFY((*ranges)->front().start < (*ranges)->front().end);
        }

        const auto schedule = resultOf(client.snapshotSchedule(shop->id, set->id));
        REQUIRE(schedule);
        QCOMPARE(schedule->pointInTimeWindowHours, 24);
        const auto status = resultOf(client.automationStatus(shop->id));
        REQUIRE(status);
        QVERIFY(status->isAtGoal());
    }

private Q_SLOTS:
    void readsEverything_data()
    {
        QTest::addColumn<QStringList>("switches");
        QTest::addColumn<Authentication>("authentication");
        QTest::addColumn<bool>("envelope");
        QTest::addColumn<bool>("hasRanges");
        const auto row = [](const char *name, const QStringList &switches,
                            Authentication authentication = Authentication::ApiKey, bool envelope = false,
                            bool hasRanges = true) {
            QTest::newRow(name) << switches << authentication << envelope << hasRanges;
        };
        row("as it comes", {});
        row("op in the challenge", {QStringLiteral("--challenge"), QStringLiteral("op")});
        row("SHA-256", {QStringLiteral("--digest-algorithm"), QStringLiteral("SHA-256")});
        row("MD5-sess", {QStringLiteral("--digest-algorithm"), QStringLiteral("MD5-sess")});
        row("SHA-256-sess", {QStringLiteral("--digest-algorithm"), QStringLiteral("SHA-256-sess")});
        row("MD5 and SHA-256", {QStringLiteral("--digest-algorithm"), QStringLiteral("both")});
        row("Basic offered too", {QStringLiteral("--offer-basic")});
        row("short-lived nonces", {QStringLiteral("--nonce-life"), QStringLiteral("1")});
        row("OAuth", {}, Authentication::ServiceAccount);
        row("short-lived tokens", {QStringLiteral("--token-life"), QStringLiteral("2")},
            Authentication::ServiceAccount);
        row("Ops Manager", {QStringLiteral("--product"), QStringLiteral("ops-manager")});
        row("envelope", {}, Authentication::ApiKey, true);
        row("envelope, older field", {QStringLiteral("--envelope-field"), QStringLiteral("envelope")},
            Authentication::ApiKey, true);
        row("envelope, bare arrays and errors",
            {QStringLiteral("--envelope-arrays"), QStringLiteral("bare"), QStringLiteral("--envelope-errors"),
             QStringLiteral("bare")},
            Authentication::ApiKey, true);
        row("no time ranges", {QStringLiteral("--no-time-ranges")}, Authentication::ApiKey, false, false);
        row("no time ranges in an envelope", {QStringLiteral("--no-time-ranges")}, Authentication::ApiKey, true, false);
        row("busy server", {QStringLiteral("--fault"), QStringLiteral("GET *=503 x2"), QStringLiteral("--fault"),
                            QStringLiteral("GET /snapshots=429 x2 retry-after=1")});
    }

    void readsEverything()
    {
        QFETCH(QStringList, switches);
        QFETCH(Authentication, authentication);
        QFETCH(bool, envelope);
        QFETCH(bool, hasRanges);
        const DemoCloud cloud(switches);
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        Connection connection = connectionTo(cloud, authentication);
        connection.envelope = envelope;
        CloudClient client(connection, credentialsFor(cloud, authentication), m_clock);
        readEverything(client, hasRanges);
        if (QTest::currentTestFailed())
            return;
        QVERIFY(!client.serverInfo().version.isEmpty());
        QCOMPARE(client.serverInfo().clockOffset, 0ms);
        const auto closed = resultOf(client.close());
        REQUIRE(closed);
        QVERIFY(*closed);
    }

    void knowsTheServersClock()
    {
        const DemoCloud cloud({QStringLiteral("--clock-skew"), QStringLiteral("3600")});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud), credentialsFor(cloud), m_clock);
        REQUIRE(resultOf(client.projects()));
        QVERIFY(std::chrono::abs(client.serverInfo().clockOffset - 3600s) < 2s);
        QVERIFY(qAbs(client.serverNow().secsTo(m_clock.now().addSecs(3600))) < 3);
    }

    void createsAJobOfEachKind()
    {
        const DemoCloud cloud({QStringLiteral("--job-seconds"), QStringLiteral("1")});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud), credentialsFor(cloud), m_clock);
        const auto projects = resultOf(client.projects());
        REQUIRE(projects);
        const auto clusters = resultOf(client.clusters(projects->front().id));
        REQUIRE(clusters);
        const Cluster *sharded = named(*clusters, QStringLiteral("shop-prod"));
        QVERIFY(sharded);
        const ProjectId project = projects->front().id;
        const auto snapshots = resultOf(client.snapshots(project, sharded->id));
        REQUIRE(snapshots);

        const QByteArray body = downloadBody(snapshots->front().id);
        const auto created = resultOf(client.createRestoreJobs(project, sharded->id, body, once));
        REQUIRE(created);
        QCOMPARE(created->status, 200);
        QCOMPARE(created->sendings, 1);
        QCOMPARE(created->error, Error());
        QCOMPARE(created->jobs.size(), size_t(3));
        const BatchId batch = created->jobs.front().batch;
        QVERIFY(!batch.isEmpty());

        const auto ofBatch = [&] { return resultOf(client.restoreJobsOfBatch(project, sharded->id, batch)); };
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto jobs = ofBatch();
                return jobs && jobs->size() == 3 && std::all_of(jobs->begin(), jobs->end(), [](const RestoreJob &job) {
                           return job.delivery.status == DeliveryStatus::Ready && job.delivery.hasLink();
                       });
            }(),
            15000);
        const auto jobs = ofBatch();
        REQUIRE(jobs);
        QCOMPARE(jobs->size(), size_t(3));
        for (const RestoreJob &job : *jobs) {
            QVERIFY(archiveFileName(job.delivery).endsWith(QLatin1String(".tar.gz")));
            QCOMPARE(job.delivery.maxDownloads, 3);
            const auto one = resultOf(client.restoreJob(project, sharded->id, job.id));
            REQUIRE(one);
            QCOMPARE(one->id, job.id);
        }
        const auto all = resultOf(client.restoreJobs(project, sharded->id));
        REQUIRE(all);
        QVERIFY(all->size() >= 3);
        QVERIFY(std::is_sorted(all->begin(), all->end(),
                               [](const RestoreJob &a, const RestoreJob &b) { return a.created > b.created; }));
    }

    void wordsRefusals()
    {
        const DemoCloud cloud;
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud), credentialsFor(cloud), m_clock);
        const auto projects = resultOf(client.projects());
        REQUIRE(projects);
        const auto clusters = resultOf(client.clusters(projects->front().id));
        REQUIRE(clusters);
        const QByteArray body = downloadBody(SnapshotId(QStringLiteral("5f0000000000000000000000")));
        const auto created = resultOf(client.createRestoreJobs(projects->front().id, clusters->front().id, body, once));
        REQUIRE(created);
        QVERIFY(created->jobs.empty());
        QVERIFY(created->hasErrorDocument);
        QCOMPARE(created->status, 404);
        QCOMPARE(created->error.apiCode, QStringLiteral("SNAPSHOT_NOT_FOUND"));
        QCOMPARE(created->error.kind, ErrorKind::NotFound);
        QVERIFY(!created->error.sentence.isEmpty());
        const auto typo = resultOf(
            client.createRestoreJobs(projects->front().id, clusters->front().id, "{\"snapshotID\":\"5\"}", once));
        REQUIRE(typo);
        QCOMPARE(typo->status, 400);
        QVERIFY2(typo->error.sentence.contains(QLatin1String("snapshotID")), qPrintable(typo->error.sentence));
    }

    void tellsWrongKeysFromMissingRights()
    {
        const DemoCloud cloud;
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        for (const Authentication authentication : {Authentication::ApiKey, Authentication::ServiceAccount}) {
            CloudClient client(connectionTo(cloud, authentication), {Secret(QByteArray("wrong")), {}}, m_clock);
            QSignalSpy errors(&client, &CloudClient::lastErrorChanged);
            const auto projects = resultOf(client.projects());
            QVERIFY(!projects);
            QCOMPARE(projects.error().kind, ErrorKind::Credentials);
            QCOMPARE(errors.size(), 1);
        }
        Connection reader = connectionTo(cloud);
        reader.userName = cloud.facts().value(QLatin1String("readOnlyPublicKey")).toString();
        CloudClient client(reader, {Secret(cloud.facts().value(QLatin1String("readOnlyPrivateKey")).toString()), {}},
                           m_clock);
        const auto projects = resultOf(client.projects());
        REQUIRE(projects);
        const auto clusters = resultOf(client.clusters(projects->front().id));
        REQUIRE(clusters);
        const auto snapshots = resultOf(client.snapshots(projects->front().id, clusters->front().id));
        REQUIRE(snapshots);
        const QByteArray body = downloadBody(snapshots->front().id);
        const auto created = resultOf(client.createRestoreJobs(projects->front().id, clusters->front().id, body, once));
        REQUIRE(created);
        QVERIFY(created->hasErrorDocument);
        QCOMPARE(created->error.kind, ErrorKind::Permission);
        QVERIFY(!created->error.apiCode.isEmpty());
    }

    void namesTheCallersAddress_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("address not on the list") << QStringLiteral("ip");
        QTest::newRow("organization") << QStringLiteral("org");
        QTest::newRow("resource") << QStringLiteral("resource");
    }

    void namesTheCallersAddress()
    {
        QFETCH(QString, kind);
        const DemoCloud cloud({QStringLiteral("--access-list"), kind});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud), credentialsFor(cloud), m_clock);
        const auto snapshots = resultOf(client.snapshots(ProjectId(QStringLiteral("600f80589fdaf56976f9b4d4")),
                                                         ClusterId(QStringLiteral("607a9b1f743751c8fd848222"))));
        QVERIFY(!snapshots);
        QCOMPARE(snapshots.error().kind, ErrorKind::Permission);
        QCOMPARE(snapshots.error().parameters.value(0), QStringLiteral("127.0.0.1"));
    }

    /// What only decorates the list of clusters must not stand in its way.
    void listsClustersWhateverElseFails_data()
    {
        QTest::addColumn<QStringList>("faults");
        QTest::addColumn<bool>("knowsFcv");
        QTest::addColumn<bool>("knowsVersions");
        const QString backup = QStringLiteral("GET /backupConfigs=403 always");
        const QString automation = QStringLiteral("GET /automationConfig=401 always code=USER_UNAUTHORIZED");
        const QString overview = QStringLiteral("GET /v1.0/clusters=500 always");
        const QString hosts = QStringLiteral("GET /hosts=403 always");
        QTest::newRow("backup configurations") << QStringList{backup} << true << true;
        QTest::newRow("automation") << QStringList{automation} << false << true;
        QTest::newRow("overview") << QStringList{overview} << true << true;
        QTest::newRow("all but hosts") << QStringList{backup, automation, overview} << false << true;
        QTest::newRow("all") << QStringList{backup, automation, overview, hosts} << false << false;
    }

    void listsClustersWhateverElseFails()
    {
        QFETCH(QStringList, faults);
        QFETCH(bool, knowsFcv);
        QFETCH(bool, knowsVersions);
        QStringList switches;
        for (const QString &fault : faults)
            switches << QStringLiteral("--fault") << fault;
        const DemoCloud cloud(switches);
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud), credentialsFor(cloud), m_clock);
        QSignalSpy errors(&client, &CloudClient::lastErrorChanged);
        const auto clusters = resultOf(client.clusters(ProjectId(QStringLiteral("600f80589fdaf56976f9b4d4"))));
        REQUIRE(clusters);
        const Cluster *ledger = named(*clusters, QStringLiteral("ledger"));
        const Cluster *sharded = named(*clusters, QStringLiteral("shop-prod"));
        QVERIFY(ledger && sharded);
        QCOMPARE(ledger->featureCompatibilityVersion.isEmpty(), !knowsFcv);
        QCOMPARE(sharded->featureCompatibilityVersion.isEmpty(), !knowsFcv);
        QCOMPARE(ledger->versions.isEmpty(), !knowsVersions);
        QCOMPARE(sharded->versions.isEmpty(), !knowsVersions);
        QCOMPARE(errors.size(), 0);
    }

    void asksForOneTokenOnly()
    {
        DemoCloud cloud({QStringLiteral("--verbose")});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        CloudClient client(connectionTo(cloud, Authentication::ServiceAccount),
                           credentialsFor(cloud, Authentication::ServiceAccount), m_clock);
        std::vector<Async<std::vector<Project>>> calls;
        for (int i = 0; i < 20; ++i)
            calls.push_back(client.projects());
        for (const auto &call : calls)
            REQUIRE(resultOf(call));
        REQUIRE(resultOf(client.close()));
        QTest::qWait(200);
        const QByteArray log = cloud.output();
        QCOMPARE(log.count("/api/oauth/token"), 1);
        QCOMPARE(log.count("/api/oauth/revoke"), 1);
    }
};

QTEST_GUILESS_MAIN(CloudClientTest)
#include "cloud_client_test.moc"
