#include "support/job_cases.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Stage = AgentsStage;

/// Three processes, p0 to p2; p0 and p1 are the target's.
AgentsLook look(qint64 goal, const std::vector<qint64> &achieved)
{
    AgentsLook look;
    look.handedOver = true;
    look.goalBefore = 37;
    look.status = AutomationStatus{goal, {}};
    for (size_t number = 0; number < achieved.size(); ++number) {
        AutomationProcess process;
        process.name = QStringLiteral("p%1").arg(number);
        process.hostname = QStringLiteral("h");
        process.lastGoalVersionAchieved = achieved[number];
        look.status->processes.push_back(process);
    }
    return look;
}

AgentsLook notHandedOver(AgentsLook look)
{
    look.handedOver = false;
    return look;
}

AgentsLook jobOnly()
{
    AgentsLook look;
    look.handedOver = true;
    look.goalBefore = 37;
    return look;
}

AgentsLook withError(AgentsLook look, const char *process)
{
    look.errors = {{QLatin1String(process), QStringLiteral("h"), QStringLiteral("File Permissions Error")}};
    return look;
}

AgentsLook ofTarget(AgentsLook look, const QStringList &names = {QStringLiteral("p0"), QStringLiteral("p1")})
{
    look.targetProcesses = names;
    return look;
}

AgentsLook named(AgentsLook look)
{
    look.configurationNamesJob = true;
    return look;
}

} // namespace

Q_DECLARE_METATYPE(tidemark::AgentsStage)

class TestAgentProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looks_data();
    void looks();
    void whatIsCounted();
    void goalIsOursOnceItWasShown();
    void neverGoesBack();
};

void TestAgentProgress::looks_data()
{
    QTest::addColumn<std::vector<AgentsLook>>("looks");
    QTest::addColumn<bool>("beforeKnown");
    QTest::addColumn<AgentsStage>("stage");
    QTest::addColumn<int>("atGoal");
    const auto row = [](const char *name, const std::vector<AgentsLook> &looks, Stage stage, int atGoal = 0) {
        QTest::newRow(name) << looks << true << stage << atGoal;
    };
    const auto unknown = [](const char *name, const std::vector<AgentsLook> &looks, Stage stage, int atGoal = 0) {
        QTest::newRow(name) << looks << false << stage << atGoal;
    };
    const AgentsLook old = look(37, {37, 37, 37});
    const AgentsLook none = look(38, {37, 37, 37});
    const AgentsLook some = look(38, {38, 37, 37});
    const AgentsLook all = look(38, {38, 38, 38});

    row("nothing seen", {}, Stage::BeforeHandOver);
    row("job only", {jobOnly()}, Stage::HandedOver);
    row("no hand-over, at the old goal", {notHandedOver(old), notHandedOver(old)}, Stage::BeforeHandOver);
    row("no hand-over, at a new goal", {notHandedOver(all), notHandedOver(all), notHandedOver(all)},
        Stage::BeforeHandOver);
    row("looks before the hand-over do not count", {notHandedOver(all), all}, Stage::Working, 3);
    row("no process named", {look(38, {}), look(38, {}), look(38, {})}, Stage::HandedOver);

    row("goal not told", {look(0, {0, 0, 0}), look(0, {0, 0, 0})}, Stage::HandedOver);

    // The create answer is FINISHED, and the agents have not been told.
    row("old goal once", {old}, Stage::GoalNotRisen, 3);
    row("old goal for long", std::vector<AgentsLook>(50, old), Stage::GoalNotRisen, 3);
    row("behind the old goal, then at it", {look(37, {36, 37, 37}), old, old, old}, Stage::GoalNotRisen, 3);
    row("goal lower than before the order", {look(36, {36, 36, 36}), look(36, {36, 36, 36})}, Stage::GoalNotRisen, 3);
    row("old goal, then the new one", {old, old, none}, Stage::Working, 0);
    row("old goal, then in place", {old, none, some, all, all}, Stage::InPlace, 3);

    row("none there", {none}, Stage::Working, 0);
    row("some there", {none, some}, Stage::Working, 1);
    row("all there once", {some, all}, Stage::Working, 3);
    row("all there twice", {some, all, all}, Stage::InPlace, 3);
    row("all there at the first two looks", {all, all}, Stage::InPlace, 3);
    row("past the goal", {look(38, {39, 38, 41}), look(38, {39, 38, 41})}, Stage::InPlace, 3);
    row("one missing for long", std::vector<AgentsLook>(50, look(38, {38, 38, 37})), Stage::Working, 2);

    row("another change in between", {all, look(39, {39, 38, 38}), look(39, {39, 39, 39})}, Stage::Working, 3);
    row("another change, all there", {all, look(39, {39, 39, 39})}, Stage::InPlace, 3);
    row("after the last word", {all, all, look(40, {38, 38, 38})}, Stage::InPlace, 3);
    row("an old answer in between", {some, old, none, all, all}, Stage::InPlace, 3);
    row("an old answer does not count as a look", {all, old}, Stage::Working, 3);
    row("a process is not seen further back", {all, some}, Stage::InPlace, 3);
    row("the job looks unfinished again", {some, notHandedOver(all), notHandedOver(all)}, Stage::InPlace, 3);

    row("an error at the goal", {withError(all, "p1"), withError(all, "p1"), withError(all, "p1")}, Stage::Working, 3);
    row("an error between two looks", {all, withError(all, "p1"), all}, Stage::Working, 3);
    row("an error that passed", {withError(all, "p1"), all, all}, Stage::InPlace, 3);
    row("an error behind the goal", {withError(some, "p1")}, Stage::Working, 1);

    const AgentsLook targetThere = ofTarget(look(38, {38, 38, 37}));
    row("target there, another cluster not", {targetThere, targetThere}, Stage::InPlace, 2);
    row("target behind, the other there", {ofTarget(look(38, {38, 37, 38})), ofTarget(look(38, {38, 37, 38}))},
        Stage::Working, 1);
    row("another cluster's error", {withError(targetThere, "p2"), withError(targetThere, "p2")}, Stage::InPlace, 2);
    row("target's error", {withError(targetThere, "p0"), withError(targetThere, "p0")}, Stage::Working, 2);
    row("target not told once more", {targetThere, look(38, {38, 38, 37})}, Stage::InPlace, 2);
    const AgentsLook missing = ofTarget(look(38, {38, 38, 37}), {QStringLiteral("p0"), QStringLiteral("p7")});
    row("a target's process is not in the status: the project's count", {missing, missing, missing}, Stage::Working, 2);
    row("no name of the target is known: the project's count",
        {ofTarget(look(38, {38, 37, 37}), {}), ofTarget(look(38, {38, 37, 37}), {})}, Stage::Working, 1);

    unknown("unknown before: behind", {none, some}, Stage::Working, 1);
    unknown("unknown before: there once", {all}, Stage::Working, 3);
    unknown("unknown before: there twice", {all, all}, Stage::AtUnknownGoal, 3);
    unknown("unknown before: behind, then there", {none, all, all}, Stage::AtUnknownGoal, 3);
    unknown("unknown before: goal seen to rise", {old, none, all, all}, Stage::AtUnknownGoal, 3);
    unknown("unknown before: last word", {old, old, none, some}, Stage::AtUnknownGoal, 3);
    unknown("unknown before: named by the configuration", {named(all), named(all)}, Stage::AtUnknownGoal, 3);
    unknown("unknown before: an error", {withError(all, "p0"), withError(all, "p0")}, Stage::Working, 3);
    unknown("unknown before: goal not told", {look(0, {0, 0, 0}), look(0, {0, 0, 0})}, Stage::HandedOver);
    unknown("unknown before: not handed over", {notHandedOver(all), notHandedOver(all)}, Stage::BeforeHandOver);
}

