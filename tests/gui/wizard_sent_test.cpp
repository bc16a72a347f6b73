#include "wizard_bench.h"

#include "preparation/kept_draft.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMessageBox>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Drills = QStringLiteral("Restore drills");
const QString Drill = QStringLiteral("drill");

} // namespace

/// What is known of an order is known of that order alone, and what was prepared is lost with none.
class WizardSentTest : public QObject
{
    Q_OBJECT

private:
    void toConfirmed(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                              QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, Drill));
        QVERIFY(bench.confirm(Drill));
    }
    void toNotKnown(WizardBench &bench)
    {
        toConfirmed(bench);
        QVERIFY(bench.addFault("POST /restoreJobs=lost once"));
        QVERIFY(bench.press(test::eraseButton(Drill)));
        const OrderDesk &desk = bench.session().orders();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.current() && !desk.views().empty() && !desk.views().front().candidates.empty(),
                                 30000);
    }
    static void closeWhileSending(WizardBench &bench)
    {
        bench.wizard().reject();
        const auto *question = bench.wizard().findChild<QMessageBox *>(QStringLiteral("closeQuestion"));
        QVERIFY(question);
        for (QAbstractButton *button : question->buttons()) {
            if (button->text().contains(QStringLiteral("Close window")))
                button->click();
        }
    }
    static std::optional<RestoreDraft> kept(WizardBench &bench) { return KeptDraft::of(bench.session()).draft(); }

private Q_SLOTS:
    /// An order of which nothing is known yet is not offered to be asked for again; what was prepared after it is.
    void whatIsPreparedAfterAnOrderIsKept()
    {
        WizardBench bench;
        toNotKnown(bench);
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("legacy-drill")));
        bench.wizard().reject();
        QVERIFY(kept(bench));
        QCOMPARE(kept(bench)->targetCluster->name, QStringLiteral("legacy-drill"));
    }

    void theSameIsNotOfferedAgain()
    {
        WizardBench bench;
        toNotKnown(bench);
        QVERIFY(bench.press(QStringLiteral("Back")));
        bench.wizard().reject();
        QVERIFY(!kept(bench));
    }

    /// Nor is the first of two, once the second has been sent.
    void noneOfTwoIsOfferedAgain()
    {
        WizardBench bench;
        toNotKnown(bench);
        for (int page = 0; page < 3; ++page)
            QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.isOn(ModePageId));
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        for (int page = 0; page < 2; ++page)
            QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.tickFindings());
        QVERIFY(bench.addFault("POST /restoreJobs=lost once"));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        const OrderDesk &desk = bench.session().orders();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.current(), 30000);
        // The first one may be behind a job that has appeared.
        QVERIFY(bench.press(QStringLiteral("Send a second restore")));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.current() && bench.postedBodies().size() == 2, 30000);
        for (int page = 0; page < 2; ++page)
            QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.isOn(ModePageId));
        QVERIFY(bench.press(QStringLiteral("Restore a snapshot to a cluster")));
        QCOMPARE(bench.wizard().draft().targetCluster->name, Drill);
        bench.wizard().reject();
        QVERIFY2(!kept(bench), "the first of the two is offered again");
    }

    /// Another preparation waited meanwhile: the order says nothing of it.
    void anOrderTakesNoOtherPreparationAway()
    {
        WizardBench bench;
        toConfirmed(bench);
        RestoreDraft other = bench.wizard().draft();
        other.mode = RestoreMode::DownloadSnapshot;
        KeptDraft::of(bench.session()).keep(other);
        QVERIFY(bench.press(test::eraseButton(Drill)));
        QVERIFY(bench.isOn(SubmittedPageId));
        QVERIFY(kept(bench));
        QCOMPARE(int(*kept(bench)->mode), int(RestoreMode::DownloadSnapshot));
    }

    /// The window is closed while the answer is awaited: what comes of it decides whether anything is left to offer.
    void aClosedWindowLosesNoPreparation_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("refused") << QByteArray("POST /restoreJobs=403 once code=USER_UNAUTHORIZED") << true;
        QTest::newRow("ordered") << QByteArray() << false;
        QTest::newRow("not known yet") << QByteArray("POST /restoreJobs=504 once") << false;
    }
    void aClosedWindowLosesNoPreparation()
    {
        QFETCH(QByteArray, fault);
        QFETCH(bool, isKept);
        WizardBench bench;
        toConfirmed(bench);
        QVERIFY(fault.isEmpty() || bench.addFault(fault));
        QVERIFY(bench.press(test::eraseButton(Drill)));
        const OrderDesk &desk = bench.session().orders();
        QVERIFY(desk.current());
        std::optional<bool> wasKept;
        connect(desk.current(), &Order::changed, this, [&] { // in the moment in which it leaves
            if (desk.current() && desk.current()->phase() == Order::Phase::Sending && bench.wizard().isVisible()) {
                closeWhileSending(bench);
                wasKept = kept(bench).has_value();
            }
        });
        QTRY_VERIFY_WITH_TIMEOUT(!bench.wizard().isVisible(), 15000);
        QCOMPARE(wasKept, std::optional(false)); // it may be ordered yet
        bench.closeWizard();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.current(), 30000);
        QCOMPARE(kept(bench).has_value(), isKept);
        QCOMPARE(bench.postedBodies().size(), 1);
        bench.newWizard();
        QVERIFY(bench.open());
        QCOMPARE(bench.canPress(QStringLiteral("Go on with it")), isKept);
        if (isKept)
            QVERIFY(kept(bench)->typedTargetName.isEmpty());
    }

    /// The first order is settled while the second one is on its way: the page stays with the second.
    void theFirstOrderIsNotTakenForTheSecond()
    {
        WizardBench bench;
        toNotKnown(bench);
        OrderDesk &desk = bench.session().orders();
        const QString first = desk.views().front().order.key;
        const QString candidate = desk.views().front().candidates.front().key();
        QVERIFY(bench.confirm(Drill));
        QVERIFY(bench.addFault("GET /restoreJobs=delay:3 always"));
        QVERIFY(bench.press(test::eraseButton(Drill)));
        QVERIFY(desk.current() && desk.current()->phase() == Order::Phase::Reading);
        QVERIFY(desk.itIsThisOne(first, candidate));
        QVERIFY(desk.current());
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QVERIFY(bench.press(QStringLiteral("Cancel")));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.current(), 15000);
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QVERIFY(bench.wizard().button(QWizard::CancelButton)->text().contains(QStringLiteral("Cancel")));
        QCOMPARE(bench.postedBodies().size(), 1);
    }
};

QTEST_MAIN(WizardSentTest)
#include "wizard_sent_test.moc"
