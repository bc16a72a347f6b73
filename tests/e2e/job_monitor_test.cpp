#include "e2e/job_monitor_bench.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestJobMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<JobMonitorBench>(); }
    void cleanup() { m_bench.reset(); }
    void oneListRequestForEachInterval();
    void allClustersButOneAreIdle();
    void idleOnesKeepToTheBudget();
    void whatWasOrderedHereGoesFirst();
    void openLinksAreWatchedSlowly();
    void onlyRealChangesAreTold();
    void submissionAppearsAtOnce();
    void whatVanishesIsTold();
    void missingLinkIsAskedFor_data();
    void missingLinkIsAskedFor();
    void orderToldAgainIsOne();
    void jobsThatNeverMoveArePolledSlowly();
    void aListIsNotLateByAnOrder();
    void oneJobInTwoClusters();
    void vanishedClustersAreNoLongerWatched();
    void memorySurvivesARestart();
    void errorsBackOffAndPass();
    void refreshNowReadsAtOnce();

private:
    std::unique_ptr<JobMonitorBench> m_bench;
};

void TestJobMonitor::oneListRequestForEachInterval()
{
    QByteArrayList jobs;
    for (int number = 0; number < 300; ++number)
        jobs.append(job("job" + QByteArray::number(number), "IN_PROGRESS", "NOT_STARTED"));
    m_bench->api.setLists({jobs.join(',')});
    QElapsedTimer time;
    time.start();
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{300});
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->api.lists() >= 4, 20000);
    const int most = static_cast<int>(time.elapsed() / 100) + 1;
    QVERIFY2(m_bench->api.lists() <= most, qPrintable(QString::number(m_bench->api.lists())));
    // Nothing but lists was asked for, the sign-in's first step aside.
    QCOMPARE(static_cast<int>(m_bench->api.requests("GET", "/restoreJobs/").size()), 0);
    QCOMPARE(static_cast<int>(m_bench->api.requests("GET", "automationStatus").size()), 0);
}

void TestJobMonitor::allClustersButOneAreIdle()
{
    // The second list is of the second cluster, which has nothing under way.
    std::vector<Cluster> clusters;
    for (int number = 0; number < 6; ++number)
        clusters.push_back(
            replicaSet(QStringLiteral("cluster%1").arg(number), QStringLiteral("c%1").arg(number), shop()));
    m_bench->api.setListAnswers({listAnswer({})});
    m_bench->monitor->watchAll(shop(), clusters);
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QTRY_VERIFY(m_bench->api.lists() >= 12);
    for (int number = 0; number < 6; ++number)
        QCOMPARE(static_cast<int>(
                     m_bench->api.requests("GET", "cluster" + QByteArray::number(number) + "/restoreJobs").size()),
                 1);
}

/// Idle clusters without number: 60 lists at once, and then 240 in each idle interval.
static std::vector<Cluster> estate()
{
    std::vector<Cluster> clusters;
    for (int number = 0; number < 300; ++number)
        clusters.push_back(replicaSet(QStringLiteral("a%1").arg(number), QStringLiteral("a%1").arg(number), shop()));
    return clusters;
}

void TestJobMonitor::idleOnesKeepToTheBudget()
{
    m_bench->api.setListAnswers({listAnswer({})});
    QElapsedTimer time;
    time.start();
    m_bench->monitor->watchAll(shop(), estate());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->api.lists() >= 62, 20000);
    const int most = 60 + static_cast<int>(time.elapsed() * 240 / 60000) + 2;
    QVERIFY2(m_bench->api.lists() <= most, qPrintable(QString::number(m_bench->api.lists())));
}

