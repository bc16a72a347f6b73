#include "ui/wizard/cluster_model.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>

namespace tidemark {

// The internal id of a top-level index is 0, that of a shard the row of its cluster plus one.
static constexpr quintptr TopLevel = 0;

QString clusterTypeName(ClusterType type)
{
    switch (type) {
    case ClusterType::ReplicaSet:
        return ClusterModel::tr("Replica set");
    case ClusterType::ShardedCluster:
        return ClusterModel::tr("Sharded cluster");
    case ClusterType::ConfigServers:
        return ClusterModel::tr("Config servers");
    case ClusterType::Standalone:
        return ClusterModel::tr("Standalone");
    case ClusterType::Unknown:
        break;
    }
    return ClusterModel::tr("Unknown");
}

ClusterModel::ClusterModel(SnapshotLookup latestSnapshot, QObject *parent)
    : QAbstractItemModel(parent)
    , m_latestSnapshot(std::move(latestSnapshot))
{
}

void ClusterModel::setClusters(std::vector<Cluster> clusters)
{
    if (clusters == m_clusters)
        return;
    beginResetModel();
    m_clusters = std::move(clusters);
    endResetModel();
}

void ClusterModel::setMarked(const ClusterId &cluster, const QString &mark)
{
    if (cluster == m_marked && mark == m_mark)
        return;
    m_marked = cluster;
    m_mark = mark;
    if (!m_clusters.empty())
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name));
}

void ClusterModel::latestSnapshotChanged(const ClusterId &cluster)
{
    const QModelIndex name = indexOf(cluster);
    if (!name.isValid())
        return;
    const QModelIndex cell = name.siblingAtColumn(LatestSnapshot);
    Q_EMIT dataChanged(cell, cell);
}

const Cluster &ClusterModel::at(const QModelIndex &index) const
{
    if (index.internalId() == TopLevel)
        return m_clusters.at(size_t(index.row()));
    return m_clusters.at(size_t(index.internalId() - 1)).shards.at(size_t(index.row()));
}

const Cluster *ClusterModel::cluster(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() == TopLevel ? &at(index) : nullptr;
}

QModelIndex ClusterModel::indexOf(const ClusterId &cluster) const
{
    for (size_t row = 0; row < m_clusters.size(); ++row) {
        if (m_clusters[row].id == cluster)
            return index(int(row), Name);
    }
    return {};
}

QModelIndex ClusterModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : TopLevel);
}

QModelIndex ClusterModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == TopLevel)
        return {};
    return createIndex(int(index.internalId() - 1), Name, TopLevel);
}

int ClusterModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_clusters.size());
    if (parent.internalId() != TopLevel || parent.column() != Name)
        return 0;
    return int(at(parent).shards.size());
}

int ClusterModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

static QString backupText(const Cluster &cluster)
{
    if (cluster.backupRunning == true)
        return ClusterModel::tr("Running");
    if (cluster.backupRunning == false)
        return cluster.backupState.isEmpty() ? ClusterModel::tr("Off")
                                             : ClusterModel::tr("Not running (%1)").arg(cluster.backupState);
    return ClusterModel::tr("Unknown");
}

QString ClusterModel::text(const Cluster &cluster, bool isShard, int column) const
{
    switch (column) {
    case Name:
        if (!isShard)
            return cluster.name;
        return cluster.shardName.isEmpty() ? cluster.replicaSetName : cluster.shardName;
    case Type:
        return isShard && cluster.type == ClusterType::ReplicaSet ? tr("Shard") : clusterTypeName(cluster.type);
    case Versions:
        return cluster.versions.join(QStringLiteral(", "));
    case Fcv:
        return cluster.featureCompatibilityVersion;
    case Backup:
        return isShard ? QString() : backupText(cluster);
    case LatestSnapshot: {
        const Snapshot *snapshot = isShard ? nullptr : m_latestSnapshot(cluster.id);
        return snapshot != nullptr ? utcText(snapshot->created.time()) : QString();
    }
    default:
        return {};
    }
}

QString ClusterModel::toolTip(const Cluster &cluster, int column) const
{
    if (column == LatestSnapshot) {
        const Snapshot *snapshot = m_latestSnapshot(cluster.id);
        return snapshot != nullptr ? utcAndLocalText(snapshot->created.time()) : QString();
    }
    return column == Name ? tr("%1, id %2").arg(cluster.name, cluster.id.value) : QString();
}

QVariant ClusterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Cluster &cluster = at(index);
    const bool isShard = index.internalId() != TopLevel;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Name && !isShard && cluster.id == m_marked)
            return tr("%1 (%2)").arg(cluster.name, m_mark);
        return text(cluster, isShard, index.column());
    case Qt::ToolTipRole:
        return isShard ? tr("A shard is part of its cluster and is restored with it.")
                       : toolTip(cluster, index.column());
    case SortRole:
        return text(cluster, isShard, index.column()); // UTC texts and versions sort as they should
    case ClusterIdRole:
        return cluster.id.value;
    default:
        return {};
    }
}

QVariant ClusterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Versions:
        return tr("MongoDB");
    case Fcv:
        return tr("FCV");
    case Backup:
        return tr("Backup");
    case LatestSnapshot:
        return tr("Latest snapshot");
    default:
        return {};
    }
}

Qt::ItemFlags ClusterModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (index.internalId() == TopLevel)
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

ClusterFilterModel::ClusterFilterModel(QObject *parent)
    : NaturalSortModel(ClusterModel::SortRole, parent)
{
    setRecursiveFilteringEnabled(true);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setFilterKeyColumn(-1);
}

void ClusterFilterModel::setShardsShown(bool shown)
{
    m_shardsShown = shown;
    invalidateFilter();
}

void ClusterFilterModel::setChosen(const ClusterId &cluster)
{
    m_chosen = cluster; // takes effect with the next filtering; now it is in view anyway
}

bool ClusterFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_shardsShown && parent.isValid())
        return false;
    if (!m_chosen.isEmpty() && !parent.isValid() &&
        sourceModel()->index(row, 0).data(ClusterModel::ClusterIdRole).toString() == m_chosen.value)
        return true;
    // A cluster that matches keeps its shards in view.
    return QSortFilterProxyModel::filterAcceptsRow(row, parent) ||
           (parent.isValid() && QSortFilterProxyModel::filterAcceptsRow(parent.row(), parent.parent()));
}

} // namespace tidemark
