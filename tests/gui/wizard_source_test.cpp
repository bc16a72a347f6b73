#include "support/held_key.h"
#include "wizard_bench.h"

#include "ui/widgets/field_hint.h"
#include "ui/wizard/cluster_model.h"
#include "ui/wizard/project_combo.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using test::keyHeld;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString All = QStringLiteral("All projects");
const QString Next = QStringLiteral("Next");
const QString Filter = QStringLiteral("Filter clusters");

} // namespace

/// The Source page: projects by typing, clusters of all projects, and what they can be restored to.
class WizardSourceTest : public QObject
{
    Q_OBJECT

private:
    static ProjectCombo *combo(WizardBench &bench)
    {
        return bench.wizard().findChild<ProjectCombo *>(QStringLiteral("sourceProject"));
    }
    static QTreeView *tree(WizardBench &bench)
    {
        return bench.wizard().findChild<QTreeView *>(QStringLiteral("sourceCluster"));
    }
    static QString project(WizardBench &bench) { return bench.wizard().draft().project.name; }
    static QString cluster(WizardBench &bench)
    {
        const auto &chosen = bench.wizard().draft().cluster;
        return chosen ? chosen->name : QString();
    }
    static QString label(WizardBench &bench, const char *name)
    {
        const auto *found = bench.wizard().findChild<QLabel *>(QLatin1String(name));
        return found && found->isVisible() ? found->text() : QString();
    }
    void open(WizardBench &bench)
    {
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
    }
    /// On the Source page with the clusters of all projects.
    void openAll(WizardBench &bench)
    {
        open(bench);
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), All));
    }

