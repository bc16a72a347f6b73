#include "ui/main_window.h"

#include "downloads/download_queue.h"
#include "jobs/job_activity.h"
#include "orders/order_texts.h"
#include "preparation/kept_draft.h"
#include "session/freshness.h"
#include "session/profiles.h"
#include "session/repeat_restore.h"
#include "session/workspace.h"
#include "ui/connection_block.h"
#include "ui/connections/connections_dialog.h"
#include "ui/connections/secret_bar.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/freshness_label.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/main_actions.h"
#include "ui/messages/notice_bar.h"
#include "ui/plans/plan_windows.h"
#include "ui/running_question.h"
#include "ui/side_windows.h"
#include "ui/snapshots/snapshots_tab.h"
#include "ui/status_line.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/restore_wizard.h"

#include <QAction>
#include <QCloseEvent>
#include <QScreen>
#include <QSettings>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

const QString GeometryKey = QStringLiteral("window/geometry");
const QString TabKey = QStringLiteral("window/tab");
/// Causes of notices.
const QString WizardInTheWay = QStringLiteral("wizard in the way");

} // namespace

MainWindow::MainWindow(AppContext context, QWidget *parent)
    : QMainWindow(parent)
    , m_context(std::move(context))
    , m_actions(new MainActions(*this))
    , m_side(new SideWindows(m_context, this))
    , m_plans(new PlanWindows(
          m_context.workspace, m_context.clock, m_context.settings,
          [this](const RestoreDraft &draft, const PlanInHand &plan) { return newRestore(draft, &plan); }, this))
    , m_folder(new DownloadFolder(m_context.settings, this))
    , m_tabs(new QTabWidget)
    , m_jobs(new JobsTab(m_context.downloads, m_context.clock, m_context.settings))
    , m_downloads(new DownloadsTab(m_context.downloads, *m_folder, m_context.clock, m_context.settings))
    , m_snapshots(new SnapshotsTab(m_context.clock, m_context.settings))
    , m_status(new StatusLine)
{
    setObjectName(QStringLiteral("mainWindow"));
    makeTabs();
    connectActions();
    connectTabs();
    connectWorkspace();
    m_work.add(this, [this] { return m_context.workspace.runningOrders(); });
    m_work.add(m_downloads, [this] { return m_downloads->runningWork(); });
    setStatusBar(m_status);
    updateTitle();
    const QSize usual(fontMetrics().averageCharWidth() * 230, fontMetrics().height() * 46);
    resize(usual.boundedTo(screen()->availableSize() * 0.95));
    restoreGeometry(m_context.settings.value(GeometryKey).toByteArray());
    // Those of the connection that was open last are shown as soon as it is open again.
    if (const int others = m_context.workspace.otherPendingOrders(); others > 0)
        m_context.workspace.notices().say(Notice::Kind::Warning, othersText(others));
    if (m_context.workspace.session())
        showSession(m_context.workspace.session());
}

MainWindow::~MainWindow()
{
    letGo(); // the windows over the session end before what they are made of
}

void MainWindow::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    keepMeasures(m_tabs, [this] { m_tabs->setIconSize(QSize(u(5), u(5))); });
    for (QWidget *page : std::initializer_list<QWidget *>{m_jobs, m_downloads, m_snapshots})
        keepPageGround(page);
    m_tabs->addTab(m_jobs, lookIcon(QStringLiteral("history")), tr("Restore jobs"));
    m_tabs->addTab(m_downloads, lookIcon(QStringLiteral("download")), tr("Downloads"));
    m_tabs->addTab(m_snapshots, lookIcon(QStringLiteral("snapshot")), tr("Snapshots"));
    auto *content = new QWidget;
    auto *notices = new NoticeBar(m_context.workspace.notices(), content);
    connect(notices, &NoticeBar::allRequested, m_side, &SideWindows::showMessages);
    auto *secrets = new SecretBar(m_context.profiles, content);
    connect(&m_context.workspace, &Workspace::preparingChanged, secrets,
            [secrets, &workspace = m_context.workspace] { secrets->setOpening(workspace.preparing()); });
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs, 1); // what is said below it leaves every row where the pointer is
    layout->addWidget(notices);
    layout->addWidget(secrets);
    setCentralWidget(content);
    m_tabs->setCurrentIndex(std::clamp(m_context.settings.value(TabKey).toInt(), 0, m_tabs->count() - 1));
}

