#include "restore/rules.h"
#include "support/demo_cloud.h"
#include "support/file_dialogs.h"
#include "support/ordering.h"
#include "support/ui_driver.h"
#include "support/window_bench.h"
#include "ui/downloads/download_folder.h"
#include "ui/jobs/jobs_model.h"
#include "ui/status_line.h"
#include "ui/wizard/restore_wizard.h"

#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// The whole window on the stand-in Cloud Manager.
class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void labelsAreTheNames();
    void invitesWithoutAConnection();
    void statusSaysWhereItIs();
    void plainHttpIsMarked_data();
    void plainHttpIsMarked();
    void aWrongKeyIsTheLastError();
    void aMissingSecretIsAskedForInPlace();
    void tabsByKeyboard();
    void nothingFlashesAtTheStart();
    void geometryIsRemembered();
    void aSnapshotLeadsToThePrefilledWizard();
    void whatWasOrderedIsSelectedAndCounted();
    void oneWizardAtATime();
    void noOtherConnectionWhileTheWizardIsOpen();
    void switchingReplacesTheSession();
    void downloadsGoOnUnderAnotherConnection();

private:
    void addConnection(const QString &name, const QString &secret);
    bool open(const QString &name);
    QString statusText(const char *name) const;
    /// Orders a download of the replica set through the session; the group's key once the link is ready.
    std::pair<RestoreDraft, RestoreFacts> ledgerDownload();
    QString orderDownload();

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<WindowBench> m_bench;
};

