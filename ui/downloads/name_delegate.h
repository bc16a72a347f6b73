#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

/// Shortens a long name in its middle: archives differ at both ends.
class NameDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace tidemark
