#include "downloads_bench.h"
#include "support/fixed_clock.h"
#include "support/job_cases.h"
#include "support/model_dump.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/last_tests.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/pending_orders_model.h"
#include "ui/messages/messages_model.h"
#include "ui/wizard/checkpoints_model.h"
#include "ui/wizard/cluster_model.h"
#include "ui/wizard/snapshots_model.h"
#include "ui/wizard/submitted_jobs_model.h"

#include "connection/memory_secret_store.h"
#include "session/profiles.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QString id(const char *prefix, int number)
{
    return QString::fromLatin1(prefix) + QStringLiteral("%1").arg(number, 20, 10, QLatin1Char('0'));
}

RestoreJob job(int number, JobStatus status, DeliveryStatus delivery)
{
    return jobOf(id("60ff", number), status, delivery);
}

/// One of each kind that a list can hold.
std::vector<JobGroup> everyKind()
{
    std::vector<JobGroup> groups;
    groups.push_back(groupOf({readyJob(id("60ff", 1))}, RestoreMode::DownloadSnapshot));
    groups.back().pointText = QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC");
    RestoreJob hashed = readyJob(id("60ff", 2));
    hashed.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    hashed.hashes = {
        {id("60ff", 2) + QStringLiteral(".tar.gz"), QString(40, QLatin1Char('a')), QStringLiteral("SHA1")}};
    groups.push_back(groupOf({hashed}, RestoreMode::DownloadSnapshot));
    RestoreJob expired = readyJob(id("60ff", 3));
    expired.delivery.expires = now().addSecs(-60);
    groups.push_back(groupOf({expired}, RestoreMode::DownloadSnapshot));
    groups.push_back(groupOf({job(4, JobStatus::InProgress, DeliveryStatus::NotStarted)}, RestoreMode::PointInTime));
    groups.back().pointText = QStringLiteral("just before 2026-11-24 14:03:07 UTC");
    JobGroup atWork = groupOf({job(5, JobStatus::Finished, DeliveryStatus::Ready)}, RestoreMode::AutomatedSnapshot);
    atWork.goalBefore = 37;
    atWork.agents = progressAfter(37, {agents(38, 1, 3)});
    groups.push_back(atWork);
    groups.push_back(groupOf({job(6, JobStatus::Broken, DeliveryStatus::Failed)}, RestoreMode::AutomatedSnapshot));
    groups.push_back(groupOf({job(7, JobStatus::Killed, DeliveryStatus::NotStarted)}));
    RestoreJob odd = job(8, JobStatus::Unknown, DeliveryStatus::Unknown);
    odd.statusName = QStringLiteral("PONDERING");
    odd.delivery.statusName = QStringLiteral("IN_THE_POST");
    groups.push_back(groupOf({odd}));
    return groups;
}

JobGroup batch()
{
    std::vector<RestoreJob> jobs{readyJob(id("60ff", 11)), job(12, JobStatus::InProgress, DeliveryStatus::NotStarted),
                                 job(13, JobStatus::Finished, DeliveryStatus::Expired)};
    const QString names[]{QStringLiteral("shop_0"), QStringLiteral("shop_1"), QStringLiteral("config")};
    for (size_t part = 0; part < jobs.size(); ++part)
        jobs[part].clusterName = names[part];
    JobGroup group = groupOf(jobs, RestoreMode::DownloadSnapshot);
    group.clusterName = QStringLiteral("shop");
    group.pointText = QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC");
    return group;
}

std::vector<Snapshot> snapshots()
{
    Snapshot good = goodSnapshot(orders());
    Snapshot encrypted = good;
    encrypted.id = SnapshotId(id("60dd", 2));
    encrypted.created.seconds -= 6 * 3600;
    for (SnapshotPart &part : encrypted.parts) {
        part.encryptionEnabled = true;
        part.masterKeyUuid = QStringLiteral("2f6b0e1c-key");
    }
    Snapshot incomplete = good;
    incomplete.id = SnapshotId(id("60dd", 3));
    incomplete.complete = false;
    incomplete.expires = {};
    Snapshot lacking = goodSnapshot(shopCluster());
    lacking.id = SnapshotId(id("60dd", 4));
    lacking.created.seconds -= 24 * 3600;
    lacking.missingShards = QStringList{QStringLiteral("shop_2")};
    return {good, encrypted, incomplete, lacking};
}

PendingOrder pendingOrder()
{
    PendingOrder order;
    order.key = QStringLiteral("5f2c6a8e-0000-4000-8000-000000000001");
    order.project = shop();
    order.cluster = orders().id;
    order.clusterName = orders().name;
    order.mode = RestoreMode::AutomatedSnapshot;
    order.point = SnapshotPoint{SnapshotId(id("60dd", 1))};
    order.pointTime = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
    order.targetProjectName = staging().name;
    order.targetClusterName = ordersTarget().name;
    order.written = order.writtenServer = now().addSecs(-90);
    order.sendings = {{now().addSecs(-89), now().addSecs(-89)}};
    order.isAnswered = true;
    order.status = 504;
    return order;
}

