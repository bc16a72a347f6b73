#pragma once

#include "cloud/values.h"
#include "restore/restore_point.h"

#include <QHash>

#include <optional>
#include <vector>

namespace tidemark {

/// What the API forgets about a restore that was ordered here: the answers name neither mode nor target.
struct RememberedSubmission
{
    QString key; ///< of its JobGroup
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
    /// The agents' state when they had reached the goal after the hand-over; later states are about other things.
    std::optional<AutomationStatus> agentsAtEnd;

    bool operator==(const RememberedSubmission &) const = default;
};

/// Remembers submissions over restarts in a JSON file of mode 0600. No link and no secret is in it. A file that cannot
/// be read counts as empty; one that cannot be written is reported in the log and the memory goes on without it.
class SubmissionMemory
{
public:
    explicit SubmissionMemory(QString path);

    void add(const RememberedSubmission &submission);
    void setAgentsAtEnd(const QString &key, const AutomationStatus &status);
    /// By batch or by job id; nullptr for what was not ordered here.
    const RememberedSubmission *find(const RestoreJob &job) const;
    const std::vector<RememberedSubmission> &all() const { return m_all; }

private:
    void index();
    void load();
    void save() const;

    QString m_path;
    std::vector<RememberedSubmission> m_all; ///< oldest first
    QHash<QString, size_t> m_byId;           ///< batch and job ids → place in m_all
};

} // namespace tidemark
