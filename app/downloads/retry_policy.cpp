#include "downloads/retry_policy.h"

#include <algorithm>

namespace tidemark {

std::chrono::milliseconds RetryPolicy::pause(std::chrono::milliseconds serverAsks, double random) const
{
    std::chrono::milliseconds doubled = m_first;
    for (int i = 1; i < m_attempt && doubled < m_longest; ++i)
        doubled *= 2;
    doubled = std::min(doubled, m_longest);
    const auto jittered = std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(static_cast<double>(doubled.count()) * (0.5 + random / 2)));
    return std::max(jittered, serverAsks);
}

} // namespace tidemark