/// After a restart nothing is known of it but that it was ordered.
void TestJobMonitor::whatWasOrderedHereGoesFirst()
{
    m_bench->api.setLists({job("z", "IN_PROGRESS", "NOT_STARTED")});
    m_bench->order(QStringLiteral("z"));
    QTRY_VERIFY(m_bench->api.lists() >= 1);
    m_bench->start();
    m_bench->api.server().clearRequests();
    std::vector<Cluster> clusters = estate();
    clusters.push_back(orders());
    m_bench->monitor->watchAll(shop(), clusters);
    QTRY_VERIFY(m_bench->api.lists() >= 10);
    const auto lists = m_bench->api.requests("GET", "/restoreJobs?");
    const QByteArray own = '/' + orders().id.value.toLatin1() + "/restoreJobs";
    const auto first =
        std::ranges::find_if(lists, [&own](const RecordedRequest &one) { return one.target.contains(own); });
    QVERIFY2(first - lists.begin() < 4, "four are read at once"); // they may arrive in any order
}

void TestJobMonitor::openLinksAreWatchedSlowly()
{
    m_bench->api.setLists({job("a", "FINISHED", "READY", readyExtra("a"))});
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    const int before = m_bench->api.lists();
    QElapsedTimer passed;
    passed.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->api.lists() - before >= 2, 30000);
    const int reads = m_bench->api.lists() - before;
    const qint64 most = 1 + passed.elapsed() / (4 * quick.active.count()); // an open link is read every fourth time
    QVERIFY2(reads <= most, qPrintable(QStringLiteral("%1 of %2").arg(reads).arg(most)));
    // After the link's end nothing more is to come.
    m_bench->clock.set(now().addSecs(5 * 3600));
    QSignalSpy refreshed(m_bench->monitor.get(), &JobMonitor::refreshed);
    m_bench->monitor->refreshNow();
    QTRY_VERIFY(!refreshed.isEmpty());
    QTest::qWait(200); // it may be that of a reading from before
    const int after = m_bench->api.lists();
    QTest::qWait(700);
    QCOMPARE(m_bench->api.lists(), after);
    QVERIFY(m_bench->only().isFinal(m_bench->clock.now()));
}

