#include "jobs/job_grouping.h"
#include "restore/restore_request.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const BatchId batch(QStringLiteral("60ff000000000000000000b0"));

RestoreJob shardJob(const QString &id, const ClusterId &shard)
{
    RestoreJob job = jobOf(id, JobStatus::InProgress, DeliveryStatus::NotStarted);
    job.batch = batch;
    job.cluster = shard;
    return job;
}

/// Config servers first, then the shards from the last: the order is to be put right.
std::vector<RestoreJob> batchOf(const Cluster &cluster)
{
    return {shardJob(QStringLiteral("j1"), cluster.shards[2].id), shardJob(QStringLiteral("j2"), cluster.shards[1].id),
            shardJob(QStringLiteral("j3"), cluster.shards[0].id)};
}

QStringList ids(const JobGroup &group)
{
    QStringList all;
    for (const RestoreJob &job : group.jobs)
        all.append(job.id.value);
    return all;
}

RememberedSubmission remembered()
{
    RememberedSubmission submission;
    submission.key = batch.value;
    submission.batch = batch;
    submission.jobs = {JobId(QStringLiteral("j1")), JobId(QStringLiteral("j2")), JobId(QStringLiteral("j3"))};
    submission.ordered = now();
    submission.mode = RestoreMode::OplogTimestamp;
    submission.point = OplogPoint{{1795528987, 4294967295}};
    submission.targetProject = staging().id;
    submission.targetProjectName = staging().name;
    submission.targetCluster = shardedTarget().id;
    submission.targetClusterName = shardedTarget().name;
    return submission;
}

} // namespace

class TestJobGrouping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void batchesAreOneGroup();
    void partsByNumber();
    void configServersByFileName();
    void whatTheAnswerTells_data();
    void whatTheAnswerTells();
    void memoryIsMergedIn();
    void keyOutlivesALateBatchId();
    void newestFirst();
    void jobsOfOneOrderWithoutABatch();
    void aJobToldTwiceIsOne();
    void anotherClustersJobIsNotOurs();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestJobGrouping::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("restores.json"));
}

void TestJobGrouping::batchesAreOneGroup()
{
    const Cluster cluster = shopCluster();
    std::vector<RestoreJob> list = batchOf(cluster);
    list.insert(list.begin() + 1, jobOf(QStringLiteral("single"), JobStatus::Finished, DeliveryStatus::Expired));
    const auto groups = groupJobs(shop(), cluster, list, SubmissionMemory(m_path));
    QCOMPARE(groups.size(), size_t{2});
    const JobGroup &group = groups[0];
    QVERIFY(group.isBatch());
    QCOMPARE(group.key, batch.value);
    QCOMPARE(ids(group), (QStringList{QStringLiteral("j3"), QStringLiteral("j2"), QStringLiteral("j1")}));
    QCOMPARE(group.jobs[0].clusterName, QStringLiteral("shop_1"));
    QCOMPARE(group.jobs[2].clusterName, QStringLiteral("config"));
    QCOMPARE(group.cluster, cluster.id);
    QCOMPARE(group.clusterName, cluster.name);
    QVERIFY(!groups[1].isBatch());
    QCOMPARE(groups[1].key, QStringLiteral("single"));
}

void TestJobGrouping::partsByNumber()
{
    Cluster cluster = shopCluster();
    const std::vector<RestoreJob> list = batchOf(cluster);
    cluster.shards[1].shardName = QStringLiteral("shop_10");
    cluster.shards[0].shardName = QStringLiteral("shop_2");
    const auto groups = groupJobs(shop(), cluster, list, SubmissionMemory(m_path));
    QCOMPARE(ids(groups[0]), (QStringList{QStringLiteral("j3"), QStringLiteral("j2"), QStringLiteral("j1")}));
}

