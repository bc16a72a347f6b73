#include "wizard_bench.h"

#include "ui/jobs/forget_dialog.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/load_view.h"
#include "ui/wizard/submitted_page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <utility>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Erase = test::eraseButton(QStringLiteral("drill"));
const QString Confirm = QStringLiteral("Type the target cluster's name to confirm");

QString visibleMessage(RestoreWizard &wizard)
{
    const auto views = wizard.findChildren<LoadView *>();
    for (const LoadView *view : views) {
        if (view->isVisible() && view->state() == LoadView::State::Failed)
            return view->message();
    }
    return {};
}

FieldHint *outcome(RestoreWizard &wizard)
{
    return wizard.findChild<FieldHint *>(QStringLiteral("outcome"));
}

} // namespace

/// What the wizard does when the server or the network fails: it says so where it happened, and never sends by itself.
static bool isSent(WizardBench &bench)
{
    return QTest::qWaitFor([&] {
        const Order *order = bench.session().orders().current();
        return order && order->phase() == Order::Phase::Sending;
    });
}

class WizardErrorsTest : public QObject
{
    Q_OBJECT

private:
    void toConfirmed(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
    }

    /// Waits until the first look at the jobs, with the links of single ones, has been over for a while.
    static bool jobsAreRead(WizardBench &bench)
    {
        qsizetype before = -1;
        QElapsedTimer since;
        return QTest::qWaitFor(
            [&] {
                const qsizetype asked = bench.requestedPaths().filter(QStringLiteral("/restoreJobs")).size();
                if (asked != std::exchange(before, asked))
                    since.start();
                return asked > 0 && since.hasExpired(2000);
            },
            30000);
    }

private Q_SLOTS:
    void snapshotsThatCannotBeReadAreTriedAgainByHand()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.addFault("/snapshots=403 always"));
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(QTest::qWaitFor([&] { return !visibleMessage(bench.wizard()).isEmpty(); }, 15000));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        const auto asked = bench.requestedPaths().filter(QStringLiteral("/snapshots")).size();
        QVERIFY(bench.press(QStringLiteral("Retry")));
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.requestedPaths().filter(QStringLiteral("/snapshots")).size() > asked; }));
    }

    void aRefusalStaysOnThePage()
    {
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(bench.addFault("POST /restoreJobs=409 once code=CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT"));
        QVERIFY(bench.press(Erase));
        QVERIFY(QTest::qWaitFor([&] { return outcome(bench.wizard())->isVisible(); }, 15000));
        QCOMPARE(outcome(bench.wizard())->level(), FieldHint::Level::Error);
        QVERIFY(!outcome(bench.wizard())->text().isEmpty());
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
        // The person decides again, and confirms again.
        QVERIFY(!bench.canPress(Erase));
        QVERIFY(bench.canPress(QStringLiteral("Back")));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.press(Erase));
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 2);
    }

    /// The job stands on the list, and that settles nothing: a person does, under Restore jobs.
    void aLostAnswerIsSettledByAPerson()
    {
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(bench.addFault("POST /restoreJobs=lost once"));
        QVERIFY(bench.press(Erase));
        QVERIFY(QTest::qWaitFor([&] { return outcome(bench.wizard())->isVisible(); }, 15000));
        QVERIFY2(outcome(bench.wizard())->text().contains(QStringLiteral("Not known yet")),
                 qPrintable(outcome(bench.wizard())->text()));
        const auto *state = bench.wizard().findChild<QLabel *>(QStringLiteral("orderState"));
        QVERIFY(!state->text().contains(QStringLiteral("Nothing has been sent")));
        OrderDesk &desk = bench.session().orders();
        QVERIFY(
            QTest::qWaitFor([&] { return !desk.views().empty() && !desk.views().front().candidates.empty(); }, 15000));
        QVERIFY2(state->text().contains(QStringLiteral("may be it")), qPrintable(state->text()));
        QVERIFY(desk.itIsThisOne(desk.views().front().order.key, desk.views().front().candidates.front().key()));
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
    }

    /// An order that is settled while the page is left is not the one that is asked for when it is entered again.
    void anotherRestoreIsNotTheOneBefore()
    {
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(bench.addFault("POST /restoreJobs=lost once"));
        QVERIFY(bench.press(Erase));
        QVERIFY(QTest::qWaitFor([&] { return outcome(bench.wizard())->isVisible(); }, 15000));
        OrderDesk &desk = bench.session().orders();
        QVERIFY(
            QTest::qWaitFor([&] { return !desk.views().empty() && !desk.views().front().candidates.empty(); }, 15000));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(desk.itIsThisOne(desk.views().front().order.key, desk.views().front().candidates.front().key()));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.press(Erase));
        // The target is being restored: it stops, and is not called ordered.
        QVERIFY(QTest::qWaitFor(
            [&] { return outcome(bench.wizard())->isVisible() || bench.wizard().currentId() == SubmittedPageId; },
            15000));
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
    }

    /// The words of an order that was settled later, and of a batch whose jobs appear one after the other.
    void theSubmittedPageSaysWhatIsTrue()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }, 15000));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QVERIFY(bench.isOn(SubmittedPageId));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Download now")); }, 15000));
        auto *page = qobject_cast<SubmittedPage *>(bench.wizard().page(SubmittedPageId));
        const auto *summary = page->findChild<QLabel *>(QStringLiteral("submittedSummary"));
        const std::vector<RestoreJob> jobs = bench.session().jobs().group(page->groupKey())->jobs;
        PendingOrder order;
        order.status = 504;
        order.sendings.resize(2);
        order.expectedJobs = 2;
        page->setOrder(order, jobs);
        QVERIFY(!bench.canPress(QStringLiteral("Download now")));
        QVERIFY2(summary->text().contains(QStringLiteral("HTTP 504")), qPrintable(summary->text()));
        QVERIFY2(summary->text().contains(QStringLiteral("sent twice")), qPrintable(summary->text()));
        order.status = 0;
        order.sendings.resize(1);
        order.expectedJobs = 1;
        page->setOrder(order, jobs);
        QVERIFY(bench.canPress(QStringLiteral("Download now")));
        QVERIFY2(summary->text().contains(QStringLiteral("No answer to the request came. It was sent once.")),
                 qPrintable(summary->text()));
    }

    void whatIsNotCertainIsSaid()
    {
        WizardBench bench({}, std::chrono::minutes(5));
        toConfirmed(bench);
        QVERIFY(jobsAreRead(bench));
        QVERIFY(bench.addFault("POST /restoreJobs=504 once"));
        QVERIFY(bench.press(Erase));
        QVERIFY(QTest::qWaitFor([&] { return outcome(bench.wizard())->isVisible(); }, 15000));
        QVERIFY2(outcome(bench.wizard())->text().contains(QStringLiteral("there would be two")),
                 qPrintable(outcome(bench.wizard())->text()));
        QVERIFY(bench.edit(Confirm)->text().isEmpty());
        QVERIFY(bench.edit(Confirm)->hasFocus());
        QVERIFY(!bench.canPress(Erase));
        QCOMPARE(bench.postedBodies().size(), 1);

        // The natural thing: type the name and press again. It stops, with both on the screen.
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.press(Erase));
        QVERIFY(
            QTest::qWaitFor([&] { return bench.button(QStringLiteral("Send a second restore")) != nullptr; }, 15000));
        QCOMPARE(bench.postedBodies().size(), 1);
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(!bench.canPress(Erase)); // without the tick
        QVERIFY(bench.press(QStringLiteral("Send a second restore")));
        QVERIFY(bench.press(Erase));
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 2);
    }

    void cancelWorksUntilItLeaves()
    {
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(bench.addFault("GET /restoreJobs=delay:2 always"));
        QVERIFY(bench.press(Erase));
        const auto *leftOut = bench.wizard().findChild<QLabel *>(QStringLiteral("orderLeftOut"));
        QTRY_VERIFY(leftOut->isVisible() && leftOut->text().contains(QStringLiteral("another project cannot be seen")));
        QVERIFY(bench.press(QStringLiteral("Cancel")));
        QVERIFY(!leftOut->isVisible());
        QVERIFY(bench.wizard().isVisible());
        QVERIFY(outcome(bench.wizard())->text().contains(QStringLiteral("Nothing was sent")));
        QTest::qWait(2500);
        QCOMPARE(bench.postedBodies().size(), 0);
    }

    /// Enter in the name's field, or with the focus on the button, orders nothing.
    void enterOrdersNothing()
    {
        WizardBench bench;
        toConfirmed(bench);
        QTest::keyClick(bench.edit(Confirm), Qt::Key_Return);
        auto *commit = qobject_cast<QPushButton *>(bench.button(Erase));
        QVERIFY(commit && !commit->isDefault() && !commit->autoDefault());
        commit->setFocus();
        QTest::keyClick(commit, Qt::Key_Return);
        QTest::keyClick(commit, Qt::Key_Enter);
        QTest::qWait(300);
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QVERIFY(!bench.session().orders().current());
        QTest::keyClick(commit, Qt::Key_Space);
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
    }

    void enterForgetsNothing()
    {
        ForgetDialog dialog(PendingOrder{}, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto *forget = dialog.findChild<QPushButton *>(QStringLiteral("forget"));
        forget->setFocus();
        QTest::keyClick(forget, Qt::Key_Return);
        QTest::keyClick(forget, Qt::Key_Enter);
        QVERIFY(dialog.isVisible());
        QTest::keyClick(forget, Qt::Key_Space);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void closingAsksOnlyWhileTheRequestIsUnderWay()
    {
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(bench.addFault("POST /restoreJobs=delay:2 once"));
        QVERIFY(bench.press(Erase));
        QVERIFY(isSent(bench));
        QVERIFY(!bench.canPress(Erase)); // once
        QVERIFY(!bench.canPress(QStringLiteral("Back")));
        QVERIFY(!bench.edit(Confirm)->isEnabled());
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        auto *question = bench.wizard().findChild<QMessageBox *>(QStringLiteral("closeQuestion"));
        QVERIFY(question != nullptr && question->isVisible());
        QVERIFY(bench.wizard().isVisible());
        // The answer comes while it is being asked: there is nothing left to ask.
        QVERIFY(bench.isOn(SubmittedPageId));
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.wizard().findChild<QMessageBox *>(QStringLiteral("closeQuestion")) == nullptr; }));
        QVERIFY(bench.wizard().isVisible());
    }

    void whatWasSentIsFollowedWithoutTheWindow()
    {
        WizardBench bench;
        toConfirmed(bench);
        const size_t before = bench.session().jobs().groups().size();
        QVERIFY(bench.addFault("POST /restoreJobs=delay:1 once"));
        QVERIFY(bench.press(Erase));
        QVERIFY(isSent(bench));
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        auto *question = bench.wizard().findChild<QMessageBox *>(QStringLiteral("closeQuestion"));
        QVERIFY(question != nullptr);
        for (QAbstractButton *choice : question->buttons()) {
            if (question->buttonRole(choice) == QMessageBox::AcceptRole)
                QTest::mouseClick(choice, Qt::LeftButton);
        }
        QVERIFY(!bench.wizard().isVisible());
        bench.closeWizard();
        const auto isKnown = [&] {
            const auto &groups = bench.session().jobs().groups();
            return groups.size() > before && std::any_of(groups.begin(), groups.end(), [](const JobGroup &group) {
                       return group.mode == RestoreMode::AutomatedSnapshot;
                   });
        };
        QVERIFY(QTest::qWaitFor(isKnown, 15000));
        QCOMPARE(bench.postedBodies().size(), 1);
    }

    void closingWhileSomethingIsBeingRead()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.addFault("GET /snapshots=delay:1 always"));
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(PointPageId));
        const size_t before = bench.requestedPaths().filter(QStringLiteral("/snapshots")).size();
        bench.closeWizard();
        // The answer comes to nobody.
        QVERIFY(QTest::qWaitFor(
            [&] { return size_t(bench.requestedPaths().filter(QStringLiteral("/snapshots")).size()) > before; },
            10000));
        QTest::qWait(300);
    }

    void cancelBeforeSendingSimplyCloses()
    {
        WizardBench bench;
        toConfirmed(bench);
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        QVERIFY(!bench.wizard().isVisible());
        QVERIFY(bench.postedBodies().isEmpty());
    }

    void catalogueThatCannotBeRead()
    {
        WizardBench bench({QStringLiteral("--access-list"), QStringLiteral("ip")});
        bench.wizard().show();
        QVERIFY(QTest::qWaitFor([&] { return !visibleMessage(bench.wizard()).isEmpty(); }, 15000));
        QVERIFY(bench.button(QStringLiteral("Retry")) != nullptr);
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        const auto asked = bench.requestedPaths().size();
        QVERIFY(bench.press(QStringLiteral("Retry")));
        QVERIFY(QTest::qWaitFor([&] { return bench.requestedPaths().size() > asked; }));
    }
};

QTEST_MAIN(WizardErrorsTest)
#include "wizard_errors_test.moc"
