#include "downloads/token_bucket.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr double SavedSeconds = 0.25;
constexpr std::chrono::milliseconds Pause{20};

} // namespace

void TokenBucket::setLimit(qint64 bytesPerSecond, Clock::time_point now)
{
    const std::scoped_lock lock(m_mutex);
    m_limit = std::max<qint64>(0, bytesPerSecond);
    m_tokens = 0;
    m_filled = now;
}

qint64 TokenBucket::limit() const
{
    const std::scoped_lock lock(m_mutex);
    return m_limit;
}

qint64 TokenBucket::take(qint64 wanted, Clock::time_point now)
{
    const std::scoped_lock lock(m_mutex);
    if (m_limit == 0)
        return wanted;
    refill(now);
    const qint64 granted = std::clamp<qint64>(static_cast<qint64>(m_tokens), 0, wanted);
    m_tokens -= static_cast<double>(granted);
    return granted;
}

void TokenBucket::give(qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_tokens += static_cast<double>(bytes);
}

std::chrono::milliseconds TokenBucket::pause() const
{
    return Pause;
}

void TokenBucket::refill(Clock::time_point now)
{
    const std::chrono::duration<double> passed = now - m_filled;
    m_filled = now;
    const auto limit = static_cast<double>(m_limit);
    // At least one byte can be saved up, else a very low limit would never let one through.
    m_tokens = std::min(m_tokens + passed.count() * limit, std::max(1.0, limit * SavedSeconds));
}

} // namespace tidemark
