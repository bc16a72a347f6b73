#pragma once

#include <QtGlobal>

#include <chrono>
#include <mutex>

namespace tidemark {

/// The bandwidth limit of all downloads together. Thread-safe.
///
/// Tokens are bytes; a quarter of a second's worth may be saved up, so that a pause is not followed by a burst and the
/// rate over a few seconds stays within a few per cent of the limit.
class TokenBucket
{
public:
    using Clock = std::chrono::steady_clock;

    /// Bytes per second; 0: no limit.
    void setLimit(qint64 bytesPerSecond, Clock::time_point now = Clock::now());
    qint64 limit() const;

    /// How many of `wanted` bytes may be read now.
    qint64 take(qint64 wanted, Clock::time_point now = Clock::now());
    /// Gives back what was taken and not needed.
    void give(qint64 bytes);
    /// How long until a useful number of bytes may be read.
    std::chrono::milliseconds pause() const;

private:
    void refill(Clock::time_point now);

    mutable std::mutex m_mutex;
    qint64 m_limit = 0;
    double m_tokens = 0;
    Clock::time_point m_filled;
};

} // namespace tidemark
