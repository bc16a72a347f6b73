#pragma once

#include "ui/look/bar.h"
#include "ui/look/chip.h"
#include "ui/look/metrics.h"
#include "ui/look/stage_line.h"

#include <QModelIndex>

class QPainter;

namespace tidemark {

/// What one cell of a row shows, read from its model.
struct RowCell
{
    QString first, second, icon, secondIcon;
    TypeRole firstType = TypeRole::Body;
    Ink secondInk = Ink::Text2;
    ChipData chip;
    ChipData badge; ///< behind the first line
    QList<StageBar> stages;
    std::optional<BarData> bar;
    bool isTrailing = false; ///< the first line stands at the cell's end, as numbers do

    bool hasSecondLine() const { return !second.isEmpty() || !stages.isEmpty(); }
};

RowCell cellOf(const QModelIndex &index);
QSize sizeOf(const RowCell &cell);
/// As high as one with chip and second line, for a column whose rows may have both: a list has rows of one height.
QSize tallSizeOf(const RowCell &cell);
/// Within `rect`, without a ground. `ink` is the first line's.
void paintCell(QPainter *painter, const QRectF &rect, const RowCell &cell, const QColor &ink, Qt::TextElideMode elide,
               Qt::LayoutDirection direction);

} // namespace tidemark
