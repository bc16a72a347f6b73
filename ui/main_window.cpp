#include "ui/main_window.h"

#include "base/later.h"
#include "downloads/download_queue.h"
#include "orders/order_texts.h"
#include "session/job_reading.h"
#include "session/profiles.h"
#include "session/session.h"
#include "ui/connections/connections_dialog.h"
#include "ui/connections/secret_bar.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/download_starter.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/jobs/repeat_restore.h"
#include "ui/running_question.h"
#include "ui/snapshots/snapshots_tab.h"
#include "ui/status_line.h"
#include "ui/widgets/trouble_bar.h"
#include "ui/wizard/restore_wizard.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QScreen>
#include <QSettings>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace tidemark {

namespace {

const QString GeometryKey = QStringLiteral("window/geometry");
const QString LastConnectionKey = QStringLiteral("connections/last");

QString textOf(const Error &error)
{
    return error.hint.isEmpty() ? error.sentence : error.sentence + QLatin1Char(' ') + error.hint;
}

} // namespace

MainWindow::MainWindow(AppContext context, QWidget *parent)
    : QMainWindow(parent)
    , m_context(std::move(context))
    , m_folder(new DownloadFolder(m_context.settings, this))
    , m_tabs(new QTabWidget)
    , m_jobs(new JobsTab(m_context.downloads, m_context.clock, m_context.settings))
    , m_downloads(new DownloadsTab(m_context.downloads, *m_folder, m_context.clock, m_context.settings))
    , m_snapshots(new SnapshotsTab(m_context.clock, m_context.settings))
    , m_notice(new MessageBar)
    , m_fileTroubles(new TroubleBar)
    , m_status(new StatusLine)
{
    setObjectName(QStringLiteral("mainWindow"));
    makeToolBar();
    makeTabs();
    connectTabs();
    m_work.add(this, [this] { return runningOrders(); });
    m_work.add(m_downloads, [this] { return m_downloads->runningWork(); });
    setStatusBar(m_status);
    updateTitle();
    const QSize usual(fontMetrics().averageCharWidth() * 230, fontMetrics().height() * 46);
    resize(usual.boundedTo(screen()->availableSize() * 0.95));
    restoreGeometry(m_context.settings.value(GeometryKey).toByteArray());
    // Those of the connection that was open last are shown as soon as it is open again.
    const PendingOrders pending(QDir(m_context.dataDir).filePath(QStringLiteral("orders.json")));
    if (const int others = pending.othersThan(lastConnection()); others > 0)
        showNotice(MessageBar::Kind::Warning, othersText(others));
}

MainWindow::~MainWindow()
{
    // The windows over the session end before it does.
    delete m_wizard;
    m_jobs->setSession(nullptr);
    m_snapshots->setSession(nullptr);
    m_context.jobReading.setSession(nullptr);
}

void MainWindow::makeToolBar()
{
    auto *bar = addToolBar(tr("Main tool bar"));
    bar->setObjectName(QStringLiteral("mainToolBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_newRestore = bar->addAction(tr("New restore…"));
    m_newRestore->setObjectName(QStringLiteral("newRestore"));
    m_newRestore->setShortcut(QKeySequence::New);
    m_newRestore->setEnabled(false);
    QAction *connections = bar->addAction(tr("Connections…"));
    connections->setObjectName(QStringLiteral("connectionsAction"));
    connections->setShortcut(Qt::CTRL | Qt::Key_K);
    QAction *refreshAll = bar->addAction(tr("Refresh"));
    refreshAll->setObjectName(QStringLiteral("refresh"));
    refreshAll->setShortcut(QKeySequence::Refresh);
    connect(m_newRestore, &QAction::triggered, this, [this] { newRestore(); });
    connect(connections, &QAction::triggered, this, &MainWindow::showConnections);
    connect(refreshAll, &QAction::triggered, this, &MainWindow::refresh);
    for (QAction *action : bar->actions()) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(tr("%1 (%2)").arg(action->text(), keys));
        QWidget *button = bar->widgetForAction(action);
        button->setFocusPolicy(Qt::TabFocus);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
    }
}

void MainWindow::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_jobs, tr("Restore jobs"));
    m_tabs->addTab(m_downloads, tr("Downloads"));
    m_tabs->addTab(m_snapshots, tr("Snapshots"));
    m_notice->setObjectName(QStringLiteral("noticeBar"));
    connect(m_notice, &MessageBar::buttonClicked, m_notice, &MessageBar::clear);
    m_fileTroubles->setObjectName(QStringLiteral("fileTroubles"));
    connect(&m_context.downloads, &DownloadQueue::fileTrouble, this, &MainWindow::showFileTrouble);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_fileTroubles);
    layout->addWidget(m_notice);
    layout->addWidget(new SecretBar(m_context.profiles));
    layout->addWidget(m_tabs, 1);
    setCentralWidget(content);
    for (int i = 0; i < m_tabs->count(); ++i) {
        QAction *show = addWindowAction(QStringLiteral("showTab%1").arg(i + 1),
                                        QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)));
        connect(show, &QAction::triggered, m_tabs, [this, i] { m_tabs->setCurrentIndex(i); });
        m_tabs->setTabToolTip(
            i, tr("%1 (%2)").arg(m_tabs->tabText(i), show->shortcut().toString(QKeySequence::NativeText)));
    }
    connect(addWindowAction(QStringLiteral("quit"), QKeySequence::Quit), &QAction::triggered, this, &QWidget::close);
}

