#include "downloads/download_queue.h"
#include "support/demo_session.h"
#include "support/file_dialogs.h"
#include "support/fixed_clock.h"
#include "support/ui_driver.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_tab.h"

#include <QAction>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Jobs = QStringLiteral("Restore jobs");
const QString Filter = QStringLiteral("Filter restore jobs");
const QString Sharded = QStringLiteral("shop-prod");
const QString ReplicaSet = QStringLiteral("ledger");

} // namespace

/// What the list of restore jobs does as a list, over those that the stand-in Cloud Manager has from the beginning.
class JobsListTest : public QObject
{
    Q_OBJECT

private:
    void makeTab()
    {
        m_tab = std::make_unique<JobsTab>(*m_queue, m_clock, *m_settings);
        m_tab->setSession(&m_demo->session());
        m_tab->resize(1400, 600);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
    }
    QTreeView *view() const { return m_tab->findChild<QTreeView *>(QStringLiteral("jobs")); }
    void selectFirst(const QString &cluster)
    {
        QTRY_VERIFY_WITH_TIMEOUT(driver::countRows(m_tab.get(), Jobs, cluster) > 1, 15000);
        QCOMPARE(driver::selectRow(m_tab.get(), Jobs, cluster), QString());
        QVERIFY(view()->selectionModel()->hasSelection());
    }