Connection connection(const char *name, const char *url, Authentication authentication)
{
    Connection made;
    made.id = ConnectionId(QString::fromLatin1(name));
    made.name = QString::fromLatin1(name);
    made.service = Service::OpsManager;
    made.baseUrl = QUrl(QString::fromLatin1(url));
    made.authentication = authentication;
    made.userName = QStringLiteral("user-of-") + made.name;
    return made;
}

/// Whole and line by line, as QCOMPARE would not show it.
void isSame(const QString &difference)
{
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

} // namespace

/// Whole models against reference files in tests/data/models: what a change of one word, role or flag does to every
/// cell is seen before it is committed. See support/model_dump.h for how the files are written anew.
class ModelFilesTest : public QObject
{
    Q_OBJECT

public:
    /// A zone that is not UTC, on every machine.
    static void initMain()
    {
        qputenv("TZ", "America/New_York");
        qputenv("LC_ALL", "C.UTF-8");
    }

private Q_SLOTS:
    void jobs()
    {
        const FixedClock clock(now());
        JobsModel model(clock);
        model.update(everyKind(), {});
        QCOMPARE(model.rowCount(), 8);
        isSame(differenceFrom(QStringLiteral("jobs"), model));
    }

    void aBatch()
    {
        const FixedClock clock(now());
        JobsModel model(clock);
        model.update({batch()}, {});
        QCOMPARE(model.rowCount(model.index(0, 0)), 3);
        isSame(differenceFrom(QStringLiteral("batch"), model));
    }

    void pendingOrders()
    {
        PendingOrdersModel model;
        OrderView alone;
        alone.order = pendingOrder();
        OrderView fitting = alone;
        fitting.order.key = QStringLiteral("5f2c6a8e-0000-4000-8000-000000000002");
        fitting.order.mode = RestoreMode::DownloadSnapshot;
        fitting.order.targetClusterName.clear();
        fitting.candidates.push_back({{}, {job(21, JobStatus::InProgress, DeliveryStatus::NotStarted)}, {}});
        fitting.lookedAt = now().addSecs(-5);
        model.update({alone, fitting}, now());
        QCOMPARE(model.rowCount(), 2);
        isSame(differenceFrom(QStringLiteral("pending_orders"), model));
    }

    void downloads()
    {
        DownloadsBench bench;
        const Reply whole{.body = bench.archive, .framing = Reply::Framing::Length};
        bench.serve(QStringLiteral("verified"), whole, sha1Of(bench.archive));
        bench.serve(QStringLiteral("intact"), whole);
        Reply wrong = whole;
        wrong.flipAt = 5;
        bench.serve(QStringLiteral("corrupt"), wrong, sha1Of(bench.archive));
        bench.serve(QStringLiteral("asks"), Reply{.body = bench.archive, .cutAfter = 100000, .reset = true});
        bench.serve(QStringLiteral("expired"), whole);
        bench.jobs[QStringLiteral("expired")].delivery.status = DeliveryStatus::Expired;
        bench.jobs[QStringLiteral("expired")].delivery.url.clear();
        QVERIFY(bench.show());
        const BatchId batch(QStringLiteral("batch"));
        QVERIFY(bench.waitFor(bench.add(DownloadsBench::source(QStringLiteral("verified"), batch)),
                              DownloadState::Verified));
        QVERIFY(bench.waitFor(bench.add(DownloadsBench::source(QStringLiteral("expired"), batch)),
                              DownloadState::LinkExpired));
        QVERIFY(bench.waitFor(bench.add(DownloadsBench::source(QStringLiteral("intact"))),
                              DownloadState::IntactNotVerified));
        QVERIFY(bench.waitFor(bench.add(DownloadsBench::source(QStringLiteral("corrupt"))), DownloadState::Corrupt));
        QVERIFY(bench.waitFor(bench.add(DownloadsBench::source(QStringLiteral("asks"))), DownloadState::Paused));
        isSame(differenceFrom(QStringLiteral("downloads"), bench.tab->model(),
                              {{bench.path({}), QStringLiteral("FOLDER/")}}));
    }

    void wizardsSnapshots()
    {
        SnapshotsModel model;
        model.setNow(now());
        model.setSnapshots(snapshots());
        QCOMPARE(model.rowCount(), 4);
        isSame(differenceFrom(QStringLiteral("snapshots"), model));
    }