void TestJobMonitor::onlyRealChangesAreTold()
{
    const QByteArray first = job("a", "IN_PROGRESS", "NOT_STARTED");
    const QByteArray second = job("b", "IN_PROGRESS", "NOT_STARTED");
    const QByteArray changed = job("b", "IN_PROGRESS", "IN_PROGRESS");
    const QByteArray both = first + ',' + second;
    m_bench->api.setLists({both, both, both, first + ',' + changed});
    QSignalSpy told(m_bench->monitor.get(), &JobMonitor::groupsChanged);
    QSignalSpy refreshed(m_bench->monitor.get(), &JobMonitor::refreshed);
    m_bench->monitor->watch(shop(), orders());
    QTRY_VERIFY(refreshed.size() >= 6);
    QCOMPARE(told.size(), 2);
    QCOMPARE(QSet<QString>(told[0][0].toStringList().cbegin(), told[0][0].toStringList().cend()),
             (QSet<QString>{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(told[1][0].toStringList(), QStringList{QStringLiteral("b")});
    QCOMPARE(m_bench->monitor->group(QStringLiteral("b"))->jobs[0].delivery.status, DeliveryStatus::InProgress);
}

void TestJobMonitor::submissionAppearsAtOnce()
{
    QSignalSpy told(m_bench->monitor.get(), &JobMonitor::groupsChanged);
    // The list is behind at first.
    m_bench->api.setLists({QByteArray(), QByteArray(), job("new", "FINISHED", "READY", readyExtra("new"))});
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QCOMPARE(told.size(), 1);
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(m_bench->only().mode, std::optional(RestoreMode::DownloadSnapshot));
    QCOMPARE(m_bench->only().pointText, QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC"));
    QCOMPARE(groupStatusText(m_bench->only(), now()), QStringLiteral("In progress"));
    QTRY_COMPARE(groupDeliveryText(m_bench->only(), now()), QStringLiteral("Ready"));
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QVERIFY(told.size() == 2);
    // Told twice, it is still one.
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(groupDeliveryText(m_bench->only(), now()), QStringLiteral("Ready"));
    QFile state(m_bench->state);
    QVERIFY(state.open(QIODevice::ReadOnly));
    QVERIFY(!state.readAll().contains("MARK"));
}

void TestJobMonitor::whatVanishesIsTold()
{
    m_bench->api.setLists({job("a", "IN_PROGRESS", "NOT_STARTED") + ',' + job("b", "IN_PROGRESS", "NOT_STARTED"),
                           job("b", "IN_PROGRESS", "NOT_STARTED")});
    QSignalSpy told(m_bench->monitor.get(), &JobMonitor::groupsChanged);
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(told.size(), 2);
    QCOMPARE(told[1][0].toStringList(), QStringList{QStringLiteral("a")});
    QVERIFY(m_bench->monitor->group(QStringLiteral("a")) == nullptr);
    QVERIFY(m_bench->monitor->group(QStringLiteral("b")) != nullptr);
}

void TestJobMonitor::missingLinkIsAskedFor_data()
{
    QTest::addColumn<QList<ScriptedAnswer>>("answers");
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("found");
    const ScriptedAnswer good = ScriptedAnswer::json(job("a", "FINISHED", "READY", readyExtra("a")));
    const ScriptedAnswer without = ScriptedAnswer::json(job("a", "FINISHED", "READY"));
    const ScriptedAnswer missing =
        ScriptedAnswer::json("{\"error\":404,\"errorCode\":\"RESTORE_JOB_NOT_FOUND\",\"detail\":\"No.\"}", 404);
    QTest::newRow("at once") << QList<ScriptedAnswer>{good} << 1 << true;
    QTest::newRow("under the shard's id") << QList<ScriptedAnswer>{missing, good} << 2 << true;
    QTest::newRow("later") << QList<ScriptedAnswer>{without, without, good} << 3 << true;
    QTest::newRow("never") << QList<ScriptedAnswer>{without} << 5 << false;
}

void TestJobMonitor::missingLinkIsAskedFor()
{
    QFETCH(QList<ScriptedAnswer>, answers);
    QFETCH(int, requests);
    QFETCH(bool, found);
    QByteArray listed = job("a", "FINISHED", "READY");
    listed.replace("\"id\"", "\"clusterId\":\"60cc000000000000000000a1\",\"id\"");
    m_bench->api.setLists({listed});
    m_bench->api.setJobAnswers(answers);
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("a")}, {}, true));
    QTRY_COMPARE(static_cast<int>(m_bench->api.requests("GET", "/restoreJobs/a").size()), requests);
    QTest::qWait(350); // not once more
    const auto sent = m_bench->api.requests("GET", "/restoreJobs/a");
    QCOMPARE(static_cast<int>(sent.size()), requests);
    QVERIFY(sent[0].target.contains("/clusters/60cc000000000000000000a0/"));
    if (requests == 2)
        QVERIFY(sent[1].target.contains("/clusters/60cc000000000000000000a1/"));
    QCOMPARE(m_bench->only().jobs[0].delivery.hasLink(), found);
    QCOMPARE(m_bench->only().jobs[0].delivery.expires.isValid(), found);
}

void TestJobMonitor::orderToldAgainIsOne()
{
    const QString key = m_bench->order(QStringLiteral("a"));
    QCOMPARE(m_bench->order(QStringLiteral("a")), key);
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    // After a crash the pending order is settled once more, by then with all that the batch has.
    m_bench->start();
    Submission more = submissionOf(RestoreMode::OplogTimestamp, {QStringLiteral("b"), QStringLiteral("a")});
    QCOMPARE(
        m_bench->monitor->addSubmission(rememberedOf(more, QStringLiteral("order a"), {}), shop(), orders(), more.jobs),
        key);
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(m_bench->only().jobs.size(), size_t{2});
    QCOMPARE(m_bench->only().goalBefore, std::optional<qint64>(37));
    QVERIFY(m_bench->monitor->submissionOf(QStringLiteral("order a")) != nullptr);
    QVERIFY(m_bench->monitor->submissionOf(QStringLiteral("order b")) == nullptr);
    m_bench->api.setLists({job("a", "IN_PROGRESS", "NOT_STARTED") + ',' + job("b", "IN_PROGRESS", "NOT_STARTED")});
    m_bench->monitor->refreshNow();
    QSignalSpy refreshed(m_bench->monitor.get(), &JobMonitor::refreshed);
    QTRY_VERIFY(refreshed.size() >= 2);
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(m_bench->only().key, key);
}

void TestJobMonitor::jobsThatNeverMoveArePolledSlowly()
{
    // An erasing restore ordered elsewhere: FINISHED and READY, never a link. And others that stand still.
    QByteArray undated = job("c", "IN_PROGRESS", "NOT_STARTED");
    undated.replace(",\"created\":\"2026-11-24T14:29:00Z\"", "");
    m_bench->api.setLists({job("a", "FINISHED", "READY") + ',' + job("b", "PONDERING", "READY") + ',' + undated});
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{3});
    QTest::qWait(600);
    QCOMPARE(m_bench->api.lists(), 1);
    QCOMPARE(m_bench->monitor->group(QStringLiteral("a"))->kind, JobKind{});
    // It is asked for once whether it has a link, and is not waited for.
    QCOMPARE(m_bench->api.requests("GET", "/restoreJobs/a").size(), size_t{1});
}

