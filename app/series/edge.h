#pragma once

#include "series/curve.h"

namespace tidemark {

/// Where a curve changes at once: between two samples, the server has no finer data.
struct Edge
{
    qint64 from = 0;     ///< seconds since the epoch: the last moment that is known to be before it
    qint64 to = 0;       ///< the first one that is known to be after it
    bool isFall = false; ///< of a level; rates rise

    bool operator==(const Edge &) const = default;
};

/// A rate has one at the first sample that rises to five times the median of the hour before it, where that hour has at
/// least five samples; a level where a sample is less by a twentieth than the one before it. Oldest first.
std::vector<Edge> edgesOf(const Curve &curve);

/// The edge that begins nearest to `at`, `within` seconds from it at most.
std::optional<Edge> nearestEdge(const std::vector<Edge> &edges, double at, double within);

} // namespace tidemark
