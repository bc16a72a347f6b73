#pragma once

#include "jobs/job_monitor.h"
#include "restore/restore_draft.h"
#include "session/freshness.h"
#include "ui/jobs/jobs_empty.h"
#include "ui/jobs/jobs_model.h"
#include "ui/widgets/server_clock.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class DownloadQueue;
class EmptyState;
class FilterEdit;
class ItemViewSetup;
class JobActions;
class JobAdvicePanel;
class JobPane;
class JobsFilter;
class MessageBar;
class ReadingLine;
class ReportSaver;
class PendingOrdersView;
class UnlistedRestoresView;
class SavedFileBar;
class Session;

/// The tab **Restore jobs**: all restores of the connection's clusters and what can be done with each.
class JobsTab : public QWidget
{
    Q_OBJECT

public:
    JobsTab(const DownloadQueue &downloads, const Clock &clock, QSettings &settings, QWidget *parent = nullptr);
    ~JobsTab() override;

    /// Shows this session's jobs; nullptr while no connection is open. The session must outlive its being shown.
    void setSession(Session *session);
    /// The name of the connection that is being opened, until a session is there: no other one is needed meanwhile.
    void setOpening(const QString &connectionName);

    JobsModel &model() { return *m_model; }
    void select(const QString &groupKey);
    /// The restore that this job is of, where the list has it.
    void selectJob(const JobId &id);
    /// When each list of jobs was read, by the server's clock.
    std::vector<ListAge> listAges() const;
    const std::vector<QAction *> &actions() const; ///< for the menu
    std::vector<QAction *> orderActions() const;   ///< of orders not known yet and restores on no list; for the menu

Q_SIGNALS:
    void newRestoreRequested();
    void connectionsRequested();
    void downloadRequested(const QString &groupKey);
    /// A restore that is to be prepared: as an earlier one, or to undo it.
    void restoreRequested(const tidemark::RestoreDraft &draft);
    void countsChanged(int running, int failed);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeButtons();
    void setUpView();
    void update(const QStringList &changedKeys);
    void showReading();
    void showPage();
    void onSelectionChanged();
    void updateCountdowns();
    void showJson(const QString &groupKey);
    void showJsonDialog(const QString &title, const QByteArray &json, const QString &note);
    void prepare(const QString &groupKey, RestoreDraft (*draftOf)(const JobGroup &, const Session &));
    void readAgain();
    void onEmptyButton();
    QModelIndex selectedSource() const;

    const DownloadQueue &m_downloads;
    const Clock &m_machineClock;
    ServerClock m_clock; ///< links end by the server's clock
    QPointer<Session> m_session;
    QString m_opening;
    bool m_read = false; ///< the first list has come
    JobsModel *m_model;
    JobsFilter *m_filter;
    JobActions *m_actions;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    FilterEdit *m_filterBox;
    JobPane *m_pane;
    JobAdvicePanel *m_advice;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    JobsEmpty::Do m_emptyDoes = JobsEmpty::Do::Nothing;
    JobsModel::Counts m_counts;
    MessageBar *m_message;
    SavedFileBar *m_saved;
    ReportSaver *m_reports;
    ReadingLine *m_reading;
    PendingOrdersView *m_pending;
    UnlistedRestoresView *m_unlisted;
    QTimer m_second;
};

} // namespace tidemark
