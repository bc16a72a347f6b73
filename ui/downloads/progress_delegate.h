#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

/// Paints a download's progress as the style's own bar, with the model's text on it. Where the progress cannot be told
/// there is only the text.
class ProgressDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