void MainWindow::connectActions()
{
    m_actions->fillMenus(m_jobs->actions(), m_jobs->orderActions(), m_snapshots->actions(), m_downloads->actions());
    connect(m_actions->newRestore, &QAction::triggered, this, [this] { newRestore(); });
    connect(m_actions->connections, &QAction::triggered, this, &MainWindow::showConnections);
    connect(m_actions->refresh, &QAction::triggered, this, &MainWindow::refresh);
    connect(m_actions->messages, &QAction::triggered, m_side, &SideWindows::showMessages);
    connect(m_actions->openPlan, &QAction::triggered, m_plans, &PlanWindows::choose);
    connect(m_actions->history, &QAction::triggered, m_side, &SideWindows::showHistory);
    connect(m_actions->about, &QAction::triggered, m_side, &SideWindows::showAbout);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->filter, &QAction::triggered, this, [this] {
        if (auto *filter = m_tabs->currentWidget()->findChild<FilterEdit *>())
            filter->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_actions, &MainActions::tabUsed, m_tabs, &QTabWidget::setCurrentIndex);
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QAction *show = m_actions->showTab(i);
        connect(show, &QAction::triggered, m_tabs, [this, i] { m_tabs->setCurrentIndex(i); });
        m_tabs->setTabToolTip(
            i, tr("%1 (%2)").arg(m_tabs->tabText(i), show->shortcut().toString(QKeySequence::NativeText)));
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        m_context.settings.setValue(TabKey, tab);
        showFreshness();
    });
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &MainWindow::showFreshness);
    m_second.start();
    showFreshness();
}

/// The title begins as it is without: scripts find the tab by that.
void MainWindow::showCounts(int tab, int running, int failed)
{
    const QString base = withoutMnemonic(m_actions->showTab(tab)->text());
    m_tabs->setTabText(tab, countedTitle(base, running, failed));
}

void MainWindow::showFreshness()
{
    const QWidget *shown = m_tabs->currentWidget();
    m_actions->filter->setEnabled(shown->findChild<FilterEdit *>() != nullptr);
    std::vector<ListAge> ages;
    if (shown == m_jobs)
        ages = m_jobs->listAges();
    else if (shown == m_snapshots)
        ages = m_snapshots->listAges();
    Session *session = m_context.workspace.session();
    const QDateTime now = session ? session->client().serverNow() : m_context.clock.now();
    m_actions->freshness()->show(freshnessOf(ages, now), now);
}

void MainWindow::connectTabs()
{
    connect(m_jobs, &JobsTab::countsChanged, this, [this](int running, int failed) { showCounts(0, running, failed); });
    connect(m_downloads, &DownloadsTab::countsChanged, this,
            [this](int running, int failed) { showCounts(1, running, failed); });
    m_downloads->tellCounts();
    connect(m_jobs, &JobsTab::newRestoreRequested, this, [this] { newRestore(); });
    connect(m_jobs, &JobsTab::connectionsRequested, this, &MainWindow::showConnections);
    connect(m_jobs, &JobsTab::downloadRequested, this, &MainWindow::download);
    connect(m_jobs, &JobsTab::restoreRequested, this, [this](const RestoreDraft &draft) { newRestore(draft); });
    connect(m_downloads, &DownloadsTab::jobsRequested, this, [this] { m_tabs->setCurrentWidget(m_jobs); });
    connect(m_downloads, &DownloadsTab::newLinkRequested, this, &MainWindow::requestNewLink);
    connect(m_snapshots, &SnapshotsTab::connectionsRequested, this, &MainWindow::showConnections);
    connect(m_snapshots, &SnapshotsTab::restoreRequested, this,
            [this](const RestoreDraft &draft) { newRestore(draft); });
}

