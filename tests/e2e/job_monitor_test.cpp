#include "jobs/job_monitor.h"
#include "jobs/job_texts.h"
#include "support/fake_api.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

constexpr JobMonitor::Intervals quick{100ms, 60s};

QByteArray job(const QByteArray &id, const char *status, const char *delivery, const QByteArray &extra = {})
{
    return "{\"id\":\"" + id + "\",\"created\":\"2026-11-24T14:29:00Z\",\"statusName\":\"" + status +
           "\",\"delivery\":{\"methodName\":\"HTTP\",\"statusName\":\"" + delivery + "\"" + extra + "}}";
}

QByteArray readyExtra(const QByteArray &id)
{
    return ",\"expires\":\"2026-11-24T18:29:00Z\",\"maxDownloads\":3,\"url\":\"https://archives.example.net/backup/"
           "restore/v2/pull/" +
           id + "/LINK-KEY-MARK/" + id + ".tar.gz\"";
}

QByteArray agentsJson(int goal, int atGoal, int all)
{
    QByteArrayList processes;
    for (int number = 0; number < all; ++number)
        processes.append("{\"hostname\":\"h\",\"name\":\"p" + QByteArray::number(number) +
                         "\",\"lastGoalVersionAchieved\":" + QByteArray::number(number < atGoal ? goal : goal - 1) +
                         ",\"plan\":[]}");
    return "{\"goalVersion\":" + QByteArray::number(goal) + ",\"processes\":[" + processes.join(',') + "]}";
}

Submission submissionOf(RestoreMode mode, const QStringList &ids, const BatchId &batch = {}, bool sharded = false)
{
    const RestoreDraft draft = goodDraft(mode, sharded);
    const auto request = buildRequest(draft, goodFacts(draft), now());
    Q_ASSERT(request);
    Submission submission{*request, batch, {}, false};
    for (const QString &id : ids) {
        RestoreJob created;
        created.id = JobId(id);
        created.batch = batch;
        created.created = now();
        created.status = JobStatus::InProgress;
        created.delivery.status = DeliveryStatus::NotStarted;
        submission.jobs.push_back(created);
    }
    return submission;
}

/// The same as it is remembered, with the goal version that the target's agents had before the order.
RememberedSubmission rememberedOf(const Submission &submission, const QString &order, std::optional<qint64> goalBefore)
{
    RememberedSubmission remembered;
    remembered.order = order;
    remembered.batch = submission.batch;
    for (const RestoreJob &created : submission.jobs)
        remembered.jobs.push_back(created.id);
    remembered.mode = submission.request.mode();
    remembered.point = submission.request.point();
    remembered.targetProject = staging().id;
    remembered.targetCluster = ordersTarget().id;
    remembered.targetClusterName = ordersTarget().name;
    remembered.goalBefore = goalBefore;
    return remembered;
}

const QString suffix =
    QStringLiteral("; all processes of the target's project are counted; another change may have raised it");

} // namespace

class TestJobMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void oneListRequestForEachInterval();
    void allClustersButOneAreIdle();
    void openLinksAreWatchedSlowly();
    void onlyRealChangesAreTold();
    void submissionAppearsAtOnce();
    void whatVanishesIsTold();
    void missingLinkIsAskedFor_data();
    void missingLinkIsAskedFor();
    void agentsAreAskedOnceForEachProject();
    void agentsAreFollowedToTheirGoal();
    void finishedAtOnceIsNotInPlace();
    void configurationTellsWhoseTheGoalIs();
    void refusedConfigurationIsNotAskedForAgain();
    void statusFromBeforeItsConfigurationIsReadAgain();
    void unknownGoalBeforeIsSaid();
    void followedUntilItIsStopped();
    void orderToldAgainIsOne();
    void jobsThatNeverMoveArePolledSlowly();
    void oneJobInTwoClusters();
    void vanishedClustersAreNoLongerWatched();
    void memorySurvivesARestart();
    void errorsBackOffAndPass();
    void refreshNowReadsAtOnce();

