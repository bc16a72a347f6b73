#include "checklist_bench.h"

#include "focus_names.h"
#include "history/history.h"
#include "plans/kept_plans.h"
#include "restore/checklists.h"
#include "ui/look/look_style.h"

#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>

using namespace tidemark;
using namespace tidemark::test;

/// What a house sees to before a cluster is erased: asked for, changed, held up by what it requires, and written down.
class WizardChecklistTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useLookStyle(); }

    /// Nothing of it holds a restore up, and all of it is written down: what was ticked and what was not, as it was
    /// when the order left.
    void whatIsTickedGoesWithTheOrder()
    {
        WizardBench bench;
        toReview(bench);
        QCOMPARE(ticks(bench).size(), 3);
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.canPress(test::eraseButton(Drill)));
        ticks(bench).constFirst()->setFocus();
        QTest::keyClick(ticks(bench).constFirst(), Qt::Key_Space);
        QLineEdit *ticket = seen<QLineEdit>(bench.wizard(), "checklistText").constLast();
        QCOMPARE(ticket->accessibleName(), QStringLiteral("Ticket"));
        ticket->setFocus();
        QTest::keyClicks(ticket, QStringLiteral("INC 4711"));
        QVERIFY(ticks(bench).constLast()->isChecked()); // who types it says that there is one
        QCOMPARE(said(bench, "checklistCount"), QStringLiteral("2 of 3 ticked"));
        QVERIFY(bench.canPress(test::eraseButton(Drill)));
        QVERIFY(bench.press(test::eraseButton(Drill)));
        QVERIFY(bench.isOn(SubmittedPageId));

        const std::vector<ChecklistTick> expected{{QStringLiteral("Clients are stopped"), true, {}},
                                                  {QStringLiteral("Who was told"), false, {}},
                                                  {QStringLiteral("Ticket"), true, QStringLiteral("INC 4711")}};
        const History history = readHistory(bench.session().auditFile());
        QVERIFY(!history.verdict.trouble);
        const auto sending = std::ranges::find(history.entries, QStringLiteral("sending"), &HistoryEntry::event);
        QVERIFY(sending != history.entries.end());
        QCOMPARE(ticksFromJson(sending->details.value(QStringLiteral("checklist"))), expected);
        QVERIFY(!sending->details.value(QStringLiteral("ticked")).toArray().isEmpty());
        // Its plan is kept, although none was saved.
        const auto plan = readKeptPlan(KeptPlans(bench.session().plansFolder()).pathOf(sending->planHash()));
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().sentence));
        QCOMPARE(plan->plan.target->name, Drill);
        QVERIFY(!sending->details.contains(QStringLiteral("planNotKept")));
        QVERIFY(!sending->details.value(QStringLiteral("plan")).toObject().contains(QStringLiteral("file")));
        // What the report is made of.
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session().jobs().groups().empty(), 15000);
        QCOMPARE(bench.session().jobs().groups().front().record.checklist, expected);
    }

    void whatIsRequiredHoldsItUp()
    {
        WizardBench bench;
        toReview(bench);
        const ProjectId project(bench.projectId(Drills));
        QVERIFY(bench.session().checklists().put(
            project, {{QStringLiteral("Ticket"), true, true}, {QStringLiteral("Clients are stopped"), false, false}}));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QCOMPARE(ticks(bench).constFirst()->accessibleName(), QStringLiteral("Ticket (required)"));
        QVERIFY(bench.confirm(Drill));
        QVERIFY(!bench.canPress(test::eraseButton(Drill)));
        QCOMPARE(said(bench, "checklistMissing"),
                 QStringLiteral("“Restore drills” requires before it is sent: Ticket."));
        ticks(bench).constFirst()->setChecked(true);
        QVERIFY(!bench.canPress(test::eraseButton(Drill))); // its number is missing
        seen<QLineEdit>(bench.wizard(), "checklistText").constFirst()->setText(QStringLiteral("4711"));
        QVERIFY(bench.canPress(test::eraseButton(Drill)));
        QVERIFY(bench.postedBodies().isEmpty());
    }

    /// What has to be ticked stays next to the name, and is reached from there without going through the list.
    void theKeyboardGoesThroughItBeforeTheFindings()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("GET /agents/AUTOMATION=403 always code=USER_UNAUTHORIZED"));
        toReview(bench);
        QTRY_VERIFY_WITH_TIMEOUT(!seen<QCheckBox>(bench.wizard(), "findingTick").isEmpty(), 15000);
        QVERIFY(bench.confirm(Drill));
        ticks(bench).constFirst()->setFocus();
        QStringList stops;
        for (int i = 0; i < 20 && !stops.contains(QStringLiteral("typedTargetName")); ++i) {
            const QString stop = bench.wizard().focusWidget()->objectName();
            if (stops.value(stops.size() - 1) != stop || stop != QStringLiteral("findingTick"))
                stops << stop;
            QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(stops, QStringList({QStringLiteral("checklistTick"), QStringLiteral("checklistTick"),
                                     QStringLiteral("checklistText"), QStringLiteral("checklistTick"),
                                     QStringLiteral("checklistText"), QStringLiteral("changeChecklist"),
                                     QStringLiteral("findingTick"), QStringLiteral("typedTargetName")}));
    }

    /// What the house requires is not known then: that has to be ticked, and stays said.
    void aListThatIsNotUnderstoodIsAFinding()
    {
        WizardBench bench;
        toReview(bench);
        const QString project = bench.projectId(Drills);
        QVERIFY(bench.session().checklists().put(ProjectId(project), {{QStringLiteral("Mine"), false, true}}));
        QFile file(QFileInfo(bench.session().auditFile()).dir().filePath(QStringLiteral("checklists.json")));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        file.close();
        root.insert(QStringLiteral("projects"), QJsonObject{{project, QStringLiteral("another sort of list")}});
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QJsonDocument(root).toJson());
        file.close();
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        const auto isFound = [&bench] {
            for (const QLabel *label : seen<QLabel>(bench.wizard(), "findingSentence")) {
                if (label->text().startsWith(QStringLiteral("What “Restore drills” requires before it is sent could")))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(isFound());
        const auto *message = bench.wizard().findChild<QWidget *>(QStringLiteral("checklistMessage"));
        QVERIFY(message->isVisible());
        QVERIFY(bench.press(QStringLiteral("Change this list…")));
        QWidget *dialog = dialogOf(bench);
        QVERIFY(dialog);
        qobject_cast<QDialog *>(dialog)->reject();
        QVERIFY(message->isVisible() && isFound());
    }

    void ticksAreOfOneVisit()
    {
        WizardBench bench;
        toReview(bench);
        for (QCheckBox *box : ticks(bench))
            box->setChecked(true);
        seen<QLineEdit>(bench.wizard(), "checklistText").constFirst()->setText(QStringLiteral("Ada"));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        for (const QCheckBox *box : ticks(bench))
            QVERIFY2(!box->isChecked(), qPrintable(box->accessibleName()));
        QVERIFY(seen<QLineEdit>(bench.wizard(), "checklistText").constFirst()->text().isEmpty());
    }

    /// What is written down is what is seen here.
    void whatIsPastedIsOneHonestLine()
    {
        WizardBench bench;
        toReview(bench);
        QLineEdit *told = seen<QLineEdit>(bench.wizard(), "checklistText").constFirst();
        told->setFocus();
        told->insert(QStringLiteral("Ada\nand\u202eboB\u0007 "));
        QCOMPARE(told->text(), QStringLiteral("Ada andboB "));
        told->insert(QString(500, u'x'));
        QCOMPARE(told->text().size(), LongestChecklistText);
    }

    void aDownloadAsksForNothing()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }, 15000));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(ticks(bench).isEmpty());
        QVERIFY(!bench.wizard().findChild<QWidget *>(QStringLiteral("checklist"))->isVisible());
    }

    /// With the keyboard alone.
    void theListIsChanged()
    {
        WizardBench bench;
        toReview(bench);
        auto *change = bench.wizard().findChild<QAbstractButton *>(QStringLiteral("changeChecklist"));
        change->setFocus();
        QTest::keyClick(change, Qt::Key_Space);
        QWidget *dialog = dialogOf(bench);
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QCOMPARE(unnamedStops(dialog), QStringList());
        // The first item is reworded and required; the second goes; one is added.
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Item 1"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("Mail is off"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Item 1 with a text"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Item 1 required"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Space);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Remove item 2"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Space);
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Remove item 2")); // what was the third
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        QCOMPARE(dialog->focusWidget()->objectName(), QStringLiteral("addChecklistItem"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Space);
        QAbstractButton *ok = buttonOf(dialog, "keepChecklist");
        QVERIFY(!ok->isEnabled()); // it says nothing yet
        QCOMPARE(dialog->focusWidget()->accessibleName(), QStringLiteral("Item 3"));
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("ticket"));
        QVERIFY(!ok->isEnabled()); // there is one already
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral(" of the vendor"));
        QVERIFY(ok->isEnabled());
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(ticks(bench).size(), 3);
        QStringList names;
        for (const QCheckBox *box : ticks(bench))
            names << box->accessibleName();
        QCOMPARE(names, QStringList({QStringLiteral("Mail is off (required)"), QStringLiteral("Ticket"),
                                     QStringLiteral("ticket of the vendor")}));
        // It is this project's, and stays so.
        QCOMPARE(bench.session().checklists().of(ProjectId(bench.projectId(Shop))), usualChecklist());
        QCOMPARE(bench.session().checklists().of(ProjectId(bench.projectId(Drills))).size(), size_t(3));
    }

    void cancelAndTheUsualList()
    {
        WizardBench bench;
        toReview(bench);
        QVERIFY(bench.session().checklists().put(ProjectId(bench.projectId(Drills)), {}));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(ticks(bench).isEmpty());
        QCOMPARE(said(bench, "checklistMissing"), QStringLiteral("“Restore drills” asks for nothing."));
        QVERIFY(bench.press(QStringLiteral("Change this list…")));
        QWidget *dialog = dialogOf(bench);
        QVERIFY(dialog);
        buttonOf(dialog, "usualChecklist")->click();
        buttonOf(dialog, "cancelChecklist")->click();
        QTRY_VERIFY(!bench.wizard().findChild<QWidget *>(QStringLiteral("checklistDialog")));
        QVERIFY(ticks(bench).isEmpty());
        QVERIFY(bench.press(QStringLiteral("Change this list…")));
        dialog = dialogOf(bench);
        QVERIFY(dialog);
        buttonOf(dialog, "usualChecklist")->click();
        buttonOf(dialog, "keepChecklist")->click();
        QTRY_COMPARE(ticks(bench).size(), 3);
    }

    void whyTheListCouldNotBeWritten()
    {
        WizardBench bench;
        toReview(bench);
        const QString file = QFileInfo(bench.session().auditFile()).dir().filePath(QStringLiteral("checklists.json"));
        QVERIFY(QDir().mkpath(file)); // something of its name is in the way
        QVERIFY(bench.press(QStringLiteral("Change this list…")));
        QWidget *dialog = dialogOf(bench);
        QVERIFY(dialog);
        buttonOf(dialog, "removeChecklistItem")->click();
        buttonOf(dialog, "keepChecklist")->click();
        QTRY_VERIFY_WITH_TIMEOUT(bench.wizard().findChild<QWidget *>(QStringLiteral("checklistMessage"))->isVisible(),
                                 5000);
        QCOMPARE(ticks(bench).size(), 3);
    }
};

QTEST_MAIN(WizardChecklistTest)
#include "wizard_checklist_test.moc"
