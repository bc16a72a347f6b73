#pragma once

#include "ui/widgets/natural_sort_model.h"

namespace tidemark {

/// The downloads with what was typed in any of their texts, the archives of a batch with their heading. In the queue's
/// order, rows can be drawn to another place of it.
class DownloadsFilter : public NaturalSortModel
{
    Q_OBJECT

public:
    explicit DownloadsFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    /// All of the queue is seen, in its order.
    bool isQueueOrder() const;

    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
};

} // namespace tidemark
