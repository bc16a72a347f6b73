#include "e2e/job_monitor_bench.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QByteArray agentsJson(int goal, int atGoal, int all)
{
    QByteArrayList processes;
    for (int number = 0; number < all; ++number)
        processes.append("{\"hostname\":\"h\",\"name\":\"p" + QByteArray::number(number) +
                         "\",\"lastGoalVersionAchieved\":" + QByteArray::number(number < atGoal ? goal : goal - 1) +
                         ",\"plan\":[]}");
    return "{\"goalVersion\":" + QByteArray::number(goal) + ",\"processes\":[" + processes.join(',') + "]}";
}

const QString suffix =
    QStringLiteral("; all processes of the target's project are counted; another change may have raised it");

} // namespace

class TestJobMonitorAgents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<JobMonitorBench>(); }
    void cleanup() { m_bench.reset(); }
    void agentsAreAskedOnceForEachProject();
    void agentsAreFollowedToTheirGoal();
    void finishedAtOnceIsNotInPlace();
    void configurationTellsWhoseTheGoalIs();
    void refusedConfigurationIsNotAskedForAgain();
    void statusFromBeforeItsConfigurationIsReadAgain();
    void unknownGoalBeforeIsSaid();
    void followedUntilItIsStopped();
    void lateBatchIsStoppedAsAWhole();

private:
    std::unique_ptr<JobMonitorBench> m_bench;
};

void TestJobMonitorAgents::agentsAreAskedOnceForEachProject()
{
    m_bench->api.setAgents({agentsJson(38, 2, 6)});
    m_bench->api.setLists(
        {job("a", "FINISHED", "READY") + ',' + job("b", "FINISHED", "READY") + ',' + job("c", "FINISHED", "READY")});
    QElapsedTimer time;
    time.start();
    for (const char *id : {"a", "b", "c"})
        m_bench->add(submissionOf(RestoreMode::PointInTime, {QLatin1String(id)}));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->api.requests("GET", "automationStatus").size() >= 3, 20000);
    const auto asked = m_bench->api.requests("GET", "automationStatus");
    QVERIFY(asked.size() <= static_cast<size_t>(time.elapsed() / 100) + 1);
    for (const RecordedRequest &request : asked)
        QCOMPARE(request.path(), QByteArray("/api/public/v1.0/groups/60bb00000000000000000002/automationStatus"));
    QCOMPARE(m_bench->monitor->groups().size(), size_t(3));
    for (const JobGroup &group : m_bench->monitor->groups())
        QCOMPARE(groupStatusText(group, now()),
                 QStringLiteral("Handed over; 2 of 6 processes at their goal (version 38); all processes of the "
                                "target's project are counted"));
}

void TestJobMonitorAgents::agentsAreFollowedToTheirGoal()
{
    QStringList states;
    const auto note = [&] {
        if (states.isEmpty() || states.constLast() != m_bench->status())
            states.append(m_bench->status());
    };
    connect(m_bench->monitor.get(), &JobMonitor::groupsChanged, m_bench->monitor.get(), note);
    // All agents are at the old goal when the job is handed over, and only then get the new one. An answer from before
    // that comes late.
    m_bench->api.setAgents({agentsJson(37, 6, 6), agentsJson(37, 6, 6), agentsJson(37, 6, 6), agentsJson(38, 0, 6),
                            agentsJson(37, 6, 6), agentsJson(38, 4, 6), agentsJson(38, 6, 6)});
    const QByteArray waiting = job("a", "IN_PROGRESS", "NOT_STARTED");
    m_bench->api.setLists({waiting, job("a", "FINISHED", "READY")});
    m_bench->order(QStringLiteral("a"));
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
    const size_t asked = m_bench->agentReads();
    const int lists = m_bench->api.lists();
    m_bench->api.setAgents({agentsJson(39, 1, 6)});
    QTest::qWait(500);
    QCOMPARE(m_bench->agentReads(), asked);
    QCOMPARE(m_bench->api.lists(), lists);
    QVERIFY(m_bench->only().isFinal(now()));

    // The same after a restart, without asking again.
    m_bench->start();
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    QCOMPARE(m_bench->status(), states.constLast());
    QTest::qWait(300);
    QCOMPARE(m_bench->agentReads(), asked);
}

void TestJobMonitorAgents::finishedAtOnceIsNotInPlace()
{
    // The create answer is FINISHED, and the goal rises only later.
    m_bench->api.setAgents({agentsJson(37, 6, 6)});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    m_bench->order(QStringLiteral("a"));
    QTRY_VERIFY(m_bench->agentReads() >= 15);
    QCOMPARE(m_bench->status(),
             QStringLiteral("Handed over to the agents; their goal is still version 37, as before the order"));
    m_bench->api.setAgents({agentsJson(38, 6, 6)});
    QTRY_VERIFY(
        m_bench->status().startsWith(QLatin1String("Data in place. All 6 processes reached version 38 (it was 37")));
}

void TestJobMonitorAgents::configurationTellsWhoseTheGoalIs()
{
    // Another cluster of the project lags behind, and the configuration names this restore.
    m_bench->api.setAgents({agentsJson(37, 3, 3), agentsJson(38, 2, 3)});
    const QByteArray config = "{\"version\":38,\"processes\":[{\"name\":\"p0\",\"backupRestoreJobId\":\"a\",\"args2_6\""
                              ":{\"replication\":{\"replSetName\":\"rs\"}}},{\"name\":\"p1\",\"args2_6\":{\"replication"
                              "\":{\"replSetName\":\"rs\"}}},{\"name\":\"p2\"}]}";
    m_bench->api.setConfigs({ScriptedAnswer::json(config)});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    m_bench->order(QStringLiteral("a"));
    QTRY_COMPARE(m_bench->status(),
                 QStringLiteral("Data in place. All 2 processes reached version 38 (it was 37 before the "
                                "order)"));
    QCOMPARE(m_bench->api.requests("GET", "automationConfig").size(), size_t{1});
}