private Q_SLOTS:
    void projectsAreFoundByAnyPart()
    {
        WizardBench bench;
        open(bench);
        ProjectCombo *box = combo(bench);
        box->setFocus(Qt::TabFocusReason);
        QTest::keyClicks(box, QStringLiteral("DRILLS rest"));
        QCOMPARE(project(bench), QString()); // not before Enter
        QVERIFY(box->completer()->popup()->isVisible());
        keyHeld(box, Qt::Key_Return);
        QCOMPARE(project(bench), QString());
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(project(bench), Drills);
        QCOMPARE(box->currentText(), Drills);
        QVERIFY(!box->completer()->popup()->isVisible());
        QCOMPARE(bench.wizard().currentId(), int(SourcePageId));
        // A whole name is chosen at once, as people's scripts type it.
        box->lineEdit()->selectAll();
        QTest::keyClicks(box, Shop);
        QCOMPARE(project(bench), Shop);
        // Nothing matches: said beside it, Enter does nothing, Escape takes it back and closes nothing.
        QTest::keyClicks(box, QStringLiteral("xyz"));
        const auto *hint = bench.wizard().findChild<FieldHint *>(QStringLiteral("sourceProjectTyped"));
        QCOMPARE(hint->text(), QStringLiteral("No project matches “Shopxyz”."));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(project(bench), Shop);
        QTest::keyClick(box, Qt::Key_Escape);
        QCOMPARE(box->currentText(), Shop);
        QVERIFY(!hint->isVisible());
        QVERIFY(bench.wizard().isVisible());
        // What is left standing when the field is left is what is chosen.
        QTest::keyClicks(box, QStringLiteral("dri"));
        box->completer()->popup()->hide(); // as a click elsewhere does first
        tree(bench)->setFocus(Qt::TabFocusReason);
        QCOMPARE(box->currentText(), Shop);
        QCOMPARE(project(bench), Shop);
    }

    void listsAreBounded()
    {
        WizardBench bench;
        open(bench);
        QCOMPARE(combo(bench)->itemText(0), All);
        QVERIFY(combo(bench)->maxVisibleItems() <= 12);
        QVERIFY(combo(bench)->completer()->maxVisibleItems() <= 12);
        combo(bench)->showPopup();
        QVERIFY(combo(bench)->view()->window()->height() < bench.wizard().screen()->availableSize().height() / 2);
        combo(bench)->hidePopup();
        // There is nothing like it where a cluster is erased.
        auto *target = bench.wizard().findChild<ProjectCombo *>(QStringLiteral("targetProject"));
        QCOMPARE(target->findText(All), -1);
    }

    void projectsOfOneNameAreToldApart()
    {
        const std::vector<Project> projects{{ProjectId(QStringLiteral("1")), Shop, {}},
                                            {ProjectId(QStringLiteral("2")), Drills, {}},
                                            {ProjectId(QStringLiteral("3")), Shop, {}}};
        QCOMPARE(projectLabels(projects),
                 (QStringList{QStringLiteral("Shop (1)"), Drills, QStringLiteral("Shop (3)")}));
    }

    void amongAllProjects()
    {
        WizardBench bench;
        openAll(bench);
        QTreeView *view = tree(bench);
        QVERIFY(view->model()->rowCount() > 1);
        QVERIFY(!bench.canPress(Next));
        QCOMPARE(bench.hint(QStringLiteral("sourceProject")), QString()); // none has to be chosen first
        QVERIFY(!bench.hint(QStringLiteral("sourceCluster")).isEmpty());
        QVERIFY(bench.typeInto(Filter, QStringLiteral("ops edg"))); // nothing has both
        QVERIFY(!view->isVisible());
        QVERIFY(bench.typeInto(Filter, QStringLiteral("edg hop")));
        QLineEdit *filter = bench.edit(Filter);
        QTest::keyClick(filter, Qt::Key_Down);
        QVERIFY(view->hasFocus());
        QCOMPARE(project(bench), Shop);
        QCOMPARE(cluster(bench), QStringLiteral("ledger"));
        QVERIFY(bench.canPress(Next));
        keyHeld(view, Qt::Key_Return); // held down since before
        QCOMPARE(bench.wizard().currentId(), int(SourcePageId));
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(bench.isOn(ModePageId));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QCOMPARE(combo(bench)->currentText(), All);
        QCOMPARE(cluster(bench), QStringLiteral("ledger"));
        // Its own project, chosen by name, keeps it; another one does not.
        combo(bench)->setFocus(Qt::TabFocusReason);
        QTest::keyClicks(combo(bench), Shop);
        QCOMPARE(tree(bench)->model()->index(0, 0).data().toString(), QStringLiteral("catalog"));
        QCOMPARE(cluster(bench), QStringLiteral("ledger"));
        QVERIFY(bench.canPress(Next));
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Drills));
        QCOMPARE(cluster(bench), QString());
    }

    /// With keys alone, from the field to the next page.
    void keysAlone()
    {
        WizardBench bench;
        openAll(bench);
        QTreeView *view = tree(bench);
        view->setFocus(Qt::TabFocusReason);
        view->setCurrentIndex(view->model()->index(0, 0));
        const QModelIndex top = view->currentIndex();
        keyHeld(view, Qt::Key_Return);
        QVERIFY(!view->isExpanded(top));
        QTest::keyClick(view, Qt::Key_Return); // opens what cannot be chosen
        QVERIFY(view->isExpanded(top));
        QCOMPARE(bench.wizard().currentId(), int(SourcePageId));
        QTest::keyClick(view, Qt::Key_L); // goes into the filter
        QVERIFY(bench.edit(Filter)->hasFocus());
        QTest::keyClicks(bench.edit(Filter), QStringLiteral("egacy shop"));
        QCOMPARE(bench.edit(Filter)->text(), QStringLiteral("legacy shop"));
        QVERIFY(bench.edit(Filter)->hasFocus());
        keyHeld(bench.edit(Filter), Qt::Key_Return);
        QCOMPARE(cluster(bench), QString());
        QTest::keyClick(bench.edit(Filter), Qt::Key_Return);
        QCOMPARE(cluster(bench), QStringLiteral("legacy-orders"));
        QVERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(bench.isOn(ModePageId));
    }

    /// A search does not go on with what was chosen before it.
    void enterInTheFilterChoosesWhatIsFound()
    {
        WizardBench bench;
        open(bench);
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QVERIFY(bench.typeInto(Filter, QStringLiteral("legacy")));
        QTest::keyClick(bench.edit(Filter), Qt::Key_Return);
        QCOMPARE(bench.wizard().currentId(), int(SourcePageId));
        QCOMPARE(cluster(bench), QStringLiteral("legacy-orders"));
    }

    void whatWasUsedLastStandsFirst()
    {
        WizardBench bench;
        open(bench);
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Drills));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("drill-sharded")));
        QVERIFY(bench.press(Next));
        QVERIFY(bench.isOn(ModePageId));
        RestoreWizard again(bench.session(), bench.downloads(), bench.settings());
        const auto *box = again.findChild<ProjectCombo *>(QStringLiteral("sourceProject"));
        QCOMPARE(box->itemText(0), All);
        QCOMPARE(box->itemText(1), Drills);
        const auto *view = again.findChild<QTreeView *>(QStringLiteral("sourceCluster"));
        again.findChild<ProjectCombo *>(QStringLiteral("sourceProject"))->setCurrentIndex(0);
        QCOMPARE(view->model()->index(0, 0).data().toString(), Drills);
        QCOMPARE(view->model()->index(0, 0, view->model()->index(0, 0)).data().toString(),
                 QStringLiteral("drill-sharded"));
    }

    void whatItCanBeRestoredTo()
    {
        WizardBench bench;
        open(bench);
        QVERIFY(label(bench, "restorableTitle").startsWith(QStringLiteral("Choose a cluster")));
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        QTRY_VERIFY_WITH_TIMEOUT(
            label(bench, "restorableTitle").startsWith(QStringLiteral("ledger can be restored to ")), 15000);
        QVERIFY2(label(bench, "restorableOplog").startsWith(QStringLiteral("Oplog: from ")),
                 qPrintable(label(bench, "restorableTitle") + QLatin1Char('|') + label(bench, "restorableOplog")));
        QTRY_VERIFY_WITH_TIMEOUT(label(bench, "restorableSnapshot").contains(QStringLiteral(" ago")), 15000);
        QCOMPARE(label(bench, "restorableProblem"), QString());
    }

    /// Only where the choice rests is anything asked.
    void whatIsPassedIsNotAsked()
    {
        WizardBench bench;
        open(bench);
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
        const auto asked = [&bench] {
            const QStringList paths = bench.requestedPaths();
            return paths.filter(QStringLiteral("/restorableTimeRanges")).size();
        };
        QTreeView *view = tree(bench);
        view->setFocus(Qt::TabFocusReason);
        view->setCurrentIndex(view->model()->index(0, 0));
        for (int n = 0; n < 6; ++n)
            QTest::keyClick(view, n % 2 == 0 ? Qt::Key_Down : Qt::Key_Up, Qt::NoModifier, 20);
        QTest::keyClick(view, Qt::Key_Down, Qt::NoModifier, 20);
        QTRY_COMPARE_WITH_TIMEOUT(asked(), 1, 15000);
    }

    void theClockIsAWarning()
    {
        WizardBench bench;
        bench.clock().setWrong(std::chrono::seconds(-90));
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
        QTRY_VERIFY2_WITH_TIMEOUT(
            bench.hint(QStringLiteral("pointInTime")).contains(QStringLiteral("ahead of this computer's")),
            qPrintable(bench.hint(QStringLiteral("pointInTime"))), 15000);
    }
};

QTEST_MAIN(WizardSourceTest)
#include "wizard_source_test.moc"
