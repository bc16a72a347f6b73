#include "support/held_key.h"
#include "wizard_bench.h"

#include "preparation/kept_draft.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using test::keyHeld;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Next = QStringLiteral("Next");

} // namespace

/// A restore that was left unfinished is offered again, and nothing else is.
class WizardLeftTest : public QObject
{
    Q_OBJECT

private:
    static QString offer(WizardBench &bench)
    {
        const auto *notice = bench.wizard().findChild<QWidget *>(QStringLiteral("keptDraft"));
        return notice->findChild<QLabel *>(QStringLiteral("noticeSentence"))->text();
    }
    static QPushButton *offered(WizardBench &bench, const char *name)
    {
        auto *button = bench.wizard().findChild<QPushButton *>(QLatin1String(name));
        return button && button->isVisible() ? button : nullptr;
    }

    /// One of this cluster that is put away with its mode chosen.
    static bool leave(WizardBench &bench, const QString &cluster)
    {
        bench.newWizard();
        const bool isThere = bench.toPoint(Shop, cluster, QStringLiteral("Download a snapshot"));
        bench.wizard().reject();
        return isThere;
    }
    /// Of the kept ones, the one that is offered at the end.
    static QString names(WizardBench &bench)
    {
        QStringList names;
        for (const RestoreDraft &draft : KeptDraft::of(bench.session()).all())
            names << draft.cluster->name;
        return names.join(QStringLiteral(", "));
    }

private Q_SLOTS:
    void aFilledWizardIsOfferedAgain_data()
    {
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("go on") << true;
        QTest::newRow("start anew") << false;
    }
    void aFilledWizardIsOfferedAgain()
    {
        QFETCH(bool, goesOn);
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
        const QString confirm = QStringLiteral("Type the target cluster's name to confirm");
        QVERIFY(bench.typeInto(confirm, QStringLiteral("drill")));
        const RestoreDraft left = bench.wizard().draft();
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        QVERIFY(!bench.wizard().isVisible());
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape); // once more: there is nothing left to close
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY(bench.wizard().draft().cluster == std::nullopt); // nothing is filled in unasked
        QVERIFY(offered(bench, "keptGoOn"));
        QVERIFY2(offer(bench).contains(QStringLiteral("Shop / ledger, Restore a snapshot")), qPrintable(offer(bench)));
        keyHeld(bench.wizard().focusWidget(), Qt::Key_Return);
        QVERIFY(bench.wizard().draft().cluster == std::nullopt);
        if (!goesOn) {
            QVERIFY(bench.press(QStringLiteral("Start anew")));
            QVERIFY(!offered(bench, "keptGoOn"));
            QVERIFY(bench.wizard().draft().cluster == std::nullopt);
            QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
            bench.newWizard();
            QVERIFY(bench.open());
            QVERIFY(!offered(bench, "keptGoOn"));
            return;
        }
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QVERIFY(bench.isOn(PointPageId));
        RestoreDraft expected = left;
        expected.typedTargetName.clear(); // typed again by whoever goes on
        QCOMPARE(bench.wizard().draft().snapshot, expected.snapshot);
        QCOMPARE(bench.wizard().draft().targetCluster->id, expected.targetCluster->id);
        QVERIFY(bench.wizard().draft().typedTargetName.isEmpty());
        // Left again, it is offered again.
        bench.wizard().reject();
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY(offered(bench, "keptGoOn"));
    }

    void whatIsEmptyOrFilledInBeforehandIsNotKept()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop)); // nothing is lost with a project
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        QVERIFY(!KeptDraft::of(bench.session()).draft());
        RestoreDraft draft;
        draft.project = *bench.session().catalogue().project(ProjectId(bench.projectId(Shop)));
        draft.cluster =
            *bench.session().catalogue().cluster(ClusterId(bench.clusterId(Shop, QStringLiteral("ledger"))));
        bench.newWizard();
        bench.wizard().setDraft(draft);
        bench.wizard().show();
        bench.wizard().reject();
        QVERIFY(!KeptDraft::of(bench.session()).draft());
        bench.newWizard();
        bench.wizard().setDraft(draft);
        bench.wizard().show();
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        bench.wizard().close(); // by the frame's button
        QVERIFY(KeptDraft::of(bench.session()).draft());
        // Where something is filled in beforehand there is no room for another one.
        bench.newWizard();
        bench.wizard().setDraft(draft);
        bench.wizard().show();
        bench.wizard().back();
        QVERIFY(!offered(bench, "keptGoOn"));
    }

    /// One that is put away with nothing in it takes nothing away.
    void anEmptyWizardDropsNothing()
    {
        WizardBench bench;
        QVERIFY(leave(bench, QStringLiteral("ledger")));
        for (int i = 0; i < 3; ++i) {
            bench.newWizard();
            QVERIFY(bench.open());
            QVERIFY(offered(bench, "keptGoOn"));
            QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        }
        QCOMPARE(names(bench), QStringLiteral("ledger"));
    }

    /// What was filled in beforehand, and what is begun beside the offer, take no other's place.
    void noneTakesTheOthersPlace()
    {
        WizardBench bench;
        QVERIFY(leave(bench, QStringLiteral("ledger")));
        RestoreDraft repeated = *KeptDraft::of(bench.session()).draft();
        repeated.mode = RestoreMode::AutomatedSnapshot;
        bench.newWizard();
        bench.wizard().setDraft(repeated);
        bench.wizard().show();
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Restore to an oplog timestamp")));
        bench.wizard().reject();
        QCOMPARE(names(bench), QStringLiteral("ledger, ledger"));
        QVERIFY(leave(bench, QStringLiteral("legacy-orders")));
        QCOMPARE(names(bench), QStringLiteral("ledger, ledger, legacy-orders"));

        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY2(offer(bench).contains(QStringLiteral("legacy-orders")), qPrintable(offer(bench)));
        QVERIFY(bench.press(QStringLiteral("Start anew"))); // that one alone
        QVERIFY(offered(bench, "keptGoOn"));
        QVERIFY2(offer(bench).contains(QStringLiteral("ledger, Restore to an oplog")), qPrintable(offer(bench)));
        // What was begun here before the offer is taken is left for it.
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("legacy-orders")));
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QCOMPARE(bench.wizard().draft().cluster->name, QStringLiteral("ledger"));
        QCOMPARE(names(bench), QStringLiteral("ledger, legacy-orders"));
        bench.wizard().reject();
        QCOMPARE(names(bench), QStringLiteral("ledger, legacy-orders, ledger"));
    }

    /// Another one is left while the first is offered, by an order that was refused: what is pressed is for what is
    /// read.
    void whatIsPressedIsForWhatIsRead_data()
    {
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("go on") << true;
        QTest::newRow("start anew") << false;
    }
    void whatIsPressedIsForWhatIsRead()
    {
        QFETCH(bool, goesOn);
        WizardBench bench;
        QVERIFY(leave(bench, QStringLiteral("legacy-orders")));
        const RestoreDraft other = *KeptDraft::of(bench.session()).draft();
        KeptDraft::of(bench.session()).drop(other);
        QVERIFY(leave(bench, QStringLiteral("ledger")));
        bench.newWizard();
        QVERIFY(bench.open());
        KeptDraft::of(bench.session()).keep(other);
        QVERIFY2(offer(bench).contains(QStringLiteral("ledger")), qPrintable(offer(bench)));
        QVERIFY(bench.press(goesOn ? QStringLiteral("Go on with it") : QStringLiteral("Start anew")));
        QCOMPARE(names(bench), QStringLiteral("legacy-orders"));
        if (goesOn)
            QCOMPARE(bench.wizard().draft().cluster->name, QStringLiteral("ledger"));
        else
            QVERIFY2(offer(bench).contains(QStringLiteral("legacy-orders")), qPrintable(offer(bench)));
    }

    /// What was typed is not lost because the cluster is no longer chosen.
    void whatWasTypedIsKeptWithoutACluster()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("2026-11-27 14:03:07")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Drills));
        QVERIFY(!bench.wizard().draft().cluster);
        bench.wizard().reject();
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY2(offer(bench).contains(QStringLiteral("point in time, 2026-11-27 14:03:07")), qPrintable(offer(bench)));
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-27 14:03:07"));
        QVERIFY(!offered(bench, "keptGoOn"));
    }

    /// The session ends, and its windows with it.
    void whatIsOpenWhenTheWindowsEndIsKept()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        bench.closeWizard();
        QCOMPARE(names(bench), QStringLiteral("ledger"));
    }

    /// Nobody has chosen what was only proposed.
    void aProposalIsNoChoice()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("1 hour ago")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        QVERIFY(bench.press(Next));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.wizard().draft().snapshot.isEmpty(), 15000);
        bench.wizard().reject();
        QVERIFY(KeptDraft::of(bench.session()).draft()->snapshot.isEmpty());
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.wizard().draft().snapshot.isEmpty(), 15000);
    }

    /// What was sent is not offered to be asked for again, whatever came of it.
    void whatWasSentIsNotKept_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("ordered") << QByteArray() << false;
        QTest::newRow("not known yet") << QByteArray("POST /restoreJobs=lost once") << false;
        QTest::newRow("refused") << QByteArray("POST /restoreJobs=403 once code=USER_UNAUTHORIZED") << true;
    }
    void whatWasSentIsNotKept()
    {
        QFETCH(QByteArray, fault);
        QFETCH(bool, isKept);
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        KeptDraft::of(bench.session()).keep(bench.wizard().draft());
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(fault.isEmpty() || bench.addFault(fault));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().orders().current() != nullptr, 15000);
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().orders().current() == nullptr, 30000);
        bench.wizard().reject();
        QCOMPARE(KeptDraft::of(bench.session()).draft().has_value(), isKept);
    }

    /// While it is being sent closing asks about that, and keeps nothing.
    void whatIsBeingSentIsLeftAlone()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.addFault("POST /restoreJobs=delay:2 once"));
        QVERIFY(bench.press(QStringLiteral("Create download link")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().orders().current() &&
                                     bench.session().orders().current()->phase() == Order::Phase::Sending,
                                 15000);
        QTest::keyClick(&bench.wizard(), Qt::Key_Escape);
        keyHeld(&bench.wizard(), Qt::Key_Escape);
        QVERIFY(bench.wizard().isVisible());
        QVERIFY(!KeptDraft::of(bench.session()).draft());
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
    }
};

QTEST_MAIN(WizardLeftTest)
#include "wizard_left_test.moc"
