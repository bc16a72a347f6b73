#include "restore/rules_parts.h"
#include "restore/versions.h"

#include <algorithm>

namespace tidemark {

using rules::Text;

namespace {

constexpr VersionSeries firstShardedTimeSeries{4, 2}; ///< oplog and point in time on sharded clusters from here on
constexpr VersionSeries lastCheckpointSeries{4, 0};   ///< checkpoints up to here

QString snapshotObjection(const RestoreFacts &facts)
{
    if (!facts.snapshots)
        return {};
    if (facts.snapshots->empty())
        return Text::tr("This cluster has no snapshot.");
    const bool anyComplete = std::any_of(facts.snapshots->begin(), facts.snapshots->end(),
                                         [](const Snapshot &snapshot) { return snapshot.complete; });
    return anyComplete ? QString() : Text::tr("This cluster has no complete snapshot yet.");
}

QString timeObjection(const Cluster &cluster, const RestoreFacts &facts)
{
    const auto series = versionSeries(cluster.featureCompatibilityVersion);
    if (cluster.isSharded() && series && *series < firstShardedTimeSeries)
        return Text::tr("On a sharded cluster this needs feature compatibility version 4.2 or later; this cluster has "
                        "%1. Restore it to a checkpoint.")
            .arg(cluster.featureCompatibilityVersion);
    if (!facts.ranges)
        return {};
    if (*facts.ranges)
        return (*facts.ranges)->empty() ? Text::tr("The server names no range of time to which this cluster can be "
                                                   "restored.")
                                        : QString();
    if (facts.schedule && facts.schedule->pointInTimeWindowHours <= 0)
        return Text::tr("This cluster's backups keep no oplog: the point in time window of its schedule is 0 hours.");
    return {};
}

QString checkpointObjection(const Cluster &cluster, const RestoreFacts &facts)
{
    if (cluster.type != ClusterType::ShardedCluster && cluster.type != ClusterType::Unknown)
        return Text::tr("Only sharded clusters have checkpoints.");
    const auto series = versionSeries(cluster.featureCompatibilityVersion);
    if (series && *series > lastCheckpointSeries)
        return Text::tr("Checkpoints exist up to feature compatibility version 4.0; this cluster has %1. Restore it to "
                        "a point in time.")
            .arg(cluster.featureCompatibilityVersion);
    if (!facts.checkpoints)
        return {};
    if (facts.checkpoints->empty())
        return Text::tr("This cluster has no checkpoint.");
    const bool anyRestorable = std::any_of(facts.checkpoints->begin(), facts.checkpoints->end(),
                                           [](const Checkpoint &checkpoint) { return checkpoint.restorable; });
    return anyRestorable ? QString() : Text::tr("None of this cluster's checkpoints can be restored.");
}

} // namespace

QString modeObjection(RestoreMode mode, const Cluster &cluster, const RestoreFacts &facts)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        return snapshotObjection(facts);
    case RestoreMode::OplogTimestamp:
    case RestoreMode::PointInTime:
        return timeObjection(cluster, facts);
    case RestoreMode::Checkpoint:
        return checkpointObjection(cluster, facts);
    }
    return {};
}

namespace rules {

void checkMode(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    if (!draft.mode) {
        block(findings, Field::Mode, Text::tr("Choose what to do with the backup."));
        return;
    }
    if (!draft.cluster)
        return; // the Source page says so
    const QString objection = modeObjection(*draft.mode, *draft.cluster, facts);
    if (!objection.isEmpty()) {
        block(findings, Field::Mode, objection);
        return;
    }
    const bool isTimeMode = *draft.mode == RestoreMode::OplogTimestamp || *draft.mode == RestoreMode::PointInTime;
    const bool dependsOnFcv = *draft.mode == RestoreMode::Checkpoint || (isTimeMode && draft.cluster->isSharded());
    if (dependsOnFcv && !versionSeries(draft.cluster->featureCompatibilityVersion)) {
        warn(findings, Field::Mode,
             *draft.mode == RestoreMode::Checkpoint
                 ? Text::tr("This cluster's feature compatibility version is not known. Checkpoints exist only up to "
                            "4.0; the server refuses the restore otherwise.")
                 : Text::tr("This cluster's feature compatibility version is not known. A sharded cluster needs 4.2 or "
                            "later for this; the server refuses the restore otherwise."));
    }
}

} // namespace rules

} // namespace tidemark
