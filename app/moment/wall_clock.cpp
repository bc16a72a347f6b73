#include "moment/wall_clock.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Moment)
};

} // namespace

FoundMoment momentsOf(const WallClock &wall, const std::vector<NamedZone> &told, const MomentReading &reading)
{
    FoundMoment found;
    if (wall.dates.empty() || !wall.time.isValid()) {
        found.refusal.sentence = Text::tr("There is no such day or time.");
        return found;
    }
    const bool zoneWasTold = !told.empty();
    const std::vector<NamedZone> zones =
        zoneWasTold ? told : std::vector<NamedZone>{{reading.zone, zoneName(reading.zone)}};
    if (wall.dates.size() > 1)
        found.doubt = wall.doubtOfDate;
    else if (zones.size() > 1)
        found.doubt = MomentDoubt::ZoneName;
    for (const QDate &date : wall.dates) {
        for (const NamedZone &zone : zones) {
            std::vector<qint64> moments = momentsAt(date, wall.time, zone.zone);
            const bool isGap = moments.empty();
            if (isGap)
                moments = momentsBesideGap(date, wall.time, zone.zone);
            if (moments.size() > 1 && wall.dates.size() == 1 && zones.size() == 1)
                found.doubt = isGap ? MomentDoubt::ClockGap : MomentDoubt::ClockRepeat;
            for (const qint64 moment : moments)
                found.moments.push_back({moment, {}, wall.form, zone.name, zoneWasTold, wall.yearWasTold});
        }
    }
    std::ranges::stable_sort(found.moments, {}, &Moment::milliseconds);
    return found;
}

} // namespace tidemark
