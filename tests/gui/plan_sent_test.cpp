#include "history/history.h"
#include "jobs/stages.h"
#include "plan_bench.h"
#include "plans/kept_plans.h"
#include "support/file_dialogs.h"
#include "ui/widgets/code_view.h"
#include "ui/wizard/restore_wizard.h"
#include "ui/wizard/step_page.h"

#include <QAction>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Erase = QStringLiteral("Restore: Erase drill and restore");

} // namespace

/// From a plan that two people signed to the restore, and from the history back to both.
class PlanSentTest : public PlanTest
{
    Q_OBJECT

private Q_SLOTS:
    void anApprovedPlanIsSentAndFoundAgain();
    void whatIsAnotherRestoreIsNotThePlans();
    void aProjectThatNeedsAnApprovedPlan();

private:
    QWidget *wizard() const { return driver::window(QStringLiteral("New restore")); }
    QWidget *history() const { return m_plans->window()->findChild<QWidget *>(QStringLiteral("historyDialog")); }
    /// Goes on from the plan's window to Review.
    bool toReview();
    void send();
    History log() const { return readHistory(m_plans->bench->session()->auditFile()); }
    static HistoryEntry sending(const History &history)
    {
        const auto found = std::ranges::find(history.entries, QStringLiteral("sending"), &HistoryEntry::event);
        return found == history.entries.end() ? HistoryEntry() : *found;
    }
};

bool PlanSentTest::toReview()
{
    if (!QTest::qWaitFor([this] { return driver::canPress(dialog(), QStringLiteral("Continue…")); }) ||
        !driver::press(dialog(), QStringLiteral("Continue…")).isEmpty() ||
        !QTest::qWaitFor([this] { return wizard() != nullptr; }))
        return false;
    const auto *shown = qobject_cast<RestoreWizard *>(wizard());
    for (int page = 0; page < 5 && shown->currentId() != ReviewPageId; ++page) {
        const int before = shown->currentId();
        if (!QTest::qWaitFor([this] { return driver::canPress(wizard(), QStringLiteral("Next")); }, 15000) ||
            !driver::press(wizard(), QStringLiteral("Next")).isEmpty() ||
            !QTest::qWaitFor([&] { return shown->currentId() != before; }))
            return false;
    }
    return shown->currentId() == ReviewPageId;
}

/// One press; then until the agents have carried it out, so that the next restore of the target meets no other.
void PlanSentTest::send()
{
    const auto *shown = qobject_cast<RestoreWizard *>(wizard());
    QVERIFY(QTest::qWaitFor([&] { return !driver::visibleText(wizard()).contains(QStringLiteral("still being read")); },
                            15000));
    for (QCheckBox *box : wizard()->findChildren<QCheckBox *>(QStringLiteral("findingTick")))
        box->setChecked(true);
    QCOMPARE(
        driver::type(wizard(), QStringLiteral("Type the target cluster's name to confirm"), QStringLiteral("drill")),
        QString());
    QTRY_VERIFY2(driver::canPress(wizard(), Erase), qPrintable(driver::visibleText(wizard())));
    QCOMPARE(driver::press(wizard(), Erase), QString());
    QTRY_COMPARE_WITH_TIMEOUT(shown->currentId(), int(SubmittedPageId), 20000);
    Session &session = *m_plans->bench->session();
    const auto isInPlace = [&session](const JobGroup &group) {
        return !group.isOrderedHere() || stages(group, session.client().serverNow()).state == RestoreState::InPlace;
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto &groups = session.jobs().groups();
            return std::ranges::any_of(groups, &JobGroup::isOrderedHere) && std::ranges::all_of(groups, isInPlace);
        },
        60000));
}

