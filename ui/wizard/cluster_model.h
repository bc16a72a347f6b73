#pragma once

#include "ui/wizard/cluster_cells.h"

#include <QAbstractItemModel>

#include <functional>

namespace tidemark {

/// Clusters to choose from: one entry for each, the shards of a sharded cluster beneath it, and above them their
/// projects where all are listed. Shards can be seen and not chosen, since a restore always concerns the whole cluster;
/// so can projects. Filtered by words and sorted by itself.
class ClusterModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        Name = int(ClusterColumn::Name),
        Type = int(ClusterColumn::Type),
        Versions = int(ClusterColumn::Versions),
        Fcv = int(ClusterColumn::Fcv),
        Backup = int(ClusterColumn::Backup),
        LatestSnapshot = int(ClusterColumn::LatestSnapshot),
        ColumnCount
    };
    /// IdRole: of the project, the cluster or the shard.
    enum Role { IdRole = Qt::UserRole };
    using SnapshotLookup = std::function<const Snapshot *(const ClusterId &)>;

    explicit ClusterModel(SnapshotLookup latestSnapshot, QObject *parent = nullptr);

    /// The clusters of one project, which has no row.
    void setClusters(std::vector<Cluster> clusters);
    /// All projects, each with a row.
    void setProjects(std::vector<ClusterSection> projects);
    /// One of them as it is known now; the other rows stay as they are.
    void setProject(const ClusterSection &project);
    void latestSnapshotChanged(const ClusterId &cluster);
    void setNow(const QDateTime &now); ///< for ages

    /// Words in any order, each anywhere in a row or its project's name; a shard that is found keeps its cluster.
    void setFilter(const QString &words);
    bool isFiltered() const { return m_rows.isSearch(); }
    void setShardsShown(bool shown);
    /// Stays in view whatever the filter says; takes effect with the next filtering, now it is in view anyway.
    void setChosen(const ClusterId &cluster) { m_rows.setKept(cluster); }
    /// One of them has this word behind its name.
    void setMarked(const ClusterId &cluster, const QString &mark);
    /// Ids of projects and clusters that stand first, the last used one first.
    void setLastUsed(const QStringList &ids);

    /// The entry at an index; nullptr for shards, projects and invalid indexes.
    const Cluster *cluster(const QModelIndex &index) const;
    /// The project of the entry at an index, whatever it is; nullptr for an invalid one.
    const Project *project(const QModelIndex &index) const;
    /// Whether the entry, or one below it, is what the filter looks for, rather than kept in view.
    bool isFound(const QModelIndex &index) const;
    QModelIndex indexOf(const ClusterId &cluster) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    static const ClusterRow &at(const QModelIndex &index);
    const ClusterRowList &below(const QModelIndex &parent) const;
    QModelIndex indexOf(const ClusterRow &row, int column) const;
    template<typename Change>
    void rearrange(Change change);
    void replaceBelow(int row, ClusterRowList below);
    QVariant clusterData(const ClusterRow &row, ClusterColumn column, int role) const;
    static QVariant projectData(const ClusterRow &row, ClusterColumn column, int role);

    SnapshotLookup m_latestSnapshot;
    ClusterRows m_rows;
    ClusterRowList m_shown;
    bool m_hasProjects = false;
    QDateTime m_now;
    ClusterId m_marked;
    QString m_mark;
};

} // namespace tidemark