void MainWindow::connectWorkspace()
{
    Workspace &workspace = m_context.workspace;
    connect(&workspace, &Workspace::preparingChanged, this, &MainWindow::showPreparing);
    connect(&workspace, &Workspace::isReady, this, &MainWindow::openUnlessBusy);
    connect(&workspace, &Workspace::sessionAboutToEnd, this, &MainWindow::letGo);
    connect(&workspace, &Workspace::sessionOpened, this, &MainWindow::showSession);
    connect(&workspace, &Workspace::downloadStarted, this, [this] { m_tabs->setCurrentWidget(m_downloads); });
}

void MainWindow::openConnection(const ConnectionId &id)
{
    if (!isWizardInTheWay())
        m_context.workspace.prepare(id);
}

bool MainWindow::isWizardInTheWay()
{
    if (!m_wizard)
        return false;
    sayWizardIsInTheWay(tr("Close the window New restore before you open another connection."));
    return true;
}

/// In both windows: the wizard covers this one.
void MainWindow::sayWizardIsInTheWay(const QString &text)
{
    m_context.workspace.notices().say(Notice::Kind::Information, text, {}, WizardInTheWay);
    m_wizard->say(text);
    m_wizard->raise();
    m_wizard->activateWindow();
}

/// What was not there when the connection was chosen may be by now: its secret may have been waited for.
void MainWindow::openUnlessBusy()
{
    if (isWizardInTheWay())
        return;
    Workspace &workspace = m_context.workspace;
    const auto running = [&workspace] { return workspace.runningOrders(); };
    if (running().isEmpty()) {
        workspace.openPrepared();
        return;
    }
    ask(QStringLiteral("switchQuestion"), tr("Open another connection"), running, tr("&Open anyway"), [this] {
        if (!isWizardInTheWay())
            m_context.workspace.openPrepared();
    });
}

void MainWindow::showPreparing()
{
    const Connection *connection = m_context.profiles.find(m_context.workspace.preparing());
    const QString name = connection ? connection->name : QString();
    m_jobs->setOpening(name);
    m_snapshots->setOpening(name);
}

void MainWindow::letGo()
{
    delete m_wizard;
    if (Session *ending = m_context.workspace.session())
        m_kept[ending->connection().id] = KeptDraft::of(*ending).all();
    m_side->letGo();
    m_jobs->setSession(nullptr);
    m_snapshots->setSession(nullptr);
    m_status->follow(nullptr);
}

void MainWindow::showSession(Session *session)
{
    const Connection &connection = session->connection();
    m_status->showConnection(&connection);
    m_actions->connection()->showConnection(&connection);
    m_status->follow(&session->client());
    connect(&session->catalogue(), &Catalogue::stateChanged, m_status,
            [this, session] { m_status->showReading(session->catalogue().state().isReading); });
    m_jobs->setSession(session);
    m_snapshots->setSession(session);
    KeptDraft::of(*session).putBack(m_kept[connection.id]);
    m_actions->newRestore->setEnabled(true);
    m_actions->history->setEnabled(true);
    if (m_connections)
        m_connections->setOpen(connection.id);
    updateTitle();
}

void MainWindow::openPlan(const QString &path)
{
    m_plans->open(path);
}

