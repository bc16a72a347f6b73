#pragma once

#include "downloads/download.h"

#include <chrono>
#include <deque>

namespace tidemark {

/// How fast a download is, and what limits it, from counters that only grow.
class SpeedMeter
{
public:
    using Clock = std::chrono::steady_clock;

    struct Counters
    {
        qint64 bytes = 0;
        std::chrono::nanoseconds blocked{0}; ///< bytes could have been read and no buffer was free
        std::chrono::nanoseconds hashing{0};
        std::chrono::nanoseconds writing{0};
    };

    void reset() { m_samples.clear(); }
    void add(const Counters &counters, Clock::time_point now = Clock::now());

    /// Over the last seconds.
    double bytesPerSecond() const;
    /// The disk or the hashing, when the socket had to wait for them a good part of the time; else the network.
    Bottleneck bottleneck() const;

private:
    struct Sample
    {
        Clock::time_point time;
        Counters counters;
    };
    std::deque<Sample> m_samples;
};

} // namespace tidemark
