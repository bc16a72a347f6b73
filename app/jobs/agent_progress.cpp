#include "jobs/agent_progress.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int readsThatSettle = 2;
constexpr int readsThatSettleAtOldGoal = 12; ///< a minute at the usual interval

} // namespace

std::optional<AutomationStatus> AgentProgress::judge(const JobGroup &group, const AutomationStatus &status)
{
    Progress &progress = m_progress[group.key];
    if (progress.settled)
        return progress.shown;
    const bool allFinished = std::all_of(group.jobs.begin(), group.jobs.end(),
                                         [](const RestoreJob &job) { return job.status == JobStatus::Finished; });
    if (!allFinished) {
        progress.goalBefore = status.goalVersion;
        progress.readsAtGoal = 0;
        progress.shown.reset();
        return progress.shown;
    }
    const bool atOldGoal = progress.goalBefore && status.goalVersion <= *progress.goalBefore;
    progress.readsAtGoal = status.isAtGoal() ? progress.readsAtGoal + 1 : 0;
    const int readsNeeded = atOldGoal ? readsThatSettleAtOldGoal : readsThatSettle;
    progress.settled = progress.readsAtGoal >= readsNeeded;
    if (atOldGoal && status.isAtGoal() && !progress.settled)
        progress.shown.reset(); // the agents have not been told yet
    else
        progress.shown = status;
    return progress.shown;
}

bool AgentProgress::isSettled(const QString &key) const
{
    const auto found = m_progress.find(key);
    return found != m_progress.end() && found->second.settled;
}

void AgentProgress::setSettled(const QString &key, const AutomationStatus &status)
{
    Progress &progress = m_progress[key];
    progress.settled = true;
    progress.shown = status;
}

std::optional<AutomationStatus> AgentProgress::shown(const QString &key) const
{
    const auto found = m_progress.find(key);
    return found == m_progress.end() ? std::nullopt : found->second.shown;
}

} // namespace tidemark
