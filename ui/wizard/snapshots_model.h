#pragma once

#include "cloud/values.h"

#include <QAbstractTableModel>

namespace tidemark {

/// The snapshots that a person chooses from.
class SnapshotsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { CreatedUtc, CreatedLocal, Age, Size, Complete, Parts, Warnings, Expires, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshots(std::vector<Snapshot> snapshots);
    void setNow(const QDateTime &now); ///< for ages

    const Snapshot *snapshot(const QModelIndex &index) const;
    QModelIndex indexOf(const SnapshotId &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Snapshot &snapshot, int column) const;
    QVariant sortKey(const Snapshot &snapshot, int column) const;

    std::vector<Snapshot> m_snapshots;
    QDateTime m_now;
};

/// What a person should know before taking this snapshot, in a few words each.
QStringList snapshotWarnings(const Snapshot &snapshot);

} // namespace tidemark
