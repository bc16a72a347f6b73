#include "jobs/job_group.h"

#include "restore/restore_request.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Servers keep jobs whose state never moves again. What has not come to its end after a day is not waited for.
constexpr qint64 longestWaitSeconds = 24 * 3600;

bool isOld(const RestoreJob &job, const QDateTime &now)
{
    return job.created.isValid() && job.created.secsTo(now) > longestWaitSeconds;
}

JobPhase waitingPhase(const RestoreJob &job, const QDateTime &now)
{
    return isOld(job, now) ? JobPhase::Final : JobPhase::UnderWay;
}

JobPhase linkPhase(const RestoreJob &job, const QDateTime &now)
{
    switch (job.delivery.status) {
    case DeliveryStatus::NotStarted:
    case DeliveryStatus::InProgress:
        return waitingPhase(job, now);
    case DeliveryStatus::Ready:
        if (job.delivery.expires.isValid() && job.delivery.expires <= now)
            return JobPhase::Final;
        return job.delivery.hasLink() ? JobPhase::Open : waitingPhase(job, now);
    case DeliveryStatus::Failed:
    case DeliveryStatus::Interrupted:
    case DeliveryStatus::Expired:
    case DeliveryStatus::MaxDownloadsExceeded:
    case DeliveryStatus::Unknown:
        break;
    }
    return JobPhase::Final;
}

} // namespace

JobPhase jobPhase(const RestoreJob &job, bool automated, const QDateTime &now)
{
    switch (job.status) {
    case JobStatus::InProgress:
    case JobStatus::Unknown:
        return waitingPhase(job, now);
    case JobStatus::Finished:
        return automated ? JobPhase::Final : linkPhase(job, now);
    case JobStatus::Broken:
    case JobStatus::Killed:
        break;
    }
    return JobPhase::Final;
}

JobPhase groupPhase(const JobGroup &group, const QDateTime &now)
{
    const bool automated = group.isAutomatedRestore();
    JobPhase phase = JobPhase::Final;
    for (const RestoreJob &job : group.jobs)
        phase = std::min(phase, jobPhase(job, automated, now));
    const bool anyHandedOver = std::any_of(group.jobs.begin(), group.jobs.end(), [&](const RestoreJob &job) {
        return job.status == JobStatus::Finished && !isOld(job, now);
    });
    const bool agentsAreWorking = !group.agents || !group.agents->isAtGoal();
    if (automated && !group.targetProject.isEmpty() && anyHandedOver && agentsAreWorking)
        return JobPhase::UnderWay;
    return phase;
}

bool JobGroup::isAutomatedRestore() const
{
    if (mode)
        return isAutomated(*mode);
    return std::any_of(jobs.begin(), jobs.end(), [](const RestoreJob &job) {
        return !job.delivery.targetCluster.isEmpty() || !job.delivery.targetProject.isEmpty();
    });
}

bool JobGroup::isFinal(const QDateTime &now) const
{
    return groupPhase(*this, now) == JobPhase::Final;
}

} // namespace tidemark
