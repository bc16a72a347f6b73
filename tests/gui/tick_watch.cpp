#include "gui/tick_watch.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <sched.h>
#include <unistd.h>

namespace tidemark::test {

namespace {

using namespace std::chrono_literals;
using bench::StandstillProbe;

constexpr double Millisecond = 1e6;
constexpr auto MemoryLook = 5ms;
constexpr double DeadMs = 15'000;

int64_t residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace

TickWatch::TickWatch()
    : m_schedule(QStringLiteral("/proc/thread-self/schedstat"))
    , m_firstBytes(residentBytes())
    , m_mostBytes(m_firstBytes)
{
    constexpr size_t expected = 60'000; // so that the watching itself asks for no memory
    m_ticks.reserve(expected);
    (void)m_schedule.open(QIODevice::ReadOnly | QIODevice::Unbuffered); // not every kernel has it
    m_tick.setTimerType(Qt::PreciseTimer);
    m_tick.setInterval(1);
    connect(&m_tick, &QTimer::timeout, this, &TickWatch::tick);
    m_tick.start();
    tick();
    m_memory = std::jthread([this](const std::stop_token &stop) { watchMemoryAndEnd(stop); });
}

TickWatch::~TickWatch() = default;

int64_t TickWatch::delayed()
{
    if (!m_schedule.isOpen())
        return 0;
    m_schedule.seek(0);
    return m_schedule.read(100).split(' ').value(1).toLongLong();
}

void TickWatch::tick()
{
    m_ticks.push_back({StandstillProbe::now(), delayed(), ::sched_getcpu()});
    m_lastTick = m_ticks.back().at;
}

void TickWatch::watchMemoryAndEnd(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(MemoryLook);
        m_mostBytes = std::max(m_mostBytes, residentBytes());
        if (static_cast<double>(StandstillProbe::now() - m_lastTick) / Millisecond < DeadMs)
            continue;
        std::fprintf(stderr, "FAIL!  : the window has not answered for %.0f s\n", DeadMs / 1000);
        std::_Exit(1);
    }
}

void TickWatch::finish()
{
    m_tick.stop();
    tick();
    m_probe.finish();
    m_memory.request_stop();
    m_memory.join();
    for (size_t i = 1; i < m_ticks.size(); ++i) {
        const Tick &before = m_ticks[i - 1];
        const Tick &after = m_ticks[i];
        const int64_t gap = after.at - before.at;
        // One may be within the other: the larger alone is certain.
        const int64_t machine =
            std::max(after.delayed - before.delayed, m_probe.standstillIn({before.at, after.at}, after.processor));
        m_rawGaps.push_back(static_cast<double>(gap) / Millisecond);
        m_gaps.push_back(static_cast<double>(std::max<int64_t>(0, gap - machine)) / Millisecond);
    }
}

double TickWatch::waitIn(const std::vector<double> &gaps, double part)
{
    const double all = std::accumulate(gaps.begin(), gaps.end(), 0.0);
    // In a gap of g ms those who come in its first g - wait ms wait longer than that.
    const auto waitLonger = [&gaps](double wait) {
        return std::accumulate(gaps.begin(), gaps.end(), 0.0,
                               [wait](double sum, double gap) { return sum + std::max(0.0, gap - wait); });
    };
    double low = 0;
    double high = gaps.empty() ? 0 : *std::ranges::max_element(gaps);
    while (high - low > 0.01) {
        const double middle = (low + high) / 2;
        (waitLonger(middle) > (1 - part) * all ? low : high) = middle;
    }
    return high;
}

int TickWatch::elapsed() const
{
    return static_cast<int>(static_cast<double>(StandstillProbe::now() - m_ticks.front().at) / Millisecond);
}

double TickWatch::longest() const
{
    return *std::ranges::max_element(m_gaps);
}

double TickWatch::milliseconds() const
{
    return static_cast<double>(m_ticks.back().at - m_ticks.front().at) / Millisecond;
}

} // namespace tidemark::test
