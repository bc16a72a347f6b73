#include "session/order_memory.h"

#include <QJsonObject>

#include <algorithm>

namespace tidemark {

namespace {

/// The server's own words: they mean the same in every version of this program.
QString stateOf(const JobGroup &group)
{
    QStringList states;
    for (const RestoreJob &job : group.jobs)
        states.append(job.id.value + QLatin1Char(' ') + job.statusName + QLatin1Char(' ') + job.delivery.statusName);
    return states.join(QStringLiteral(", "));
}

} // namespace

RememberedSubmission submissionOf(const PendingOrder &order, const std::vector<RestoreJob> &jobs)
{
    RememberedSubmission submission;
    submission.order = order.key;
    submission.cluster = order.cluster;
    submission.batch = jobs.front().batch;
    std::ranges::transform(jobs, std::back_inserter(submission.jobs), &RestoreJob::id);
    submission.ordered = order.sendings.empty() ? order.written : order.sendings.front().machine;
    submission.mode = order.mode;
    submission.point = order.point;
    submission.pointTime = order.pointTime;
    submission.targetProject = order.targetProject;
    submission.targetProjectName = order.targetProjectName;
    submission.targetCluster = order.targetCluster;
    submission.targetClusterName = order.targetClusterName;
    submission.goalBefore = order.goalBefore;
    submission.record = order.record;
    return submission;
}

Result<std::vector<KnownRestore>> knownRestores(JobMonitor &jobs, const QDateTime &serverNow)
{
    const auto submissions = jobs.submissionsOnDisk();
    if (!submissions)
        return failure(submissions.error());
    std::vector<KnownRestore> known;
    for (const RememberedSubmission &submission : *submissions) {
        KnownRestore restore;
        restore.order = submission.order;
        restore.key = submission.key;
        restore.cluster = submission.cluster;
        restore.batch = submission.batch;
        restore.jobs = submission.jobs;
        restore.mode = submission.mode;
        restore.point = submission.point;
        restore.targetCluster = submission.targetCluster;
        restore.targetClusterName = submission.targetClusterName;
        restore.ordered = submission.ordered;
        const JobGroup *group = jobs.group(submission.key);
        const bool isSettled = submission.stoppedFollowing || submission.agents.isLastWord();
        // A group that was made before the memory told of the order knows nothing of its agents.
        const bool isGoingOn = !group || !group->isOrderedHere() || !group->isFinal(serverNow);
        restore.isRunning = isAutomated(submission.mode) && !isSettled && isGoingOn;
        known.push_back(std::move(restore));
    }
    return known;
}

OrderAudit::OrderAudit(const JobMonitor &jobs, AuditLog &audit, const CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_audit(audit)
    , m_client(client)
{
    connect(&jobs, &JobMonitor::groupsChanged, this, &OrderAudit::write);
}

void OrderAudit::write(const QStringList &changedKeys)
{
    for (const QString &key : changedKeys) {
        const JobGroup *group = m_jobs.group(key);
        if (!group || !group->point) // only what was ordered here has a remembered point
            continue;
        const QString state = stateOf(*group);
        if (m_written.value(key) == state)
            continue;
        // What had come to its end before this run was written then.
        const bool isOld = !m_written.contains(key) && group->isFinal(m_client.serverNow());
        if (isOld) {
            m_written.insert(key, state);
            continue;
        }
        m_written.insert(key, state);
        m_audit.append(QStringLiteral("state"), {{QStringLiteral("restore"), key}, {QStringLiteral("state"), state}},
                       m_client.serverNow());
    }
}

} // namespace tidemark
