#include "wizard_bench.h"

#include "ui/look/chip.h"
#include "ui/look/erase_button.h"
#include "ui/look/panel.h"
#include "ui/look/stage_widgets.h"
#include "ui/wizard/findings_panel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QToolTip>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Drill = QStringLiteral("drill");
const QString Confirm = QStringLiteral("Type the target cluster's name to confirm");
const QString Link = QStringLiteral("Create download link");

QList<QCheckBox *> ticks(WizardBench &bench)
{
    QList<QCheckBox *> seen;
    for (QCheckBox *box : bench.wizard().findChildren<QCheckBox *>(QStringLiteral("findingTick"))) {
        if (box->isVisible())
            seen << box;
    }
    return seen;
}

EraseButton *orderButton(WizardBench &bench)
{
    return qobject_cast<EraseButton *>(bench.wizard().button(QWizard::CommitButton));
}

QStringList decisions(WizardBench &bench)
{
    QStringList all;
    for (const QLabel *label : bench.wizard().findChildren<QLabel *>(QStringLiteral("decision")))
        all << label->text();
    return all;
}

} // namespace

/// What is seen and has to be done on Review before anything is sent.
class WizardReviewTest : public QObject
{
    Q_OBJECT

private:
    void toReview(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, Drill));
    }
    void toDownload(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }, 15000));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
    }

