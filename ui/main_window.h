#pragma once

#include "base/running_work.h"
#include "restore/restore_draft.h"
#include "ui/app_context.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <vector>

class QTabWidget;

namespace tidemark {

class ConnectionsDialog;
class DownloadFolder;
class DownloadsTab;
class JobsTab;
class MainActions;
class PlanWindows;
class RestoreWizard;
class Session;
class SideWindows;
class SnapshotsTab;
class StatusLine;
struct DownloadSource;
struct PlanInHand;

/// The window of the program: restore jobs, downloads and snapshots of the workspace's connection, and the ways to a
/// new restore, to other connections and to what was said.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(AppContext context, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads the connection's secrets and opens it; returns at once.
    void openConnection(const ConnectionId &id);
    /// Opens the wizard, prefilled with the draft where there is one. There is one wizard at a time.
    /// False where that is another restore's. `plan`: that the draft was made of; nullptr for none.
    bool newRestore(const std::optional<RestoreDraft> &draft = {}, const PlanInHand *plan = nullptr);
    void openPlan(const QString &path);
    void showConnections();
    /// Fetches a restore's archives; asks for the folder the first time.
    void download(const QString &groupKey);
    DownloadFolder &downloadFolder() { return *m_folder; }

    /// Closes it without a question, whatever runs.
    void closeUnasked();
    /// The desktop's session is about to end and closes the window: for a minute that is no question, since the end may
    /// be called off.
    void expectSessionEnd();

protected:
    /// Asks while something runs that would be cut off.
    void closeEvent(QCloseEvent *event) override;

private:
    void makeTabs();
    void connectActions();
    void connectTabs();
    void connectWorkspace();
    void showCounts(int tab, int running, int failed);
    void showFreshness();
    void showPreparing();
    bool isWizardInTheWay();
    void sayWizardIsInTheWay(const QString &text);
    void openUnlessBusy();
    void letGo();
    void showSession(Session *session);
    void requestNewLink(const DownloadSource &source);
    void refresh();
    void updateTitle();
    /// Before something that would cut off what `running` names; once at a time.
    void ask(const QString &objectName, const QString &title, std::function<QStringList()> running,
             const QString &anyway, const std::function<void()> &goOn);

    AppContext m_context;
    RunningWork m_work;
    bool m_closesAnyway = false;
    MainActions *m_actions;
    SideWindows *m_side;
    PlanWindows *m_plans;
    DownloadFolder *m_folder;
    QTabWidget *m_tabs;
    JobsTab *m_jobs;
    DownloadsTab *m_downloads;
    SnapshotsTab *m_snapshots;
    StatusLine *m_status;
    QPointer<RestoreWizard> m_wizard;
    std::map<ConnectionId, std::vector<RestoreDraft>> m_kept; ///< what was left unfinished in sessions that have ended
    QPointer<ConnectionsDialog> m_connections;
    QTimer m_second;
};

} // namespace tidemark
