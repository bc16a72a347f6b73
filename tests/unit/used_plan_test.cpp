#include "orders/order_desk.h"
#include "plan_samples.h"
#include "plans/plan_demand.h"
#include "preparation/used_plan.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

/// Whether what would be sent is what a plan says, and who stands behind that.
class TestUsedPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standing_data();
    void standing();
    void whatWasSentIsSpent();
    void whatWasForgottenWasSent();
    void whatIsKnownOfItIsNotAsked();
    void findings_data();
    void findings();
    void demands_data();
    void demands();
    void projectsAreWrittenInALine();
};

void TestUsedPlan::standing_data()
{
    using PlanEdit = std::function<void(RestorePlan &)>;
    using Given = std::optional<Approval>;
    QTest::addColumn<PlanEdit>("edit");
    QTest::addColumn<Given>("approval");
    QTest::addColumn<PlanStanding>("standing");
    const PlanEdit none = [](RestorePlan &) {};
    const Given given = Approval{true, {}, {}};
    QTest::newRow("not looked at yet") << none << Given() << PlanStanding::Checking;
    QTest::newRow("not approved") << none << Given(Approval()) << PlanStanding::Unapproved;
    QTest::newRow("approved") << none << given << PlanStanding::Approved;
    const auto other = [&](const char *name, const PlanEdit &edit) {
        QTest::newRow(name) << edit << given << PlanStanding::Other;
    };
    other("another target", [](RestorePlan &plan) { plan.target->id = ClusterId(QStringLiteral("x")); });
    other("another target project",
          [](RestorePlan &plan) { plan.target->project.id = ProjectId(QStringLiteral("x")); });
    other("no target", [](RestorePlan &plan) { plan.target.reset(); });
    other("another source", [](RestorePlan &plan) { plan.source.id = ClusterId(QStringLiteral("x")); });
    other("another source project", [](RestorePlan &plan) { plan.source.project.id = ProjectId(QStringLiteral("x")); });
    other("another moment", [](RestorePlan &plan) { ++std::get<TimePoint>(plan.point).utcMilliseconds; });
    other("another mode", [](RestorePlan &plan) { plan.mode = RestoreMode::OplogTimestamp; });
    other("another server", [](RestorePlan &plan) { plan.server = QStringLiteral("https://ops.example.net"); });
    other("another service", [](RestorePlan &plan) { plan.service = Service::OpsManager; });
    other("a link", [](RestorePlan &plan) { plan.link = DownloadDelivery(); });
}

void TestUsedPlan::standing()
{
    QFETCH(std::function<void(RestorePlan &)>, edit);
    QFETCH(std::optional<Approval>, approval);
    const RestorePlan planned = goodPlan(RestoreMode::PointInTime);
    QVERIFY(planned.target);
    RestorePlan wanted = planned;
    edit(wanted);
    QTEST(standingOf(wanted, {{planned, {}}, {}}, approval, false), "standing");
    QCOMPARE(standingOf(std::nullopt, {{planned, {}}, {}}, approval, false), PlanStanding::Other);
}

/// One approval, one restore.
void TestUsedPlan::whatWasSentIsSpent()
{
    const RestorePlan plan = goodPlan(RestoreMode::PointInTime);
    const PlanInHand file{{plan, {}}, {}};
    QCOMPARE(standingOf(plan, file, Approval{true, {}, {}}, true), PlanStanding::Spent);
    QCOMPARE(standingOf(plan, file, Approval(), true), PlanStanding::Spent);
    QCOMPARE(standingOf(plan, file, std::nullopt, true), PlanStanding::Spent);
}

/// What came of it is not known, and nothing but the log tells of it.
void TestUsedPlan::whatWasForgottenWasSent()
{
    HistoryEntry entry;
    entry.event = OrderForgotten;
    entry.details.insert(QStringLiteral("signedSha256"), QStringLiteral("ab"));
    History history;
    history.entries = {HistoryEntry(), entry};
    QVERIFY(tellsOfForgotten(history, QStringLiteral("ab")));
    QVERIFY(!tellsOfForgotten(history, QStringLiteral("cd")));
    history.entries.back().event = QStringLiteral("sending");
    QVERIFY(!tellsOfForgotten(history, QStringLiteral("ab")));
}

/// Names, versions and warnings are of the day on which it is looked at.
void TestUsedPlan::whatIsKnownOfItIsNotAsked()
{
    const RestorePlan planned = goodPlan(RestoreMode::PointInTime);
    RestorePlan later = planned;
    later.written = later.written.addDays(1);
    later.author = QStringLiteral("another");
    later.note.clear();
    later.warnings.append(QStringLiteral("The target has no running backup."));
    later.target->name = QStringLiteral("renamed");
    later.source.versions.clear();
    QVERIFY(isSameRestore(planned, later));
}