void PlanSentTest::anApprovedPlanIsSentAndFoundAgain()
{
    QVERIFY(m_plans->makeSigners({QStringLiteral("ada"), QStringLiteral("bob")}));
    QVERIFY(m_plans->connectWithSigners(QStringLiteral("signed")));
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QVERIFY2(m_plans->sign({QStringLiteral("ada"), QStringLiteral("bob")}), qPrintable(text()));
    QFile file(path(QStringLiteral("a.tidemark-plan")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(toReview());
    QTRY_VERIFY2(driver::visibleText(wizard()).contains(
                     QStringLiteral("As in the plan a.tidemark-plan, which is approved. Signed by ada and "
                                    "bob.")),
                 qPrintable(driver::visibleText(wizard())));
    wizard()->findChildren<QLineEdit *>(QStringLiteral("checklistText")).constLast()->setText(QStringLiteral("4711"));
    send();

    const HistoryEntry sent = sending(log());
    QCOMPARE(sent.details.value(QStringLiteral("plan")).toObject(),
             QJsonObject({{QStringLiteral("sha256"), planHash(bytes)},
                          {QStringLiteral("signedSha256"),
                           planHash(planBytes(readPlanFrom(path(QStringLiteral("a.tidemark-plan")))->plan))},
                          {QStringLiteral("file"), QStringLiteral("a.tidemark-plan")},
                          {QStringLiteral("approvedBy"), QJsonArray({QStringLiteral("ada"), QStringLiteral("bob")})}}));
    QFile kept(KeptPlans(m_plans->bench->session()->plansFolder()).pathOf(sent.planHash()));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);

    // From any of its lines back to the plan, and to what is known of it.
    QTRY_VERIFY(std::ranges::any_of(log().entries, [](const HistoryEntry &one) { return one.event == u"state"; }));
    wizard()->close();
    m_plans->window()->findChild<QAction *>(QStringLiteral("historyAction"))->trigger();
    QTRY_VERIFY(history() && history()->isVisible());
    QTRY_VERIFY(driver::countRows(history(), QStringLiteral("History"), QStringLiteral("state")) > 0);
    QVERIFY(!driver::canPress(history(), QStringLiteral("Open plan")));
    QCOMPARE(driver::selectRow(history(), QStringLiteral("History"), QStringLiteral("state")), QString());
    QCOMPARE(driver::press(history(), QStringLiteral("Open plan")), QString());
    QTRY_VERIFY2(text().contains(QStringLiteral("Ticket 4711")), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada and bob.")), qPrintable(text()));
    QVERIFY(!text().contains(QStringLiteral("Since it was written")));
    for (const QString &button : {QStringLiteral("Approve…"), QStringLiteral("Continue…")})
        QVERIFY(!driver::find(dialog(), button));
    dialog()->close();
    QCOMPARE(driver::press(history(), QStringLiteral("Open report")), QString());
    const auto report = [this] { return history()->findChild<QWidget *>(QStringLiteral("reportDialogWindow")); };
    QTRY_VERIFY(report() && report()->isVisible());
    const QString told = report()->findChild<CodeView *>()->text();
    for (const char *words : {"ticked: 4711", "a.tidemark-plan", "ada, bob", "In the audit log", "Server's part"})
        QVERIFY2(told.contains(QLatin1String(words)), qPrintable(QLatin1String(words) + QLatin1Char('\n') + told));
    QCOMPARE(driver::press(report(), QStringLiteral("Save report…")), QString());
    QVERIFY(answerFileDialog(report(), path(QStringLiteral("report.md"))));
    QTRY_VERIFY(QFile::exists(path(QStringLiteral("report.md"))));
    report()->close();
    // Somebody has changed the kept plan.
    QFile changed(kept.fileName());
    QVERIFY(changed.open(QIODevice::ReadWrite) && changed.write("{ ") == 2);
    changed.close();
    QCOMPARE(driver::press(history(), QStringLiteral("Open plan")), QString());
    QTRY_VERIFY2(text().contains(QStringLiteral("was changed after the restore was sent")), qPrintable(text()));
}

/// Whoever changes what the plan says goes on without it, and is told.
void PlanSentTest::whatIsAnotherRestoreIsNotThePlans()
{
    QVERIFY(m_plans->makeSigners({QStringLiteral("ada"), QStringLiteral("bob")}));
    QVERIFY(m_plans->connectWithSigners(QStringLiteral("signed")));
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QVERIFY2(m_plans->sign({QStringLiteral("ada"), QStringLiteral("bob")}), qPrintable(text()));
    QVERIFY(QTest::qWaitFor([this] { return driver::canPress(dialog(), QStringLiteral("Continue…")); }));
    QCOMPARE(driver::press(dialog(), QStringLiteral("Continue…")), QString());
    QTRY_VERIFY(wizard());
    // Another snapshot.
    const auto *shown = qobject_cast<RestoreWizard *>(wizard());
    QTRY_COMPARE(shown->currentId(), int(PointPageId));
    const SnapshotId planned = shown->draft().snapshot;
    QTRY_VERIFY(driver::countRows(wizard(), QStringLiteral("Snapshots"), QStringLiteral("Yes")) > 1);
    int at = 0;
    QCOMPARE(driver::selectRow(wizard(), QStringLiteral("Snapshots"), QStringLiteral("Yes"),
                               [&at](const QModelIndex &) { return ++at == 2; }),
             QString());
    QTRY_VERIFY(shown->draft().snapshot != planned);
    for (const PageId page : {TargetPageId, ReviewPageId}) {
        QTRY_VERIFY(driver::canPress(wizard(), QStringLiteral("Next")));
        QCOMPARE(driver::press(wizard(), QStringLiteral("Next")), QString());
        QTRY_COMPARE(shown->currentId(), int(page));
    }
    QTRY_VERIFY2(driver::visibleText(wizard()).contains(
                     QStringLiteral("This is another restore than the plan a.tidemark-plan that was opened")),
                 qPrintable(driver::visibleText(wizard())));
    send();
    const HistoryEntry sent = sending(log());
    const QJsonObject plan = sent.details.value(QStringLiteral("plan")).toObject();
    QCOMPARE(plan.keys(), QStringList({QStringLiteral("sha256"), QStringLiteral("signedSha256")}));
    const auto kept = readKeptPlan(KeptPlans(m_plans->bench->session()->plansFolder()).pathOf(sent.planHash()));
    QVERIFY(kept && kept->signatures.empty());
    QVERIFY(std::get<SnapshotPoint>(kept->plan.point).snapshot != planned);
}

/// Neither without one, nor with one that a single person signed.
void PlanSentTest::aProjectThatNeedsAnApprovedPlan()
{
    QVERIFY(m_plans->makeSigners({QStringLiteral("ada"), QStringLiteral("bob")}));
    QVERIFY(m_plans->connectWithSigners(QStringLiteral("strict"), [](Connection &connection) {
        connection.approvalProjects = {QStringLiteral("Restore drills")};
    }));
    const QString name = QStringLiteral("a\u202eb.tidemark-plan"); // is shown and written down as what is seen of it
    QVERIFY(m_plans->write(m_plans->plan(), name));
    QVERIFY(m_plans->open(name));
    QVERIFY2(m_plans->sign({QStringLiteral("ada")}), qPrintable(text()));
    QVERIFY(toReview());
    const QString stops =
        QStringLiteral("This connection lets nobody restore into “Restore drills” without an approved");
    QTRY_VERIFY2(driver::visibleText(wizard()).contains(QStringLiteral("Signed by ada alone")),
                 qPrintable(driver::visibleText(wizard())));
    QVERIFY2(driver::visibleText(wizard()).contains(stops), qPrintable(driver::visibleText(wizard())));
    QTRY_VERIFY(!driver::visibleText(wizard()).contains(QStringLiteral("still being read")));
    for (QCheckBox *box : wizard()->findChildren<QCheckBox *>(QStringLiteral("findingTick")))
        box->setChecked(true);
    QCOMPARE(
        driver::type(wizard(), QStringLiteral("Type the target cluster's name to confirm"), QStringLiteral("drill")),
        QString());
    QTest::qWait(200);
    QVERIFY(!driver::canPress(wizard(), Erase));
    wizard()->close();
    QTRY_VERIFY(!wizard());

    QVERIFY(m_plans->open(name));
    QVERIFY2(m_plans->sign({QStringLiteral("bob")}), qPrintable(text()));
    QVERIFY(toReview());
    QTRY_VERIFY(
        driver::visibleText(wizard()).contains(QStringLiteral("As in the plan ab.tidemark-plan, which is approved.")));
    QVERIFY(!driver::visibleText(wizard()).contains(stops));
    send();
    wizard()->close();
    QTRY_VERIFY(!wizard());

    // Two people agreed to one restore.
    QVERIFY(m_plans->open(name));
    QVERIFY(toReview());
    QTRY_VERIFY2(driver::visibleText(wizard()).contains(stops), qPrintable(driver::visibleText(wizard())));
    QVERIFY2(driver::visibleText(wizard()).contains(QStringLiteral("was sent before")),
             qPrintable(driver::visibleText(wizard())));
    QVERIFY(!driver::canPress(wizard(), Erase));
}

QTEST_MAIN(PlanSentTest)
#include "plan_sent_test.moc"