/// It was read for the interval of before, and is read more often from now on.
void TestJobMonitor::aListIsNotLateByAnOrder()
{
    m_bench->api.setLists({QByteArray()});
    m_bench->monitor->watch(shop(), orders());
    QTRY_VERIFY(!m_bench->monitor->readings().empty() && m_bench->monitor->readings().front().lastGood.isValid());
    QCOMPARE(m_bench->monitor->readings().front().interval, std::chrono::milliseconds(quick.idle));
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QCOMPARE(m_bench->monitor->readings().front().interval, std::chrono::milliseconds(quick.idle));
}

void TestJobMonitor::oneJobInTwoClusters()
{
    m_bench->api.setLists({job("a", "IN_PROGRESS", "NOT_STARTED")});
    m_bench->monitor->watchAll(shop(), {orders(), shopCluster()});
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{2});
    QVERIFY(m_bench->monitor->groups()[0].key != m_bench->monitor->groups()[1].key);
    for (const JobGroup &group : m_bench->monitor->groups())
        QCOMPARE(m_bench->monitor->group(group.key), &group);
    QSet<ClusterId> clusters;
    for (const JobGroup &group : m_bench->monitor->groups())
        clusters.insert(group.cluster);
    QCOMPARE(clusters.size(), 2);
    // What was ordered here has the key that it was given.
    const QString key = m_bench->order(QStringLiteral("a"));
    QCOMPARE(key, QStringLiteral("a"));
    QCOMPARE(m_bench->monitor->groups().size(), size_t{2});
    QCOMPARE(m_bench->monitor->group(key)->cluster, orders().id);
    QVERIFY(m_bench->monitor->group(key)->isOrderedHere());
}

void TestJobMonitor::vanishedClustersAreNoLongerWatched()
{
    m_bench->api.setLists({job("a", "FINISHED", "READY", readyExtra("a"))});
    m_bench->monitor->watchAll(shop(), {orders(), shopCluster()});
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{2});
    QSignalSpy told(m_bench->monitor.get(), &JobMonitor::groupsChanged);
    m_bench->monitor->watchAll(shop(), {orders()});
    QCOMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(m_bench->only().cluster, orders().id);
    QCOMPARE(told.size(), 1);
    QCOMPARE(m_bench->monitor->readings().size(), size_t{1});
    // One with a restore that goes on stays; another project's clusters are none of this one's business.
    m_bench->order(QStringLiteral("new"));
    m_bench->monitor->watchAll(shop(), {});
    m_bench->monitor->watchAll(staging(), {});
    QVERIFY(m_bench->monitor->group(QStringLiteral("new")) != nullptr);
    m_bench->monitor->keepProjects({staging()});
    QVERIFY(m_bench->monitor->group(QStringLiteral("new")) != nullptr);
    m_bench->monitor->stopFollowing(QStringLiteral("new"));
    m_bench->monitor->keepProjects({staging()});
    QVERIFY(m_bench->monitor->groups().empty());
    QVERIFY(m_bench->monitor->readings().empty());
    QTest::qWait(200); // answers that come now are nobody's
    QVERIFY(m_bench->monitor->groups().empty());
}

