#include "preparation/kept_draft.h"
#include "restore/rules.h"
#include "support/demo_window.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/downloads/download_folder.h"
#include "ui/jobs/jobs_model.h"
#include "ui/wizard/restore_wizard.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// What the main window and the wizard have to do with each other, and what becomes of an order in the window.
class MainWindowWizardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aSnapshotLeadsToThePrefilledWizard();
    void whatWasOrderedIsSelectedAndCounted();
    void oneWizardAtATime();
    void noOtherConnectionWhileTheWizardIsOpen();
    void switchingReplacesTheSession();
    void downloadsGoOnUnderAnotherConnection();
    void whatWasLeftUnfinishedIsThereWhenItsConnectionIs();

private:
    void addConnection(const QString &name, const QString &secret)
    {
        test::addConnection(*m_bench, *m_cloud, name, secret);
    }
    bool open(const QString &name) { return openConnection(*m_bench, *m_cloud, name); }
    QString statusText(const char *name) const;
    /// Orders a download of the replica set through the session; the group's key once the link is ready.
    QString orderDownload();

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
};

void MainWindowWizardTest::initTestCase()
{
    m_cloud = std::make_unique<DemoCloud>(
        QStringList{QStringLiteral("--exit-with-parent"), QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void MainWindowWizardTest::init()
{
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
}

void MainWindowWizardTest::cleanup()
{
    m_bench.reset();
}

QString MainWindowWizardTest::statusText(const char *name) const
{
    const auto *label = m_bench->window->findChild<QLabel *>(QString::fromLatin1(name));
    return label->isVisible() ? label->text() : QString();
}

QString MainWindowWizardTest::orderDownload()
{
    Session &session = *m_bench->session();
    const auto [draft, facts] = ledgerDownload(session);
    const Result<OrderOutcome> outcome = orderAndWait(session, draft, facts);
    if (!outcome || outcome->kind != OrderOutcome::Kind::Ordered)
        return {};
    const QString key = groupKeyOf(*outcome);
    const bool ready = QTest::qWaitFor(
        [&] {
            const JobGroup *group = session.jobs().group(key);
            return group && group->jobs.front().delivery.hasLink();
        },
        20000);
    return ready ? key : QString();
}

void MainWindowWizardTest::aSnapshotLeadsToThePrefilledWizard()
{
    QVERIFY(open(QStringLiteral("one")));
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Snapshots")), QString());
    QCOMPARE(driver::choose(m_bench->window.get(), QStringLiteral("Project"), QStringLiteral("Shop")), QString());
    QCOMPARE(driver::choose(m_bench->window.get(), QStringLiteral("Cluster"), QStringLiteral("ledger")), QString());
    QTRY_VERIFY_WITH_TIMEOUT(
        driver::countRows(m_bench->window.get(), QStringLiteral("Snapshots"), QStringLiteral("Yes")) > 0, 20000);
    QCOMPARE(driver::selectRow(m_bench->window.get(), QStringLiteral("Snapshots"), QStringLiteral("Yes")), QString());
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("Restore this snapshot…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("New restore")));
    const auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard);
    QCOMPARE(wizard->draft().mode, RestoreMode::AutomatedSnapshot);
    QCOMPARE(wizard->draft().cluster->name, QStringLiteral("ledger"));
    QVERIFY(!wizard->draft().snapshot.isEmpty());
}

/// The new job is what the person looks for; the tab's name goes on with what runs and failed; the list says how old
/// it is.
void MainWindowWizardTest::whatWasOrderedIsSelectedAndCounted()
{
    QVERIFY(open(QStringLiteral("one")));
    const auto *view = m_bench->window->findChild<QTreeView *>(QStringLiteral("jobs"));
    const auto selected = [view, this] {
        const QModelIndexList rows = view->selectionModel()->selectedRows();
        const auto *filter = qobject_cast<const QSortFilterProxyModel *>(view->model());
        const auto *model = m_bench->window->findChild<JobsModel *>();
        const JobGroup *group = rows.isEmpty() ? nullptr : model->group(filter->mapToSource(rows.front()));
        return group ? group->key : QString();
    };
    m_bench->window->newRestore(ledgerDownload(*m_bench->session()).first);
    auto *wizard = qobject_cast<RestoreWizard *>(driver::window(QStringLiteral("New restore")));
    QVERIFY(wizard);
    QVERIFY(!orderDownload().isEmpty()); // elsewhere: what is found out of another order moves nothing
    QCOMPARE(selected(), QString());
    QString key;
    connect(wizard, &RestoreWizard::ordered, this, [this, &key](const JobId &job) {
        for (const JobGroup &group : m_bench->session()->jobs().groups()) {
            if (std::ranges::find(group.jobs, job, &RestoreJob::id) != group.jobs.end())
                key = group.key;
        }
    });
    while (wizard->nextId() != -1 && !wizard->currentPage()->isCommitPage()) {
        QTRY_VERIFY(wizard->currentPage()->isComplete());
        wizard->next();
    }
    QTRY_VERIFY2(wizard->button(QWizard::CommitButton)->isEnabled(), qPrintable(driver::visibleText(wizard)));
    wizard->button(QWizard::CommitButton)->click();
    QTRY_VERIFY2(!key.isEmpty(), qPrintable(driver::visibleText(wizard)));
    QTRY_COMPARE(selected(), key);
    QVERIFY(view->viewport()->rect().contains(view->visualRect(view->currentIndex()).center()));
    const auto *tabs = m_bench->window->findChild<QTabWidget *>(QStringLiteral("tabs"));
    QTRY_VERIFY2(tabs->tabText(0).startsWith(QStringLiteral("Restore jobs (")) &&
                     tabs->tabText(0).contains(QStringLiteral("failed")),
                 qPrintable(tabs->tabText(0)));
    QTRY_VERIFY2(statusText("freshness").startsWith(QStringLiteral("as of ")), qPrintable(statusText("freshness")));
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Downloads")), QString());
    QTRY_VERIFY(statusText("freshness").isEmpty()); // they are never old
}

void MainWindowWizardTest::oneWizardAtATime()
{
    QVERIFY(open(QStringLiteral("one")));
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("New restore…")), QString());
    QTRY_COMPARE(m_bench->window->findChildren<RestoreWizard *>().size(), 1);
    m_bench->window->newRestore(RestoreDraft());
    QCOMPARE(m_bench->window->findChildren<RestoreWizard *>().size(), 1);
    QVERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("being prepared already")));
    // And in the window that covers it, until the person goes on.
    auto *wizard = m_bench->window->findChild<RestoreWizard *>();
    QVERIFY(driver::visibleText(wizard).contains(QStringLiteral("being prepared already")));
    wizard->setDraft(ledgerDownload(*m_bench->session()).first);
    QTRY_VERIFY(!driver::visibleText(wizard).contains(QStringLiteral("being prepared already")));
}

