#pragma once

#include "base/error.h"
#include "base/running_work.h"
#include "restore/restore_draft.h"
#include "ui/app_context.h"
#include "ui/widgets/message_bar.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

class QAction;
class QTabWidget;

namespace tidemark {

class ConnectionsDialog;
class DownloadFolder;
class DownloadStarter;
class DownloadsTab;
class JobsTab;
class RestoreWizard;
class Session;
class SnapshotsTab;
class StatusLine;
class TroubleBar;
struct DownloadSource;

/// The window of the program: restore jobs, downloads and snapshots of one open connection, and the ways to a new
/// restore and to other connections. Opening another connection replaces the session.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(AppContext context, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads the connection's secrets and opens it; returns at once.
    void openConnection(const ConnectionId &id);
    /// The one that was open last, in this run or an earlier one.
    ConnectionId lastConnection() const;
    /// nullptr while no connection is open.
    Session *session() { return m_session.get(); }

    /// Opens the wizard, prefilled with the draft where there is one. There is one wizard at a time.
    void newRestore(const std::optional<RestoreDraft> &draft = {});
    void showConnections();
    /// Fetches a restore's archives; asks for the folder the first time.
    void download(const QString &groupKey);
    DownloadFolder &downloadFolder() { return *m_folder; }

    /// Closes it without a question, whatever runs.
    void closeUnasked();
    /// The desktop's session is about to end and closes the window: for a minute that is no question, since the end may
    /// be called off.
    void expectSessionEnd();

    /// Says something in the window until it is closed there.
    void showNotice(MessageBar::Kind kind, const QString &text);
    /// The same for a file in which the program keeps something, beside all other notices.
    void showFileTrouble(const Error &error);

Q_SIGNALS:
    void sessionOpened();

protected:
    /// Asks while something runs that would be cut off.
    void closeEvent(QCloseEvent *event) override;

private:
    void makeToolBar();
    void makeTabs();
    void connectTabs();
    QAction *addWindowAction(const QString &objectName, const QKeySequence &shortcut);
    void setOpening(const ConnectionId &id);
    bool isWizardInTheWay();
    void openUnlessBusy(const ConnectionId &id, const Credentials &credentials);
    void open(const Connection &connection, const Credentials &credentials);
    void startDownload(const QString &groupKey);
    void requestNewLink(const DownloadSource &source);
    void refresh();
    void updateTitle();
    /// Before something that would cut off what `running` names; once at a time.
    void ask(const QString &objectName, const QString &title, std::function<QStringList()> running,
             const QString &anyway, const std::function<void()> &goOn);
    QStringList runningOrders() const;

    AppContext m_context;
    RunningWork m_work;
    bool m_closesAnyway = false;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DownloadStarter> m_starter; ///< works on the session
    DownloadFolder *m_folder;
    QTabWidget *m_tabs;
    JobsTab *m_jobs;
    DownloadsTab *m_downloads;
    SnapshotsTab *m_snapshots;
    MessageBar *m_notice;
    TroubleBar *m_fileTroubles;
    StatusLine *m_status;
    QAction *m_newRestore = nullptr;
    QPointer<RestoreWizard> m_wizard;
    QPointer<ConnectionsDialog> m_connections;
    QString m_awaitingFolder; ///< group whose download waits for the choice of a folder
    ConnectionId m_opening;   ///< whose secrets are being read
};

} // namespace tidemark