void TestJobGrouping::configServersByFileName()
{
    // The cluster's shards are not known: what is left is the archive's name.
    Cluster cluster = shopCluster();
    std::vector<RestoreJob> list = batchOf(cluster);
    for (RestoreJob &job : list)
        job.clusterName = cluster.name;
    list[0].delivery.url = QStringLiteral("https://host/backup/restore/v2/pull/j1/K/config-shop-config-1-2-j1.tar.gz");
    cluster.shards.clear();
    const auto groups = groupJobs(shop(), cluster, list, SubmissionMemory(m_path));
    QCOMPARE(ids(groups[0]), (QStringList{QStringLiteral("j2"), QStringLiteral("j3"), QStringLiteral("j1")}));
}

void TestJobGrouping::whatTheAnswerTells_data()
{
    QTest::addColumn<RestoreJob>("job");
    QTest::addColumn<int>("mode"); ///< -1: not known
    QTest::addColumn<QString>("point");
    const auto row = [](const char *name, const std::function<void(RestoreJob &)> &edit, int mode, const char *point) {
        RestoreJob job = jobOf(QStringLiteral("j"), JobStatus::Finished, DeliveryStatus::Ready);
        job.timestamp = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
        edit(job);
        QTest::newRow(name) << job << mode << QString::fromUtf8(point);
    };
    const auto toTarget = [](RestoreJob &job) { job.delivery.targetCluster = ordersTarget().id; };
    row(
        "link", [](RestoreJob &job) { job.delivery.urlV2 = QStringLiteral("https://host/x"); }, -1,
        "snapshot of 2026-11-24 06:00:03 UTC");
    row(
        "hours", [](RestoreJob &job) { job.delivery.expirationHours = 4; }, -1, "snapshot of 2026-11-24 06:00:03 UTC");
    row(
        "nothing", [](RestoreJob &job) { job.timestamp.reset(); }, -1, "a snapshot");
    row("target only", toTarget, -1, "snapshot of 2026-11-24 06:00:03 UTC");
    row(
        "target, snapshot",
        [&](RestoreJob &job) {
            toTarget(job);
            job.pointInTime = false;
        },
        static_cast<int>(RestoreMode::AutomatedSnapshot), "snapshot of 2026-11-24 06:00:03 UTC");
    row(
        "target, moment",
        [&](RestoreJob &job) {
            toTarget(job);
            job.pointInTime = true;
        },
        static_cast<int>(RestoreMode::PointInTime), "up to 2026-11-24 06:00:03 UTC");
    row(
        "moment not told",
        [&](RestoreJob &job) {
            job.timestamp.reset();
            job.pointInTime = true;
        },
        -1, "a point in time");
    row(
        "target, checkpoint",
        [&](RestoreJob &job) {
            toTarget(job);
            job.checkpoint = CheckpointId(QStringLiteral("c"));
        },
        static_cast<int>(RestoreMode::Checkpoint), "checkpoint of 2026-11-24 06:00:03 UTC");
}

void TestJobGrouping::whatTheAnswerTells()
{
    QFETCH(RestoreJob, job);
    QFETCH(int, mode);
    QFETCH(QString, point);
    const auto groups = groupJobs(shop(), orders(), {job}, SubmissionMemory(m_path));
    QCOMPARE(groups[0].mode ? static_cast<int>(*groups[0].mode) : -1, mode);
    QCOMPARE(groups[0].pointText, point);
}

void TestJobGrouping::memoryIsMergedIn()
{
    SubmissionMemory memory(m_path);
    RememberedSubmission submission = remembered();
    submission.goalBefore = 37;
    submission.agents = progressAfter(37, {agents(38, 6, 6), agents(38, 6, 6)});
    memory.add(submission);
    const auto groups = groupJobs(shop(), shopCluster(), batchOf(shopCluster()), memory);
    const JobGroup &group = groups[0];
    QCOMPARE(group.mode, std::optional(RestoreMode::OplogTimestamp));
    QCOMPARE(group.point, std::optional(submission.point));
    QCOMPARE(group.pointText, pointText(submission.point, {}));
    QCOMPARE(group.targetProject, staging().id);
    QCOMPARE(group.targetProjectName, QStringLiteral("Staging"));
    QCOMPARE(group.targetClusterName, QStringLiteral("shop-staging"));
    QCOMPARE(group.agents, submission.agents);
    QCOMPARE(group.goalBefore, std::optional<qint64>(37));
    QCOMPARE(group.ordered, now());
    QCOMPARE(group.kind, (JobKind{JobKind::Is::ToCluster, true, {}}));
    QVERIFY(group.isAutomatedRestore());
    for (const RestoreJob &job : group.jobs)
        QCOMPARE(job.delivery.targetCluster, shardedTarget().id);
}

