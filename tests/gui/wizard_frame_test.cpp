#include "wizard_bench.h"

#include "ui/look/chip.h"
#include "ui/look/row_delegate.h"
#include "ui/look/step_rail.h"

#include <QLabel>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Next = QStringLiteral("Next");

QString shownLabel(WizardBench &bench, const char *objectName)
{
    for (const QLabel *label : bench.wizard().findChildren<QLabel *>(QLatin1String(objectName))) {
        if (label->isVisible())
            return label->text();
    }
    return {};
}

} // namespace

/// What stands around the pages' fields: the rail, the title, and the words about what was decided on earlier pages.
class WizardFrameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The page draws its title by itself, and is known by it.
    void pagesSayWhatTheyAre()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                              QStringLiteral("Restore to a point in time")));
        const auto check = [&](const QString &title, const QString &what) {
            QCOMPARE(shownLabel(bench, "pageTitle"), title);
            QCOMPARE(shownLabel(bench, "pageSubTitle"), what);
            const QAccessibleInterface *page = QAccessible::queryAccessibleInterface(bench.wizard().currentPage());
            QCOMPARE(page->text(QAccessible::Name), title);
            QCOMPARE(page->text(QAccessible::Description), what);
        };
        check(QStringLiteral("Restore point"), QStringLiteral("The moment to which ledger is restored."));
        QVERIFY(bench.press(QStringLiteral("Back")));
        check(QStringLiteral("Restore mode"), QStringLiteral("What is to be restored, and where to."));
    }

    /// The rail reaches the window's edges, whichever page is seen and however large the window is.
    void theRailIsFlush()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        const auto *rail = bench.wizard().findChild<StepRail *>();
        const auto isFlush = [&] {
            const QPoint corner = rail->mapTo(&bench.wizard(), QPoint());
            return corner == QPoint() && rail->isVisible();
        };
        QTRY_VERIFY(isFlush());
        bench.wizard().resize(bench.wizard().minimumSize());
        QTRY_VERIFY(isFlush());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), QStringLiteral("Shop")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ModePageId));
        QTRY_VERIFY(isFlush());
        // The page fills what is beside it.
        const QWidget *page = bench.wizard().currentPage();
        QCOMPARE(page->mapTo(&bench.wizard(), QPoint()).x(), rail->width());
        QCOMPARE(page->mapTo(&bench.wizard(), QPoint(page->width(), 0)).x(), bench.wizard().width());
    }

    /// Whoever decided on a moment finds the snapshot for it chosen, and why; another choice stays.
    void theSnapshotBeforeTheMomentIsProposed()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                              QStringLiteral("Restore to a point in time")));
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
        QVERIFY(bench.press(QStringLiteral("Latest restorable")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.press(Next));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.wizard().draft().snapshot.isEmpty(), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(bench.canPress(Next), 15000);
        const auto *said = bench.wizard().findChild<QWidget *>(QStringLiteral("snapshotWhy"));
        QVERIFY(said && said->isVisible());
        const auto text = [said] {
            QStringList all;
            for (const QLabel *label : said->findChildren<QLabel *>())
                all << label->text();
            return all.join(QLatin1Char(' '));
        };
        QVERIFY2(text().contains(QStringLiteral("latest complete one before")), qPrintable(text()));
        const SnapshotId proposed = bench.wizard().draft().snapshot;
        auto *table = bench.table(QStringLiteral("Snapshots"));
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QVERIFY(bench.wizard().draft().snapshot != proposed);
        QVERIFY2(text().contains(QStringLiteral("The latest complete snapshot before")), qPrintable(text()));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.wizard().draft().snapshot != proposed);
    }

    /// Among the targets the source has a badge; its name is painted without the word that a screen reader has.
    void theSourceHasABadge()
    {
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                              QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(Next); }, 15000));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), QStringLiteral("Shop")));
        const auto *tree = bench.table(QStringLiteral("Target cluster"), QAccessible::Tree);
        int badges = 0;
        for (int row = 0; row < tree->model()->rowCount(); ++row) {
            const QModelIndex cell = tree->model()->index(row, 0);
            const auto badge = cell.data(LookRole::Badge).value<ChipData>();
            if (badge.text.isEmpty())
                continue;
            ++badges;
            QCOMPARE(badge.text, QStringLiteral("source"));
            QCOMPARE(cell.data().toString(), QStringLiteral("ledger (source)"));
            QCOMPARE(cell.data(LookRole::FirstLine).toString(), QStringLiteral("ledger"));
        }
        QCOMPARE(badges, 1);
    }

    /// How old the agents' numbers are stands beside them.
    void theAgentsAreAsOf()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                              QStringLiteral("Restore a snapshot to a cluster")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        QVERIFY(bench.press(test::eraseButton(QStringLiteral("drill"))));
        QVERIFY(bench.isOn(SubmittedPageId));
        QTRY_VERIFY_WITH_TIMEOUT(shownLabel(bench, "agentsAsOf").startsWith(QStringLiteral("as of ")), 30000);
        QVERIFY(shownLabel(bench, "agentsAsOf").endsWith(QStringLiteral(" UTC")));
    }
};

QTEST_MAIN(WizardFrameTest)
#include "wizard_frame_test.moc"
