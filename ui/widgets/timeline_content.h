#pragma once

#include "cloud/values.h"
#include "series/edge.h"

#include <map>
#include <optional>
#include <vector>

namespace tidemark {

/// Something that happened in the project.
struct TimelineEvent
{
    qint64 at = 0; ///< seconds since the epoch
    QString text;

    bool operator==(const TimelineEvent &) const = default;
};

/// What is drawn above the band.
struct TimelineCurve
{
    Curve curve;
    std::vector<Edge> edges; ///< a click near one chooses its beginning
    QString title;

    bool operator==(const TimelineCurve &) const = default;
};

/// What a timeline shows; moments are seconds since the epoch where they are not told otherwise.
struct TimelineContent
{
    std::vector<RestorableRange> ranges; ///< oldest first, both ends restorable
    std::vector<QDateTime> snapshots;    ///< oldest first
    std::optional<qint64> value;
    std::optional<qint64> now; ///< what comes after is no gap: it has not happened yet
    std::vector<qint64> incidents;
    std::vector<TimelineEvent> events;   ///< oldest first
    std::map<qint64, QString> gapCauses; ///< in words, by the beginning of the gap
    std::optional<TimelineCurve> curve;  ///< nullopt: nothing is known of it, and nothing drawn
};

/// A stretch between two ranges that cannot be restored. Neither end is part of it.
struct TimelineGap
{
    qint64 from = 0;
    qint64 to = 0;
};

/// Oldest first. Ranges that touch or overlap have none between them.
std::vector<TimelineGap> gapsOf(const std::vector<RestorableRange> &ranges);

} // namespace tidemark
