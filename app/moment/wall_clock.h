#pragma once

#include "moment/found_moment.h"
#include "moment/zone_names.h"

namespace tidemark {

/// What a text says of a moment by the face of a clock, before any zone has made a moment of it.
struct WallClock
{
    std::vector<QDate> dates; ///< all that are possible, in the order of preference
    QTime time;
    MomentDoubt doubtOfDate = MomentDoubt::Day; ///< why there are several
    MomentForm form = MomentForm::DateTime;
    bool yearWasTold = true;
};

/// The moments that it can be, in the zones (none: in the chosen one), with why they are several.
FoundMoment momentsOf(const WallClock &wall, const std::vector<NamedZone> &told, const MomentReading &reading);

} // namespace tidemark
