#include "ui/widgets/timeline_layout.h"

#include "ui/look/metrics.h"

#include <algorithm>

namespace tidemark {

namespace {

int labelHeight()
{
    return typeMetrics(TypeRole::Caption).height();
}

int flagHeight()
{
    return typeMetrics(TypeRole::Strong).height() + u(4.5);
}

int bandHeight()
{
    return std::max(u(8), typeMetrics(TypeRole::Caption).height() + u(2));
}

/// Everything but the plot.
int restHeight(bool hasLocal)
{
    return u(2) + flagHeight() + bandHeight() + labelHeight() * (hasLocal ? 3 : 2) + u(5.5) + u(5);
}

} // namespace

TimelineLayout timelineLayout(const QRect &rect, bool hasLocal)
{
    const QRect inner = rect.adjusted(u(1.5), u(1), -u(1.5), -u(1));
    const int plotHeight = std::max(0, rect.height() - restHeight(hasLocal));
    TimelineLayout layout;
    int top = inner.top();
    const auto take = [&](int height, int gap) {
        const QRect part(inner.left(), top, inner.width(), height);
        top += height + gap;
        return part;
    };
    layout.flags = take(flagHeight(), 0);
    layout.plot = take(plotHeight, 0);
    layout.band = take(bandHeight(), u(1));
    layout.labels = take(labelHeight(), 0);
    if (hasLocal)
        layout.localLabels = take(labelHeight(), 0);
    top += u(3);
    layout.map = take(u(5), u(0.5));
    layout.mapLabels = take(labelHeight(), 0);
    return layout;
}

int leastTimelineHeight(bool hasCurve, bool hasLocal)
{
    const int words = labelHeight() + u(2);
    return restHeight(hasLocal) + (hasCurve ? 2 * words + u(8) : words);
}

int bestTimelineHeight(bool hasCurve, bool hasLocal)
{
    return leastTimelineHeight(hasCurve, hasLocal) + (hasCurve ? u(20) : 0);
}

} // namespace tidemark
