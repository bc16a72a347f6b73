#pragma once

#include <QSortFilterProxyModel>

namespace tidemark {

/// Sorts texts with their numbers as numbers (see compareNaturally) and all else by its value. Rows that are alike keep
/// their order.
class NaturalSortModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit NaturalSortModel(int sortRole, QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

} // namespace tidemark
