#include "wizard_bench.h"

#include "preparation/kept_draft.h"

#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using test::WizardBench;

/// What was chosen stays what is meant, whatever is read and whichever page is seen.
class WizardKeptTest : public QObject
{
    Q_OBJECT

private:
    static bool toTarget(WizardBench &bench)
    {
        return bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                             QStringLiteral("Restore to a point in time")) &&
               QTest::qWaitFor(
                   [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000) &&
               bench.press(QStringLiteral("Latest restorable")) && bench.press(QStringLiteral("One second before")) &&
               QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }, 15000);
    }
    static bool readAgain(WizardBench &bench)
    {
        Catalogue &catalogue = bench.session().catalogue();
        catalogue.read();
        return QTest::qWaitFor([&] { return !catalogue.state().isReading; }, 15000);
    }
    static QString target(WizardBench &bench)
    {
        return bench.wizard().draft().targetCluster ? bench.wizard().draft().targetCluster->name : QString();
    }

private Q_SLOTS:
    /// The page of the target is not seen then, and has another choice.
    void aPageThatIsNotSeenChoosesNothing()
    {
        WizardBench bench;
        QVERIFY(toTarget(bench));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
        bench.wizard().reject();
        bench.newWizard();
        QVERIFY(toTarget(bench));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), QStringLiteral("Restore drills")));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("legacy-drill")));
        QCOMPARE(target(bench), QStringLiteral("legacy-drill"));
        for (int page = 0; page < 3; ++page)
            QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.isOn(SourcePageId));
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QCOMPARE(target(bench), QStringLiteral("drill"));
        QVERIFY(readAgain(bench));
        QCOMPARE(target(bench), QStringLiteral("drill"));
    }

    /// A draft that waited has its cluster as the catalogue knows it, and the button the name that is to be typed.
    void aKeptDraftsClustersAreOfToday()
    {
        WizardBench bench;
        QVERIFY(toTarget(bench));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
        bench.wizard().reject();
        RestoreDraft kept = *KeptDraft::of(bench.session()).draft();
        kept.targetCluster->name = QStringLiteral("drill-before");
        KeptDraft::of(bench.session()).keep(kept);
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QCOMPARE(target(bench), QStringLiteral("drill"));
    }

    /// A draft that waited may be of clusters that have gone meanwhile: none of them stays chosen, and that is said.
    void whatHasGoneIsNotChosen_data()
    {
        QTest::addColumn<bool>("isTarget");
        QTest::addColumn<bool>("isReadFirst");
        QTest::newRow("the target, known to have gone") << true << true;
        QTest::newRow("the target, not known yet") << true << false;
        QTest::newRow("the source, known to have gone") << false << true;
        QTest::newRow("the source, not known yet") << false << false;
    }
    void whatHasGoneIsNotChosen()
    {
        QFETCH(bool, isTarget);
        QFETCH(bool, isReadFirst);
        WizardBench bench;
        QVERIFY(toTarget(bench));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
        RestoreDraft kept = bench.wizard().draft();
        Cluster &gone = isTarget ? *kept.targetCluster : *kept.cluster;
        gone.id = ClusterId(QStringLiteral("60cc00000000000000000bad"));
        gone.name = QStringLiteral("was-here");
        std::unique_ptr<WizardBench> fresh; // whose catalogue is still to be read
        if (!isReadFirst)
            fresh = std::make_unique<WizardBench>();
        WizardBench &used = fresh ? *fresh : bench;
        used.newWizard();
        used.wizard().setDraft(kept);
        QVERIFY(used.open());
        const auto chosen = [&]() -> const std::optional<Cluster> & {
            return isTarget ? used.wizard().draft().targetCluster : used.wizard().draft().cluster;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(!chosen(), qPrintable(chosen()->name), 5000);
        if (isTarget) {
            QVERIFY(used.wizard().draft().cluster);
            QVERIFY(used.isOn(PointPageId));
            QTRY_VERIFY_WITH_TIMEOUT(used.canPress(QStringLiteral("Next")), 15000);
            QVERIFY(used.press(QStringLiteral("Next")));
            QVERIFY(used.isOn(TargetPageId));
        } else {
            for (int back = 0; back < 2 && used.wizard().currentId() != SourcePageId; ++back)
                QVERIFY(used.press(QStringLiteral("Back")));
            QVERIFY(used.isOn(SourcePageId));
        }
        const QString hint = used.hint(isTarget ? QStringLiteral("targetCluster") : QStringLiteral("sourceCluster"));
        QVERIFY2(hint.contains(QStringLiteral("was-here")), qPrintable(hint));
        QVERIFY(!used.canPress(QStringLiteral("Next")));
        // Once another one is chosen nothing of it is left.
        QVERIFY(used.chooseRow(isTarget ? QStringLiteral("Target cluster") : QStringLiteral("Cluster"),
                               QAccessible::Tree, isTarget ? QStringLiteral("drill") : QStringLiteral("ledger")));
        QVERIFY(!used.hint(isTarget ? QStringLiteral("targetCluster") : QStringLiteral("sourceCluster"))
                     .contains(QStringLiteral("was-here")));
    }

    /// A click opens a project's row; it is no choice.
    void aProjectsRowLeavesTheCluster()
    {
        WizardBench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), QStringLiteral("All projects")));
        auto *tree = qobject_cast<QTreeView *>(bench.table(QStringLiteral("Cluster"), QAccessible::Tree));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.session().catalogue().state().isReading &&
                                     tree->model()->rowCount(tree->model()->index(0, 0)) > 0,
                                 15000);
        tree->expandAll();
        const QModelIndex project = tree->model()->index(0, 0);
        const auto click = [tree](const QModelIndex &row) {
            tree->scrollTo(row);
            QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(row).center());
        };
        const QModelIndex cluster = tree->model()->index(0, 0, project);
        click(cluster);
        QVERIFY2(bench.wizard().draft().cluster,
                 qPrintable(project.data().toString() + QLatin1Char('/') + cluster.data().toString() +
                            QString::number(tree->visualRect(cluster).top())));
        const QString chosen = bench.wizard().draft().cluster->name;
        click(project);
        QVERIFY(bench.wizard().draft().cluster);
        QCOMPARE(bench.wizard().draft().cluster->name, chosen);
    }
};

QTEST_MAIN(WizardKeptTest)
#include "wizard_kept_test.moc"
