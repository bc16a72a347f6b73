#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "jobs/agent_progress.h"
#include "restore/order_record.h"
#include "restore/restore_point.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <set>
#include <vector>

namespace tidemark {

/// What the API forgets about a restore that was ordered here: the answers name neither mode nor target. Also how far
/// its agents were seen.
struct RememberedSubmission
{
    QString key;       ///< of its JobGroup; where it is empty keyOf() makes it
    QString order;     ///< key of the pending order that it came from; empty in entries from before there were any
    ClusterId cluster; ///< the source; empty in old entries
    BatchId batch;
    std::vector<JobId> jobs;
    QDateTime ordered;
    RestoreMode mode = RestoreMode::DownloadSnapshot;
    RestorePoint point;
    OplogTimestamp pointTime; ///< the snapshot's or checkpoint's moment
    ProjectId targetProject;
    QString targetProjectName;
    ClusterId targetCluster;
    QString targetClusterName;
    std::optional<qint64> goalBefore; ///< goal version of the target project's agents, read before the order was sent
    AgentsProgress agents;            ///< errors are not kept over restarts
    bool stoppedFollowing = false;    ///< a person does not want to know more of the agents
    OrderRecord record;               ///< what people said beside the order

    bool operator==(const RememberedSubmission &) const = default;
};

/// Batch id, else the first job's id.
QString keyOf(const BatchId &batch, const std::vector<JobId> &jobs);

/// Whether both tell of one restore: the same order, batch, or a job in common.
bool isSameRestore(const RememberedSubmission &a, const RememberedSubmission &b);

/// What both know. The first one's key stays, ids are put together, and the agents are where they were seen furthest.
RememberedSubmission merged(RememberedSubmission known, const RememberedSubmission &added);

/// Remembers submissions over restarts in a JSON file of mode 0600. No link and no secret is in it. Several processes
/// may use one file: each change is made to the file as it is then, and only to the entry that it is about. What cannot
/// be written stays in memory and is written with the next change; trouble() says so. Adding and stopping block until
/// the disk has it.
class SubmissionMemory
{
public:
    explicit SubmissionMemory(QString path);

    /// Adds it, or completes the entry of the same restore. Returns it as it is remembered now.
    RememberedSubmission add(RememberedSubmission submission);
    /// Known here at once and written on another thread, since it happens while nobody waits for it.
    void setAgents(const QString &key, const AgentsProgress &agents);
    void stopFollowing(const QString &key);

    /// By batch or by job id, for a job on this cluster's list; nullptr for what was not ordered here.
    const RememberedSubmission *find(const RestoreJob &job, const ClusterId &cluster) const;
    /// By any of a restore's jobs.
    const RememberedSubmission *find(const std::vector<RestoreJob> &jobs, const ClusterId &cluster) const;
    /// By the key of its pending order; nullptr for an empty key.
    const RememberedSubmission *findOrder(const QString &order) const;
    /// Takes over what other processes wrote since; why it could not be read.
    std::optional<Error> readAgain();
    /// Takes over another such file, which is removed once this one has it.
    void adopt(const QString &path);
    /// Files of this one that had to be put aside, by this or an earlier run, and still lie beside it.
    QStringList filesAside() const;
    /// By its own key.
    const RememberedSubmission *findKey(const QString &key) const;
    /// Whether what came of that pending order is on the disk.
    bool isSaved(const QString &order) const;
    const std::vector<RememberedSubmission> &all() const { return m_all; }
    /// What is wrong with the file, as a sentence for the window; empty when nothing is. A file that could not be read
    /// or is of a newer version was kept aside.
    QString trouble() const;

private:
    struct Written;
    enum class Source { Order, File };

    static Written write(const QString &path, const std::vector<RememberedSubmission> &entries);
    bool settle(const std::vector<RememberedSubmission> &entries, const Written &written);
    void take(const std::vector<RememberedSubmission> &entries, Source source);
    bool keep(std::vector<RememberedSubmission> entries);
    RememberedSubmission *entryOf(const QString &key);
    std::set<size_t> placesOf(const RememberedSubmission &entry) const;
    void index(size_t place);

    QString m_path;
    std::vector<RememberedSubmission> m_all;     ///< oldest first
    std::vector<RememberedSubmission> m_unsaved; ///< what could not be written yet
    QHash<QString, size_t> m_byId;               ///< orders', batches' and jobs' ids → place in m_all
    QString m_trouble;                           ///< of the last reading or writing
    QString m_setAside;
    QObject m_context; ///< of what other threads write
};

} // namespace tidemark