    void wizardsCheckpoints()
    {
        CheckpointsModel model;
        model.setNow(now());
        Checkpoint not_restorable = goodCheckpoint(legacy());
        not_restorable.id = CheckpointId(id("60ee", 2));
        not_restorable.timestamp = not_restorable.timestamp.addSecs(-900);
        not_restorable.restorable = false;
        model.setCheckpoints({goodCheckpoint(legacy()), not_restorable});
        QCOMPARE(model.rowCount(), 2);
        isSame(differenceFrom(QStringLiteral("checkpoints"), model));
    }

    void clusters()
    {
        const Snapshot latest = goodSnapshot(orders());
        ClusterModel model([&latest](const ClusterId &cluster) { return cluster == orders().id ? &latest : nullptr; });
        Cluster stopped = legacy();
        stopped.backupRunning = false;
        stopped.backupState = QStringLiteral("STOPPED");
        Cluster unknown = replicaSet(id("60cc", 9), QStringLiteral("unknown"), shop());
        unknown.type = ClusterType::Unknown;
        unknown.backupRunning.reset();
        unknown.backupState.clear();
        unknown.versions.clear();
        unknown.featureCompatibilityVersion.clear();
        model.setClusters({orders(), shopCluster(), stopped, unknown});
        model.setMarked(orders().id, QStringLiteral("source"));
        QCOMPARE(model.rowCount(), 4);
        isSame(differenceFrom(QStringLiteral("clusters"), model));
    }

    void connections()
    {
        const QTemporaryDir dir;
        ConnectionStore store(dir.filePath(QStringLiteral("connections.json")));
        MemorySecretStore secrets;
        Profiles profiles(store, secrets);
        Credentials key;
        key.secret = Secret(QByteArray("key"));
        profiles.addTransient(connection("Key", "https://om.example.com:8443", Authentication::ApiKey), key);
        profiles.addTransient(connection("Account", "https://om.example.com", Authentication::ServiceAccount), key);
        profiles.addTransient(connection("Plain", "http://om.example.com:8080", Authentication::ApiKey), {});
        QSettings settings(dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        LastTests tests(settings);
        tests.keep(ConnectionId(QStringLiteral("Key")), {LastTests::Outcome::Passed, now().addSecs(-3600)});
        tests.keep(ConnectionId(QStringLiteral("Plain")), {LastTests::Outcome::Failed, now().addSecs(-60)});
        ConnectionsModel model(profiles, tests);
        model.setOpen(ConnectionId(QStringLiteral("Account")));
        QCOMPARE(model.rowCount(), 3);
        isSame(differenceFrom(QStringLiteral("connections"), model));
    }

    void messages()
    {
        FixedClock clock(now());
        Notices notices(clock);
        notices.keep(QStringLiteral("GET groups/60bb/clusters"),
                     {.sentence = QStringLiteral("No answer."), .hint = QStringLiteral("Wait.")});
        clock.set(now().addSecs(90));
        notices.say(Notice::Kind::Warning, QStringLiteral("The file could not be read."));
        notices.say(Notice::Kind::Error, QStringLiteral("The disk is full."), QStringLiteral("Make room."));
        clock.set(now().addSecs(120));
        notices.keep(QStringLiteral("GET groups/60bb/clusters"),
                     {.sentence = QStringLiteral("No answer."), .hint = QStringLiteral("Wait.")});
        const MessagesModel model(notices);
        QCOMPARE(model.rowCount(), 3);
        isSame(differenceFrom(QStringLiteral("messages"), model));
    }

    void submittedJobs()
    {
        const JobGroup group = batch();
        SubmittedJobsModel model([](const RestoreJob &one) { return one.clusterName; },
                                 [](const JobId &) -> const Download * { return nullptr; },
                                 [&group](const RestoreJob &one) { return chipOf(jobState(group, one, now())); });
        model.setNow(now());
        model.setJobs(group.jobs);
        QCOMPARE(model.rowCount(), 3);
        isSame(differenceFrom(QStringLiteral("submitted_jobs"), model));
    }

    /// What the checks tell where things fail is not what they tell where lines are the same.
    void theDifferenceIsShown()
    {
        QCOMPARE(lineDifference(QStringLiteral("a\nb\nc"), QStringLiteral("a\nb\nc")), QString());
        const QString shown = lineDifference(QStringLiteral("1\n2\n3\n4\n5\n6\n7\n8\nold\n10"),
                                             QStringLiteral("1\n2\n3\n4\n5\n6\n7\n8\nnew\nmore\n10"));
        QVERIFY2(shown.contains(QStringLiteral("\n 8\n-old\n+new\n+more\n 10")) ||
                     shown.contains(QStringLiteral("\n 8\n+new\n+more\n-old\n 10")),
                 qPrintable(shown));
        QVERIFY2(!shown.contains(QStringLiteral("\n 1\n")), qPrintable(shown));
    }
};

QTEST_MAIN(ModelFilesTest)
#include "model_files_test.moc"