QAction *MainWindow::addWindowAction(const QString &objectName, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    action->setObjectName(objectName);
    action->setShortcut(shortcut);
    addAction(action);
    return action;
}

void MainWindow::connectTabs()
{
    connect(m_jobs, &JobsTab::newRestoreRequested, this, [this] { newRestore(); });
    connect(m_jobs, &JobsTab::connectionsRequested, this, &MainWindow::showConnections);
    connect(m_jobs, &JobsTab::downloadRequested, this, &MainWindow::download);
    connect(m_jobs, &JobsTab::repeatRequested, this, [this](const QString &key) {
        if (const JobGroup *group = m_session ? m_session->jobs().group(key) : nullptr)
            newRestore(repeatedDraft(*group, *m_session));
    });
    connect(m_downloads, &DownloadsTab::jobsRequested, this, [this] { m_tabs->setCurrentWidget(m_jobs); });
    connect(m_downloads, &DownloadsTab::newLinkRequested, this, &MainWindow::requestNewLink);
    connect(m_snapshots, &SnapshotsTab::connectionsRequested, this, &MainWindow::showConnections);
    connect(m_snapshots, &SnapshotsTab::restoreRequested, this,
            [this](const RestoreDraft &draft) { newRestore(draft); });
    connect(m_folder, &DownloadFolder::chosen, this, [this] {
        const QString key = std::exchange(m_awaitingFolder, {});
        if (!key.isEmpty())
            startDownload(key);
    });
}

ConnectionId MainWindow::lastConnection() const
{
    return ConnectionId(m_context.settings.value(LastConnectionKey).toString());
}

void MainWindow::openConnection(const ConnectionId &id)
{
    const Connection *connection = m_context.profiles.find(id);
    if (!connection)
        return;
    if (isWizardInTheWay())
        return;
    setOpening(id);
    whenDone(this, m_context.profiles.secretFor(id), [this, id](const Result<Credentials> &credentials) {
        if (m_opening != id)
            return; // another one was chosen meanwhile
        setOpening({});
        if (!credentials)
            showNotice(MessageBar::Kind::Error, textOf(credentials.error()));
        else
            openUnlessBusy(id, *credentials);
    });
}

bool MainWindow::isWizardInTheWay()
{
    if (!m_wizard)
        return false;
    showNotice(MessageBar::Kind::Information, tr("Close the window New restore before you open another connection."));
    m_wizard->raise();
    m_wizard->activateWindow();
    return true;
}

/// What was not there when the connection was chosen may be by now: its secret may have been waited for.
void MainWindow::openUnlessBusy(const ConnectionId &id, const Credentials &credentials)
{
    const auto openNow = [this, id, credentials] {
        const Connection *connection = m_context.profiles.find(id); // it may have been edited meanwhile
        if (connection && !isWizardInTheWay())
            open(*connection, credentials);
    };
    if (runningOrders().isEmpty())
        openNow();
    else if (!isWizardInTheWay())
        ask(
            QStringLiteral("switchQuestion"), tr("Open another connection"), [this] { return runningOrders(); },
            tr("&Open anyway"), openNow);
}

void MainWindow::setOpening(const ConnectionId &id)
{
    m_opening = id;
    const Connection *connection = m_context.profiles.find(id);
    const QString name = connection ? connection->name : QString();
    m_jobs->setOpening(name);
    m_snapshots->setOpening(name);
}

