#include "jobs/agent_progress.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestAgentProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void agentsAtAnOldGoalEndToo();
};

void TestAgentProgress::reads_data()
{
    // Statuses as they are read one after the other: job finished?, goal version, agents at it, of 6; and whether the
    // restore counts as carried out after the last.
    struct Read
    {
        bool finished;
        qint64 goal;
        int atGoal;
    };
    QTest::addColumn<std::vector<std::tuple<bool, qint64, int>>>("reads");
    QTest::addColumn<bool>("shown");
    QTest::addColumn<bool>("settled");
    const auto row = [](const char *name, const std::vector<Read> &reads, bool shown, bool settled) {
        std::vector<std::tuple<bool, qint64, int>> plain;
        for (const Read &read : reads)
            plain.emplace_back(read.finished, read.goal, read.atGoal);
        QTest::newRow(name) << plain << shown << settled;
    };
    row("not finished", {{false, 37, 6}}, false, false);
    row("at the old goal", {{false, 37, 6}, {true, 37, 6}, {true, 37, 6}}, false, false);
    row("working", {{false, 37, 6}, {true, 38, 2}}, true, false);
    row("at the goal once", {{false, 37, 6}, {true, 38, 2}, {true, 38, 6}}, true, false);
    row("at the goal twice", {{false, 37, 6}, {true, 38, 6}, {true, 38, 6}}, true, true);
    row("another goal in between", {{false, 37, 6}, {true, 38, 6}, {true, 39, 5}, {true, 39, 6}}, true, false);
    row("never seen unfinished", {{true, 38, 6}, {true, 38, 6}}, true, true);
}

void TestAgentProgress::reads()
{
    using Reads = std::vector<std::tuple<bool, qint64, int>>;
    QFETCH(Reads, reads);
    QFETCH(bool, shown);
    QFETCH(bool, settled);
    AgentProgress progress;
    JobGroup group;
    for (const auto &[finished, goal, atGoal] : reads) {
        group = groupOf({jobOf(QStringLiteral("j"), finished ? JobStatus::Finished : JobStatus::InProgress,
                               DeliveryStatus::NotStarted)},
                        RestoreMode::PointInTime);
        AutomationStatus status = agents(0, 6);
        status.goalVersion = goal;
        for (int number = 0; number < 6; ++number)
            status.processes[static_cast<size_t>(number)].lastGoalVersionAchieved = number < atGoal ? goal : goal - 1;
        const auto judged = progress.judge(group, status);
        QCOMPARE(judged, progress.shown(group.key));
    }
    QCOMPARE(progress.shown(group.key).has_value(), shown);
    QCOMPARE(progress.isSettled(group.key), settled);
    if (!settled)
        return;
    // Afterwards the project's numbers move for other reasons.
    const auto before = progress.shown(group.key);
    QCOMPARE(progress.judge(group, agents(1, 6)), before);
}

void TestAgentProgress::agentsAtAnOldGoalEndToo()
{
    // A server that raises the goal before the first look must not be waited for for ever.
    AgentProgress progress;
    const auto mode = RestoreMode::PointInTime;
    progress.judge(groupOf({jobOf(QStringLiteral("j"), JobStatus::InProgress, DeliveryStatus::NotStarted)}, mode),
                   agents(6, 6));
    const JobGroup group = groupOf({jobOf(QStringLiteral("j"), JobStatus::Finished, DeliveryStatus::NotStarted)}, mode);
    int reads = 0;
    while (!progress.isSettled(group.key) && reads < 100) {
        progress.judge(group, agents(6, 6));
        ++reads;
    }
    QCOMPARE(reads, 12);
    QVERIFY(progress.shown(group.key).has_value());
}

QTEST_GUILESS_MAIN(TestAgentProgress)
#include "agent_progress_test.moc"
