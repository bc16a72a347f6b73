#pragma once

#include "ui/widgets/natural_sort_model.h"

namespace tidemark {

class SnapshotsModel;

/// The rows of the tab **Snapshots**, sorted, with what the second lines and chips say beside the texts.
class SnapshotRows : public NaturalSortModel
{
    Q_OBJECT

public:
    explicit SnapshotRows(SnapshotsModel *model);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    SnapshotsModel *m_model;
};

} // namespace tidemark
