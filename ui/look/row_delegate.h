#pragma once

#include "ui/look/chip.h"
#include "ui/look/metrics.h"

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace tidemark {

/// What a model may answer beside its texts. DisplayRole stays the plain text, for filters, sorting and screen readers;
/// AccessibleTextRole says all that is seen and is the model's business. Far from the roles that models have.
namespace LookRole {
enum Role : int {
    FirstLine = Qt::UserRole + 0x4000, ///< QString: in place of DisplayRole where the second line says the rest of it
    SecondLine,                        ///< QString: what tells the thing apart, smaller
    SecondIcon,                        ///< QString: name of an icon before it
    SecondInk,                         ///< int (Ink); Text2 where there is none
    Chip,                              ///< ChipData; stands in place of the first line
    Badge,                             ///< ChipData; stands behind the first line
    Stages,                            ///< QList<StageBar>; before the second line
    Bar,                               ///< BarData; stands in place of the first line
    Icon,                              ///< QString: name of an icon
    FirstType                          ///< int (TypeRole) of the first line; Body where there is none
};
} // namespace LookRole

/// Paints rows of two lines, with chip, stages, bar and icon as the model has them. Costs glyphs and pixmaps alone:
/// what is laid out is kept.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Gives the view the look of chosen rows (Highlight is the pale ground, HighlightedText the text) and keeps it so when
/// the desktop's palette changes.
void giveSelectionLook(QAbstractItemView *view);

} // namespace tidemark
