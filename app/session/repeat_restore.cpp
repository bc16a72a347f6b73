#include "session/repeat_restore.h"

#include "base/text.h"

#include "session/session.h"

namespace tidemark {

namespace {

constexpr qint64 MillisecondsPerSecond = 1000;

/// The top-level cluster of `id`: shards are restored with their cluster.
std::optional<Cluster> topLevelCluster(const Session &session, const ProjectId &project, const ClusterId &id)
{
    const std::vector<Cluster> *clusters = session.catalogue().clusters(project);
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
    if (const Project *known = session.catalogue().project(project))
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
    return group.isAutomatedRestore() ? RestoreMode::AutomatedSnapshot : RestoreMode::DownloadSnapshot;
}

void setTime(RestoreDraft &draft, const OplogTimestamp &timestamp)
{
    draft.oplogSeconds = QString::number(timestamp.seconds);
    draft.oplogIncrement = QString::number(timestamp.increment);
    draft.pointInTime = bareUtcText(timestamp.time());
}

/// What was ordered counts; for jobs created elsewhere what the job says.
void setPoint(RestoreDraft &draft, const JobGroup &group)
{
    const RestoreJob &job = group.jobs.front();
    if (!group.isBatch()) // there it would be one shard's
        draft.snapshot = job.snapshot;
    draft.checkpoint = job.checkpoint;
    // The last second that was restored. A point in time excludes its own, so that it was not this one: it is left
    // open.
    if (job.timestamp && draft.mode != RestoreMode::PointInTime)
        setTime(draft, *job.timestamp);
    if (!group.point)
        return;
    if (const auto *snapshot = std::get_if<SnapshotPoint>(&*group.point))
        draft.snapshot = snapshot->snapshot;
    else if (const auto *checkpoint = std::get_if<CheckpointPoint>(&*group.point))
        draft.checkpoint = checkpoint->checkpoint;
    else if (const auto *oplog = std::get_if<OplogPoint>(&*group.point))
        setTime(draft, oplog->timestamp);
    else if (const auto *time = std::get_if<TimePoint>(&*group.point))
        setTime(draft, {time->utcMilliseconds / MillisecondsPerSecond, 1});
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
    setPoint(draft, group);
    if (isAutomated(*draft.mode)) {
        if (const Project *target = session.catalogue().project(group.targetProject)) {
            draft.targetProject = *target;
            draft.targetCluster =
                topLevelCluster(session, target->id, targetOf(group, session.catalogue().clusters(target->id)));
        }
    }
    return draft;
}

RestoreDraft newLinkDraft(const DownloadSource &source, Session &session)
{
    if (const JobGroup *group = session.jobs().group(source.batch.isEmpty() ? source.job.value : source.batch.value)) {
        RestoreDraft draft = repeatedDraft(*group, session);
        draft.mode = RestoreMode::DownloadSnapshot;
        return draft;
    }
    const SnapshotId snapshot = source.batch.isEmpty() ? source.snapshot : SnapshotId(); // else one shard's
    return snapshotDraft(source.project, source.cluster, snapshot, RestoreMode::DownloadSnapshot, session);
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
