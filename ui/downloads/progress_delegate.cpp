#include "ui/downloads/progress_delegate.h"

#include "ui/downloads/downloads_model.h"

#include <QApplication>
#include <QPainter>

namespace tidemark {

namespace {

constexpr int Steps = 1000;

} // namespace

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant fraction = index.data(DownloadsModel::FractionRole);
    if (!fraction.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);

    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, widget) + 1;
    QStyleOptionProgressBar bar;
    bar.rect = option.rect.adjusted(margin, margin, -margin, -margin);
    bar.palette = option.palette;
    bar.fontMetrics = option.fontMetrics;
    bar.direction = option.direction;
    bar.state = (option.state & QStyle::State_Enabled) | QStyle::State_Horizontal;
    bar.minimum = 0;
    bar.maximum = Steps;
    bar.progress = static_cast<int>(fraction.toDouble() * Steps);
    bar.textVisible = true;
    bar.textAlignment = Qt::AlignCenter;
    bar.text = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, bar.rect.width() - 2 * margin);
    style->drawControl(QStyle::CE_ProgressBar, &bar, painter, widget);
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(size.height() + option.fontMetrics.height() / 2);
    // The bar stands within the cell's margins and its text within margins of its own.
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    size.rwidth() += 2 * (style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, option.widget) + 1);
    return size;
}

} // namespace tidemark
