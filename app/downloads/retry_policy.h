#pragma once

#include <chrono>

namespace tidemark {

/// When a failed attempt is made again: a pause that doubles, with jitter so that many downloads do not come back at
/// the same moment, never shorter than the server asked for, and an end after so many attempts without one new byte.
class RetryPolicy
{
public:
    RetryPolicy(std::chrono::milliseconds first, std::chrono::milliseconds longest, int attempts)
        : m_first(first)
        , m_longest(longest)
        , m_attempts(attempts)
    {
    }

    int attempt() const { return m_attempt; }
    /// New bytes have come, or a person has asked for another try.
    void reset() { m_attempt = 0; }
    /// Counts a failure; false when it was the last attempt.
    bool countFailure() { return ++m_attempt < m_attempts; }
    /// `random` in [0, 1): the pause lies between half and the whole of the doubled one.
    std::chrono::milliseconds pause(std::chrono::milliseconds serverAsks, double random) const;

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    int m_attempts = 0;
    int m_attempt = 0;
};

} // namespace tidemark
