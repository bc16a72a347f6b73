#pragma once

#include "restore/rules.h"

/// A project with clusters, backups and targets for tests of the restore rules: in every mode goodDraft() and
/// goodFacts() make a restore that nothing can be said against.
namespace tidemark::test {

inline QDateTime utc(const QString &iso)
{
    return QDateTime::fromString(iso, Qt::ISODate).toUTC();
}

/// The server's clock in these cases.
inline QDateTime now()
{
    return utc(QStringLiteral("2026-11-24T14:30:00Z"));
}

inline Project shop()
{
    return {ProjectId(QStringLiteral("60bb00000000000000000001")), QStringLiteral("Shop"), {}};
}

inline Project staging()
{
    return {ProjectId(QStringLiteral("60bb00000000000000000002")), QStringLiteral("Staging"), {}};
}

inline Cluster replicaSet(const QString &id, const QString &name, const Project &project)
{
    Cluster cluster;
    cluster.id = ClusterId(id);
    cluster.project = project.id;
    cluster.type = ClusterType::ReplicaSet;
    cluster.name = name;
    cluster.replicaSetName = name;
    cluster.versions = {QStringLiteral("6.0.14")};
    cluster.featureCompatibilityVersion = QStringLiteral("6.0");
    cluster.backupRunning = true;
    cluster.backupState = QStringLiteral("STARTED");
    return cluster;
}

inline Cluster shard(const Cluster &cluster, int number)
{
    Cluster part = cluster;
    part.id = ClusterId(cluster.id.value.chopped(1) + QString::number(number));
    part.shards.clear();
    part.type = ClusterType::ReplicaSet;
    part.shardName = part.replicaSetName = QStringLiteral("%1_%2").arg(cluster.name).arg(number);
    return part;
}

inline Cluster shardedCluster(const QString &id, const QString &name, const Project &project, int shards = 2)
{
    Cluster cluster = replicaSet(id, name, project);
    cluster.type = ClusterType::ShardedCluster;
    cluster.replicaSetName.clear();
    for (int number = 1; number <= shards; ++number)
        cluster.shards.push_back(shard(cluster, number));
    Cluster config = shard(cluster, shards + 1);
    config.type = ClusterType::ConfigServers;
    config.shardName = QStringLiteral("config");
    cluster.shards.push_back(config);
    return cluster;
}

inline Cluster orders()
{
    return replicaSet(QStringLiteral("60cc000000000000000000c0"), QStringLiteral("orders"), shop());
}

inline Cluster shopCluster()
{
    return shardedCluster(QStringLiteral("60cc000000000000000000a0"), QStringLiteral("shop"), shop());
}

inline Cluster legacy()
{
    Cluster cluster = shardedCluster(QStringLiteral("60cc000000000000000000d0"), QStringLiteral("legacy"), shop());
    cluster.versions = QStringList{QStringLiteral("4.0.28")};
    cluster.featureCompatibilityVersion = QStringLiteral("4.0");
    return cluster;
}

inline Cluster ordersTarget()
{
    return replicaSet(QStringLiteral("60cc000000000000000000b0"), QStringLiteral("orders-staging"), staging());
}

inline Cluster shardedTarget()
{
    return shardedCluster(QStringLiteral("60cc000000000000000000e0"), QStringLiteral("shop-staging"), staging());
}

inline OplogTimestamp stamp(const QString &iso, quint32 increment)
{
    return {utc(iso).toSecsSinceEpoch(), increment};
}

inline Snapshot goodSnapshot(const Cluster &cluster)
{
    Snapshot snapshot;
    snapshot.id = SnapshotId(QStringLiteral("60dd00000000000000000001"));
    snapshot.project = cluster.project;
    snapshot.cluster = cluster.id;
    snapshot.created = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
    snapshot.complete = true;
    snapshot.expires = utc(QStringLiteral("2026-11-26T06:00:03Z"));
    const std::vector<Cluster> single{cluster};
    for (const Cluster &part : cluster.isSharded() ? cluster.shards : single) {
        SnapshotPart described;
        described.cluster = part.id;
        described.replicaSetName = part.replicaSetName;
        described.mongodVersion = cluster.versions.value(0);
        described.featureCompatibilityVersion = cluster.featureCompatibilityVersion;
        described.fileSizeBytes = 2'855'605'344;
        snapshot.parts.push_back(described);
    }
    return snapshot;
}

inline Checkpoint goodCheckpoint(const Cluster &cluster)
{
    Checkpoint checkpoint;
    checkpoint.id = CheckpointId(QStringLiteral("60ee00000000000000000001"));
    checkpoint.cluster = cluster.id;
    checkpoint.timestamp = utc(QStringLiteral("2026-11-24T13:45:00Z"));
    checkpoint.restorable = true;
    checkpoint.partCount = 3;
    return checkpoint;
}

/// Two ranges with a gap from 09:00:10 (increment 7) to 10:00:00 (increment 3).
inline std::vector<RestorableRange> twoRanges()
{
    return {{stamp(QStringLiteral("2026-11-23T06:00:03Z"), 2), stamp(QStringLiteral("2026-11-24T09:00:10Z"), 7), {}},
            {stamp(QStringLiteral("2026-11-24T10:00:00Z"), 3), stamp(QStringLiteral("2026-11-24T14:28:00Z"), 9), {}}};
}

inline RestoreDraft goodDraft(RestoreMode mode, bool sharded = false)
{
    RestoreDraft draft;
    draft.project = shop();
    draft.mode = mode;
    const bool isCheckpoint = mode == RestoreMode::Checkpoint;
    draft.cluster = isCheckpoint ? legacy() : sharded ? shopCluster() : orders();
    draft.snapshot = SnapshotId(QStringLiteral("60dd00000000000000000001"));
    draft.checkpoint = CheckpointId(QStringLiteral("60ee00000000000000000001"));
    draft.oplogSeconds = QString::number(stamp(QStringLiteral("2026-11-24T14:03:07Z"), 1).seconds);
    draft.oplogIncrement = QStringLiteral("1");
    draft.pointInTime = QStringLiteral("2026-11-24 14:03:07");
    if (isAutomated(mode)) {
        draft.targetProject = staging();
        draft.targetCluster = sharded || isCheckpoint ? shardedTarget() : ordersTarget();
        if (isCheckpoint) {
            draft.targetCluster->versions = QStringList{QStringLiteral("4.0.28")};
            draft.targetCluster->featureCompatibilityVersion = QStringLiteral("4.0");
        }
        draft.typedTargetName = draft.targetCluster->name;
    }
    return draft;
}

inline RestoreFacts goodFacts(const RestoreDraft &draft)
{
    RestoreFacts facts;
    facts.snapshots = std::vector<Snapshot>{goodSnapshot(*draft.cluster)};
    facts.checkpoints = std::vector<Checkpoint>{goodCheckpoint(*draft.cluster)};
    facts.ranges = std::optional(twoRanges());
    facts.schedule = SnapshotSchedule{6, 24};
    return facts;
}

} // namespace tidemark::test
