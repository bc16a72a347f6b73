#include "ui/wizard/cluster_cells.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::ClusterCells)
};

QString backupText(const Cluster &cluster)
{
    if (cluster.backupRunning == true)
        return Text::tr("Running");
    if (cluster.backupRunning == false)
        return cluster.backupState.isEmpty() ? Text::tr("Off") : Text::tr("Not running (%1)").arg(cluster.backupState);
    return Text::tr("Unknown");
}

/// Config servers are told apart: a cluster of two shards has three replica sets.
QString typeAndShards(const Cluster &cluster)
{
    const auto shards = std::ranges::count_if(
        cluster.shards, [](const Cluster &shard) { return shard.type != ClusterType::ConfigServers; });
    if (!cluster.isSharded() || shards == 0)
        return clusterTypeName(cluster.type);
    return Text::tr("%1, %n shards", nullptr, int(shards)).arg(clusterTypeName(cluster.type));
}

QString snapshotAge(const Snapshot &latest, const QDateTime &now)
{
    const QString age = Text::tr("%1 ago").arg(durationText(std::chrono::seconds(latest.created.time().secsTo(now))));
    const QString local = localTimeIfOther(latest.created.time());
    return local.isEmpty() ? age : Text::tr("%1 · %2", "local time, age").arg(local, age);
}

} // namespace

QString clusterTypeName(ClusterType type)
{
    switch (type) {
    case ClusterType::ReplicaSet:
        return Text::tr("Replica set");
    case ClusterType::ShardedCluster:
        return Text::tr("Sharded cluster");
    case ClusterType::ConfigServers:
        return Text::tr("Config servers");
    case ClusterType::Standalone:
        return Text::tr("Standalone");
    case ClusterType::Unknown:
        break;
    }
    return Text::tr("Unknown");
}

QString clusterText(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest)
{
    switch (column) {
    case ClusterColumn::Name:
        if (!isShard)
            return cluster.name;
        return cluster.shardName.isEmpty() ? cluster.replicaSetName : cluster.shardName;
    case ClusterColumn::Type:
        return isShard && cluster.type == ClusterType::ReplicaSet ? Text::tr("Shard") : clusterTypeName(cluster.type);
    case ClusterColumn::Versions:
        return cluster.versions.join(QStringLiteral(", "));
    case ClusterColumn::Fcv:
        return cluster.featureCompatibilityVersion;
    case ClusterColumn::Backup:
        return isShard ? QString() : backupText(cluster);
    case ClusterColumn::LatestSnapshot:
        return isShard || latest == nullptr ? QString() : utcText(latest->created.time());
    }
    return {};
}

QString clusterSecondLine(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest,
                          const QDateTime &now)
{
    switch (column) {
    case ClusterColumn::Name:
        return isShard ? QString() : typeAndShards(cluster);
    case ClusterColumn::Versions:
        return isShard || cluster.featureCompatibilityVersion.isEmpty()
                   ? QString()
                   : Text::tr("FCV %1").arg(cluster.featureCompatibilityVersion);
    case ClusterColumn::LatestSnapshot:
        return isShard || latest == nullptr || !now.isValid() ? QString() : snapshotAge(*latest, now);
    case ClusterColumn::Type:
    case ClusterColumn::Fcv:
    case ClusterColumn::Backup:
        break;
    }
    return {};
}

QString partText()
{
    return Text::tr("restored with its cluster");
}

ChipData backupChip(const Cluster &cluster)
{
    if (cluster.backupRunning == true)
        return {ChipKind::InPlace, backupText(cluster)};
    if (cluster.backupRunning == false)
        return {ChipKind::Off,
                cluster.backupState == QStringLiteral("STOPPED") ? Text::tr("Stopped") : Text::tr("Not running")};
    return {ChipKind::Waiting, backupText(cluster)};
}

QString clusterIcon(const Cluster &cluster)
{
    return cluster.isSharded() ? QStringLiteral("sharded-cluster") : QStringLiteral("replica-set");
}

QString clusterToolTip(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest)
{
    if (isShard)
        return Text::tr("A shard is part of its cluster and is restored with it.");
    if (column == ClusterColumn::LatestSnapshot)
        return latest != nullptr ? utcAndLocalText(latest->created.time()) : QString();
    if (column == ClusterColumn::Backup)
        return backupText(cluster); // with the server's own word, which its chip leaves out
    return column == ClusterColumn::Name ? Text::tr("%1, id %2").arg(cluster.name, cluster.id.value) : QString();
}

QString projectSecondLine(const ClusterSection &section)
{
    if (!section.clusters)
        return section.problem.isEmpty() ? Text::tr("Its clusters are being read…")
                                         : Text::tr("Its clusters could not be read: %1").arg(section.problem);
    if (section.clusters->empty())
        return Text::tr("No clusters");
    const QString count = Text::tr("%n clusters", nullptr, int(section.clusters->size()));
    return section.problem.isEmpty()
               ? count
               : Text::tr("%1, as of before: they could not be read anew: %2").arg(count, section.problem);
}

} // namespace tidemark
