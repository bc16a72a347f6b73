#include "ui/wizard/fitting_scroll_area.h"

#include <QEvent>
#include <QLayout>

namespace tidemark {

FittingScrollArea::FittingScrollArea(QWidget *content, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setWidget(content);
}

QSize FittingScrollArea::sizeHint() const
{
    const int width = viewport()->width();
    return {width, widget()->layout()->totalHeightForWidth(width)};
}

QSize FittingScrollArea::minimumSizeHint() const
{
    const int lines = fontMetrics().lineSpacing() * 6;
    return {fontMetrics().averageCharWidth() * 40, std::min(lines, sizeHint().height())};
}

bool FittingScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize))
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

void FittingScrollArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    updateGeometry(); // another width breaks lines elsewhere
}

} // namespace tidemark
