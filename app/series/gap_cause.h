#pragma once

#include "cloud/values.h"

#include <array>

namespace tidemark {

/// Whether an event of a project concerns this cluster, or may: one that names none concerns all.
bool concerns(const ProjectEvent &event, const Cluster &cluster);

/// Of the events around the beginning of a gap in what can be restored the one that most likely led to it: what the
/// backup tells of itself before changes of the set, those before hosts and agents; of equals the nearest one. Made
/// once for all gaps, of which there may be as many as events: none of them looks at all events.
class GapCauses
{
public:
    explicit GapCauses(const std::vector<ProjectEvent> &events);

    /// Both ends in seconds since the epoch. nullptr where nothing is known that may have led to it.
    const ProjectEvent *of(qint64 gapFrom, qint64 gapTo) const;

private:
    struct Happened
    {
        qint64 at = 0;
        ProjectEvent event;
    };
    std::array<std::vector<Happened>, 3> m_byRank; ///< the likelier ones first; each oldest first
};

/// The types that may be one, and those worth a mark of their own.
QStringList markedEventTypes();

} // namespace tidemark
