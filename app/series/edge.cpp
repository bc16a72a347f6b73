#include "series/edge.h"

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr double Rise = 5;
constexpr double Fall = 0.05;
constexpr qint64 Hour = 3600;
constexpr size_t LeastSamples = 5;

/// Of the known samples that end after `from`, up to `before` (an index, not included); nullopt where they are too few.
std::optional<double> medianBefore(const std::vector<Sample> &samples, size_t before, qint64 from,
                                   std::vector<double> &room)
{
    room.clear();
    for (size_t i = before; i > 0 && samples[i - 1].end > from; --i) {
        if (samples[i - 1].value)
            room.push_back(*samples[i - 1].value);
    }
    if (room.size() < LeastSamples)
        return std::nullopt;
    const auto middle = room.begin() + std::ptrdiff_t(room.size() / 2);
    std::nth_element(room.begin(), middle, room.end());
    if (room.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(room.begin(), middle)) / 2;
}

} // namespace

std::vector<Edge> edgesOf(const Curve &curve)
{
    std::vector<Edge> edges;
    std::vector<double> room;
    const Sample *last = nullptr; // the last one that is known
    for (size_t i = 0; i < curve.samples.size(); ++i) {
        const Sample &sample = curve.samples[i];
        if (!sample.value)
            continue;
        const Sample *before = std::exchange(last, &sample);
        if (!before)
            continue;
        if (!isRate(curve.kind)) {
            if (*sample.value <= *before->value * (1 - Fall) && *before->value > 0)
                edges.push_back({before->end - curve.early, sample.end, true});
            continue;
        }
        if (*sample.value <= *before->value)
            continue;
        const std::optional<double> usual = medianBefore(curve.samples, i, sample.end - curve.step - Hour, room);
        if (usual && *sample.value >= *usual * Rise && (*before->value < *usual * Rise || *before->value <= 0))
            edges.push_back({before->end - curve.early, sample.end, false});
    }
    return edges;
}

std::optional<Edge> nearestEdge(const std::vector<Edge> &edges, double at, double within)
{
    const auto distance = [at](const Edge &edge) { return std::abs(double(edge.from) - at); };
    const auto found = std::min_element(edges.begin(), edges.end(),
                                        [&](const Edge &a, const Edge &b) { return distance(a) < distance(b); });
    return found != edges.end() && distance(*found) <= within ? std::optional(*found) : std::nullopt;
}

} // namespace tidemark
