#include "ui/look/row_delegate.h"

#include "ui/look/keep.h"
#include "ui/look/row_cell.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTableView>

namespace tidemark {

namespace {

/// Whether the cell is the row's first and last in the order that is seen.
std::pair<bool, bool> endsOfRow(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    using Option = QStyleOptionViewItem;
    if (option.viewItemPosition != Option::Invalid)
        return {option.viewItemPosition == Option::Beginning || option.viewItemPosition == Option::OnlyOne,
                option.viewItemPosition == Option::End || option.viewItemPosition == Option::OnlyOne};
    // Tables do not tell.
    if (const auto *table = qobject_cast<const QTableView *>(option.widget)) {
        const int place = table->columnViewportPosition(index.column());
        bool isLeft = true;
        bool isRight = true;
        for (int column = 0; column < index.model()->columnCount(index.parent()); ++column) {
            const int other = table->columnViewportPosition(column);
            if (table->isColumnHidden(column) || column == index.column())
                continue;
            isLeft = isLeft && other > place;
            isRight = isRight && other < place;
        }
        const bool isRtl = option.direction == Qt::RightToLeft;
        return {isRtl ? isRight : isLeft, isRtl ? isLeft : isRight};
    }
    return {true, true};
}

/// The cell, and at the beginning of the row all before it: a tree paints its branches there.
QRect reachOf(const QStyleOptionViewItem &option, bool isFirst)
{
    QRect reach = option.rect;
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!isFirst || view == nullptr)
        return reach;
    const QRect whole = view->viewport()->rect();
    if (option.direction == Qt::RightToLeft)
        reach.setRight(std::max(reach.right(), whole.right()));
    else
        reach.setLeft(std::min(reach.left(), whole.left()));
    return reach;
}

void paintGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    const Roles &look = roles();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, look.sel);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, look.hover);
    else if (option.backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option.rect, option.backgroundBrush);
}

/// In high contrast, where no ground tells what is chosen: a frame around the row, of which each cell paints its part.
void paintFrame(QPainter *painter, const QRect &reach, bool isLeftEnd, bool isRightEnd)
{
    const QColor colour = roles().highlight;
    const int thick = u(0.5);
    painter->fillRect(QRect(reach.left(), reach.top(), reach.width(), thick), colour);
    painter->fillRect(QRect(reach.left(), reach.bottom() - thick + 1, reach.width(), thick), colour);
    if (isLeftEnd)
        painter->fillRect(QRect(reach.left(), reach.top(), thick, reach.height()), colour);
    if (isRightEnd)
        painter->fillRect(QRect(reach.right() - thick + 1, reach.top(), thick, reach.height()), colour);
}

void paintEdges(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Roles &look = roles();
    const auto [isFirst, isLast] = endsOfRow(option, index);
    const bool isRtl = option.direction == Qt::RightToLeft;
    const QRect reach = reachOf(option, isFirst);
    painter->fillRect(QRect(reach.left(), reach.bottom(), reach.width(), 1), look.line);
    if (option.state & QStyle::State_Selected) {
        if (look.isHighContrast())
            paintFrame(painter, reach, isRtl ? isLast : isFirst, isRtl ? isFirst : isLast);
        else if (isFirst)
            painter->fillRect(
                QRect(isRtl ? reach.right() - u(0.75) + 1 : reach.left(), reach.top(), u(0.75), reach.height()),
                look.ink(Ink::Run));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(look.text, focusPen(), Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        const int inset = u(0.75);
        painter->drawRect(option.rect.adjusted(inset, inset, -inset - 1, -inset - 1));
    }
}

} // namespace

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    const QVariant background = index.data(Qt::BackgroundRole);
    if (background.isValid())
        item.backgroundBrush = background.value<QBrush>();
    painter->save();
    paintGround(painter, item);
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QColor ink = roles().ink(isEnabled ? Ink::Text : Ink::Disabled);
    paintCell(painter, QRectF(option.rect), cellOf(index), ink, option.textElideMode, option.direction);
    paintEdges(painter, item, index);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (const QVariant size = index.data(Qt::SizeHintRole); size.isValid())
        return size.toSize();
    return sizeOf(cellOf(index));
}

void giveSelectionLook(QAbstractItemView *view)
{
    keepPalette(view, [](QPalette &palette) {
        palette.setColor(QPalette::Highlight, roles().sel);
        palette.setColor(QPalette::HighlightedText, roles().text);
    });
}

} // namespace tidemark