void MainWindowTest::initTestCase()
{
    m_cloud = std::make_unique<DemoCloud>(
        QStringList{QStringLiteral("--exit-with-parent"), QStringLiteral("--job-seconds"), QStringLiteral("0.3")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void MainWindowTest::init()
{
    m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(m_bench->makeWindow());
}

void MainWindowTest::cleanup()
{
    m_bench.reset();
}

void MainWindowTest::addConnection(const QString &name, const QString &secret)
{
    Connection connection;
    connection.id = ConnectionId(name);
    connection.name = name;
    connection.service = Service::OpsManager;
    connection.baseUrl = m_cloud->baseUrl();
    connection.userName = m_cloud->publicKey();
    Credentials credentials;
    credentials.secret = Secret(secret);
    m_bench->profiles.addTransient(connection, credentials);
}

bool MainWindowTest::open(const QString &name)
{
    if (!m_bench->profiles.findByName(name))
        addConnection(name, m_cloud->privateKey());
    m_bench->window->openConnection(ConnectionId(name));
    return QTest::qWaitFor(
        [&] {
            Session *session = m_bench->session();
            return session && session->connection().name == name && session->catalogue().projects().size() == 2 &&
                   std::ranges::all_of(session->catalogue().projects(), [session](const Project &project) {
                       return session->catalogue().clusters(project.id);
                   });
        },
        20000);
}

QString MainWindowTest::statusText(const char *name) const
{
    const auto *label = m_bench->window->findChild<QLabel *>(QString::fromLatin1(name));
    return label->isVisible() ? label->text() : QString();
}

std::pair<RestoreDraft, RestoreFacts> MainWindowTest::ledgerDownload()
{
    Session &session = *m_bench->session();
    RestoreDraft draft;
    for (const Project &project : session.catalogue().projects()) {
        for (const Cluster &cluster : *session.catalogue().clusters(project.id)) {
            if (cluster.name == QStringLiteral("ledger")) {
                draft.project = project;
                draft.cluster = cluster;
            }
        }
    }
    draft.mode = RestoreMode::DownloadSnapshot;
    RestoreFacts facts;
    facts.snapshots = *resultOf(session.client().snapshots(draft.project.id, draft.cluster->id));
    for (const Snapshot &snapshot : *facts.snapshots) {
        if (draft.snapshot.isEmpty() && snapshot.complete && snapshot.missingShards.isEmpty())
            draft.snapshot = snapshot.id;
    }
    return {draft, facts};
}

QString MainWindowTest::orderDownload()
{
    Session &session = *m_bench->session();
    const auto [draft, facts] = ledgerDownload();
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

void MainWindowTest::labelsAreTheNames()
{
    m_bench->window->resize(1366, 768); // on a smaller one some are under More
    const auto *tabs = m_bench->window->findChild<QTabWidget *>();
    QStringList titles;
    for (int i = 0; i < tabs->count(); ++i)
        titles << tabs->tabText(i);
    QCOMPARE(titles,
             (QStringList{QStringLiteral("Restore jobs"), QStringLiteral("Downloads"), QStringLiteral("Snapshots")}));
    for (const auto *name : {"New restore…", "Connections…", "Download", "Copy link", "Repeat as a new restore…",
                             "Show JSON", "Save report…"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Downloads")), QString());
    for (const auto *name : {"Pause", "Resume", "Retry", "Open folder", "Unpack…", "Next steps…", "Pause all"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
    QCOMPARE(driver::selectTab(m_bench->window.get(), QStringLiteral("Snapshots")), QString());
    for (const auto *name : {"Project", "Cluster", "Download this snapshot…"})
        QVERIFY2(driver::find(m_bench->window.get(), QString::fromUtf8(name)), name);
}

void MainWindowTest::invitesWithoutAConnection()
{
    QVERIFY(!driver::canPress(m_bench->window.get(), QStringLiteral("New restore…")));
    QCOMPARE(statusText("statusConnection"), QStringLiteral("No connection"));
    QCOMPARE(statusText("connectionBlockName"), QString());
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("Add a connection…")), QString());
    QTRY_VERIFY(driver::window(QStringLiteral("Connections")));
}

void MainWindowTest::statusSaysWhereItIs()
{
    QVERIFY(open(QStringLiteral("one")));
    QVERIFY(driver::canPress(m_bench->window.get(), QStringLiteral("New restore…")));
    QVERIFY(statusText("statusConnection").startsWith(QStringLiteral("one")));
    QCOMPARE(statusText("connectionBlockName"), QStringLiteral("one"));
    QCOMPARE(statusText("connectionBlockAddress"), m_cloud->baseUrl().toDisplayString());
    QTRY_VERIFY(statusText("statusServerVersion").startsWith(QStringLiteral("Server ")));
    QCOMPARE(statusText("statusClock"), QStringLiteral("Clock: as on this machine"));
    QVERIFY(m_bench->window->windowTitle().contains(QStringLiteral("one")));
    ServerInfo info;
    info.dateHeader = m_bench->clock.now();
    info.clockOffset = std::chrono::minutes(-3);
    QCOMPARE(clockText(info), QStringLiteral("Clock: server 3 min 00 s behind"));
}

void MainWindowTest::plainHttpIsMarked_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("mark");
    QTest::newRow("https") << QStringLiteral("https://om.example.com") << QString();
    QTest::newRow("http") << QStringLiteral("http://om.example.com") << QStringLiteral("Plain HTTP: not encrypted");
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:1")
                              << QStringLiteral("Plain HTTP, within this machine");
}

void MainWindowTest::plainHttpIsMarked()
{
    QFETCH(QString, url);
    QFETCH(QString, mark);
    Connection connection;
    connection.name = QStringLiteral("c");
    connection.baseUrl = QUrl(url);
    StatusLine line;
    line.show();
    line.showConnection(&connection);
    const auto *label = line.findChild<QLabel *>(QStringLiteral("statusPlainHttp"));
    QCOMPARE(label->isVisible() ? label->text() : QString(), mark);
}

void MainWindowTest::aWrongKeyIsTheLastError()
{
    addConnection(QStringLiteral("wrong"), QStringLiteral("not-the-key"));
    m_bench->window->openConnection(ConnectionId(QStringLiteral("wrong")));
    QTRY_VERIFY_WITH_TIMEOUT(!statusText("statusError").isEmpty(), 20000);
    QVERIFY(!statusText("statusError").contains(QStringLiteral("not-the-key")));
    // It can be read again when the status bar has long said something else.
    const auto &kept = m_bench->workspace->notices().all();
    QVERIFY(std::ranges::any_of(kept, [](const Notice &notice) {
        return !notice.isOpen && notice.request == QLatin1String("GET /api/public/v1.0/groups") &&
               !notice.sentence.isEmpty() && notice.first.isValid();
    }));
    QTest::keyClick(m_bench->window.get(), Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(driver::window(QStringLiteral("Messages")));
    QVERIFY(driver::countRows(driver::window(QStringLiteral("Messages")), QStringLiteral("Messages"),
                              QStringLiteral("GET /api/public/v1.0/groups")) > 0);
    QTRY_VERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("The projects could not be read")));
}

void MainWindowTest::aMissingSecretIsAskedForInPlace()
{
    addConnection(QStringLiteral("bare"), QString());
    m_bench->window->openConnection(ConnectionId(QStringLiteral("bare")));
    QTRY_VERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Waits for the secret of bare.")));
    QVERIFY(!driver::window(QStringLiteral("Connections")));
    QVERIFY(!m_bench->session());
    const QString shown = driver::visibleText(m_bench->window.get());
    QVERIFY2(shown.contains(QStringLiteral("Opening bare…")) && !shown.contains(QStringLiteral("needs a connection")),
             qPrintable(shown));
    QCOMPARE(driver::type(m_bench->window.get(), QStringLiteral("Private key of bare"), QStringLiteral("entered")),
             QString());
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("Use it")), QString());
    QTRY_VERIFY(m_bench->session());
    QVERIFY(!driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Waits for")));
}

void MainWindowTest::tabsByKeyboard()
{
    const auto *tabs = m_bench->window->findChild<QTabWidget *>();
    m_bench->window->activateWindow();
    for (const int number : {3, 2, 1}) {
        QTest::keyClick(m_bench->window.get(), static_cast<Qt::Key>(Qt::Key_0 + number), Qt::AltModifier);
        QTRY_COMPARE(tabs->currentIndex(), number - 1);
    }
    // Every button of the tool bar can be reached with the Tab key.
    const auto buttons = m_bench->window->findChild<QToolBar *>()->findChildren<QToolButton *>();
    int reachable = 0;
    for (const QToolButton *button : buttons)
        reachable += button->isVisible() && (button->focusPolicy() & Qt::TabFocus) ? 1 : 0;
    QCOMPARE(reachable, 4);
}

/// A part that shows itself before it stands in the window would be a window of its own for a moment.
void MainWindowTest::nothingFlashesAtTheStart()
{
    class Shown : public QObject
    {
    public:
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const auto *widget = event->type() == QEvent::Show ? qobject_cast<QWidget *>(watched) : nullptr;
            if (widget && widget->isWindow())
                names << QString::fromLatin1(widget->metaObject()->className());
            return false;
        }
        QStringList names;
    } shown;
    addConnection(QStringLiteral("waits"), QString());
    DownloadSource source;
    source.job = JobId(QStringLiteral("60ff00000000000000000001"));
    source.fileName = QStringLiteral("orders.tar.gz");
    m_bench->downloads.addMissing(source, m_bench->dir.path(), source.fileName, DownloadState::LinkExpired, {});
    const auto wanted = m_bench->profiles.secretFor(ConnectionId(QStringLiteral("waits")));
    m_bench->workspace->notices().say(Notice::Kind::Warning, QStringLiteral("Said before."), {});
    qApp->installEventFilter(&shown);
    QVERIFY(m_bench->makeWindow());
    qApp->removeEventFilter(&shown);
    QCOMPARE(shown.names, QStringList(QStringLiteral("tidemark::MainWindow")));
    m_bench->profiles.remove(ConnectionId(QStringLiteral("waits")));
}

void MainWindowTest::geometryIsRemembered()
{
    m_bench->window->resize(913, 547);
    m_bench->window->close();
    QVERIFY(m_bench->makeWindow());
    QCOMPARE(m_bench->window->size(), QSize(913, 547));
}

void MainWindowTest::aSnapshotLeadsToThePrefilledWizard()
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
void MainWindowTest::whatWasOrderedIsSelectedAndCounted()
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
    m_bench->window->newRestore(ledgerDownload().first);
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

void MainWindowTest::oneWizardAtATime()
{
    QVERIFY(open(QStringLiteral("one")));
    QCOMPARE(driver::press(m_bench->window.get(), QStringLiteral("New restore…")), QString());
    QTRY_COMPARE(m_bench->window->findChildren<RestoreWizard *>().size(), 1);
    m_bench->window->newRestore(RestoreDraft());
    QCOMPARE(m_bench->window->findChildren<RestoreWizard *>().size(), 1);
    QVERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("being prepared already")));
}

void MainWindowTest::noOtherConnectionWhileTheWizardIsOpen()
{
    QVERIFY(open(QStringLiteral("one")));
    addConnection(QStringLiteral("two"), m_cloud->privateKey());
    m_bench->window->newRestore();
    m_bench->window->openConnection(ConnectionId(QStringLiteral("two")));
    QVERIFY(driver::visibleText(m_bench->window.get()).contains(QStringLiteral("Close the window New restore")));
    QTest::qWait(100);
    QCOMPARE(m_bench->session()->connection().name, QStringLiteral("one"));
}

void MainWindowTest::switchingReplacesTheSession()
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

void MainWindowTest::downloadsGoOnUnderAnotherConnection()
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

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