private:
    void start(JobMonitor::Intervals intervals = quick);
    const JobGroup &only() const { return m_monitor->groups().front(); }
    /// An oplog restore of "orders" that made the job `id`.
    QString order(const QString &id, std::optional<qint64> goalBefore = 37)
    {
        const Submission submission = submissionOf(RestoreMode::OplogTimestamp, {id});
        return m_monitor->addSubmission(rememberedOf(submission, QStringLiteral("order ") + id, goalBefore), shop(),
                                        orders(), submission.jobs);
    }
    QString status() const { return groupStatusText(only(), now()); }
    size_t agentReads() const { return m_api->requests("GET", "automationStatus").size(); }

    FixedClock m_clock{now()};
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_state;
    std::unique_ptr<FakeApi> m_api;
    std::unique_ptr<CloudClient> m_client;
    std::unique_ptr<JobMonitor> m_monitor;
};

void TestJobMonitor::init()
{
    m_clock.set(now());
    m_dir = std::make_unique<QTemporaryDir>();
    m_state = m_dir->filePath(QStringLiteral("restores.json"));
    m_api = std::make_unique<FakeApi>();
    m_client = std::make_unique<CloudClient>(m_api->connection(), Credentials(), m_clock, CloudClient::Retries::None);
    start();
}

void TestJobMonitor::start(JobMonitor::Intervals intervals)
{
    m_monitor.reset();
    m_monitor = std::make_unique<JobMonitor>(*m_client, m_clock, m_state, intervals);
}

void TestJobMonitor::cleanup()
{
    m_monitor.reset();
    m_client.reset();
    m_api.reset();
}

void TestJobMonitor::oneListRequestForEachInterval()
{
    QByteArrayList jobs;
    for (int number = 0; number < 300; ++number)
        jobs.append(job("job" + QByteArray::number(number), "IN_PROGRESS", "NOT_STARTED"));
    m_api->setLists({jobs.join(',')});
    QElapsedTimer time;
    time.start();
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{300});
    QTest::qWait(1000);
    const int most = static_cast<int>(time.elapsed() / 100) + 1;
    QVERIFY(m_api->lists() >= 4);
    QVERIFY2(m_api->lists() <= most, qPrintable(QString::number(m_api->lists())));
    // Nothing but lists was asked for, the sign-in's first step aside.
    QCOMPARE(static_cast<int>(m_api->requests("GET", "/restoreJobs/").size()), 0);
    QCOMPARE(static_cast<int>(m_api->requests("GET", "automationStatus").size()), 0);
}

void TestJobMonitor::allClustersButOneAreIdle()
{
    // The second list is of the second cluster, which has nothing under way.
    std::vector<Cluster> clusters;
    for (int number = 0; number < 6; ++number)
        clusters.push_back(
            replicaSet(QStringLiteral("cluster%1").arg(number), QStringLiteral("c%1").arg(number), shop()));
    m_api->setListAnswers({listAnswer({})});
    m_monitor->watchAll(shop(), clusters);
    m_monitor->addSubmission(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QTRY_VERIFY(m_api->lists() >= 12);
    for (int number = 0; number < 6; ++number)
        QCOMPARE(
            static_cast<int>(m_api->requests("GET", "cluster" + QByteArray::number(number) + "/restoreJobs").size()),
            1);
}

void TestJobMonitor::openLinksAreWatchedSlowly()
{
    m_api->setLists({job("a", "FINISHED", "READY", readyExtra("a"))});
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{1});
    const int before = m_api->lists();
    QTest::qWait(1000);
    const int reads = m_api->lists() - before;
    QVERIFY2(reads >= 1 && reads <= 3, qPrintable(QString::number(reads)));
    // After the link's end nothing more is to come.
    m_clock.set(now().addSecs(5 * 3600));
    m_monitor->refreshNow();
    QTest::qWait(200);
    const int after = m_api->lists();
    QTest::qWait(700);
    QCOMPARE(m_api->lists(), after);
    QVERIFY(only().isFinal(m_clock.now()));
}