void TestJobMonitorAgents::refusedConfigurationIsNotAskedForAgain()
{
    m_bench->api.setAgents({agentsJson(38, 1, 3), agentsJson(38, 2, 3), agentsJson(39, 2, 3)});
    m_bench->api.setConfigs({ScriptedAnswer::json("{\"error\":403,\"errorCode\":\"USER_UNAUTHORIZED\"}", 403)});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    m_bench->order(QStringLiteral("a"));
    QTRY_COMPARE(m_bench->status(),
                 QStringLiteral("Handed over; 2 of 3 processes reached version 39 (it was 37 before the order)") +
                     suffix);
    QCOMPARE(m_bench->api.requests("GET", "automationConfig").size(), size_t{1});
}

void TestJobMonitorAgents::statusFromBeforeItsConfigurationIsReadAgain()
{
    // The goal rose to another change's, and to this restore's while the configuration was read.
    m_bench->api.setAgents({agentsJson(38, 1, 1), agentsJson(39, 0, 1)});
    m_bench->api.setConfigs(
        {ScriptedAnswer::json("{\"version\":39,\"processes\":[{\"name\":\"p0\",\"backupRestoreJobId\":\"a"
                              "\"}]}")});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    QStringList states;
    connect(m_bench->monitor.get(), &JobMonitor::groupsChanged, m_bench->monitor.get(),
            [&] { states.append(m_bench->status()); });
    m_bench->order(QStringLiteral("a"));
    QTRY_COMPARE(m_bench->status(),
                 QStringLiteral("Handed over; 0 of 1 processes reached version 39 (it was 37 before the order)"));
    QVERIFY(states.filter(QStringLiteral("version 38")).isEmpty());
}

void TestJobMonitorAgents::unknownGoalBeforeIsSaid()
{
    m_bench->api.setAgents({agentsJson(37, 6, 6)});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    m_bench->order(QStringLiteral("a"), {});
    QTRY_VERIFY(m_bench->status().contains(QLatin1String("at their goal; whether it is this restore's is not known")));
    QTest::qWait(250);
    QCOMPARE(m_bench->agentReads(), size_t{2});
}

void TestJobMonitorAgents::followedUntilItIsStopped()
{
    m_bench->api.setAgents({agentsJson(38, 5, 6)});
    m_bench->api.setLists({job("a", "FINISHED", "READY")});
    const QString key = m_bench->order(QStringLiteral("a"));
    QTRY_VERIFY(m_bench->status().startsWith(QLatin1String("Handed over; 5 of 6 processes reached version 38")));
    // Days later, and after a restart, it still goes on, only more slowly.
    m_bench->clock.set(now().addDays(3));
    m_bench->start({100ms, 150ms});
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    QVERIFY(m_bench->status().startsWith(QLatin1String("Handed over; 5 of 6 processes reached version 38")));
    const size_t before = m_bench->agentReads();
    QTRY_VERIFY(m_bench->agentReads() >= before + 3);
    QVERIFY(!m_bench->only().isFinal(m_bench->clock.now()));

    m_bench->monitor->stopFollowing(key);
    QVERIFY(m_bench->status().endsWith(QLatin1String("; no longer followed")));
    QVERIFY(m_bench->only().isFinal(m_bench->clock.now()));
    QTest::qWait(100);
    const size_t stopped = m_bench->agentReads();
    QTest::qWait(400);
    QCOMPARE(m_bench->agentReads(), stopped);
    m_bench->start({100ms, 150ms});
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    QVERIFY(m_bench->status().endsWith(QLatin1String("; no longer followed")));
    QTest::qWait(300);
    QCOMPARE(m_bench->agentReads(), stopped);
}

void TestJobMonitorAgents::lateBatchIsStoppedAsAWhole()
{
    // The answer to the order named the last of three jobs and no batch; the list does.
    QByteArrayList jobs;
    for (const char *id : {"a", "b", "c"})
        jobs.append(job(id, "FINISHED", "READY").replace("\"id\"", "\"batchId\":\"late\",\"id\""));
    m_bench->api.setAgents({agentsJson(38, 1, 2)});
    m_bench->api.setLists({jobs.join(',')});
    const QString key = m_bench->order(QStringLiteral("c"));
    QTRY_VERIFY(m_bench->status().startsWith(QLatin1String("Handed over; 1 of 2 processes reached version 38")));
    QCOMPARE(m_bench->only().jobs.size(), size_t{3});
    m_bench->monitor->stopFollowing(key);
    QVERIFY(m_bench->only().stoppedFollowing);
    m_bench->start();
    m_bench->monitor->watch(shop(), orders());
    QTRY_COMPARE(m_bench->monitor->groups().size(), size_t{1});
    QVERIFY(m_bench->only().stoppedFollowing);
    QCOMPARE(m_bench->only().agents.processesAtGoal(), 1);
}

QTEST_GUILESS_MAIN(TestJobMonitorAgents)
#include "job_monitor_agents_test.moc"