void TestJobGrouping::keyOutlivesALateBatchId()
{
    // The create answer named one job and no batch; the list does.
    SubmissionMemory memory(m_path);
    RememberedSubmission submission = remembered();
    submission.key = QStringLiteral("j2");
    submission.batch = {};
    submission.jobs = {JobId(QStringLiteral("j2"))};
    memory.add(submission);
    const auto groups = groupJobs(shop(), shopCluster(), batchOf(shopCluster()), memory);
    QCOMPARE(groups.size(), size_t{1});
    QCOMPARE(groups[0].key, QStringLiteral("j2"));
    QCOMPARE(groups[0].batch, batch);
    QCOMPARE(groups[0].mode, std::optional(RestoreMode::OplogTimestamp));
}

void TestJobGrouping::jobsOfOneOrderWithoutABatch()
{
    SubmissionMemory memory(m_path);
    RememberedSubmission submission = remembered();
    submission.key = QStringLiteral("j1");
    submission.batch = {};
    memory.add(submission);
    std::vector<RestoreJob> list = batchOf(shopCluster());
    for (RestoreJob &job : list)
        job.batch = {};
    list.push_back(jobOf(QStringLiteral("other"), JobStatus::Finished, DeliveryStatus::Ready));
    const auto groups = groupJobs(shop(), shopCluster(), list, memory);
    QCOMPARE(groups.size(), size_t{2});
    QCOMPARE(groups[0].key, QStringLiteral("j1"));
    QVERIFY(groups[0].isBatch());
    QCOMPARE(ids(groups[0]), (QStringList{QStringLiteral("j3"), QStringLiteral("j2"), QStringLiteral("j1")}));
    QVERIFY(!groups[1].isBatch());
}

void TestJobGrouping::aJobToldTwiceIsOne()
{
    std::vector<RestoreJob> list = batchOf(shopCluster());
    list.push_back(list.front());
    const RestoreJob single = jobOf(QStringLiteral("single"), JobStatus::Finished, DeliveryStatus::Ready);
    list.push_back(single);
    list.push_back(single);
    const auto groups = groupJobs(shop(), shopCluster(), list, SubmissionMemory(m_path));
    QCOMPARE(groups.size(), size_t{2});
    QCOMPARE(groups[0].jobs.size(), size_t{3});
    QCOMPARE(groups[1].jobs.size(), size_t{1});
}

void TestJobGrouping::anotherClustersJobIsNotOurs()
{
    SubmissionMemory memory(m_path);
    RememberedSubmission submission = remembered();
    submission.cluster = shopCluster().id;
    memory.add(submission);
    QVERIFY(groupJobs(shop(), shopCluster(), batchOf(shopCluster()), memory)[0].isOrderedHere());
    QVERIFY(!groupJobs(shop(), orders(), batchOf(shopCluster()), memory)[0].isOrderedHere());
}

void TestJobGrouping::newestFirst()
{
    std::vector<JobGroup> groups;
    for (const auto &[id, minutes] : {std::pair("a", 3), std::pair("b", 1), std::pair("c", 2), std::pair("d", 1)}) {
        RestoreJob job = jobOf(QLatin1String(id), JobStatus::Finished, DeliveryStatus::Ready);
        job.created = now().addSecs(-60 * minutes);
        groups.push_back(groupOf({job}));
    }
    sortByAge(groups);
    QString order;
    for (const JobGroup &group : groups)
        order += group.key;
    QCOMPARE(order, QStringLiteral("dbca"));
}

QTEST_GUILESS_MAIN(TestJobGrouping)
#include "job_grouping_test.moc"
