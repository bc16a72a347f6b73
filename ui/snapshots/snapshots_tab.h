#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "restore/restore_draft.h"
#include "session/freshness.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/server_clock.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class ItemViewSetup;
class MessageBar;
class ReadingLine;
class Session;
class SnapshotDetails;
class SnapshotRows;
class SnapshotsModel;

/// The tab **Snapshots**: the snapshots of a chosen cluster, and the way from one of them to a restore or a download.
class SnapshotsTab : public QWidget
{
    Q_OBJECT

public:
    SnapshotsTab(const Clock &clock, QSettings &settings, QWidget *parent = nullptr);
    ~SnapshotsTab() override;

    /// nullptr while no connection is open.
    void setSession(Session *session);
    /// The name of the connection that is being opened, until a session is there: no other one is needed meanwhile.
    void setOpening(const QString &connectionName);
    void refresh();
    SnapshotsModel &model() { return *m_model; }
    /// When what is shown was read, by the server's clock.
    std::vector<ListAge> listAges() const;
    std::vector<QAction *> actions() const { return {m_download, m_restore}; } ///< for the menu

Q_SIGNALS:
    void connectionsRequested();
    void restoreRequested(const tidemark::RestoreDraft &draft);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeChoice();
    void setUpView();
    QAction *makeAction(const QString &text, const QString &objectName, const QKeySequence &shortcut);
    void fillProjects();
    void fillClusters();
    void leaveOther();
    void read();
    void onRead(const ClusterId &cluster, const std::vector<Snapshot> &snapshots);
    void onFailed(const Error &error);
    void showPage();
    EmptyTexts emptyTexts() const;
    void onEmptyButton();
    void showReading();
    void onSelectionChanged();
    void request(RestoreMode mode);
    const Snapshot *current() const;
    ProjectId project() const;
    ClusterId cluster() const;

    ServerClock m_clock;
    QTimer m_tick;
    QPointer<Session> m_session;
    QString m_opening;
    SnapshotsModel *m_model;
    SnapshotRows *m_sorted;
    QAction *m_download;
    QAction *m_restore;
    QComboBox *m_projects;
    QComboBox *m_clusters;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    SnapshotDetails *m_details;
    MessageBar *m_message;
    ReadingLine *m_readingLine;
    ClusterId m_shown;     ///< whose snapshots are in the table
    quint64 m_reading = 0; ///< number of the latest read; answers to older ones are dropped
    bool m_isReading = false;
    bool m_isStale = false;         ///< to be read as soon as it is shown
    std::optional<Error> m_failure; ///< of the latest read
    QDateTime m_readAt;             ///< what is shown, by the server's clock
};

} // namespace tidemark
