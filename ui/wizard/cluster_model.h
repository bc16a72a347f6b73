#pragma once

#include "cloud/values.h"
#include "ui/widgets/natural_sort_model.h"

#include <QAbstractItemModel>

#include <functional>

namespace tidemark {

/// A project's clusters: one entry for each, the shards of a sharded cluster beneath it. Shards can be seen and not
/// chosen, since a restore always concerns the whole cluster.
class ClusterModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Type, Versions, Fcv, Backup, LatestSnapshot, ColumnCount };
    enum Role { SortRole = Qt::UserRole, ClusterIdRole };
    using SnapshotLookup = std::function<const Snapshot *(const ClusterId &)>;

    explicit ClusterModel(SnapshotLookup latestSnapshot, QObject *parent = nullptr);

    void setClusters(std::vector<Cluster> clusters);
    /// One of them has this word behind its name.
    void setMarked(const ClusterId &cluster, const QString &mark);
    void latestSnapshotChanged(const ClusterId &cluster);

    /// The entry at an index; nullptr for shards and invalid indexes.
    const Cluster *cluster(const QModelIndex &index) const;
    QModelIndex indexOf(const ClusterId &cluster) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    const Cluster &at(const QModelIndex &index) const;
    QString text(const Cluster &cluster, bool isShard, int column) const;
    QString toolTip(const Cluster &cluster, int column) const;

    SnapshotLookup m_latestSnapshot;
    std::vector<Cluster> m_clusters;
    ClusterId m_marked;
    QString m_mark;
};

/// Filters clusters by any column, matching shards keep their cluster; sorts as people expect.
class ClusterFilterModel : public NaturalSortModel
{
    Q_OBJECT

public:
    explicit ClusterFilterModel(QObject *parent = nullptr);

    void setShardsShown(bool shown);
    /// The chosen cluster stays in view whatever the filter says, so that nobody goes on with one they cannot see.
    void setChosen(const ClusterId &cluster);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_shardsShown = true;
    ClusterId m_chosen;
};

/// "Replica set", "Sharded cluster", …
QString clusterTypeName(ClusterType type);

} // namespace tidemark