void MainWindowWizardTest::noOtherConnectionWhileTheWizardIsOpen()
{
    QVERIFY(open(QStringLiteral("one")));
    addConnection(QStringLiteral("two"), m_cloud->privateKey());
    m_bench->window->newRestore();
    m_bench->window->openConnection(ConnectionId(QStringLiteral("two")));
    QVERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Close the window New restore")));
    QVERIFY(driver::visibleText(m_bench->window->findChild<RestoreWizard *>())
                .contains(QStringLiteral("Close the window New restore")));
    QTest::qWait(100);
    QCOMPARE(m_bench->session()->connection().name, QStringLiteral("one"));
}

void MainWindowWizardTest::switchingReplacesTheSession()
{
    QVERIFY(open(QStringLiteral("one")));
    const QPointer<Session> before = m_bench->session();
    QVERIFY(!orderDownload().isEmpty());
    QVERIFY(open(QStringLiteral("two")));
    QVERIFY(before.isNull());
    QCOMPARE(m_bench->workspace->lastConnection(), ConnectionId(QStringLiteral("two")));
    QTRY_VERIFY_WITH_TIMEOUT(
        driver::countRows(m_bench->window.get(), QStringLiteral("Restore jobs"), QStringLiteral("ledger")) > 0, 20000);
}

void MainWindowWizardTest::downloadsGoOnUnderAnotherConnection()
{
    QVERIFY(open(QStringLiteral("one")));
    const QString key = orderDownload();
    QVERIFY(!key.isEmpty());
    // The folder is asked for the first time.
    m_bench->window->download(key);
    QVERIFY(answerFileDialog(m_bench->window.get(), m_bench->dir.path()));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->downloads.downloads().size(), 1U, 20000);
    QVERIFY(m_bench->window->downloadFolder().isChosen());
    QTRY_COMPARE(m_bench->window->findChild<QTabWidget *>()->currentIndex(), 1);
    QVERIFY(open(QStringLiteral("two")));
    const auto state = [this] { return m_bench->downloads.downloads().front().state; };
    QTRY_VERIFY_WITH_TIMEOUT(isEnd(state()), 60000);
    QCOMPARE(state(), DownloadState::Verified);
}

/// It is of its connection: the other one does not show it, and does not lose it either.
void MainWindowWizardTest::whatWasLeftUnfinishedIsThereWhenItsConnectionIs()
{
    QVERIFY(open(QStringLiteral("one")));
    RestoreDraft draft = ledgerDownload(*m_bench->session()).first;
    KeptDraft::of(*m_bench->session()).keep(draft);
    const auto isOffered = [this] {
        m_bench->window->newRestore();
        QWidget *wizard = driver::window(QStringLiteral("New restore"));
        const bool isThere = driver::canPress(wizard, QStringLiteral("Go on with it"));
        wizard->close();
        const bool hasEnded =
            QTest::qWaitFor([this] { return m_bench->window->findChildren<RestoreWizard *>().isEmpty(); }, 5000);
        return isThere && hasEnded;
    };
    QVERIFY(isOffered());
    QVERIFY(open(QStringLiteral("two")));
    QVERIFY(!isOffered());
    QVERIFY(open(QStringLiteral("one")));
    QVERIFY(isOffered());
}

QTEST_MAIN(MainWindowWizardTest)
#include "main_window_wizard_test.moc"
