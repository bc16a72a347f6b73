#pragma once

#include "jobs/job_group.h"
#include "support/restore_cases.h"

/// Restore jobs as the API answers them, for tests of what is made of them.
namespace tidemark::test {

inline RestoreJob jobOf(const QString &id, JobStatus status, DeliveryStatus delivery)
{
    RestoreJob job;
    job.id = JobId(id);
    job.project = shop().id;
    job.cluster = orders().id;
    job.created = now().addSecs(-60);
    job.status = status;
    job.delivery.methodName = QStringLiteral("HTTP");
    job.delivery.status = delivery;
    return job;
}

inline RestoreJob readyJob(const QString &id)
{
    RestoreJob job = jobOf(id, JobStatus::Finished, DeliveryStatus::Ready);
    job.delivery.url =
        QStringLiteral("https://api-backup.example.net/backup/restore/v2/pull/%1/QUJD/%1.tar.gz").arg(id);
    job.delivery.expires = now().addSecs(12000);
    job.delivery.maxDownloads = 3;
    return job;
}

inline JobGroup groupOf(const std::vector<RestoreJob> &jobs, std::optional<RestoreMode> mode = {})
{
    JobGroup group;
    group.key = jobs.front().id.value;
    group.project = shop();
    group.cluster = orders().id;
    group.clusterName = orders().name;
    group.mode = mode;
    group.jobs = jobs;
    if (jobs.size() > 1)
        group.batch = BatchId(QStringLiteral("batch"));
    group.kind = kindOf(jobs.front(), nullptr);
    if (mode) {
        group.kind = {JobKind::Is::Download, false, {}};
        group.ordered = jobs.front().created;
    }
    if (mode && isAutomated(*mode)) {
        group.kind = {JobKind::Is::ToCluster, true, {}};
        group.targetProjectName = staging().name;
        group.targetProject = staging().id;
        group.targetClusterName = ordersTarget().name;
        for (RestoreJob &job : group.jobs)
            job.delivery.targetCluster = ordersTarget().id;
    }
    return group;
}

/// Agents of which some have reached the goal.
inline AutomationStatus agents(qint64 goal, int atGoal, int all)
{
    AutomationStatus status;
    status.goalVersion = goal;
    for (int number = 0; number < all; ++number) {
        AutomationProcess process;
        process.name = QStringLiteral("process_%1").arg(number);
        process.hostname = QStringLiteral("host_%1").arg(number);
        process.lastGoalVersionAchieved = number < atGoal ? goal : goal - 1;
        status.processes.push_back(process);
    }
    return status;
}

/// What is known of a restore after these looks at its agents, all after its hand-over.
inline AgentsProgress progressAfter(std::optional<qint64> goalBefore, const std::vector<AutomationStatus> &looks)
{
    AgentsProgress progress;
    for (const AutomationStatus &status : looks) {
        AgentsLook look;
        look.handedOver = true;
        look.goalBefore = goalBefore;
        look.status = status;
        progress = judgeAgents(std::move(progress), look);
    }
    return progress;
}

} // namespace tidemark::test
