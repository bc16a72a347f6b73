#include "downloads/download_queue.h"
#include "support/demo_session.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/walkthrough/ui_driver.h"

#include <QAction>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <QTreeView>

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