void TestJobMonitor::onlyRealChangesAreTold()
{
    const QByteArray first = job("a", "IN_PROGRESS", "NOT_STARTED");
    const QByteArray second = job("b", "IN_PROGRESS", "NOT_STARTED");
    const QByteArray changed = job("b", "IN_PROGRESS", "IN_PROGRESS");
    const QByteArray both = first + ',' + second;
    m_api->setLists({both, both, both, first + ',' + changed});
    QSignalSpy told(m_monitor.get(), &JobMonitor::groupsChanged);
    QSignalSpy refreshed(m_monitor.get(), &JobMonitor::refreshed);
    m_monitor->watch(shop(), orders());
    QTRY_VERIFY(refreshed.size() >= 6);
    QCOMPARE(told.size(), 2);
    QCOMPARE(QSet<QString>(told[0][0].toStringList().cbegin(), told[0][0].toStringList().cend()),
             (QSet<QString>{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(told[1][0].toStringList(), QStringList{QStringLiteral("b")});
    QCOMPARE(m_monitor->group(QStringLiteral("b"))->jobs[0].delivery.status, DeliveryStatus::InProgress);
}

void TestJobMonitor::submissionAppearsAtOnce()
{
    QSignalSpy told(m_monitor.get(), &JobMonitor::groupsChanged);
    // The list is behind at first.
    m_api->setLists({QByteArray(), QByteArray(), job("new", "FINISHED", "READY", readyExtra("new"))});
    m_monitor->addSubmission(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QCOMPARE(told.size(), 1);
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(only().mode, std::optional(RestoreMode::DownloadSnapshot));
    QCOMPARE(only().pointText, QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC"));
    QCOMPARE(groupStatusText(only(), now()), QStringLiteral("In progress"));
    QTRY_COMPARE(groupDeliveryText(only(), now()), QStringLiteral("Ready"));
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QVERIFY(told.size() == 2);
    // Told twice, it is still one.
    m_monitor->addSubmission(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("new")}));
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(groupDeliveryText(only(), now()), QStringLiteral("Ready"));
    QFile state(m_state);
    QVERIFY(state.open(QIODevice::ReadOnly));
    QVERIFY(!state.readAll().contains("MARK"));
}

void TestJobMonitor::whatVanishesIsTold()
{
    m_api->setLists({job("a", "IN_PROGRESS", "NOT_STARTED") + ',' + job("b", "IN_PROGRESS", "NOT_STARTED"),
                     job("b", "IN_PROGRESS", "NOT_STARTED")});
    QSignalSpy told(m_monitor.get(), &JobMonitor::groupsChanged);
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(told.size(), 2);
    QCOMPARE(told[1][0].toStringList(), QStringList{QStringLiteral("a")});
    QVERIFY(m_monitor->group(QStringLiteral("a")) == nullptr);
    QVERIFY(m_monitor->group(QStringLiteral("b")) != nullptr);
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
    m_api->setLists({listed});
    m_api->setJobAnswers(answers);
    m_monitor->addSubmission(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("a")}, {}, true));
    QTRY_COMPARE(static_cast<int>(m_api->requests("GET", "/restoreJobs/a").size()), requests);
    QTest::qWait(350); // not once more
    const auto sent = m_api->requests("GET", "/restoreJobs/a");
    QCOMPARE(static_cast<int>(sent.size()), requests);
    QVERIFY(sent[0].target.contains("/clusters/60cc000000000000000000a0/"));
    if (requests == 2)
        QVERIFY(sent[1].target.contains("/clusters/60cc000000000000000000a1/"));
    QCOMPARE(only().jobs[0].delivery.hasLink(), found);
    QCOMPARE(only().jobs[0].delivery.expires.isValid(), found);
}

void TestJobMonitor::agentsAreAskedOnceForEachProject()
{
    m_api->setAgents({agentsJson(38, 2, 6)});
    m_api->setLists(
        {job("a", "FINISHED", "READY") + ',' + job("b", "FINISHED", "READY") + ',' + job("c", "FINISHED", "READY")});
    QElapsedTimer time;
    time.start();
    for (const char *id : {"a", "b", "c"})
        m_monitor->addSubmission(submissionOf(RestoreMode::PointInTime, {QLatin1String(id)}));
    QTest::qWait(700);
    const auto asked = m_api->requests("GET", "automationStatus");
    QVERIFY(asked.size() >= 3);
    QVERIFY(asked.size() <= static_cast<size_t>(time.elapsed() / 100) + 1);
    for (const RecordedRequest &request : asked)
        QCOMPARE(request.path(), QByteArray("/api/public/v1.0/groups/60bb00000000000000000002/automationStatus"));
    for (const JobGroup &group : m_monitor->groups())
        QCOMPARE(groupStatusText(group, now()),
                 QStringLiteral("Handed over; 2 of 6 processes at their goal (version 38); all processes of the "
                                "target's project are counted"));
}

void TestJobMonitor::agentsAreFollowedToTheirGoal()
{
    QStringList states;
    const auto note = [&] {
        if (states.isEmpty() || states.constLast() != status())
            states.append(status());
    };
    connect(m_monitor.get(), &JobMonitor::groupsChanged, m_monitor.get(), note);
    // All agents are at the old goal when the job is handed over, and only then get the new one. An answer from before
    // that comes late.
    m_api->setAgents({agentsJson(37, 6, 6), agentsJson(37, 6, 6), agentsJson(37, 6, 6), agentsJson(38, 0, 6),
                      agentsJson(37, 6, 6), agentsJson(38, 4, 6), agentsJson(38, 6, 6)});
    const QByteArray waiting = job("a", "IN_PROGRESS", "NOT_STARTED");
    m_api->setLists({waiting, job("a", "FINISHED", "READY")});
    order(QStringLiteral("a"));
    const QString before = QStringLiteral(" (it was 37 before the order)") + suffix;
    QTRY_COMPARE(states.constLast(), QStringLiteral("Data in place. All 6 processes reached version 38") + before);
    QCOMPARE(states, (QStringList{QStringLiteral("In progress"), QStringLiteral("Handed over to the agents"),
                                  QStringLiteral("Handed over to the agents; their goal is still version 37, as before "
                                                 "the order"),
                                  QStringLiteral("Handed over; 0 of 6 processes reached version 38") + before,
                                  QStringLiteral("Handed over; 4 of 6 processes reached version 38") + before,
                                  QStringLiteral("Handed over; 6 of 6 processes reached version 38") + before,
                                  QStringLiteral("Data in place. All 6 processes reached version 38") + before}));
    // It has ended: neither agents nor list are asked any more.
    QTest::qWait(400);
    const size_t asked = agentReads();
    const int lists = m_api->lists();
    m_api->setAgents({agentsJson(39, 1, 6)});
    QTest::qWait(500);
    QCOMPARE(agentReads(), asked);
    QCOMPARE(m_api->lists(), lists);
    QVERIFY(only().isFinal(now()));

    // The same after a restart, without asking again.
    start();
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(status(), states.constLast());
    QTest::qWait(300);
    QCOMPARE(agentReads(), asked);
}

void TestJobMonitor::finishedAtOnceIsNotInPlace()
{
    // The create answer is FINISHED, and the goal rises only later.
    m_api->setAgents({agentsJson(37, 6, 6)});
    m_api->setLists({job("a", "FINISHED", "READY")});
    order(QStringLiteral("a"));
    QTRY_VERIFY(agentReads() >= 15);
    QCOMPARE(status(),
             QStringLiteral("Handed over to the agents; their goal is still version 37, as before the order"));
    m_api->setAgents({agentsJson(38, 6, 6)});
    QTRY_VERIFY(status().startsWith(QLatin1String("Data in place. All 6 processes reached version 38 (it was 37")));
}

void TestJobMonitor::configurationTellsWhoseTheGoalIs()
{
    // Another cluster of the project lags behind, and the configuration names this restore.
    m_api->setAgents({agentsJson(37, 3, 3), agentsJson(38, 2, 3)});
    const QByteArray config = "{\"version\":38,\"processes\":[{\"name\":\"p0\",\"backupRestoreJobId\":\"a\",\"args2_6\""
                              ":{\"replication\":{\"replSetName\":\"rs\"}}},{\"name\":\"p1\",\"args2_6\":{\"replication"
                              "\":{\"replSetName\":\"rs\"}}},{\"name\":\"p2\"}]}";
    m_api->setConfigs({ScriptedAnswer::json(config)});
    m_api->setLists({job("a", "FINISHED", "READY")});
    order(QStringLiteral("a"));
    QTRY_COMPARE(status(), QStringLiteral("Data in place. All 2 processes reached version 38 (it was 37 before the "
                                          "order)"));
    QCOMPARE(m_api->requests("GET", "automationConfig").size(), size_t{1});
}

void TestJobMonitor::refusedConfigurationIsNotAskedForAgain()
{
    m_api->setAgents({agentsJson(38, 1, 3), agentsJson(38, 2, 3), agentsJson(39, 2, 3)});
    m_api->setConfigs({ScriptedAnswer::json("{\"error\":403,\"errorCode\":\"USER_UNAUTHORIZED\"}", 403)});
    m_api->setLists({job("a", "FINISHED", "READY")});
    order(QStringLiteral("a"));
    QTRY_COMPARE(status(),
                 QStringLiteral("Handed over; 2 of 3 processes reached version 39 (it was 37 before the order)") +
                     suffix);
    QCOMPARE(m_api->requests("GET", "automationConfig").size(), size_t{1});
}

void TestJobMonitor::statusFromBeforeItsConfigurationIsReadAgain()
{
    // The goal rose to another change's, and to this restore's while the configuration was read.
    m_api->setAgents({agentsJson(38, 1, 1), agentsJson(39, 0, 1)});
    m_api->setConfigs({ScriptedAnswer::json("{\"version\":39,\"processes\":[{\"name\":\"p0\",\"backupRestoreJobId\":\"a"
                                            "\"}]}")});
    m_api->setLists({job("a", "FINISHED", "READY")});
    QStringList states;
    connect(m_monitor.get(), &JobMonitor::groupsChanged, m_monitor.get(), [&] { states.append(status()); });
    order(QStringLiteral("a"));
    QTRY_COMPARE(status(),
                 QStringLiteral("Handed over; 0 of 1 processes reached version 39 (it was 37 before the order)"));
    QVERIFY(states.filter(QStringLiteral("version 38")).isEmpty());
}

void TestJobMonitor::unknownGoalBeforeIsSaid()
{
    m_api->setAgents({agentsJson(37, 6, 6)});
    m_api->setLists({job("a", "FINISHED", "READY")});
    order(QStringLiteral("a"), {});
    QTRY_VERIFY(status().contains(QLatin1String("at their goal; whether it is this restore's is not known")));
    QTest::qWait(250);
    QCOMPARE(agentReads(), size_t{2});
}

void TestJobMonitor::followedUntilItIsStopped()
{
    m_api->setAgents({agentsJson(38, 5, 6)});
    m_api->setLists({job("a", "FINISHED", "READY")});
    const QString key = order(QStringLiteral("a"));
    QTRY_VERIFY(status().startsWith(QLatin1String("Handed over; 5 of 6 processes reached version 38")));
    // Days later, and after a restart, it still goes on, only more slowly.
    m_clock.set(now().addDays(3));
    start({100ms, 150ms});
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{1});
    QVERIFY(status().startsWith(QLatin1String("Handed over; 5 of 6 processes reached version 38")));
    const size_t before = agentReads();
    QTRY_VERIFY(agentReads() >= before + 3);
    QVERIFY(!only().isFinal(m_clock.now()));

    m_monitor->stopFollowing(key);
    QVERIFY(status().endsWith(QLatin1String("; no longer followed")));
    QVERIFY(only().isFinal(m_clock.now()));
    QTest::qWait(100);
    const size_t stopped = agentReads();
    QTest::qWait(400);
    QCOMPARE(agentReads(), stopped);
    start({100ms, 150ms});
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{1});
    QVERIFY(status().endsWith(QLatin1String("; no longer followed")));
    QTest::qWait(300);
    QCOMPARE(agentReads(), stopped);
}

