#pragma once

#include "orders/order_follower.h"

#include <QStandardItemModel>

namespace tidemark {

/// Orders that are not known yet, beneath each the jobs that may be it. Rows are kept over refreshes, so that selection
/// and open branches stay.
class PendingOrdersModel : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Column { OrderColumn, PointColumn, TargetColumn, StateColumn, WhenColumn, IdColumn, ColumnCount };

    explicit PendingOrdersModel(QObject *parent = nullptr);

    void update(const std::vector<OrderView> &views, const QDateTime &now);

    /// Of the order that the row belongs to; empty for an invalid index.
    QString orderKey(const QModelIndex &index) const;
    /// Of the candidate in the row; empty in an order's own row.
    QString candidateKey(const QModelIndex &index) const;
};

} // namespace tidemark
