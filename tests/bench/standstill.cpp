#include "bench/standstill.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <ctime>
#include <future>

namespace tidemark::bench {

namespace {

constexpr int64_t Second = 1'000'000'000;
constexpr int64_t Beat = 1'000'000;
/// A real-time thread may wait that long for the end of what the kernel does not interrupt.
constexpr int64_t Patience = 3 * Beat;

/// On this processor alone, before everything else; false where that is not allowed.
bool takeProcessor(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<size_t>(processor), &set);
    const sched_param priority{1};
    return pthread_setaffinity_np(pthread_self(), sizeof(set), &set) == 0 &&
           pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) == 0;
}

} // namespace

StandstillProbe::StandstillProbe()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    m_isWatching = ::sched_getaffinity(0, sizeof(allowed), &allowed) == 0;
    for (int processor = 0; m_isWatching && processor < CPU_SETSIZE; ++processor) {
        if (!CPU_ISSET(static_cast<size_t>(processor), &allowed))
            continue;
        std::vector<Span> &late = m_late[processor];
        std::promise<bool> taken;
        std::future<bool> isTaken = taken.get_future();
        m_threads.emplace_back([processor, &late, taken = std::move(taken)](const std::stop_token &stop) mutable {
            const bool ours = takeProcessor(processor);
            taken.set_value(ours);
            if (ours)
                watch(stop, late);
        });
        m_isWatching = isTaken.get();
    }
}

StandstillProbe::~StandstillProbe() = default;

int64_t StandstillProbe::now()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * Second + time.tv_nsec;
}

void StandstillProbe::watch(const std::stop_token &stop, std::vector<Span> &late)
{
    int64_t before = now();
    while (!stop.stop_requested()) {
        const int64_t next = before + Beat;
        const timespec until{next / Second, next % Second};
        ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
        const int64_t woken = now();
        if (woken - before > Patience)
            late.push_back({before, woken});
        before = woken;
    }
}

void StandstillProbe::finish()
{
    m_threads.clear(); // asks them to stop and waits
}

const std::vector<StandstillProbe::Span> &StandstillProbe::standstills(int processor) const
{
    static const std::vector<Span> none;
    const auto found = m_late.find(processor);
    return found == m_late.end() ? none : found->second;
}

int64_t StandstillProbe::standstillIn(const Span &span, int processor) const
{
    int64_t sum = 0;
    for (const Span &one : standstills(processor))
        sum += std::max<int64_t>(0, std::min(span.end, one.end) - std::max(span.begin, one.begin));
    return sum;
}

} // namespace tidemark::bench
