#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <thread>
#include <vector>

namespace tidemark::bench {

/// Sees when a processor runs nobody: a virtual machine whose host takes its processors away, or a kernel that does not
/// let go of one, looks like a slow program otherwise. A thread of real-time priority on each processor wakes up each
/// millisecond; while it is late, no other thread could have run there. Needs the right to real-time priority (root, or
/// RLIMIT_RTPRIO).
class StandstillProbe
{
public:
    /// From when to when, in nanoseconds of CLOCK_MONOTONIC.
    struct Span
    {
        int64_t begin = 0;
        int64_t end = 0;
    };

    StandstillProbe();
    ~StandstillProbe();
    StandstillProbe(const StandstillProbe &) = delete;
    StandstillProbe &operator=(const StandstillProbe &) = delete;

    static int64_t now();
    bool isWatching() const { return m_isWatching; }
    /// Ends the watching; only then the rest may be called.
    void finish();
    /// Sorted; empty where isWatching() is false.
    const std::vector<Span> &standstills(int processor) const;
    /// Nanoseconds of `span` in which this processor stood still.
    int64_t standstillIn(const Span &span, int processor) const;

private:
    static void watch(const std::stop_token &stop, std::vector<Span> &late);

    std::map<int, std::vector<Span>> m_late; ///< by processor
    std::vector<std::jthread> m_threads;
    bool m_isWatching = true;
};

} // namespace tidemark::bench