private Q_SLOTS:
    /// Each warning, and each thing that could not be looked at; the name alone is not enough, nor the ticks.
    void whatStandsAgainstItIsTicked()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("GET /agents/AUTOMATION=403 always code=USER_UNAUTHORIZED"));
        toReview(bench);
        const QString erase = test::eraseButton(Drill);
        QVERIFY(QTest::qWaitFor([&] { return ticks(bench).size() >= 1; }, 15000));
        QVERIFY(bench.typeInto(Confirm, Drill));
        QVERIFY(!bench.canPress(erase));
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.canPress(erase));
        const QList<QCheckBox *> boxes = ticks(bench);
        QVERIFY(!boxes.isEmpty());
        for (QCheckBox *box : boxes) {
            box->setChecked(false); // as assistive technology does it
            QVERIFY2(!bench.canPress(erase), qPrintable(box->accessibleName()));
            box->setChecked(true);
            QVERIFY2(bench.canPress(erase), qPrintable(box->accessibleName()));
        }
        QVERIFY(bench.typeInto(Confirm, QStringLiteral("dril")));
        QVERIFY(!bench.canPress(erase));
        QVERIFY(bench.postedBodies().isEmpty());
    }

    /// Whoever goes back comes again to a restore that nobody has read yet.
    void ticksAreOfOneVisit()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("GET /agents/AUTOMATION=403 always code=USER_UNAUTHORIZED"));
        toReview(bench);
        QVERIFY(QTest::qWaitFor([&] { return !ticks(bench).isEmpty(); }, 15000));
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.canPress(test::eraseButton(Drill)));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(QTest::qWaitFor([&] { return !ticks(bench).isEmpty(); }, 15000));
        for (const QCheckBox *box : ticks(bench))
            QVERIFY2(!box->isChecked(), qPrintable(box->accessibleName()));
        QVERIFY(!bench.canPress(test::eraseButton(Drill)));
    }

    void theKeyboardGoesFromTicksToNameToButton()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("GET /agents/AUTOMATION=403 always code=USER_UNAUTHORIZED"));
        toReview(bench);
        QVERIFY(QTest::qWaitFor([&] { return !ticks(bench).isEmpty(); }, 15000));
        QVERIFY(bench.confirm(Drill));
        ticks(bench).constFirst()->setFocus();
        QStringList order;
        for (int i = 0; i < 20 && order.value(order.size() - 1) != QStringLiteral("commitButton"); ++i) {
            const QWidget *focus = bench.wizard().focusWidget();
            if (order.isEmpty() || order.constLast() != focus->objectName())
                order << focus->objectName();
            QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Tab);
        }
        order.removeAll(QStringLiteral("showRequest"));
        order.removeAll(QStringLiteral("savePlan"));
        order.removeAll(QStringLiteral("backButton"));
        QCOMPARE(order, QStringList({QStringLiteral("findingTick"), QStringLiteral("typedTargetName"),
                                     QStringLiteral("commitButton")}));
    }

    void theButtonSaysWhatItDoes()
    {
        WizardBench bench;
        toReview(bench);
        EraseButton *button = orderButton(bench);
        QCOMPARE(button->accessibleName(), QStringLiteral("Restore: Erase drill and restore"));
        QVERIFY(button->text().contains(QStringLiteral("Erase drill and restore")));
        QVERIFY(!button->isDefault());
        QVERIFY(!button->autoDefault());
        QCOMPARE(decisions(bench).value(0), QStringLiteral("ledger"));
        QCOMPARE(decisions(bench).value(2), Drill);
        QVERIFY(decisions(bench).value(1).endsWith(QStringLiteral(" UTC")));
        // Enter in the field of the name sends nothing, even where all is ticked.
        QVERIFY(bench.confirm(Drill));
        QTest::keyClick(bench.edit(Confirm), Qt::Key_Return);
        QTest::keyClick(bench.edit(Confirm), Qt::Key_Enter);
        QTest::qWait(300);
        QVERIFY(!bench.session().orders().current());
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
    }

    void aDownloadLosesNothing()
    {
        WizardBench bench;
        toDownload(bench);
        EraseButton *button = orderButton(bench);
        QCOMPARE(button->accessibleName(), Link);
        QVERIFY(!button->isDefault());
        QVERIFY(!button->autoDefault());
        QCOMPARE(decisions(bench).value(2), QStringLiteral("This computer"));
        QVERIFY(!bench.wizard().findChild<QWidget *>(QStringLiteral("erasure"))->isVisible());
        for (const Panel *panel : bench.wizard().findChildren<Panel *>())
            QVERIFY(!panel->isVisible() || panel->tone() != Ink::Danger);
    }

    /// The request is folded away, and stays as it was left.
    void theRequestIsFolded()
    {
        WizardBench bench;
        toDownload(bench);
        auto *tabs = bench.wizard().findChild<QWidget *>(QStringLiteral("requestTabs"));
        QVERIFY(!tabs->isVisible());
        QVERIFY(bench.press(QStringLiteral("Show request")));
        QVERIFY(tabs->isVisible());
        const RestoreWizard again(bench.session(), bench.downloads(), bench.settings());
        QVERIFY(again.findChild<QAbstractButton *>(QStringLiteral("showRequest"))->isChecked());
        QVERIFY(bench.press(QStringLiteral("Show request")));
        QVERIFY(!tabs->isVisible());
        const RestoreWizard third(bench.session(), bench.downloads(), bench.settings());
        QVERIFY(!third.findChild<QAbstractButton *>(QStringLiteral("showRequest"))->isChecked());
    }

    /// Nothing is called reached of an order that nobody knows, and nothing is left to cancel.
    void whatIsNotKnownYetIsShownSo()
    {
        WizardBench bench;
        toReview(bench);
        auto *panel = bench.wizard().findChild<QWidget *>(QStringLiteral("unknownOrder"));
        QVERIFY(!panel->isVisible());
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.addFault("POST /restoreJobs=lost once"));
        QVERIFY(bench.press(test::eraseButton(Drill)));
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible(), 15000);
        const auto *chip = panel->findChild<Chip *>();
        QCOMPARE(chip->chip().text, QStringLiteral("Not known yet"));
        QCOMPARE(int(inkOf(chip->chip().kind)), int(Ink::Warn));
        for (const Stage &stage : panel->findChild<StageRow *>()->stages())
            QCOMPARE(int(stage.state), int(StageState::ToCome));
        QVERIFY(bench.wizard().button(QWizard::CancelButton)->text().contains(QStringLiteral("Close")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.wizard().button(QWizard::CancelButton)->text().contains(QStringLiteral("Cancel")));
    }

    /// What can be downloaded is one Enter away, and only then.
    void downloadNowIsTheDefault()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.5")});
        toDownload(bench);
        QVERIFY(bench.tickFindings());
        QVERIFY(bench.press(Link));
        QVERIFY(bench.isOn(SubmittedPageId));
        auto *now = bench.wizard().findChild<QPushButton *>(QStringLiteral("downloadNow"));
        QTRY_VERIFY_WITH_TIMEOUT(now->isEnabled(), 15000);
        QVERIFY(now->isDefault());
        const StageRow *stages = nullptr;
        for (const StageRow *row : bench.wizard().page(SubmittedPageId)->findChildren<StageRow *>())
            stages = row;
        QStringList titles;
        for (const Stage &stage : stages->stages())
            titles << stage.title;
        QCOMPARE(titles, QStringList({QStringLiteral("Ordered"), QStringLiteral("Accepted"), QStringLiteral("Ready")}));
    }
};

QTEST_MAIN(WizardReviewTest)
#include "wizard_review_test.moc"
