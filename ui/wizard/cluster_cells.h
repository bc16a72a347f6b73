#pragma once

#include "ui/look/chip.h"
#include "ui/wizard/cluster_rows.h"

namespace tidemark {

enum class ClusterColumn { Name, Type, Versions, Fcv, Backup, LatestSnapshot };

/// "Replica set", "Sharded cluster", …
QString clusterTypeName(ClusterType type);

/// What a column says of a cluster or a shard; the same for sorting and searching. `latest`: its newest snapshot,
/// nullptr where it has none or that is not known.
QString clusterText(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest);

/// Below the first line: what else is known of the same matter. `now`: for ages.
QString clusterSecondLine(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest,
                          const QDateTime &now);
/// What is said of a shard in place of a state of its own.
QString partText();
/// Whether its backup runs.
ChipData backupChip(const Cluster &cluster);
QString clusterIcon(const Cluster &cluster);
QString clusterToolTip(const Cluster &cluster, bool isShard, ClusterColumn column, const Snapshot *latest);

/// Below a project's name: how many clusters it has, or why that is not known.
QString projectSecondLine(const ClusterSection &section);

} // namespace tidemark
