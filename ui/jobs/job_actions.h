#pragma once

#include "base/clock.h"
#include "jobs/job_advice.h"
#include "jobs/job_monitor.h"

#include <QObject>

#include <optional>
#include <vector>

class QAction;
class QWidget;

namespace tidemark {

/// What can be done with the selected restore: the actions and when each is possible.
class JobActions : public QObject
{
    Q_OBJECT

public:
    JobActions(const Clock &clock, QWidget *parent);

    /// `job` is the one job that is selected, nullptr for the heading of a batch; both nullptr: nothing is selected.
    /// `whyNoUndo`: why the restore cannot be undone, a sentence; empty where it can.
    void setSelection(const JobGroup *group, const RestoreJob *job, const QString &whyNoUndo);

    const std::vector<QAction *> &actions() const { return m_actions; } ///< in order, for buttons and menu
    QAction *showJson() const { return m_showJson; }
    QAction *action(JobStep step) const;

Q_SIGNALS:
    void downloadRequested(const QString &groupKey);
    void repeatRequested(const QString &groupKey);
    void undoRequested(const QString &groupKey);
    void jsonRequested(const QString &groupKey);
    void reportRequested(const QString &groupKey);
    void stopFollowingRequested(const QString &groupKey);
    void linkCopied();

private:
    QAction *make(const QString &text, const QString &objectName, const QKeySequence &shortcut);
    void copyLink();

    const Clock &m_clock;
    QWidget *m_widget;
    std::vector<QAction *> m_actions;
    QAction *m_download;
    QAction *m_copyLink;
    QAction *m_repeat;
    QAction *m_showJson;
    QAction *m_saveReport;
    QAction *m_undo;
    QAction *m_stopFollowing;
    QString m_groupKey;
    std::optional<RestoreJob> m_job;
};

// Why something cannot be done with what is selected, for the button's tip; empty where it can. `now` is the server's.
QString whyNoDownload(const JobGroup *group, const QDateTime &now);
QString whyNoLink(const JobGroup *group, const RestoreJob *job, const QDateTime &now);
QString whyNotFollowed(const JobGroup *group, const QDateTime &now);

} // namespace tidemark