bool MainWindow::newRestore(const std::optional<RestoreDraft> &draft, const PlanInHand *plan)
{
    Session *session = m_context.workspace.session();
    if (!session)
        return false;
    const bool isFree = !m_wizard;
    if (isFree) {
        m_wizard = new RestoreWizard(*session, m_context.downloads, m_context.settings, this);
        m_wizard->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_wizard, &QObject::destroyed, &m_context.workspace.notices(),
                [&notices = m_context.workspace.notices()] { notices.resolve(WizardInTheWay); });
        connect(m_wizard, &RestoreWizard::downloadRequested, this, &MainWindow::download);
        // What was just ordered is what the person looks for; what is found out of another order moves nothing.
        connect(m_wizard, &RestoreWizard::ordered, m_jobs, &JobsTab::selectJob);
        if (draft)
            m_wizard->setDraft(*draft, plan);
    } else if (draft) {
        sayWizardIsInTheWay(tr("A new restore is being prepared already: finish or close it first."));
    }
    m_wizard->show();
    m_wizard->raise();
    m_wizard->activateWindow();
    return isFree;
}

void MainWindow::showConnections()
{
    if (!m_connections) {
        m_connections = new ConnectionsDialog(m_context.profiles, m_context.clock, m_context.settings, this);
        m_connections->setAttribute(Qt::WA_DeleteOnClose);
        if (const Session *session = m_context.workspace.session())
            m_connections->setOpen(session->connection().id);
        connect(m_connections, &ConnectionsDialog::openRequested, this, [this](const ConnectionId &id) {
            m_connections->close();
            openConnection(id);
        });
    }
    m_connections->open();
}

void MainWindow::download(const QString &groupKey)
{
    const auto start = [this, groupKey] { m_context.workspace.download(groupKey, m_folder->path()); };
    if (m_folder->isChosen())
        start();
    else
        m_folder->choose(this, start);
}

void MainWindow::requestNewLink(const DownloadSource &source)
{
    Session *session = m_context.workspace.session();
    if (session && session->connection().id == source.connection) {
        newRestore(newLinkDraft(source, *session));
        return;
    }
    const Connection *connection = m_context.profiles.find(source.connection);
    m_context.workspace.notices().say(
        Notice::Kind::Information,
        connection ? tr("This archive belongs to the connection %1: open it first.").arg(connection->name)
                   : tr("The connection of this archive is no longer there: add it again first."));
}

void MainWindow::refresh()
{
    if (!m_context.workspace.session())
        return;
    m_context.workspace.refresh();
    m_snapshots->refresh();
}

void MainWindow::updateTitle()
{
    QString title = QStringLiteral("Tidemark");
    const Session *session = m_context.workspace.session();
    if (session && !m_context.isDemo)
        title = tr("%1 – Tidemark").arg(session->connection().name);
    if (m_context.isDemo)
        title = tr("Demo with a stand-in Cloud Manager, nothing here is real – Tidemark");
    setWindowTitle(title);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_closesAnyway && !m_work.sentences().isEmpty()) {
        event->ignore();
        ask(
            QStringLiteral("quitQuestion"), tr("Quit Tidemark"), [this] { return m_work.sentences(); },
            tr("&Quit anyway"), [this] { closeUnasked(); });
        return;
    }
    m_context.settings.setValue(GeometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::closeUnasked()
{
    m_closesAnyway = true;
    close();
}

void MainWindow::expectSessionEnd()
{
    m_closesAnyway = true;
    QTimer::singleShot(std::chrono::minutes(1), this, [this] { m_closesAnyway = false; });
}

void MainWindow::ask(const QString &objectName, const QString &title, std::function<QStringList()> running,
                     const QString &anyway, const std::function<void()> &goOn)
{
    if (findChild<RunningQuestion *>(objectName))
        return;
    auto *question = new RunningQuestion(title, std::move(running), anyway, this);
    question->setObjectName(objectName);
    connect(question, &RunningQuestion::goesOn, this, goOn);
    Session *session = m_context.workspace.session();
    if (const Order *order = session ? session->orders().current() : nullptr)
        connect(order, &Order::changed, question, &RunningQuestion::refresh);
    question->open();
}

} // namespace tidemark
