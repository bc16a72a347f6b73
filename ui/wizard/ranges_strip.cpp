#include "ui/wizard/ranges_strip.h"

#include "ui/look/keep.h"
#include "ui/widgets/timeline_painter.h"

#include <QPainter>

namespace tidemark {

RangesStrip::RangesStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    keepMeasures(this, [this] { setFixedHeight(u(3)); });
}

void RangesStrip::setRanges(const std::vector<RestorableRange> &ranges)
{
    m_content.ranges = ranges;
    update();
}

void RangesStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    if (m_content.ranges.empty())
        return;
    const TimelineScale scale(m_content.ranges.front().start.seconds, m_content.ranges.back().end.seconds, width());
    QPainter painter(this);
    paintTimelineBand(painter, roles(), m_content, scale, rect());
    painter.setPen(QPen(roles().line2, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tidemark