void TestJobMonitor::orderToldAgainIsOne()
{
    const QString key = order(QStringLiteral("a"));
    QCOMPARE(order(QStringLiteral("a")), key);
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    // After a crash the pending order is settled once more, by then with all that the batch has.
    start();
    Submission more = submissionOf(RestoreMode::OplogTimestamp, {QStringLiteral("b"), QStringLiteral("a")});
    QCOMPARE(m_monitor->addSubmission(rememberedOf(more, QStringLiteral("order a"), {}), shop(), orders(), more.jobs),
             key);
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(only().jobs.size(), size_t{2});
    QCOMPARE(only().goalBefore, std::optional<qint64>(37));
    QVERIFY(m_monitor->submissionOf(QStringLiteral("order a")) != nullptr);
    QVERIFY(m_monitor->submissionOf(QStringLiteral("order b")) == nullptr);
    m_api->setLists({job("a", "IN_PROGRESS", "NOT_STARTED") + ',' + job("b", "IN_PROGRESS", "NOT_STARTED")});
    m_monitor->refreshNow();
    QSignalSpy refreshed(m_monitor.get(), &JobMonitor::refreshed);
    QTRY_VERIFY(refreshed.size() >= 2);
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(only().key, key);
}

void TestJobMonitor::jobsThatNeverMoveArePolledSlowly()
{
    // An erasing restore ordered elsewhere: FINISHED and READY, never a link. And others that stand still.
    QByteArray undated = job("c", "IN_PROGRESS", "NOT_STARTED");
    undated.replace(",\"created\":\"2026-11-24T14:29:00Z\"", "");
    m_api->setLists({job("a", "FINISHED", "READY") + ',' + job("b", "PONDERING", "READY") + ',' + undated});
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{3});
    QTest::qWait(600);
    QCOMPARE(m_api->lists(), 1);
    QCOMPARE(m_monitor->group(QStringLiteral("a"))->kind, JobKind{});
    // It is asked for once whether it has a link, and is not waited for.
    QCOMPARE(m_api->requests("GET", "/restoreJobs/a").size(), size_t{1});
}

