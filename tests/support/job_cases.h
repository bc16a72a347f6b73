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
    if (mode && isAutomated(*mode)) {
        group.targetProject = staging().id;
        group.targetClusterName = ordersTarget().name;
        for (RestoreJob &job : group.jobs)
            job.delivery.targetCluster = ordersTarget().id;
    }
    return group;
}

/// Agents of which some have reached the goal.
inline AutomationStatus agents(int atGoal, int all)
{
    AutomationStatus status;
    status.goalVersion = 38;
    for (int number = 0; number < all; ++number) {
        AutomationProcess process;
        process.name = QStringLiteral("process_%1").arg(number);
        process.lastGoalVersionAchieved = number < atGoal ? 38 : 37;
        status.processes.push_back(process);
    }
    return status;
}

} // namespace tidemark::test
