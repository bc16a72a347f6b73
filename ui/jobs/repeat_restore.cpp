#include "ui/jobs/repeat_restore.h"

#include "base/text.h"
#include "session/session.h"

namespace tidemark {

namespace {

/// The top-level cluster of `id`: shards are restored with their cluster.
std::optional<Cluster> topLevelCluster(const Session &session, const ProjectId &project, const ClusterId &id)
{
    const std::vector<Cluster> *clusters = session.clusters(project);
    if (!clusters || id.isEmpty())
        return std::nullopt;
    for (const Cluster &cluster : *clusters) {
        if (cluster.id == id)
            return cluster;
        for (const Cluster &shard : cluster.shards) {
            if (shard.id == id)
                return cluster;
        }
    }
    return std::nullopt;
}

RestoreDraft sourceDraft(const Session &session, const ProjectId &project, const ClusterId &cluster)
{
    RestoreDraft draft;
    if (const Project *known = session.project(project))
        draft.project = *known;
    draft.cluster = topLevelCluster(session, project, cluster);
    return draft;
}

RestoreMode modeOf(const JobGroup &group)
{
    if (group.mode)
        return *group.mode;
    const RestoreJob &job = group.jobs.front();
    if (!job.checkpoint.isEmpty())
        return RestoreMode::Checkpoint;
    if (job.pointInTime.value_or(false))
        return RestoreMode::PointInTime;
    return job.delivery.targetCluster.isEmpty() ? RestoreMode::DownloadSnapshot : RestoreMode::AutomatedSnapshot;
}

void setPoint(RestoreDraft &draft, const RestoreJob &job)
{
    draft.snapshot = job.snapshot;
    draft.checkpoint = job.checkpoint;
    if (!job.timestamp)
        return;
    draft.oplogSeconds = QString::number(job.timestamp->seconds);
    draft.oplogIncrement = QString::number(job.timestamp->increment);
    draft.pointInTime = utcText(job.timestamp->time()).remove(QStringLiteral(" UTC"));
}

ClusterId targetOf(const JobGroup &group, const std::vector<Cluster> *clusters)
{
    const ClusterId answered = group.jobs.front().delivery.targetCluster;
    if (!answered.isEmpty() || !clusters)
        return answered;
    for (const Cluster &cluster : *clusters) {
        if (cluster.name == group.targetClusterName)
            return cluster.id;
    }
    return {};
}

} // namespace

RestoreDraft repeatedDraft(const JobGroup &group, const Session &session)
{
    RestoreDraft draft = sourceDraft(session, group.project.id, group.cluster);
    draft.mode = modeOf(group);
    setPoint(draft, group.jobs.front());
    if (isAutomated(*draft.mode)) {
        if (const Project *target = session.project(group.targetProject)) {
            draft.targetProject = *target;
            draft.targetCluster = topLevelCluster(session, target->id, targetOf(group, session.clusters(target->id)));
        }
    }
    return draft;
}

RestoreDraft newLinkDraft(const DownloadSource &source, const Session &session)
{
    return snapshotDraft(source.project, source.cluster, source.snapshot, RestoreMode::DownloadSnapshot, session);
}

RestoreDraft snapshotDraft(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot,
                           RestoreMode mode, const Session &session)
{
    RestoreDraft draft = sourceDraft(session, project, cluster);
    draft.mode = mode;
    draft.snapshot = snapshot;
    return draft;
}

} // namespace tidemark
