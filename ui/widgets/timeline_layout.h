#pragma once

#include <QRect>

namespace tidemark {

/// Where the parts of a timeline are. Time runs from left to right in every language.
struct TimelineLayout
{
    QRect flags;       ///< the chosen moment's flag
    QRect plot;        ///< the curve and the words of marks
    QRect band;        ///< what can be restored, directly below
    QRect labels;      ///< times in UTC
    QRect localLabels; ///< in this machine's zone; empty where that is UTC
    QRect map;         ///< all of it, small
    QRect mapLabels;
};

TimelineLayout timelineLayout(const QRect &rect, bool hasLocal);
/// How high it has to be at least, and how high it likes to be; without a curve both are the same.
int leastTimelineHeight(bool hasCurve, bool hasLocal);
int bestTimelineHeight(bool hasCurve, bool hasLocal);

} // namespace tidemark
