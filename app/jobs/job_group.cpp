#include "jobs/job_group.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Servers keep jobs whose state never moves again. What has not come to its end after a day is looked at slowly.
constexpr qint64 livelySeconds = 24 * 3600;

bool isOld(const JobGroup &group, const RestoreJob &job, const QDateTime &now)
{
    const QDateTime begun = job.created.isValid() ? job.created : group.ordered;
    return !begun.isValid() || begun.secsTo(now) > livelySeconds;
}

JobPhase waitingPhase(const JobGroup &group, const RestoreJob &job, const QDateTime &now)
{
    return isOld(group, job, now) ? JobPhase::Slow : JobPhase::UnderWay;
}

/// Of a finished job. Only a download is known to get a link, so only for one is waited.
JobPhase linkPhase(const JobGroup &group, const RestoreJob &job, const QDateTime &now)
{
    const Delivery &delivery = job.delivery;
    const JobPhase waiting = group.kind.is == JobKind::Is::Download ? waitingPhase(group, job, now) : JobPhase::Slow;
    switch (delivery.status) {
    case DeliveryStatus::NotStarted:
    case DeliveryStatus::InProgress:
        return waiting;
    case DeliveryStatus::Ready:
        if (delivery.expires.isValid() && delivery.expires <= now)
            return JobPhase::Final;
        if (!delivery.hasLink())
            return waiting;
        return !delivery.expires.isValid() && isOld(group, job, now) ? JobPhase::Slow : JobPhase::Open;
    case DeliveryStatus::Failed:
    case DeliveryStatus::Interrupted:
    case DeliveryStatus::Expired:
    case DeliveryStatus::MaxDownloadsExceeded:
        break;
    case DeliveryStatus::Unknown:
        return JobPhase::Slow;
    }
    return JobPhase::Final;
}

} // namespace

JobPhase jobPhase(const JobGroup &group, const RestoreJob &job, const QDateTime &now)
{
    switch (job.status) {
    case JobStatus::InProgress:
        return group.kind.is == JobKind::Is::Queryable ? JobPhase::Slow : waitingPhase(group, job, now);
    case JobStatus::Unknown:
        return JobPhase::Slow;
    case JobStatus::Finished:
        return group.isAutomatedRestore() ? JobPhase::Final : linkPhase(group, job, now);
    case JobStatus::Broken:
    case JobStatus::Killed:
        break;
    }
    return JobPhase::Final;
}

bool JobGroup::isHandedOver() const
{
    return std::all_of(jobs.begin(), jobs.end(),
                       [](const RestoreJob &job) { return job.status == JobStatus::Finished; });
}

bool needsAgents(const JobGroup &group, const QDateTime &now)
{
    const bool handedOver = group.isHandedOver() || group.agents.stage != AgentsStage::BeforeHandOver;
    const bool ended = std::any_of(group.jobs.begin(), group.jobs.end(), [](const RestoreJob &job) {
        return job.status == JobStatus::Broken || job.status == JobStatus::Killed;
    });
    if (!group.isAutomatedRestore() || group.targetProject.isEmpty() || group.stoppedFollowing || !handedOver || ended)
        return false;
    return !group.agents.isLastWord() && (group.isOrderedHere() || !isOld(group, group.jobs.front(), now));
}

bool needsConfiguration(const std::vector<JobGroup> &groups, const ProjectId &project, qint64 goalVersion,
                        const QDateTime &now)
{
    return std::any_of(groups.begin(), groups.end(), [&](const JobGroup &group) {
        return group.targetProject == project && needsAgents(group, now) && !group.agents.goalIsOurs &&
               goalVersion > group.goalBefore.value_or(0);
    });
}

JobPhase groupPhase(const JobGroup &group, const QDateTime &now)
{
    if (group.stoppedFollowing)
        return JobPhase::Final;
    JobPhase phase = JobPhase::Final;
    for (const RestoreJob &job : group.jobs)
        phase = std::min(phase, jobPhase(group, job, now));
    if (needsAgents(group, now))
        phase = std::min(phase, waitingPhase(group, group.jobs.front(), now));
    return phase;
}

bool JobGroup::isFinal(const QDateTime &now) const
{
    return groupPhase(*this, now) == JobPhase::Final;
}

} // namespace tidemark
