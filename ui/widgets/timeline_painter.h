#pragma once

#include "cloud/values.h"
#include "ui/widgets/timeline_scale.h"

#include <QPalette>
#include <QRect>

#include <optional>

class QPainter;

namespace tidemark {

/// What a timeline shows and where; see TimelineWidget for what it means. Colours come from the palette, and gaps
/// differ from restorable stretches by a pattern, not by colour alone.
struct TimelinePicture
{
    QRect plot;
    QPalette palette;
    QPalette::ColorGroup group = QPalette::Active;
    const TimelineScale &scale;
    const std::vector<RestorableRange> &ranges;
    const std::vector<QDateTime> &snapshots;
    std::optional<qint64> value; ///< seconds since the epoch
    std::optional<qint64> now{}; ///< what comes after is no gap: it has not happened yet
};

void paintTimeline(QPainter &painter, const TimelinePicture &picture);

/// The ranges and gaps alone, within `band`.
void paintTimelineBand(QPainter &painter, const TimelinePicture &picture, const QRect &band);

/// Height of the plot and its labels for a font.
int timelineHeight(const QFontMetrics &metrics);

} // namespace tidemark
