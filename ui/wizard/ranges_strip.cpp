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
    m_ranges = ranges;
    update();
}

void RangesStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    if (m_ranges.empty())
        return;
    const TimelineScale scale(m_ranges.front().start.seconds, m_ranges.back().end.seconds, width());
    QPainter painter(this);
    const std::vector<QDateTime> noSnapshots;
    paintTimelineBand(painter, {rect(), palette(), QPalette::Active, scale, m_ranges, noSnapshots, std::nullopt},
                      rect());
}

} // namespace tidemark
