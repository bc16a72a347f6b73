#include "jobs_bench.h"
#include "support/file_dialogs.h"
#include "support/fixed_clock.h"
#include "support/ui_driver.h"
#include "ui/jobs/job_json_dialog.h"

#include <QAction>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Filter = QStringLiteral("Filter restore jobs");

} // namespace

/// What the list of restore jobs does as a list, over those that the stand-in Cloud Manager has from the beginning.
class JobsListTest : public QObject
{
    Q_OBJECT

private:
    void selectFirst(const QString &cluster)
    {
        // Of both clusters: what comes later moves the rows.
        for (const QString &listed : {JobsBench::ReplicaSet, JobsBench::Sharded})
            QTRY_VERIFY(driver::countRows(m_bench->tab.get(), JobsBench::Jobs, listed) > 1);
        QCOMPARE(driver::selectRow(m_bench->tab.get(), JobsBench::Jobs, cluster), QString());
        QVERIFY(m_bench->view()->selectionModel()->hasSelection());
    }

    std::unique_ptr<JobsBench> m_bench;
    QList<QUrl> m_opened;

public Q_SLOTS:
    void noteOpened(const QUrl &url) { m_opened << url; }

private Q_SLOTS:
    void initTestCase()
    {
        m_bench = std::make_unique<JobsBench>();
        QVERIFY2(m_bench->problem().isEmpty(), qPrintable(m_bench->problem()));
    }
    void init()
    {
        m_bench->settings.clear();
        QVERIFY(m_bench->show());
    }

