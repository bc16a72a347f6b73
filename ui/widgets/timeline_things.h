#pragma once

#include "ui/widgets/timeline_content.h"

namespace tidemark {

/// One of the things on a timeline, as assistive technology and tool tips tell of it.
struct TimelineThing
{
    enum class Kind { Gap, Snapshot, Edge, Event, Incident };

    Kind kind = Kind::Snapshot;
    qint64 from = 0; ///< seconds since the epoch
    qint64 to = 0;   ///< the same as `from` for a moment
    QString text;    ///< kind, time and length

    bool operator==(const TimelineThing &) const = default;
};

/// All of them, by time.
std::vector<TimelineThing> thingsOf(const TimelineContent &content);

} // namespace tidemark
