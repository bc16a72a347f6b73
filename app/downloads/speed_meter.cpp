#include "downloads/speed_meter.h"

namespace tidemark {

namespace {

constexpr std::chrono::seconds Window{5};
constexpr double BlockedShare = 0.3;

} // namespace

void SpeedMeter::add(const Counters &counters, Clock::time_point now)
{
    if (!m_samples.empty() && counters.bytes < m_samples.back().counters.bytes)
        m_samples.clear();
    m_samples.push_back({now, counters});
    while (m_samples.size() > 2 && now - m_samples.front().time > Window)
        m_samples.pop_front();
}

double SpeedMeter::bytesPerSecond() const
{
    if (m_samples.size() < 2)
        return 0;
    const std::chrono::duration<double> span = m_samples.back().time - m_samples.front().time;
    if (span.count() <= 0)
        return 0;
    return static_cast<double>(m_samples.back().counters.bytes - m_samples.front().counters.bytes) / span.count();
}

Bottleneck SpeedMeter::bottleneck() const
{
    if (m_samples.size() < 2)
        return Bottleneck::None;
    const Sample &first = m_samples.front();
    const Sample &last = m_samples.back();
    const std::chrono::duration<double> span = last.time - first.time;
    const std::chrono::duration<double> blocked = last.counters.blocked - first.counters.blocked;
    if (span.count() <= 0)
        return Bottleneck::None;
    if (blocked.count() / span.count() < BlockedShare)
        return Bottleneck::Network;
    const auto hashing = last.counters.hashing - first.counters.hashing;
    const auto writing = last.counters.writing - first.counters.writing;
    return hashing > writing ? Bottleneck::Checking : Bottleneck::Disk;
}

} // namespace tidemark