    /// The others are second lines; they can be shown, and are there for whoever reads the list by other means.
    void fourColumnsAreShownAtFirst()
    {
        QStringList shown;
        for (int column = 0; column < JobsModel::ColumnCount; ++column) {
            if (m_bench->view()->columnWidth(column) > 0)
                shown << m_bench->view()->model()->headerData(column, Qt::Horizontal).toString();
        }
        QCOMPARE(shown, (QStringList{QStringLiteral("Cluster"), QStringLiteral("Mode"), QStringLiteral("Target"),
                                     QStringLiteral("Status")}));
        selectFirst(JobsBench::ReplicaSet);
        const std::vector<ListAge> ages = m_bench->tab->listAges();
        QVERIFY(!ages.empty());
        QVERIFY(std::ranges::all_of(ages, [](const ListAge &age) { return age.interval.count() > 0; }));
        const QModelIndex row = m_bench->view()->currentIndex();
        QVERIFY(!row.siblingAtColumn(JobsModel::CreatedColumn).data().toString().isEmpty());
        const QString spoken = row.siblingAtColumn(JobsModel::ModeColumn).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(row.siblingAtColumn(JobsModel::PointColumn).data().toString()), qPrintable(spoken));
    }

    void filterHidesAndCanBeCleared()
    {
        selectFirst(JobsBench::ReplicaSet);
        QCOMPARE(driver::type(m_bench->tab.get(), Filter, JobsBench::Sharded), QString());
        QCOMPARE(driver::countRows(m_bench->tab.get(), JobsBench::Jobs, JobsBench::ReplicaSet), 0);
        QVERIFY(driver::countRows(m_bench->tab.get(), JobsBench::Jobs, JobsBench::Sharded) > 0);
        QCOMPARE(driver::type(m_bench->tab.get(), Filter, QStringLiteral("zebra")), QString());
        QVERIFY(driver::visibleText(m_bench->tab.get()).contains(QStringLiteral("Nothing matches the filter")));
        QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Clear the filter")), QString());
        QTRY_VERIFY(driver::countRows(m_bench->tab.get(), JobsBench::Jobs, JobsBench::ReplicaSet) > 0);
    }

    /// What the buttons do is never done to the neighbour of a row that has gone out of sight.
    void aRestoreThatIsFilteredOutIsNotSelected()
    {
        selectFirst(JobsBench::ReplicaSet);
        const auto *repeat = m_bench->tab->findChild<QAction *>(QStringLiteral("repeat"));
        QVERIFY(repeat->isEnabled());
        QCOMPARE(driver::type(m_bench->tab.get(), Filter, JobsBench::Sharded), QString());
        QVERIFY(m_bench->view()->model()->rowCount() > 1);
        QVERIFY(!m_bench->view()->selectionModel()->hasSelection());
        QVERIFY(!repeat->isEnabled());
    }

    void theFilterIsThereAtTheNextStart()
    {
        selectFirst(JobsBench::ReplicaSet);
        QCOMPARE(driver::type(m_bench->tab.get(), Filter, JobsBench::Sharded), QString());
        QVERIFY(m_bench->show());
        QCOMPARE(m_bench->tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"))->text(), JobsBench::Sharded);
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->view()->model()->rowCount() > 0, 15000);
        QVERIFY(m_bench->view()->model()->rowCount() < m_bench->tab->model().rowCount());
    }

    /// From the toolbar, the tabs, anywhere in the window.
    void theFilterIsReachedFromEverywhere()
    {
        QMainWindow window;
        const auto leave = qScopeGuard([this] { m_bench->tab->setParent(nullptr); });
        auto *elsewhere = new QPushButton(QStringLiteral("elsewhere"));
        auto *both = new QWidget;
        auto *layout = new QVBoxLayout(both);
        layout->addWidget(elsewhere);
        m_bench->tab->setParent(both);
        layout->addWidget(m_bench->tab.get());
        window.setCentralWidget(both);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        elsewhere->setFocus();
        QTest::keyClick(elsewhere, Qt::Key_F, Qt::ControlModifier);
        const auto *filter = m_bench->tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"));
        QCOMPARE(window.focusWidget(), filter);
    }

    /// This machine's clock is a year ahead: the links live all the same.
    void linksEndByTheServersClock()
    {
        const Result<OrderOutcome> ordered = m_bench->demo->order(RestoreMode::DownloadSnapshot, JobsBench::ReplicaSet);
        QVERIFY(ordered && !ordered->jobs.empty());
        const QString key = ordered->jobs.front().id.value;
        const FixedClock ahead(m_bench->clock.now().addYears(1));
        const auto leave = qScopeGuard([this] { m_bench->tab.reset(); }); // before its clock goes
        m_bench->tab = std::make_unique<JobsTab>(*m_bench->queue, ahead, m_bench->settings);
        m_bench->tab->setSession(&m_bench->demo->session());
        m_bench->tab->show();
        m_bench->tab->select(key);
        const auto *download = m_bench->tab->findChild<QAction *>(QStringLiteral("download"));
        QTRY_VERIFY2_WITH_TIMEOUT(download->isEnabled(), qPrintable(download->toolTip()), 20000);
        const QModelIndex row = m_bench->tab->model().indexOf(key);
        const QString expires = row.siblingAtColumn(JobsModel::ExpiryColumn).data().toString();
        QVERIFY2(expires.startsWith(QStringLiteral("in ")), qPrintable(expires));
    }

    /// What is said and what is saved stands below the list: the row under the pointer stays the same.
    void aSavedReportLeadsToItsFile()
    {
        selectFirst(JobsBench::ReplicaSet);
        const auto place = [this] {
            return m_bench->view()->viewport()->mapTo(
                m_bench->tab.get(), m_bench->view()->visualRect(m_bench->view()->currentIndex()).center());
        };
        const QPoint before = place();
        const QString path = m_bench->path(QStringLiteral("report.txt"));
        QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Save report…")), QString());
        QVERIFY(answerFileDialog(m_bench->tab.get(), path));
        QTRY_VERIFY(driver::canPress(m_bench->tab.get(), QStringLiteral("Show in folder")));
        QTest::qWait(50);
        QCOMPARE(place(), before);
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "noteOpened");
        QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Open")), QString());
        QTRY_COMPARE(m_opened.size(), 1);
        // The other one may be wanted as well.
        QCOMPARE(driver::press(m_bench->tab.get(), QStringLiteral("Show in folder")), QString());
        QTRY_COMPARE(m_opened.size(), 2);
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QCOMPARE(m_opened, (QList<QUrl>{QUrl::fromLocalFile(path), QUrl::fromLocalFile(m_bench->folder())}));
    }

    /// Each button that can do nothing says so where it stands.
    void whatCannotBeDoneSaysWhy()
    {
        const auto tip = [this](const char *action) {
            const auto *found = m_bench->tab->findChild<QAction *>(QLatin1String(action));
            return found->isEnabled() ? QString() : found->toolTip();
        };
        m_bench->view()->selectionModel()->clear();
        for (const char *action :
             {"download", "copyLink", "repeat", "showJson", "saveReport", "undoRestore", "stopFollowing"})
            QCOMPARE(tip(action), QStringLiteral("Select a restore first."));
        selectFirst(JobsBench::ReplicaSet);
        QCOMPARE(tip("repeat"), QString());
    }

    void enterShowsTheJson()
    {
        selectFirst(JobsBench::ReplicaSet);
        m_bench->view()->setFocus();
        QTest::keyClick(m_bench->view(), Qt::Key_Return);
        auto *dialog = m_bench->tab->findChild<JobJsonDialog *>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->close();
    }
};

QTEST_MAIN(JobsListTest)

#include "jobs_list_test.moc"