void TestAgentProgress::looks()
{
    QFETCH(std::vector<AgentsLook>, looks);
    QFETCH(bool, beforeKnown);
    QFETCH(AgentsStage, stage);
    QFETCH(int, atGoal);
    AgentsProgress progress;
    for (AgentsLook &look : looks) {
        if (!beforeKnown)
            look.goalBefore.reset();
        progress = judgeAgents(std::move(progress), look);
    }
    QCOMPARE(static_cast<int>(progress.stage), static_cast<int>(stage));
    QCOMPARE(progress.processesAtGoal(), atGoal);
    QCOMPARE(progress.isLastWord(), stage == Stage::InPlace || stage == Stage::AtUnknownGoal);
}

void TestAgentProgress::whatIsCounted()
{
    AgentsProgress progress = judgeAgents({}, withError(look(38, {38, 37, 36}), "p2"));
    QVERIFY(!progress.ofTarget);
    QCOMPARE(progress.processes.size(), size_t{3});
    QCOMPARE(progress.errors.size(), size_t{1});
    QCOMPARE(progress.errors.front().words, QStringLiteral("File Permissions Error"));
    progress = judgeAgents(progress, ofTarget(look(38, {38, 37, 36})));
    QVERIFY(progress.ofTarget);
    QCOMPARE(progress.processes.size(), size_t{2});
    QVERIFY(progress.errors.empty());
}

void TestAgentProgress::goalIsOursOnceItWasShown()
{
    // The agents take the directive away when they have done.
    AgentsProgress progress = judgeAgents({}, look(38, {37, 37, 37}));
    QVERIFY(!progress.goalIsOurs);
    progress = judgeAgents(progress, named(look(38, {38, 37, 37})));
    QVERIFY(progress.goalIsOurs);
    progress = judgeAgents(progress, look(38, {38, 38, 37}));
    QVERIFY(progress.goalIsOurs);
    QVERIFY(!judgeAgents({}, notHandedOver(named(look(38, {38, 38, 38})))).goalIsOurs);
}

void TestAgentProgress::neverGoesBack()
{
    QRandomGenerator random(20261127);
    for (int history = 0; history < 2000; ++history) {
        AgentsProgress progress;
        bool wasHandedOver = false;
        int cleanLooks = 0;
        for (int step = 0; step < 12; ++step) {
            const qint64 goal = random.bounded(36, 41);
            AgentsLook next = look(goal, {goal - random.bounded(2), goal - random.bounded(2)});
            next.handedOver = random.bounded(3) > 0;
            if (random.bounded(6) == 0)
                next = withError(next, "p0");
            wasHandedOver = wasHandedOver || next.handedOver;
            cleanLooks += next.errors.empty() && goal > 37 && wasHandedOver ? 1 : 0;
            const AgentsProgress before = std::exchange(progress, judgeAgents(progress, next));
            QVERIFY(progress.stage >= before.stage);
            QVERIFY(progress.goal >= before.goal);
            if (progress.goal == before.goal)
                QVERIFY(progress.processesAtGoal() >= before.processesAtGoal());
            if (progress.stage == Stage::InPlace)
                QVERIFY(progress.goal > 37 && wasHandedOver && cleanLooks >= 2 && progress.errors.empty() &&
                        progress.processesAtGoal() == 2);
            if (before.isLastWord())
                QVERIFY(progress == before);
        }
    }
}

QTEST_GUILESS_MAIN(TestAgentProgress)
#include "agent_progress_test.moc"
