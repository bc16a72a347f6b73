#include "ui/look/row_cell.h"

#include "ui/look/icons.h"
#include "ui/look/row_delegate.h"
#include "ui/look/text_cache.h"

#include <QPainter>

namespace tidemark {

namespace {

constexpr double pad = 2;
constexpr double iconSide = 4.5;
constexpr double smallIcon = 3;
constexpr double badgeGap = 1.5;
constexpr double TallRow = 13.5;

/// Takes pieces from the leading edge of a rectangle.
struct Strip
{
    QRectF left;
    bool isRtl;

    QRectF take(qreal width, qreal gapAfter)
    {
        QRectF piece = left;
        piece.setWidth(std::min(width, left.width()));
        if (isRtl)
            piece.moveRight(left.right());
        left.adjust(isRtl ? 0 : width + gapAfter, 0, isRtl ? -width - gapAfter : 0, 0);
        return piece;
    }
};

void paintSecondLine(QPainter *painter, const QRectF &rect, const RowCell &cell, Qt::TextElideMode elide,
                     Qt::LayoutDirection direction)
{
    Strip strip{rect, direction == Qt::RightToLeft};
    if (!cell.stages.isEmpty())
        paintStages(painter, strip.take(stagesWidth(cell.stages.size()), u(1.75)), cell.stages, direction);
    const QColor ink = roles().ink(cell.secondInk);
    if (!cell.secondIcon.isEmpty()) {
        QRectF box = strip.take(u(smallIcon), u(1));
        box = QRectF(box.left(), box.center().y() - u(smallIcon) / 2.0, u(smallIcon), u(smallIcon));
        paintIcon(painter, box, cell.secondIcon, ink, direction);
    }
    const bool speaks = cell.secondInk != Ink::Text2;
    paintText(painter, strip.left, cell.second,
              {speaks ? TypeRole::CaptionMedium : TypeRole::Caption, ink,
               (strip.isRtl == cell.isTrailing ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, elide});
}

/// Behind the first line, which gives way to it. What is left of the line.
QRectF paintBadge(QPainter *painter, const QRectF &line, const RowCell &cell, Qt::LayoutDirection direction)
{
    const qreal room = std::max(0.0, line.width() - chipSize(cell.badge.text).width() - u(badgeGap));
    Strip strip{line, direction == Qt::RightToLeft};
    const QRectF text = strip.take(std::min<qreal>(textWidth(cell.first, cell.firstType), room), u(badgeGap));
    paintChip(painter, strip.left, cell.badge, direction);
    return text;
}

/// Height of what stands in the first line's place, and of the gap below it.
std::pair<int, int> firstHeights(const RowCell &cell)
{
    if (cell.bar)
        return {u(2) + u(0.5), u(0.5)};
    if (!cell.chip.text.isEmpty())
        return {chipSize(cell.chip.text).height(), u(1)};
    return {typeMetrics(cell.firstType).height(), 0};
}

} // namespace

RowCell cellOf(const QModelIndex &index)
{
    RowCell cell;
    const QVariant first = index.data(LookRole::FirstLine);
    cell.first = first.isValid() ? first.toString() : index.data(Qt::DisplayRole).toString();
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    cell.isTrailing = alignment.isValid() && (alignment.toInt() & (Qt::AlignRight | Qt::AlignTrailing)) != 0;
    cell.second = index.data(LookRole::SecondLine).toString();
    cell.icon = index.data(LookRole::Icon).toString();
    cell.secondIcon = index.data(LookRole::SecondIcon).toString();
    if (const QVariant type = index.data(LookRole::FirstType); type.isValid())
        cell.firstType = TypeRole(type.toInt());
    if (const QVariant ink = index.data(LookRole::SecondInk); ink.isValid())
        cell.secondInk = Ink(ink.toInt());
    if (const QVariant chip = index.data(LookRole::Chip); chip.isValid())
        cell.chip = chip.value<ChipData>();
    if (const QVariant badge = index.data(LookRole::Badge); badge.isValid())
        cell.badge = badge.value<ChipData>();
    if (const QVariant stages = index.data(LookRole::Stages); stages.isValid())
        cell.stages = stages.value<QList<StageBar>>();
    if (const QVariant bar = index.data(LookRole::Bar); bar.isValid())
        cell.bar = bar.value<BarData>();
    return cell;
}

QSize sizeOf(const RowCell &cell)
{
    int first = cell.bar                   ? u(20)
                : cell.chip.text.isEmpty() ? textWidth(cell.first, cell.firstType)
                                           : chipSize(cell.chip.text).width();
    if (!cell.badge.text.isEmpty())
        first += u(badgeGap) + chipSize(cell.badge.text).width();
    int second = cell.second.isEmpty() ? 0 : textWidth(cell.second, TypeRole::CaptionMedium);
    if (!cell.stages.isEmpty())
        second += stagesWidth(cell.stages.size()) + u(1.75);
    if (!cell.secondIcon.isEmpty())
        second += u(smallIcon) + u(1);
    const int icon = cell.icon.isEmpty() ? 0 : u(iconSide) + u(2);
    const bool isTall = !cell.chip.text.isEmpty() && cell.hasSecondLine();
    const double height = isTall ? TallRow : cell.hasSecondLine() || cell.bar ? 11.5 : 8;
    return {std::max(first, second) + icon + 2 * u(pad), u(height)};
}

QSize tallSizeOf(const RowCell &cell)
{
    return sizeOf(cell).expandedTo({0, u(TallRow)});
}

void paintCell(QPainter *painter, const QRectF &rect, const RowCell &cell, const QColor &ink, Qt::TextElideMode elide,
               Qt::LayoutDirection direction)
{
    const bool isRtl = direction == Qt::RightToLeft;
    Strip strip{rect.adjusted(u(pad), 0, -u(pad), -1), isRtl};
    if (!cell.icon.isEmpty()) {
        QRectF box = strip.take(u(iconSide), u(2));
        box = QRectF(box.left(), box.center().y() - u(iconSide) / 2.0, u(iconSide), u(iconSide));
        paintIcon(painter, box, cell.icon, roles().ink(Ink::Text2), direction);
    }
    const auto [firstHeight, gap] = firstHeights(cell);
    const int small = typeMetrics(TypeRole::Caption).height();
    const int all = firstHeight + (cell.hasSecondLine() ? gap + small : 0);
    const QRectF &space = strip.left;
    QRectF line(space.left(), qRound(space.center().y() - all / 2.0), space.width(), firstHeight);
    if (cell.bar) {
        paintBar(painter, QRectF(line.left(), line.top() + u(0.5), line.width(), u(2)), *cell.bar, direction);
    } else if (!cell.chip.text.isEmpty()) {
        paintChip(painter, line, cell.chip, direction);
    } else {
        if (!cell.badge.text.isEmpty())
            line = paintBadge(painter, line, cell, direction);
        const bool isCaption = cell.firstType == TypeRole::Caption;
        paintText(painter, line, cell.first,
                  {cell.firstType, isCaption ? roles().ink(Ink::Text2) : ink,
                   (isRtl == cell.isTrailing ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, elide});
    }
    if (cell.hasSecondLine())
        paintSecondLine(painter, QRectF(line.left(), line.bottom() + gap, line.width(), small), cell, elide, direction);
}

} // namespace tidemark
