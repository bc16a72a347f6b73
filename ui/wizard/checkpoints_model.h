#pragma once

#include "cloud/values.h"

#include <QAbstractTableModel>

namespace tidemark {

/// The checkpoints that a person chooses from.
class CheckpointsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimestampUtc, TimestampLocal, Age, Restorable, Parts, Completed, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setCheckpoints(std::vector<Checkpoint> checkpoints);
    void setNow(const QDateTime &now); ///< for ages

    const Checkpoint *checkpoint(const QModelIndex &index) const;
    QModelIndex indexOf(const CheckpointId &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Checkpoint &checkpoint, int column) const;

    std::vector<Checkpoint> m_checkpoints;
    QDateTime m_now;
};

} // namespace tidemark