void TestJobMonitor::oneJobInTwoClusters()
{
    m_api->setLists({job("a", "IN_PROGRESS", "NOT_STARTED")});
    m_monitor->watchAll(shop(), {orders(), shopCluster()});
    QTRY_COMPARE(m_monitor->groups().size(), size_t{2});
    QVERIFY(m_monitor->groups()[0].key != m_monitor->groups()[1].key);
    for (const JobGroup &group : m_monitor->groups())
        QCOMPARE(m_monitor->group(group.key), &group);
    QSet<ClusterId> clusters;
    for (const JobGroup &group : m_monitor->groups())
        clusters.insert(group.cluster);
    QCOMPARE(clusters.size(), 2);
    // What was ordered here has the key that it was given.
    const QString key = order(QStringLiteral("a"));
    QCOMPARE(key, QStringLiteral("a"));
    QCOMPARE(m_monitor->groups().size(), size_t{2});
    QCOMPARE(m_monitor->group(key)->cluster, orders().id);
    QVERIFY(m_monitor->group(key)->isOrderedHere());
}

void TestJobMonitor::vanishedClustersAreNoLongerWatched()
{
    m_api->setLists({job("a", "FINISHED", "READY", readyExtra("a"))});
    m_monitor->watchAll(shop(), {orders(), shopCluster()});
    QTRY_COMPARE(m_monitor->groups().size(), size_t{2});
    QSignalSpy told(m_monitor.get(), &JobMonitor::groupsChanged);
    m_monitor->watchAll(shop(), {orders()});
    QCOMPARE(m_monitor->groups().size(), size_t{1});
    QCOMPARE(only().cluster, orders().id);
    QCOMPARE(told.size(), 1);
    QCOMPARE(m_monitor->readings().size(), size_t{1});
    // One with a restore that goes on stays; another project's clusters are none of this one's business.
    order(QStringLiteral("new"));
    m_monitor->watchAll(shop(), {});
    m_monitor->watchAll(staging(), {});
    QVERIFY(m_monitor->group(QStringLiteral("new")) != nullptr);
    m_monitor->keepProjects({staging()});
    QVERIFY(m_monitor->group(QStringLiteral("new")) != nullptr);
    m_monitor->stopFollowing(QStringLiteral("new"));
    m_monitor->keepProjects({staging()});
    QVERIFY(m_monitor->groups().empty());
    QVERIFY(m_monitor->readings().empty());
    QTest::qWait(200); // answers that come now are nobody's
    QVERIFY(m_monitor->groups().empty());
}

