#include "jobs/job_activity.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobActivity)
};

bool hasFailed(const RestoreJob &job)
{
    return job.status == JobStatus::Broken || job.delivery.status == DeliveryStatus::Failed ||
           job.delivery.status == DeliveryStatus::Interrupted;
}

} // namespace

JobActivity activityOf(const JobGroup &group, const QDateTime &now)
{
    JobActivity activity;
    activity.isRunning = groupPhase(group, now) == JobPhase::UnderWay;
    activity.hasFailed = std::any_of(group.jobs.begin(), group.jobs.end(), hasFailed) ||
                         (activity.isRunning && !group.agents.errors.empty());
    return activity;
}

QString countedTitle(const QString &base, int running, int failed)
{
    if (running > 0 && failed > 0)
        return Text::tr("%1 (%2 running, %3 failed)").arg(base, QString::number(running), QString::number(failed));
    if (running > 0)
        return Text::tr("%1 (%2 running)").arg(base, QString::number(running));
    return failed > 0 ? Text::tr("%1 (%2 failed)").arg(base, QString::number(failed)) : base;
}

} // namespace tidemark
