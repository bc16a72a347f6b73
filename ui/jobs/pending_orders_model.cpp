#include "ui/jobs/pending_orders_model.h"

#include "orders/order_texts.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int KeyRole = Qt::UserRole + 1;

/// Only what changed is said to have changed.
void setText(QStandardItem &item, const QString &text)
{
    if (item.text() != text)
        item.setText(text);
}

/// The row of this key below `parent`, made where there is none.
int rowOf(QStandardItem &parent, const QString &key)
{
    for (int row = 0; row < parent.rowCount(); ++row) {
        if (parent.child(row)->data(KeyRole).toString() == key)
            return row;
    }
    QList<QStandardItem *> items;
    for (int column = 0; column < PendingOrdersModel::ColumnCount; ++column) {
        items.append(new QStandardItem);
        items.back()->setEditable(false);
    }
    items.front()->setData(key, KeyRole);
    parent.appendRow(items);
    return parent.rowCount() - 1;
}

void keepOnly(QStandardItem &parent, const QStringList &keys)
{
    for (int row = parent.rowCount() - 1; row >= 0; --row) {
        if (!keys.contains(parent.child(row)->data(KeyRole).toString()))
            parent.removeRow(row);
    }
}

void setLine(QStandardItem &parent, int row, const OrderLine &line, const QString &first, const QString &state)
{
    using Model = PendingOrdersModel;
    setText(*parent.child(row, Model::OrderColumn), first);
    setText(*parent.child(row, Model::PointColumn), line.point);
    setText(*parent.child(row, Model::TargetColumn), line.target);
    setText(*parent.child(row, Model::StateColumn), state);
    setText(*parent.child(row, Model::WhenColumn), line.when);
    setText(*parent.child(row, Model::IdColumn), line.id);
}

} // namespace

PendingOrdersModel::PendingOrdersModel(QObject *parent)
    : QStandardItemModel(0, ColumnCount, parent)
{
    setHorizontalHeaderLabels(
        {tr("Order"), tr("Point"), tr("Target"), tr("State"), tr("Sent or created"), tr("Job or batch")});
}

void PendingOrdersModel::update(const std::vector<OrderView> &views, const QDateTime &now)
{
    QStandardItem &root = *invisibleRootItem();
    QStringList keys;
    for (const OrderView &view : views)
        keys.append(view.order.key);
    keepOnly(root, keys);
    for (const OrderView &view : views) {
        const int row = rowOf(root, view.order.key);
        const OrderLine line = lineOf(view.order, {});
        setLine(root, row, line, line.cluster, viewStateText(view, now));
        QStandardItem &order = *root.child(row);
        QStringList candidates;
        for (const OrderCandidate &candidate : view.candidates)
            candidates.append(candidate.key());
        keepOnly(order, candidates);
        for (const OrderCandidate &candidate : view.candidates) {
            const RestoreJob &job = candidate.jobs.front();
            const QString name =
                candidate.jobs.size() == 1
                    ? view.order.clusterName
                    : tr("%1, %n jobs", nullptr, static_cast<int>(candidate.jobs.size())).arg(view.order.clusterName);
            setLine(order, rowOf(order, candidate.key()), lineOf(job, name, {}), name,
                    tr("%1 (%2)").arg(matchText(candidate.match), job.statusName));
        }
    }
}

QString PendingOrdersModel::orderKey(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const QModelIndex row = index.siblingAtColumn(OrderColumn);
    return (row.parent().isValid() ? row.parent() : row).data(KeyRole).toString();
}

QString PendingOrdersModel::candidateKey(const QModelIndex &index) const
{
    const QModelIndex row = index.siblingAtColumn(OrderColumn);
    return row.isValid() && row.parent().isValid() ? row.data(KeyRole).toString() : QString();
}

} // namespace tidemark
