#pragma once

#include "ui/look/row_cell.h"
#include "ui/look/row_delegate.h"

#include <QAbstractTableModel>

namespace tidemark::test {

/// Restore jobs as they are in the pictures, as many rows as asked for. The texts of a row are its own.
class LookRows : public QAbstractTableModel
{
public:
    explicit LookRows(int rows)
        : m_rows(rows)
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex & = {}) const override { return 4; }

    QVariant data(const QModelIndex &index, int role) const override
    {
        const int row = index.row();
        switch (index.column()) {
        case 0:
            if (role == Qt::DisplayRole)
                return QStringLiteral("shop-%1").arg(row);
            if (role == LookRole::SecondLine)
                return QStringLiteral("Shop");
            if (role == LookRole::Icon)
                return row % 2 ? QStringLiteral("replica-set") : QStringLiteral("sharded-cluster");
            return role == LookRole::FirstType ? QVariant(int(TypeRole::Strong)) : QVariant();
        case 1:
            if (role == Qt::DisplayRole)
                return QStringLiteral("Restore to a point in time");
            return role == LookRole::SecondLine
                       ? QVariant(QStringLiteral("just before 14:%1:06 UTC").arg(row % 60, 2, 10, QLatin1Char('0')))
                       : QVariant();
        case 2:
            if (role == LookRole::Bar)
                return QVariant::fromValue(BarData{BarKind(row % 6), 0.01 * (row % 100)});
            return role == LookRole::SecondLine ? QVariant(QStringLiteral("212 GB of %1 GB").arg(row + 300))
                                                : QVariant();
        default:
            break;
        }
        if (role == LookRole::Chip)
            return QVariant::fromValue(ChipData{ChipKind(row % 17), QStringLiteral("Agents at work")});
        if (role == LookRole::Stages)
            return QVariant::fromValue(QList<StageBar>{{StageState::Done, {}},
                                                       {StageState(row % 5), 0.88},
                                                       {StageState::ToCome, {}},
                                                       {StageState::ToCome, {}}});
        return role == LookRole::SecondLine ? QVariant(QStringLiteral("%1/25").arg(row % 25)) : QVariant();
    }

private:
    int m_rows;
};

} // namespace tidemark::test
