#pragma once

#include "cloud/values.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/wizard/choice_model.h"

namespace tidemark {

/// The checkpoints that a person chooses from.
class CheckpointsModel : public ChoiceModel<Checkpoint>
{
    Q_OBJECT

public:
    enum Column { TimestampUtc, TimestampLocal, Age, Restorable, Parts, Completed, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    explicit CheckpointsModel(QObject *parent = nullptr)
        : ChoiceModel(Age, ColumnCount, parent)
    {
    }

    void setCheckpoints(const std::vector<Checkpoint> &checkpoints) { setValues(checkpoints); }
    const Checkpoint *checkpoint(const QModelIndex &index) const { return valueAt(index); }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Checkpoint &checkpoint, int column) const;
};

/// How they are listed: the newest first.
ItemViewOptions checkpointViewOptions();

} // namespace tidemark
