#include "restore/rules_parts.h"
#include "restore/versions.h"

#include <algorithm>

namespace tidemark {

using rules::Text;

namespace {

constexpr VersionSeries firstShardedTimeSeries{4, 2}; ///< oplog and point in time on sharded clusters from here on
constexpr VersionSeries lastCheckpointSeries{4, 0};   ///< checkpoints up to here

/// "Create One Restore Job for One Cluster" of Ops Manager asks for more than that of Cloud Manager.
VersionSeries documentedTimeSeries(Service service)
{
    return service == Service::OpsManager ? VersionSeries{6, 0} : firstShardedTimeSeries;
}

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
    const auto series = rules::sourceSeries(cluster);
    if (cluster.isSharded() && series && *series < firstShardedTimeSeries)
        return Text::tr("On a sharded cluster this needs feature compatibility version 4.2 or later; this cluster has "
                        "%1. Restore it to a checkpoint.")
            .arg(series->text());
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
    const auto series = rules::sourceSeries(cluster);
    if (series && *series > lastCheckpointSeries)
        return Text::tr("Checkpoints exist up to feature compatibility version 4.0; this cluster has %1. Restore it to "
                        "a point in time.")
            .arg(series->text());
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

std::optional<VersionSeries> sourceSeries(const Cluster &cluster)
{
    const QString &highest = cluster.highestFeatureCompatibilityVersion;
    return versionSeries(highest.isEmpty() ? cluster.featureCompatibilityVersion : highest);
}

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
    if (isTimeMode && draft.cluster->type == ClusterType::Unknown)
        leaveOpen(
            findings, Field::Mode,
            Text::tr("Whether this is a replica set or a sharded cluster is not known. A sharded cluster needs feature "
                     "compatibility version %1 or later for this.")
                .arg(documentedTimeSeries(facts.service).text()));
    const bool dependsOnFcv = *draft.mode == RestoreMode::Checkpoint || (isTimeMode && draft.cluster->isSharded());
    const auto series = sourceSeries(*draft.cluster);
    if (isTimeMode && draft.cluster->isSharded() && series && *series < documentedTimeSeries(facts.service))
        warn(findings, Field::Mode,
             Text::tr("For this on a sharded cluster the documentation of Ops Manager asks for feature compatibility "
                      "version %1 or later; older versions of it asked for 4.2. This cluster has %2: the server may "
                      "refuse the restore.")
                 .arg(documentedTimeSeries(facts.service).text(), series->text()));
    if (dependsOnFcv && !series) {
        leaveOpen(
            findings, Field::Mode,
            *draft.mode == RestoreMode::Checkpoint
                ? Text::tr("This cluster's feature compatibility version is not known. Checkpoints exist only up to "
                           "4.0; the server refuses the restore otherwise.")
                : Text::tr("This cluster's feature compatibility version is not known. A sharded cluster needs 4.2 or "
                           "later for this; the server refuses the restore otherwise."));
    }
}

} // namespace rules

} // namespace tidemark
