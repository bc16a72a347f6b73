#include "orders/order_changes.h"
#include "orders/order_conflicts.h"
#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

using Kind = OrderConflict::Kind;

namespace {

using Edit = std::function<void(TargetFacts &)>;

const QString Host = QStringLiteral("db1.example.net");

TargetFacts goodTarget()
{
    TargetFacts facts;
    facts.target = ordersTarget().id;
    AutomationProcess reported;
    reported.name = QStringLiteral("p");
    reported.lastGoalVersionAchieved = 7;
    facts.status = AutomationStatus{7, {reported}};
    facts.config = RedactedAutomationConfig{
        7, {{QStringLiteral("p"), Host, {}, ordersTarget().replicaSetName, JobId(QStringLiteral("j")), false}}};
    Agent agent;
    agent.hostname = Host;
    agent.lastConfiguration = now().addSecs(-20);
    facts.agents = std::vector<Agent>{agent};
    facts.agentsRead = now();
    facts.jobs[orders().id] = {QStringLiteral("orders"), std::vector<RestoreJob>()};
    return facts;
}

void behind(TargetFacts &facts)
{
    (**facts.status).goalVersion = 8;
}

void listed(TargetFacts &facts)
{
    RestoreJob job;
    job.id = JobId(QStringLiteral("j"));
    job.created = now();
    job.status = JobStatus::InProgress;
    job.delivery.targetCluster = facts.target;
    facts.jobs[orders().id].restores = std::vector<RestoreJob>{job};
}

void withoutAgents(TargetFacts &facts)
{
    facts.agents = std::vector<Agent>();
}

void silent(TargetFacts &facts)
{
    (**facts.agents).front().lastConfiguration = now().addDays(-1);
}

void unread(TargetFacts &facts)
{
    Error error;
    error.sentence = QStringLiteral("No.");
    facts.config = failure(error);
    facts.agents = failure(error);
    facts.status = failure(error);
}

void unknown(TargetFacts &facts)
{
    facts = TargetFacts{facts.target, {}, {}, {}, {}, {}, {}, {}, {}};
}

void same(TargetFacts &) {}

} // namespace

/// What the reading before an order finds of the target that the page did not show.
class TestOrderChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void target_data();
    void target();
    void questions_data();
    void questions();
};

void TestOrderChanges::target_data()
{
    QTest::addColumn<Edit>("shown");
    QTest::addColumn<Edit>("read");
    QTest::addColumn<int>("changes");       ///< where nothing else asks
    QTest::addColumn<int>("changesBeside"); ///< where the order is stopped by a question about a restore of the target
    const auto add = [](const char *name, const Edit &shown, const Edit &read, int changes, int beside) {
        QTest::newRow(name) << shown << read << changes << beside;
    };
    add("nothing new", same, same, 0, 0);
    add("the agents went", same, withoutAgents, 1, 1);
    add("the agents were gone already", withoutAgents, withoutAgents, 0, 0);
    add("the agents came back", withoutAgents, same, 0, 0);
    add("an agent fell silent", same, silent, 1, 1);
    add(
        "an agent is silent still", silent,
        [](TargetFacts &facts) {
            silent(facts);
            facts.agentsRead = now().addSecs(90);
        },
        0, 0);
    add("a restore began, as the agents tell", same, behind, 1, 0);
    add("a restore was at it already", behind, behind, 0, 0);
    add("a restore began, as a list tells", same, listed, 1, 0);
    add(
        "the agents went and a restore began", same,
        [](TargetFacts &facts) {
            withoutAgents(facts);
            listed(facts);
        },
        2, 1);
    add("it could not be read on the page", unread, same, 0, 0);
    add("the page had not read it, and all is well", unknown, same, 0, 0);
    add("the page had not read it", unknown, withoutAgents, 1, 1);
}

void TestOrderChanges::target()
{
    QFETCH(Edit, shown);
    QFETCH(Edit, read);
    const RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
    RestoreFacts before = goodFacts(draft);
    before.target = goodTarget();
    RestoreFacts after = before;
    shown(*before.target);
    read(*after.target);
    const QStringList counted = changesSince(draft, before, draft, after, now(), Running::Counts);
    const QStringList beside = changesSince(draft, before, draft, after, now(), Running::IsAskedAbout);
    QTEST(int(counted.size()), "changes");
    QTEST(int(beside.size()), "changesBeside");
}

void TestOrderChanges::questions_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("asks");
    QTest::newRow("the same is pending") << Kind::PendingSame << false;
    QTest::newRow("one of the target is pending") << Kind::PendingTarget << true;
    QTest::newRow("a file could not be read") << Kind::PendingUnread << false;
    QTest::newRow("a job fits") << Kind::JobFits << true;
    QTest::newRow("an event") << Kind::EventSeen << false;
    QTest::newRow("just ordered") << Kind::JustOrdered << true;
    QTest::newRow("one of the target runs") << Kind::TargetBusy << true;
}

void TestOrderChanges::questions()
{
    QFETCH(Kind, kind);
    QFETCH(bool, asks);
    QVERIFY(!askAboutTarget({}));
    QCOMPARE(askAboutTarget({{Kind::EventSeen, {}, {}, {}}, {kind, {}, {}, {}}}), asks);
}

QTEST_GUILESS_MAIN(TestOrderChanges)
#include "order_changes_test.moc"
