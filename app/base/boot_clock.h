#pragma once

#include <chrono>

namespace tidemark {

/// Never jumps and goes on while the machine sleeps, which std::chrono::steady_clock does not: for how old something
/// is.
struct BootClock
{
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept;
};

} // namespace tidemark