void TestJobMonitor::memorySurvivesARestart()
{
    const BatchId batch(QStringLiteral("batch"));
    m_monitor->addSubmission(submissionOf(RestoreMode::PointInTime, {QStringLiteral("j1")}, batch, true));
    start();
    QVERIFY(m_monitor->groups().empty());
    QByteArrayList jobs;
    for (const char *id : {"j3", "j1", "j2"})
        jobs.append(job(id, "IN_PROGRESS", "NOT_STARTED").replace("\"id\"", "\"batchId\":\"batch\",\"id\""));
    m_api->setLists({jobs.join(',')});
    m_monitor->watch(shop(), shopCluster());
    QTRY_COMPARE(m_monitor->groups().size(), size_t{1});
    QVERIFY(only().isBatch());
    QCOMPARE(only().jobs.size(), size_t{3});
    QCOMPARE(only().mode, std::optional(RestoreMode::PointInTime));
    QCOMPARE(only().pointText, QStringLiteral("just before 2026-11-24 14:03:07 UTC"));
    QCOMPARE(only().targetClusterName, QStringLiteral("shop-staging"));
    QCOMPARE(only().targetProjectName, QStringLiteral("Staging"));
    QCOMPARE(only().jobs[2].delivery.targetCluster, shardedTarget().id);
}