    std::unique_ptr<DemoSession> m_demo;
    SystemClock m_clock;
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<JobsTab> m_tab;
    QList<QUrl> m_opened;

public Q_SLOTS:
    void noteOpened(const QUrl &url) { m_opened << url; }

private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoSession>();
        QVERIFY2(m_demo->open(), qPrintable(m_demo->problem()));
        m_queue = std::make_unique<DownloadQueue>(
            [this](const DownloadSource &source) {
                return m_demo->session().client().restoreJob(source.project, source.cluster, source.job);
            },
            m_clock, m_dir.filePath(QStringLiteral("state")), DownloadOptions());
    }
    void init()
    {
        m_settings = std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_settings->clear();
        makeTab();
    }

    /// The others are second lines; they can be shown, and are there for whoever reads the list by other means.
    void fourColumnsAreShownAtFirst()
    {
        QStringList shown;
        for (int column = 0; column < JobsModel::ColumnCount; ++column) {
            if (view()->columnWidth(column) > 0)
                shown << view()->model()->headerData(column, Qt::Horizontal).toString();
        }
        QCOMPARE(shown, (QStringList{QStringLiteral("Cluster"), QStringLiteral("Mode"), QStringLiteral("Target"),
                                     QStringLiteral("Status")}));
        selectFirst(ReplicaSet);
        const std::vector<ListAge> ages = m_tab->listAges();
        QVERIFY(!ages.empty());
        QVERIFY(std::ranges::all_of(ages, [](const ListAge &age) { return age.interval.count() > 0; }));
        const QModelIndex row = view()->currentIndex();
        QVERIFY(!row.siblingAtColumn(JobsModel::CreatedColumn).data().toString().isEmpty());
        const QString spoken = row.siblingAtColumn(JobsModel::ModeColumn).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(row.siblingAtColumn(JobsModel::PointColumn).data().toString()), qPrintable(spoken));
    }

    void filterHidesAndCanBeCleared()
    {
        selectFirst(ReplicaSet);
        QCOMPARE(driver::type(m_tab.get(), Filter, Sharded), QString());
        QCOMPARE(driver::countRows(m_tab.get(), Jobs, ReplicaSet), 0);
        QVERIFY(driver::countRows(m_tab.get(), Jobs, Sharded) > 0);
        QCOMPARE(driver::type(m_tab.get(), Filter, QStringLiteral("zebra")), QString());
        QVERIFY(driver::visibleText(m_tab.get()).contains(QStringLiteral("Nothing matches the filter")));
        QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Clear the filter")), QString());
        QTRY_VERIFY(driver::countRows(m_tab.get(), Jobs, ReplicaSet) > 0);
    }

    /// What the buttons do is never done to the neighbour of a row that has gone out of sight.
    void aRestoreThatIsFilteredOutIsNotSelected()
    {
        selectFirst(ReplicaSet);
        const auto *repeat = m_tab->findChild<QAction *>(QStringLiteral("repeat"));
        QVERIFY(repeat->isEnabled());
        QCOMPARE(driver::type(m_tab.get(), Filter, Sharded), QString());
        QVERIFY(view()->model()->rowCount() > 1);
        QVERIFY(!view()->selectionModel()->hasSelection());
        QVERIFY(!repeat->isEnabled());
    }

    void theFilterIsThereAtTheNextStart()
    {
        selectFirst(ReplicaSet);
        QCOMPARE(driver::type(m_tab.get(), Filter, Sharded), QString());
        makeTab();
        QCOMPARE(m_tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"))->text(), Sharded);
        QTRY_VERIFY_WITH_TIMEOUT(view()->model()->rowCount() > 0, 15000);
        QVERIFY(view()->model()->rowCount() < m_tab->model().rowCount());
    }

    /// From the toolbar, the tabs, anywhere in the window.
    void theFilterIsReachedFromEverywhere()
    {
        QMainWindow window;
        const auto leave = qScopeGuard([this] { m_tab->setParent(nullptr); });
        auto *elsewhere = new QPushButton(QStringLiteral("elsewhere"));
        auto *both = new QWidget;
        auto *layout = new QVBoxLayout(both);
        layout->addWidget(elsewhere);
        m_tab->setParent(both);
        layout->addWidget(m_tab.get());
        window.setCentralWidget(both);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        elsewhere->setFocus();
        QTest::keyClick(elsewhere, Qt::Key_F, Qt::ControlModifier);
        const auto *filter = m_tab->findChild<QLineEdit *>(QStringLiteral("jobsFilter"));
        QCOMPARE(window.focusWidget(), filter);
    }

    /// This machine's clock is a year ahead: the links live all the same.
    void linksEndByTheServersClock()
    {
        const Result<OrderOutcome> ordered = m_demo->order(RestoreMode::DownloadSnapshot, ReplicaSet);
        QVERIFY(ordered && !ordered->jobs.empty());
        const QString key = ordered->jobs.front().id.value;
        const FixedClock ahead(m_clock.now().addYears(1));
        const auto leave = qScopeGuard([this] { m_tab.reset(); }); // before its clock goes
        m_tab = std::make_unique<JobsTab>(*m_queue, ahead, *m_settings);
        m_tab->setSession(&m_demo->session());
        m_tab->show();
        m_tab->select(key);
        const auto *download = m_tab->findChild<QAction *>(QStringLiteral("download"));
        QTRY_VERIFY2_WITH_TIMEOUT(download->isEnabled(), qPrintable(download->toolTip()), 20000);
        const QModelIndex row = m_tab->model().indexOf(key);
        const QString expires = row.siblingAtColumn(JobsModel::ExpiryColumn).data().toString();
        QVERIFY2(expires.startsWith(QStringLiteral("in ")), qPrintable(expires));
    }

    /// What is said and what is saved stands below the list: the row under the pointer stays the same.
    void aSavedReportLeadsToItsFile()
    {
        selectFirst(ReplicaSet);
        const auto place = [this] {
            return view()->viewport()->mapTo(m_tab.get(), view()->visualRect(view()->currentIndex()).center());
        };
        const QPoint before = place();
        const QString path = m_dir.filePath(QStringLiteral("report.txt"));
        QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Save report…")), QString());
        QVERIFY(answerFileDialog(m_tab.get(), path));
        QTRY_VERIFY(driver::canPress(m_tab.get(), QStringLiteral("Show in folder")));
        QTest::qWait(50);
        QCOMPARE(place(), before);
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "noteOpened");
        QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Open")), QString());
        QCOMPARE(driver::press(m_tab.get(), QStringLiteral("Show in folder")), QString());
        QTRY_COMPARE(m_opened.size(), 2);
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QCOMPARE(m_opened, (QList<QUrl>{QUrl::fromLocalFile(path), QUrl::fromLocalFile(m_dir.path())}));
    }

    void enterShowsTheJson()
    {
        selectFirst(ReplicaSet);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Return);
        auto *dialog = m_tab->findChild<JobJsonDialog *>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->close();
    }
};

QTEST_MAIN(JobsListTest)

#include "jobs_list_test.moc"
