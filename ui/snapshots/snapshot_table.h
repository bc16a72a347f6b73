#pragma once

#include "cloud/values.h"

#include <QAbstractTableModel>

#include <vector>

namespace tidemark {

/// The snapshots of one cluster, a row for each.
class SnapshotTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        StateColumn,
        SizeColumn,
        PartsColumn,
        VersionColumn,
        ExpiresColumn,
        EncryptionColumn,
        NotesColumn,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshots(std::vector<Snapshot> snapshots);
    /// nullptr for an invalid index.
    const Snapshot *snapshot(const QModelIndex &index) const;
    QModelIndex indexOf(const SnapshotId &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<Snapshot> m_snapshots;
};

/// What a person should know before using this snapshot, in a few words each.
QStringList snapshotNotes(const Snapshot &snapshot);

} // namespace tidemark
