#pragma once

#include "ui/look/roles.h"
#include "ui/widgets/timeline_content.h"
#include "ui/widgets/timeline_layout.h"
#include "ui/widgets/timeline_scale.h"

#include <QRect>
#include <QVector>

class QPainter;

namespace tidemark {

/// What is painted with which colours, and which part of it is in view.
struct TimelinePicture
{
    const Roles &roles;
    const TimelineContent &content;
    const TimelineScale &scale; ///< as wide as `layout`
    const TimelineLayout &layout;

    double x(double seconds) const { return layout.plot.left() + scale.x(seconds); }
    bool isInView(double seconds) const { return seconds >= scale.from() && seconds <= scale.to(); }
};

void paintTimeline(QPainter &painter, const TimelinePicture &picture);

/// The ranges and gaps alone, `scale` as wide as `band`. Gaps differ from restorable stretches by a pattern, not by
/// colour alone.
void paintTimelineBand(QPainter &painter, const Roles &roles, const TimelineContent &content,
                       const TimelineScale &scale, const QRect &band);
/// With what one writes on a restorable stretch.
QColor onTimelineBand(const Roles &roles);
/// A word on a small plate of its own, which it is not wider than; centred at `x` as far as it fits between both ends
/// of `within`. Returns what it covers.
QRectF paintPlate(QPainter &painter, const Roles &roles, double x, double top, const QRectF &within,
                  const QString &text);

/// Many at once, which is several times as fast as one after the other.
void fillRects(QPainter &painter, const QVector<QRect> &rects, const QColor &colour);

// The parts that have a file of their own.
void paintTimelineCurve(QPainter &painter, const TimelinePicture &picture);
void paintTimelineMarks(QPainter &painter, const TimelinePicture &picture);
void paintTimelineMap(QPainter &painter, const TimelinePicture &picture);

} // namespace tidemark
