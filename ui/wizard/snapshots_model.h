#pragma once

#include "cloud/values.h"
#include "ui/snapshots/snapshot_texts.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/wizard/choice_model.h"

namespace tidemark {

/// The snapshots that a person chooses from.
class SnapshotsModel : public ChoiceModel<Snapshot>
{
    Q_OBJECT

public:
    enum Column {
        CreatedUtc,
        CreatedLocal,
        Age,
        Size,
        Complete,
        Parts,
        Warnings,
        Expires,
        Version,
        Fcv,
        Encrypted,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole };

    explicit SnapshotsModel(QObject *parent = nullptr)
        : ChoiceModel(Age, ColumnCount, parent)
    {
    }

    void setSnapshots(const std::vector<Snapshot> &snapshots) { setValues(snapshots); }
    const Snapshot *snapshot(const QModelIndex &index) const { return valueAt(index); }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Snapshot &snapshot, int column) const;
    QString secondLine(const Snapshot &snapshot, int column) const;
    QVariant sortKey(const Snapshot &snapshot, int column) const;
};

/// How they are listed: the newest first.
ItemViewOptions snapshotViewOptions();

} // namespace tidemark