void TestJobMonitor::errorsBackOffAndPass()
{
    const ScriptedAnswer broken = ScriptedAnswer::json("{\"error\":500,\"errorCode\":\"UNEXPECTED_ERROR\"}", 500);
    start({50ms, 60s});
    QSignalSpy failed(m_monitor.get(), &JobMonitor::refreshFailed);
    m_api->setListAnswers({broken, broken, broken, listAnswer(job("a", "IN_PROGRESS", "NOT_STARTED"))});
    m_monitor->watch(shop(), orders());
    // Before anything is known the pause is the idle one: a person need not wait for it.
    QTRY_COMPARE(failed.size(), 1);
    m_monitor->addSubmission(submissionOf(RestoreMode::DownloadSnapshot, {QStringLiteral("a")}));
    m_monitor->refreshNow();
    QTRY_COMPARE(failed.size(), 2);
    const auto reading = failed[0][0].value<JobsReading>();
    QCOMPARE(reading.cluster, orders().id);
    QCOMPARE(reading.name, orders().name);
    QCOMPARE(reading.error->apiCode, QStringLiteral("UNEXPECTED_ERROR"));
    QVERIFY(!reading.lastGood.isValid());
    QVERIFY(m_monitor->group(QStringLiteral("a")) != nullptr);
    QElapsedTimer time;
    time.start();
    QTRY_COMPARE(failed.size(), 3);
    QVERIFY(time.elapsed() >= 150);
    QSignalSpy refreshed(m_monitor.get(), &JobMonitor::refreshed);
    QTRY_VERIFY(refreshed.size() >= 3);
    QCOMPARE(failed.size(), 3);
    QVERIFY(!m_monitor->readings().front().error);
    // From now on the failure says how old what is shown is.
    const QDateTime lastGood = m_clock.now();
    m_api->setListAnswers({broken});
    QTRY_COMPARE(failed.size(), 4);
    QCOMPARE(failed[3][0].value<JobsReading>().lastGood, lastGood);
    QCOMPARE(m_monitor->readings(), std::vector{failed[3][0].value<JobsReading>()});
}

void TestJobMonitor::refreshNowReadsAtOnce()
{
    m_monitor->watch(shop(), orders());
    QTRY_COMPARE(m_api->lists(), 1);
    QSignalSpy refreshed(m_monitor.get(), &JobMonitor::refreshed);
    m_monitor->refreshNow();
    QTRY_COMPARE(refreshed.size(), 1);
    QVERIFY(m_api->lists() >= 2);
}

QTEST_GUILESS_MAIN(TestJobMonitor)
#include "job_monitor_test.moc"
