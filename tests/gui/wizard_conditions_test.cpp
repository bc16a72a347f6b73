#include "wizard_bench.h"

#include "ui/look/choice_card.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/utc_time_edit.h"
#include "ui/wizard/findings_panel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Next = QStringLiteral("Next");

FieldHint *visibleHint(RestoreWizard &wizard, const char *objectName)
{
    const auto hints = wizard.findChildren<FieldHint *>(QLatin1String(objectName));
    for (FieldHint *hint : hints) {
        if (hint->isVisible())
            return hint;
    }
    return nullptr;
}

/// Why a mode cannot be chosen, as its card says it.
QString objection(WizardBench &bench, const char *objectName)
{
    const auto *card = bench.wizard().findChild<ChoiceCard *>(QLatin1String(objectName));
    return card->accessibleDescription().endsWith(card->objection()) ? card->objection() : QString();
}

} // namespace

/// What is missing or wrong is said beside the field, in words, and Next stays disabled.
class WizardConditionsTest : public QObject
{
    Q_OBJECT

private:
    void expectProblem(WizardBench &bench, const char *hintName)
    {
        const FieldHint *hint = visibleHint(bench.wizard(), hintName);
        QVERIFY2(hint != nullptr, hintName);
        QVERIFY2(hint->level() == FieldHint::Level::Error, qPrintable(hint->text()));
        QVERIFY(!hint->text().isEmpty());
        QVERIFY(!bench.canPress(Next));
    }