void MainWindow::open(const Connection &connection, const Credentials &credentials)
{
    m_starter.reset();
    m_jobs->setSession(nullptr);
    m_snapshots->setSession(nullptr);
    m_context.jobReading.setSession(nullptr);
    const QString sessionDir = QDir(m_context.dataDir).filePath(QStringLiteral("connections/") + connection.id.value);
    m_session = std::make_unique<Session>(connection, credentials, m_context.clock, sessionDir,
                                          Session::Timing{m_context.intervals, {}, {}}, m_context.dataDir);
    m_starter = std::make_unique<DownloadStarter>(*m_session, m_context.downloads);
    connect(m_starter.get(), &DownloadStarter::started, this, [this] { m_tabs->setCurrentWidget(m_downloads); });
    connect(m_starter.get(), &DownloadStarter::failed, this,
            [this](const Error &error) { showNotice(MessageBar::Kind::Error, textOf(error)); });
    m_status->showConnection(&connection);
    m_status->follow(&m_session->client());
    connect(&m_session->catalogue(), &Catalogue::stateChanged, m_status,
            [this] { m_status->showReading(m_session->catalogue().state().isReading); });
    m_context.jobReading.setSession(m_session.get());
    m_jobs->setSession(m_session.get());
    m_snapshots->setSession(m_session.get());
    m_newRestore->setEnabled(true);
    m_context.settings.setValue(LastConnectionKey, connection.id.value);
    if (m_connections)
        m_connections->setOpen(connection.id);
    updateTitle();
    connect(m_session.get(), &Session::fileTrouble, this, &MainWindow::showFileTrouble);
    m_session->checkFiles();
    m_session->catalogue().read();
    Q_EMIT sessionOpened();
}

void MainWindow::newRestore(const std::optional<RestoreDraft> &draft)
{
    if (!m_session)
        return;
    if (!m_wizard) {
        m_wizard = new RestoreWizard(*m_session, m_context.downloads, m_context.settings, this);
        m_wizard->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_wizard, &RestoreWizard::downloadRequested, this, &MainWindow::download);
        if (draft)
            m_wizard->setDraft(*draft);
    } else if (draft) {
        showNotice(MessageBar::Kind::Information,
                   tr("A new restore is being prepared already: finish or close it first."));
    }
    m_wizard->show();
    m_wizard->raise();
    m_wizard->activateWindow();
}

void MainWindow::showConnections()
{
    if (!m_connections) {
        m_connections = new ConnectionsDialog(m_context.profiles, m_context.clock, m_context.settings, this);
        m_connections->setAttribute(Qt::WA_DeleteOnClose);
        if (m_session)
            m_connections->setOpen(m_session->connection().id);
        connect(m_connections, &ConnectionsDialog::openRequested, this, [this](const ConnectionId &id) {
            m_connections->close();
            openConnection(id);
        });
    }
    m_connections->open();
}

void MainWindow::download(const QString &groupKey)
{
    if (m_folder->isChosen()) {
        startDownload(groupKey);
        return;
    }
    m_awaitingFolder = groupKey;
    m_folder->choose(this);
}

void MainWindow::startDownload(const QString &groupKey)
{
    if (m_starter)
        m_starter->start(groupKey, m_folder->path());
}

void MainWindow::requestNewLink(const DownloadSource &source)
{
    if (m_session && m_session->connection().id == source.connection) {
        newRestore(newLinkDraft(source, *m_session));
        return;
    }
    const Connection *connection = m_context.profiles.find(source.connection);
    showNotice(MessageBar::Kind::Information,
               connection ? tr("This archive belongs to the connection %1: open it first.").arg(connection->name)
                          : tr("The connection of this archive is no longer there: add it again first."));
}

void MainWindow::refresh()
{
    if (!m_session)
        return;
    m_session->catalogue().read();
    m_session->jobs().refreshNow();
    m_snapshots->refresh();
}

void MainWindow::showNotice(MessageBar::Kind kind, const QString &text)
{
    m_notice->showMessage(kind, text, {tr("Close")});
}

void MainWindow::showFileTrouble(const Error &error)
{
    m_fileTroubles->add(error);
}

void MainWindow::updateTitle()
{
    QString title = QStringLiteral("Tidemark");
    if (m_session && !m_context.isDemo)
        title = tr("%1 – Tidemark").arg(m_session->connection().name);
    if (m_context.isDemo)
        title = tr("Demo with a stand-in Cloud Manager, nothing here is real – Tidemark");
    setWindowTitle(title);
}

QStringList MainWindow::runningOrders() const
{
    const Order *order = m_session ? m_session->orders().current() : nullptr;
    return order && order->phase() != Order::Phase::Ended ? QStringList{cutOffText(*order)} : QStringList();
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
    if (const Order *order = m_session ? m_session->orders().current() : nullptr)
        connect(order, &Order::changed, question, &RunningQuestion::refresh);
    question->open();
}

} // namespace tidemark
