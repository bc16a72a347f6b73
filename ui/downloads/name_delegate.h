#pragma once

#include "ui/look/row_delegate.h"

namespace tidemark {

/// Shortens a long name in its middle: archives differ at both ends.
class NameDelegate : public RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
