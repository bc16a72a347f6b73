#pragma once

#include "jobs/job_group.h"

#include <map>

namespace tidemark {

/// Tells when the agents have really carried out a restore. A project's automation status knows nothing of restores: it
/// has a goal version, and each process the last version that it achieved. Two traps follow. Before the hand-over has
/// raised the goal, all agents are at the old goal and seem to be done; and after the restore the same numbers move on
/// for other reasons. So a status at the goal counts when it was read twice after the hand-over and the goal is a new
/// one (or did not move for long), and from then on the restore's status stays as it was.
class AgentProgress
{
public:
    /// What `status`, just read, means for this restore: what may be shown beside it, if anything.
    std::optional<AutomationStatus> judge(const JobGroup &group, const AutomationStatus &status);
    bool isSettled(const QString &key) const;
    void setSettled(const QString &key, const AutomationStatus &status);
    /// What was last judged to be shown.
    std::optional<AutomationStatus> shown(const QString &key) const;

private:
    struct Progress
    {
        std::optional<qint64> goalBefore; ///< goal version while the jobs were not finished
        int readsAtGoal = 0;
        bool settled = false;
        std::optional<AutomationStatus> shown;
    };

    std::map<QString, Progress> m_progress;
};

} // namespace tidemark