void TestJobMonitor::memorySurvivesARestart()
{
    const BatchId batch(QStringLiteral("batch"));
    m_bench->add(submissionOf(RestoreMode::PointInTime, {QStringLiteral("j1")}, batch, true));
    m_bench->start();
    QVERIFY(m_bench->monitor->groups().empty());
    QByteArrayList jobs;
    for (const char *id : {"j3", "j1", "j2"})
        jobs.append(job(id, "IN_PROGRESS", "NOT_STARTED").replace("\"id\"", "\"batchId\":\"batch\",\"id\""));
    m_bench->api.setLists({jobs.join(',')});
    m_bench->monitor->watch(shop(), shopCluster());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    QVERIFY(m_bench->only().isBatch());
    QCOMPARE(m_bench->only().jobs.size(), size_t{3});
    QCOMPARE(m_bench->only().mode, std::optional(RestoreMode::PointInTime));
    QCOMPARE(m_bench->only().pointText, QStringLiteral("just before 2026-11-24 14:03:07 UTC"));
    QCOMPARE(m_bench->only().targetClusterName, QStringLiteral("shop-staging"));
    QCOMPARE(m_bench->only().targetProjectName, QStringLiteral("Staging"));
    QCOMPARE(m_bench->only().jobs[2].delivery.targetCluster, shardedTarget().id);
}

void TestJobMonitor::errorsBackOffAndPass()
{
    const ScriptedAnswer broken = ScriptedAnswer::json("{\"error\":500,\"errorCode\":\"UNEXPECTED_ERROR\"}", 500);
    m_bench->start({50ms, 60s});
    QSignalSpy failed(m_bench->monitor.get(), &JobMonitor::refreshFailed);
    m_bench->api.setListAnswers({broken, broken, broken, listAnswer(job("a", "IN_PROGRESS", "NOT_STARTED"))});
    m_bench->monitor->watch(shop(), orders());
    // Before anything is known the pause is the idle one: a person need not wait for it.
    QTRY_COMPARE(failed.size(), 1);
    m_bench->add(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("a")}));
    m_bench->monitor->refreshNow();
    QTRY_COMPARE(failed.size(), 2);
    const auto reading = failed[0][0].value<JobsReading>();
    QCOMPARE(reading.cluster, orders().id);
    QCOMPARE(reading.name, orders().name);
    QCOMPARE(reading.error->apiCode, QStringLiteral("UNEXPECTED_ERROR"));
    QVERIFY(!reading.lastGood.isValid());
    QVERIFY(m_bench->monitor->group(QStringLiteral("a")) != nullptr);
    QElapsedTimer time;
    time.start();
    QTRY_COMPARE(failed.size(), 3);
    QVERIFY(time.elapsed() >= 150);
    QSignalSpy refreshed(m_bench->monitor.get(), &JobMonitor::refreshed);
    QTRY_VERIFY(refreshed.size() >= 3);
    QCOMPARE(failed.size(), 3);
    QVERIFY(!m_bench->monitor->readings().front().error);
    // From now on the failure says how old what is shown is.
    const QDateTime lastGood = m_bench->clock.now();
    m_bench->api.setListAnswers({broken});
    QTRY_COMPARE(failed.size(), 4);
    QCOMPARE(failed[3][0].value<JobsReading>().lastGood, lastGood);
    QCOMPARE(m_bench->monitor->readings(), std::vector{failed[3][0].value<JobsReading>()});
}

void TestJobMonitor::refreshNowReadsAtOnce()
{
    const QSignalSpy refreshed(m_bench->monitor.get(), &JobMonitor::refreshed);
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(refreshed.size(), 1);
    QCOMPARE(m_bench->api.lists(), 1);
    m_bench->monitor->refreshNow();
    QTRY_COMPARE(refreshed.size(), 2);
    QCOMPARE(m_bench->api.lists(), 2);
}

QTEST_GUILESS_MAIN(TestJobMonitor)
#include "job_monitor_test.moc"
