#pragma once

#include "downloads/download_queue.h"
#include "support/demo_session.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_tab.h"

#include <QSettings>
#include <QTemporaryDir>

#include <memory>

class QTreeView;

namespace tidemark::test {

/// The tab Restore jobs over a session on the stand-in Cloud Manager, with a queue for its downloads.
class JobsBench
{
public:
    JobsBench();
    ~JobsBench();

    /// Empty, or why the session could not be opened.
    QString problem() const { return m_problem; }
    /// A tab in place of the one before, as at the next start. False when it is not shown.
    bool show();
    QTreeView *view() const;
    /// Orders it; the group's key, empty when it was not ordered.
    QString order(RestoreMode mode, const QString &source, const QString &target = {});
    /// Until every archive of the group can be fetched.
    bool waitUntilReady(const QString &key) const;
    const JobGroup &group(const QString &key) const { return *demo->session().jobs().group(key); }
    QStringList links(const QString &key) const;
    QString path(const QString &name) const { return m_dir.filePath(name); }
    QString folder() const { return m_dir.path(); }

    static inline const QString Jobs = QStringLiteral("Restore jobs"); ///< the list's name
    static inline const QString Sharded = QStringLiteral("shop-prod");
    static inline const QString ReplicaSet = QStringLiteral("ledger");

    SystemClock clock;

private:
    QTemporaryDir m_dir;
    QString m_problem;

public:
    std::unique_ptr<DemoSession> demo;
    QSettings settings;
    std::unique_ptr<DownloadQueue> queue;
    std::unique_ptr<JobsTab> tab;
};

} // namespace tidemark::test