    void expectFine(WizardBench &bench, const char *hintName)
    {
        const FieldHint *hint = visibleHint(bench.wizard(), hintName);
        QVERIFY2(hint == nullptr || hint->level() < FieldHint::Level::Error,
                 qPrintable(hint ? hint->text() : QString()));
    }

private Q_SLOTS:
    void untouchedFieldsAreHintedAtCalmly()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        QVERIFY(!bench.canPress(Next));
        const FieldHint *hint = visibleHint(bench.wizard(), "sourceClusterHint");
        QVERIFY(hint != nullptr);
        QCOMPARE(hint->level(), FieldHint::Level::Calm);
        QVERIFY(!hint->text().isEmpty());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(!bench.canPress(Next));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.canPress(Next));
        // Another project takes the choice back.
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Drills));
        QVERIFY(!bench.canPress(Next));
    }

    void aShardIsNoSource()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("shop-prod")));
        QVERIFY(bench.canPress(Next));
        auto *tree = qobject_cast<QTreeView *>(bench.table(QStringLiteral("Cluster"), QAccessible::Tree));
        tree->expandAll();
        const QModelIndex shard = tree->model()->index(0, 0, tree->currentIndex().siblingAtColumn(0));
        QVERIFY(shard.isValid());
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(shard).center());
        QVERIFY(!bench.wizard().draft().cluster.has_value());
        QVERIFY(!bench.canPress(Next));
    }

    void filterFindsAndKeepsTheChoice()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.typeInto(QStringLiteral("Filter clusters"), QStringLiteral("legacy")));
        const auto *tree = bench.table(QStringLiteral("Cluster"), QAccessible::Tree);
        QCOMPARE(tree->model()->rowCount(), 2); // the match, and what is chosen
        QVERIFY(bench.canPress(Next));
        QCOMPARE(bench.wizard().draft().cluster->name, QStringLiteral("ledger"));
    }

    void impossibleModesSayWhy()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("legacy-orders")));
        QVERIFY(bench.press(Next));
        QVERIFY(!bench.canPress(Next)); // no mode is chosen for anybody
        QVERIFY(!bench.button(QStringLiteral("Restore to a point in time"))->isEnabled());
        QVERIFY(!bench.button(QStringLiteral("Restore to an oplog timestamp"))->isEnabled());
        QVERIFY(bench.button(QStringLiteral("Restore to a checkpoint"))->isEnabled());
        QVERIFY(objection(bench, "mode3").contains(QStringLiteral("4.2")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.button(QStringLiteral("Restore to a point in time"))->isEnabled());
        QVERIFY(!bench.button(QStringLiteral("Restore to a checkpoint"))->isEnabled());
        QVERIFY(!objection(bench, "mode4").isEmpty());
        QVERIFY(objection(bench, "mode3").isEmpty());
    }

    void aModeThatBecomesImpossibleIsLetGo()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("legacy-orders")));
        QVERIFY(bench.press(Next));
        QVERIFY(!bench.button(QStringLiteral("Restore to a point in time"))->isChecked());
        QVERIFY(!bench.canPress(Next));
    }

    void linkConditions()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(!bench.canPress(Next));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.canPress(Next));
        const QString hours = QStringLiteral("Link expires after (hours)");
        for (const auto &wrong :
             {QStringLiteral("0"), QStringLiteral("-3"), QStringLiteral("four"), QString(), QStringLiteral("99999")}) {
            QVERIFY(bench.typeInto(hours, wrong));
            expectProblem(bench, "expirationHoursHint");
        }
        QVERIFY(bench.typeInto(hours, QStringLiteral("2")));
        expectFine(bench, "expirationHoursHint");
        QVERIFY(bench.canPress(Next));

        // Typing an end chooses it; the hours then do not count.
        const QString end = QStringLiteral("Link expires at (UTC)");
        const QDateTime now = bench.session().client().serverNow();
        QVERIFY(bench.typeInto(end, UtcTimeEdit::textOf(now.addSecs(-60))));
        expectProblem(bench, "expiresAtHint");
        QVERIFY(bench.button(end)->isChecked());
        QVERIFY(bench.typeInto(end, UtcTimeEdit::textOf(now.addYears(1)))); // outlives the snapshot
        expectProblem(bench, "expiresAtHint");
        QVERIFY(bench.typeInto(end, UtcTimeEdit::textOf(now.addSecs(3600))));
        QVERIFY(bench.canPress(Next));

        auto *most = qobject_cast<QSpinBox *>(bench.control(QStringLiteral("Maximum downloads"), QAccessible::SpinBox));
        most->setFocus();
        most->selectAll();
        QTest::keyClicks(most, QStringLiteral("0"));
        expectProblem(bench, "maxDownloadsHint");
        QVERIFY(bench.press(QStringLiteral("Unlimited")));
        QVERIFY(!most->isEnabled());
        QVERIFY(bench.canPress(Next));
    }

    void choosingTheOtherKindOfEndIsNoError()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(QStringLiteral("Link expires at (UTC)")));
        const FieldHint *hint = visibleHint(bench.wizard(), "expiresAtHint");
        QCOMPARE(hint->level(), FieldHint::Level::Calm); // nothing was typed yet
        QVERIFY(bench.edit(QStringLiteral("Link expires at (UTC)"))->hasFocus());
        QVERIFY(!bench.canPress(Next));
    }

    void oplogConditions()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        const QString seconds = QStringLiteral("Oplog timestamp (seconds)");
        const QString increment = QStringLiteral("Oplog increment");
        const qint64 now = bench.session().client().serverNow().toSecsSinceEpoch();
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        QVERIFY(bench.typeInto(seconds, QString::number(now - 1800)));
        QVERIFY(!bench.canPress(Next)); // both or neither; but nobody was at the increment yet
        QCOMPARE(visibleHint(bench.wizard(), "oplogIncrementHint")->level(), FieldHint::Level::Calm);
        QVERIFY(bench.typeInto(increment, QStringLiteral("2")));
        QVERIFY(bench.typeInto(increment, QString()));
        expectProblem(bench, "oplogIncrementHint");
        QVERIFY(bench.typeInto(increment, QStringLiteral("0")));
        expectProblem(bench, "oplogIncrementHint");
        QVERIFY(bench.typeInto(increment, QStringLiteral("4294967296")));
        expectProblem(bench, "oplogIncrementHint");
        QVERIFY(bench.typeInto(increment, QStringLiteral("1")));
        QVERIFY2(bench.canPress(Next), qPrintable(bench.hint(QStringLiteral("oplogSeconds"))));
        for (const auto &wrong : {QString::number(now + 3600), QString::number((now - 1800) * 1000),
                                  QStringLiteral("yesterday"), QStringLiteral("1")}) {
            QVERIFY(bench.typeInto(seconds, wrong));
            expectProblem(bench, "oplogSecondsHint");
        }
        // Pasted as the shell prints it.
        bench.edit(seconds)->selectAll();
        QTest::keyClicks(bench.edit(seconds), QStringLiteral("Timestamp(%1, 7)").arg(now - 1800));
        QCOMPARE(bench.edit(seconds)->text(), QString::number(now - 1800));
        QCOMPARE(bench.edit(increment)->text(), QStringLiteral("7"));
        QVERIFY(bench.canPress(Next));
    }

    void pointInTimeConditions()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        const QString field = QStringLiteral("Point in time");
        const QDateTime now = bench.session().client().serverNow();
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        for (const auto &wrong :
             {QStringLiteral("soon"), UtcTimeEdit::textOf(now.addSecs(3600)), UtcTimeEdit::textOf(now.addYears(-3)),
              UtcTimeEdit::textOf(now.addSecs(-1800)) + QStringLiteral(".5")}) {
            QVERIFY(bench.typeInto(field, wrong));
            expectProblem(bench, "pointInTimeHint");
        }
        QVERIFY(
            bench.typeInto(field, UtcTimeEdit::textOf(now.addSecs(-1800)).replace(QLatin1Char(' '), QLatin1Char('T')) +
                                      QLatin1Char('Z')));
        QVERIFY2(bench.canPress(Next), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
    }

    void targetAndConfirmation()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY(!bench.canPress(Next)); // no cluster is chosen for anybody
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Drills));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill-sharded")));
        // A replica set does not fit.
        const auto *preflight = bench.wizard().findChild<FindingsPanel *>(QStringLiteral("preflight"));
        QVERIFY(preflight->isVisible());
        QCOMPARE(int(preflight->entries().front().kind), int(FindingKind::Error));
        QVERIFY(!bench.canPress(Next));
        auto *tree = qobject_cast<QTreeView *>(bench.table(QStringLiteral("Target cluster"), QAccessible::Tree));
        for (int row = 0; row < tree->model()->rowCount(); ++row)
            QCOMPARE(tree->model()->rowCount(tree->model()->index(row, 0)), 0); // shards are not offered
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));

        const QString confirm = QStringLiteral("Type the target cluster's name to confirm");
        const QString erase = test::eraseButton(QStringLiteral("drill"));
        QVERIFY(bench.button(erase) != nullptr);
        QVERIFY(!bench.canPress(erase));
        // Seen before anything is confirmed.
        const auto *erasure = bench.wizard().findChild<QWidget *>(QStringLiteral("erasure"));
        QVERIFY(erasure->isVisible());
        QVERIFY2(erasure->accessibleName().contains(QStringLiteral("Cluster “drill” of project “Restore drills” is "
                                                                   "ERASED")),
                 qPrintable(erasure->accessibleName()));
        const auto *plan = bench.wizard().findChild<QLabel *>(QStringLiteral("plan"));
        QVERIFY(plan->text().contains(QStringLiteral("ledger")));
        QVERIFY(bench.typeInto(confirm, QStringLiteral("Drill")));
        QCOMPARE(visibleHint(bench.wizard(), "typedTargetNameHint")->level(), FieldHint::Level::Error);
        QVERIFY(!bench.canPress(erase));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.canPress(erase));

        // Whoever goes back and changes something confirms again.
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        auto *snapshots = bench.table(QStringLiteral("Snapshots"));
        snapshots->setFocus();
        QTest::keyClick(snapshots, Qt::Key_Down);
        QVERIFY(bench.press(Next));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.edit(confirm)->text().isEmpty());
        QVERIFY(!bench.canPress(erase));
        QVERIFY(bench.postedBodies().isEmpty());
    }

    void otherSourceForgetsTheSnapshot()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Download a snapshot")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("shop-prod")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.press(Next)); // the mode is still possible
        QVERIFY(bench.isOn(PointPageId));
        QVERIFY(bench.wizard().draft().snapshot.isEmpty());
        QVERIFY(!bench.canPress(Next));
        // The other cluster's snapshots are what is shown.
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QCOMPARE(bench.table(QStringLiteral("Snapshots"))->currentIndex().siblingAtColumn(5).data().toString(),
                 QStringLiteral("3"));
    }
};

QTEST_MAIN(WizardConditionsTest)
#include "wizard_conditions_test.moc"
