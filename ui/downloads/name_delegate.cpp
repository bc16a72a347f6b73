#include "ui/downloads/name_delegate.h"

namespace tidemark {

void NameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    item.textElideMode = Qt::ElideMiddle;
    RowDelegate::paint(painter, item, index);
}

} // namespace tidemark