void TestUsedPlan::findings_data()
{
    QTest::addColumn<PlanStanding>("standing");
    QTest::addColumn<QString>("said");    ///< without a demand
    QTest::addColumn<QString>("stopped"); ///< with one
    const QString save = QStringLiteral("Save this restore as a plan, have two people approve it, and open it");
    const QString approve = QStringLiteral("Have a second person open the plan a.plan and approve it");
    QTest::newRow("none") << PlanStanding::None << QString() << save;
    QTest::newRow("another") << PlanStanding::Other << QStringLiteral("This is another restore than the plan a.plan")
                             << save;
    QTest::newRow("being checked") << PlanStanding::Checking
                                   << QStringLiteral("As in the plan a.plan, whose signatures are being checked.")
                                   << approve;
    QTest::newRow("not approved") << PlanStanding::Unapproved << QStringLiteral("As in the plan a.plan. By ada alone.")
                                  << approve;
    QTest::newRow("sent before") << PlanStanding::Spent
                                 << QStringLiteral(
                                        "The plan a.plan was sent before: whoever agreed to it agreed to that one")
                                 << save;
    QTest::newRow("approved") << PlanStanding::Approved
                              << QStringLiteral("As in the plan a.plan, which is approved. By ada alone.") << QString();
}

void TestUsedPlan::findings()
{
    QFETCH(PlanStanding, standing);
    QFETCH(QString, said);
    QFETCH(QString, stopped);
    const auto all = [standing](const QString &demanding) {
        return planFindings(standing, QStringLiteral("a.plan"), QStringLiteral("By ada alone."), demanding);
    };
    const std::vector<Finding> free = all({});
    QVERIFY(isComplete(free));
    QCOMPARE(free.size(), size_t(said.isEmpty() ? 0 : 1));
    QVERIFY(said.isEmpty() || free.front().sentence.startsWith(said));
    QCOMPARE(!free.empty() && free.front().severity == Severity::Warning,
             standing == PlanStanding::Other || standing == PlanStanding::Spent);
    const std::vector<Finding> held = all(QStringLiteral("Production"));
    QCOMPARE(isComplete(held), stopped.isEmpty());
    if (!stopped.isEmpty()) {
        const QString &sentence = held.back().sentence;
        QVERIFY2(sentence.contains(QStringLiteral("into “Production” without an approved plan")) &&
                     sentence.contains(stopped),
                 qPrintable(sentence));
    }
}

void TestUsedPlan::demands_data()
{
    QTest::addColumn<QStringList>("projects");
    QTest::addColumn<Project>("target");
    QTest::addColumn<bool>("needs");
    const Project shop{ProjectId(QStringLiteral("60bb1")), QStringLiteral("Shop"), {}, {}};
    const auto row = [](const char *name, const QStringList &projects, const Project &target, bool needs) {
        QTest::newRow(name) << projects << target << needs;
    };
    row("no list", {}, shop, false);
    row("by its name", {QStringLiteral("Shop")}, shop, true);
    row("in capitals", {QStringLiteral("SHOP")}, shop, true);
    row("in another way of writing", {QString::fromUtf8("Zoe\u0308")},
        {ProjectId(QStringLiteral("1")), QString::fromUtf8("Zo\u00eb"), {}, {}}, true);
    row("by its id", {QStringLiteral("Other"), QStringLiteral("60bb1")}, shop, true);
    row("another", {QStringLiteral("Other")}, shop, false);
    row("one that begins alike", {QStringLiteral("Sho"), QStringLiteral("Shops"), QStringLiteral("60bb")}, shop, false);
    row("a name that is not known", {QStringLiteral("Other")}, {ProjectId(QStringLiteral("60bb1")), {}, {}, {}}, true);
    const Project eu{ProjectId(QStringLiteral("1")), QStringLiteral("Production, EU"), {}, {}};
    row("a name with a comma", projectsFromText(QStringLiteral("Shop, Production, EU")), eu, true);
    for (const char *name : {"Shop,Prod", "Shop ,Prod", "A, B, A", "A,,B", "Shop"}) {
        const QString typed = QString::fromLatin1(name);
        row(name, projectsFromText(QStringLiteral("First, %1, last").arg(typed)),
            {ProjectId(QStringLiteral("1")), typed, {}, {}}, true);
    }
    row("a part of such a name", {QStringLiteral("EU")}, eu, false);
    row("not known, and no list", {}, {ProjectId(QStringLiteral("60bb1")), {}, {}, {}}, false);
}

void TestUsedPlan::demands()
{
    QFETCH(QStringList, projects);
    QFETCH(Project, target);
    QTEST(needsApprovedPlan(projects, target), "needs");
}

void TestUsedPlan::projectsAreWrittenInALine()
{
    const QStringList projects{QStringLiteral("Shop of Zoë"), QStringLiteral("60bb1")};
    QCOMPARE(projectsFromText(projectsText(projects)), projects);
    QCOMPARE(projectsFromText(QStringLiteral(" Shop  of Zoë,, 60bb1 , 60bb1,")), projects);
    QCOMPARE(projectsFromText(QStringLiteral(" , ")), QStringList());
}

QTEST_GUILESS_MAIN(TestUsedPlan)
#include "used_plan_test.moc"
