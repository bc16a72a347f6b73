#pragma once

#include "cloud/values.h"

namespace tidemark {

/// Whether an event of a project concerns this cluster, or may: one that names none concerns all.
bool concerns(const ProjectEvent &event, const Cluster &cluster);

/// Of the events around the beginning of a gap in what can be restored the one that most likely led to it: what the
/// backup tells of itself before changes of the set, those before hosts and agents; of equals the nearest one. Times in
/// seconds since the epoch.
std::optional<ProjectEvent> likelyCause(qint64 gapFrom, qint64 gapTo, const std::vector<ProjectEvent> &events);

/// The types that may be one, and those worth a mark of their own.
QStringList markedEventTypes();

} // namespace tidemark
