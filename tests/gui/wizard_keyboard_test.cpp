#include "focus_names.h"
#include "support/held_key.h"
#include "wizard_bench.h"

#include "ui/widgets/field_hint.h"
#include "ui/wizard/target_page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Next = QStringLiteral("Next");
const QString Erase = eraseButton(QStringLiteral("drill"));
const QString Confirm = QStringLiteral("Type the target cluster's name to confirm");

} // namespace

/// Where the keyboard is and what it does: what is typed goes into the page's own field, and nothing else is pressed.
class WizardKeyboardTest : public QObject
{
    Q_OBJECT

private:
    static QString focusName(WizardBench &bench)
    {
        const QWidget *focus = bench.wizard().focusWidget();
        return focus ? focus->objectName() : QStringLiteral("nothing");
    }
    /// On the mode page of the replica set.
    void toMode(WizardBench &bench, const QString &cluster = QStringLiteral("ledger"))
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, cluster));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ModePageId));
    }
    void toReviewOf(WizardBench &bench)
    {
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
    }

private Q_SLOTS:
    void focusOnArrival_data()
    {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const char *cluster, const char *mode, const char *field) {
            QTest::newRow(name) << QString::fromLatin1(cluster) << QString::fromLatin1(mode)
                                << QString::fromLatin1(field);
        };
        row("point in time", "ledger", "Restore to a point in time", "pointInTime");
        row("oplog timestamp", "ledger", "Restore to an oplog timestamp", "oplogSeconds");
        row("checkpoint", "legacy-orders", "Restore to a checkpoint", "checkpoints");
        row("snapshot", "ledger", "Restore a snapshot to a cluster", "snapshots");
        row("download", "ledger", "Download a snapshot", "snapshots");
    }
    void focusOnArrival()
    {
        QFETCH(QString, cluster);
        QFETCH(QString, mode);
        QFETCH(QString, field);
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, cluster, mode));
        QTRY_COMPARE_WITH_TIMEOUT(focusName(bench), field, 15000);
    }

    void focusOnReviewAndAfterARefusal()
    {
        WizardBench bench;
        toReviewOf(bench);
        QCOMPARE(focusName(bench), QStringLiteral("typedTargetName"));
        QTest::keyClicks(bench.wizard().focusWidget(), QStringLiteral("dri"));
        QCOMPARE(bench.wizard().draft().typedTargetName, QStringLiteral("dri"));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.addFault("POST /restoreJobs=403 once code=USER_UNAUTHORIZED"));
        QVERIFY(bench.press(Erase));
        // While it is under way no key reaches Back or Cancel.
        QCOMPARE(focusName(bench), QStringLiteral("orderState"));
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Space);
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Return);
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QTRY_COMPARE_WITH_TIMEOUT(focusName(bench), QStringLiteral("typedTargetName"), 20000);
        QVERIFY(bench.wizard().isVisible());
    }

    /// Neither Enter nor Space that is pressed twice on Next sends what nobody has read.
    void nothingIsPostedUnread()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        auto *next = bench.button(Next);
        next->setFocus();
        QTest::keyClick(next, Qt::Key_Return);
        QVERIFY(bench.isOn(ReviewPageId));
        QCOMPARE(focusName(bench), QStringLiteral("sentences"));
        for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
            test::keyHeld(bench.wizard().focusWidget(), key);
            QTest::keyClick(bench.wizard().focusWidget(), key);
        }
        QTest::qWait(300);
        QVERIFY(!bench.session().orders().current());
        QCOMPARE(bench.wizard().currentId(), int(ReviewPageId));
        QVERIFY(bench.postedBodies().isEmpty());
    }

    /// Where Next was, the button that orders comes to be: the second press of a double click is still one on Next, and
    /// so is a key held down. A press of its own sends.
    void aSecondPressOfTheSameSendsNothing()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QTest::mouseClick(bench.button(Next), Qt::LeftButton);
        QVERIFY(bench.isOn(ReviewPageId));
        auto *order = bench.button(QStringLiteral("Create download link"));
        QTRY_VERIFY(order->isEnabled());
        const QPoint at = order->rect().center();
        QMouseEvent second(QEvent::MouseButtonDblClick, at, order->mapToGlobal(at), Qt::LeftButton, Qt::LeftButton,
                           Qt::NoModifier);
        QMouseEvent release(QEvent::MouseButtonRelease, at, order->mapToGlobal(at), Qt::LeftButton, Qt::NoButton,
                            Qt::NoModifier);
        QCoreApplication::sendEvent(order, &second);
        QCoreApplication::sendEvent(order, &release);
        QVERIFY(!bench.session().orders().current());
        order->setFocus();
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "), true);
        QCoreApplication::sendEvent(order, &held);
        order->click(); // as a script or assistive technology does while the key is down
        QVERIFY(!bench.session().orders().current());
        QVERIFY(bench.postedBodies().isEmpty());
        QKeyEvent up(QEvent::KeyRelease, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "));
        QCoreApplication::sendEvent(bench.wizard().focusWidget(), &up);
        QTest::mouseClick(order, Qt::LeftButton);
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(bench.postedBodies().size(), 1);
    }

    void modesByKeyboard()
    {
        WizardBench bench;
        toMode(bench);
        QCOMPARE(focusName(bench), QStringLiteral("mode0"));
        QVERIFY(!bench.canPress(Next));
        const auto mode = [&bench] { return bench.wizard().draft().mode; };
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Down);
        QCOMPARE(mode(), RestoreMode::AutomatedSnapshot); // an arrow chooses
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_4);
        QCOMPARE(mode(), RestoreMode::PointInTime);
        QCOMPARE(focusName(bench), QStringLiteral("mode3"));
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_5); // impossible here
        QCOMPARE(mode(), RestoreMode::PointInTime);
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_1);
        QCOMPARE(mode(), RestoreMode::DownloadSnapshot);
        test::keyHeld(bench.wizard().focusWidget(), Qt::Key_Return);
        QCOMPARE(bench.wizard().currentId(), int(ModePageId)); // held down from the page before
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Return);
        QVERIFY(bench.isOn(PointPageId));
    }

    /// The key that went on from the page before is still held down: it runs through no page.
    void enterHeldDownStaysOnItsPage()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        const QDateTime time = bench.session().client().serverNow().addSecs(-1800);
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
        QTRY_VERIFY_WITH_TIMEOUT(bench.canPress(Next), 15000);
        for (int i = 0; i < 20; ++i) {
            test::keyHeld(bench.wizard().focusWidget(), Qt::Key_Return);
        }
        QCOMPARE(bench.wizard().currentId(), int(PointPageId));
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Return);
        QVERIFY(bench.isOn(TargetPageId));
    }

    void enterOnAModeChoosesItAndGoesOn()
    {
        WizardBench bench;
        toMode(bench);
        bench.button(QStringLiteral("Restore to a point in time"))->setFocus();
        QVERIFY(!bench.wizard().draft().mode);
        QTest::keyClick(bench.wizard().focusWidget(), Qt::Key_Return);
        QVERIFY(bench.isOn(PointPageId));
        QCOMPARE(bench.wizard().draft().mode, RestoreMode::PointInTime);
    }

    /// Assistive technology checks a radio button without clicking it.
    void theLinksEndFollowsTheStateOfItsButton()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        auto *byHours = bench.wizard().findChild<QRadioButton *>(QStringLiteral("expiresByHours"));
        auto *byEnd = bench.wizard().findChild<QRadioButton *>(QStringLiteral("expiresByEnd"));
        QCOMPARE(bench.wizard().draft().linkLife, RestoreDraft::LinkLife::Hours);
        byEnd->setChecked(true);
        QCOMPARE(bench.wizard().draft().linkLife, RestoreDraft::LinkLife::Until);
        byHours->setChecked(true);
        QCOMPARE(bench.wizard().draft().linkLife, RestoreDraft::LinkLife::Hours);
    }

    void aNumberTooLargeIsObjectedTo()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.canPress(Next));
        auto *most = qobject_cast<QSpinBox *>(bench.control(QStringLiteral("Maximum downloads"), QAccessible::SpinBox));
        most->setFocus();
        most->selectAll();
        QTest::keyClicks(most, QStringLiteral("99999999999"));
        QCOMPARE(bench.wizard().draft().maxDownloads, QStringLiteral("99999999999"));
        QVERIFY2(bench.hint(QStringLiteral("maxDownloads")).contains(QStringLiteral("largest number")),
                 qPrintable(bench.hint(QStringLiteral("maxDownloads"))));
        QVERIFY(!bench.canPress(Next));
        // It stays so when the field is left.
        bench.edit(QStringLiteral("Link expires after (hours)"))->setFocus();
        QCOMPARE(most->text(), QStringLiteral("99999999999"));
        QCOMPARE(bench.wizard().draft().maxDownloads, QStringLiteral("99999999999"));
        QVERIFY(!bench.canPress(Next));
        most->setFocus();
        most->selectAll();
        QTest::keyClicks(most, QStringLiteral("7"));
        QCOMPARE(bench.wizard().draft().maxDownloads, QStringLiteral("7"));
        QTest::keyClick(most, Qt::Key_Up);
        QCOMPARE(bench.wizard().draft().maxDownloads, QStringLiteral("8"));
        QVERIFY(bench.canPress(Next));
    }

    void wholeSecondsAreOffered()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("2026-11-24 14:03:59.250Z")));
        const auto offered = [&bench](int number) {
            return bench.wizard().findChild<QPushButton *>(QStringLiteral("momentChoice%1").arg(number));
        };
        QVERIFY(offered(0) && offered(0)->text().startsWith(QStringLiteral("2026-11-24 14:03:59 UTC")));
        QVERIFY(offered(1) && offered(1)->text().startsWith(QStringLiteral("2026-11-24 14:04:00 UTC")));
        offered(1)->click();
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-24 14:04:00"));
        QCOMPARE(focusName(bench), QStringLiteral("pointInTime"));
        QTRY_VERIFY(!offered(0));
    }

    /// Production is never proposed as what is erased, and the source is marked.
    void theTargetIsNotGuessed()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY2(bench.wizard().draft().targetProject.id.isEmpty(),
                 qPrintable(bench.wizard().draft().targetProject.name));
        QCOMPARE(focusName(bench), QStringLiteral("targetProject"));
        const auto hintLevel = [&bench] {
            return bench.wizard().findChild<FieldHint *>(QStringLiteral("targetClusterHint"))->level();
        };
        QCOMPARE(hintLevel(), FieldHint::Level::Calm);
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Shop));
        QCOMPARE(hintLevel(), FieldHint::Level::Calm);
        QVERIFY(
            bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("ledger (source)")));
        QVERIFY(bench.wizard().findChild<FieldHint *>(QStringLiteral("targetIsSource"))->isVisible());
        // Of another project nothing has been chosen yet: that is no mistake.
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Drills));
        QCOMPARE(hintLevel(), FieldHint::Level::Calm);
        QVERIFY(!bench.wizard().findChild<FieldHint *>(QStringLiteral("targetIsSource"))->isVisible());
    }

    void theLastTargetIsProposed()
    {
        const auto group = [](const char *target, int day, bool here, JobKind::Is kind) {
            JobGroup made;
            made.targetProject = ProjectId(QString::fromLatin1(target));
            if (here)
                made.ordered = QDateTime(QDate(2026, 11, day), QTime(0, 0), Qt::UTC);
            made.kind.is = kind;
            return made;
        };
        using Is = JobKind::Is;
        QCOMPARE(lastTargetProject({}), ProjectId());
        QCOMPARE(lastTargetProject({group("a", 3, true, Is::ToCluster), group("b", 5, true, Is::ToCluster),
                                    group("c", 4, true, Is::ToCluster)}),
                 ProjectId(QStringLiteral("b")));
        QCOMPARE(lastTargetProject({group("a", 3, false, Is::ToCluster), group("b", 5, true, Is::Download)}),
                 ProjectId());
    }

    void theLastTargetIsProposedToTheNextRestore()
    {
        WizardBench bench;
        toReviewOf(bench);
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.press(Erase));
        QVERIFY(bench.isOn(SubmittedPageId));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session().jobs().groups().empty(), 15000);
        bench.newWizard();
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(TargetPageId));
        QCOMPARE(bench.wizard().draft().targetProject.name, QStringLiteral("Restore drills"));
        QVERIFY(!bench.wizard().draft().targetCluster); // chosen by hand in any case
    }

    /// Once it has left there is nothing to cancel, and the button does not say so.
    void cancelIsCalledCloseOnceItHasLeft()
    {
        WizardBench bench;
        toReviewOf(bench);
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        auto *cancel = bench.wizard().button(QWizard::CancelButton);
        const QString usual = cancel->text();
        QVERIFY(usual.contains(QStringLiteral("Cancel")));
        QVERIFY(bench.addFault("POST /restoreJobs=delay:2 once"));
        QVERIFY(bench.press(Erase));
        QTRY_COMPARE_WITH_TIMEOUT(cancel->text(), QStringLiteral("&Close"), 15000);
        QVERIFY(bench.isOn(SubmittedPageId));
        QCOMPARE(focusName(bench), QStringLiteral("submittedJobs"));
    }

    void everyStopHasAName()
    {
        WizardBench bench;
        const auto expectNamed = [&bench] {
            const QStringList unnamed = unnamedStops(&bench.wizard());
            QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
        };
        toMode(bench);
        expectNamed();
        QVERIFY(bench.press(QStringLiteral("Back")));
        expectNamed();
        QVERIFY(bench.press(Next));
        QVERIFY(bench.press(QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.press(Next));
        expectNamed();
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
        QVERIFY(bench.press(Next));
        expectNamed();
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        expectNamed();
    }

    /// The list was read once; reading it anew fails. It stays, and is said to be from before.
    void aListThatCannotBeReadAnewIsSaid()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.addFault("GET /snapshots=403 always code=USER_UNAUTHORIZED"));
        QVERIFY(bench.press(QStringLiteral("Refresh")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.canPress(QStringLiteral("Try again")), 15000);
        QVERIFY(bench.table(QStringLiteral("Snapshots"))->model()->rowCount() > 0);
    }
};

QTEST_MAIN(WizardKeyboardTest)
#include "wizard_keyboard_test.moc"
