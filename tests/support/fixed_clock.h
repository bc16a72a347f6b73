#pragma once

#include "base/clock.h"

namespace tidemark::test {

/// A clock that stands still until it is set.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(QDateTime time)
        : m_time(std::move(time))
    {
    }
    QDateTime now() const override { return m_time; }
    void set(const QDateTime &time) { m_time = time; }

private:
    QDateTime m_time;
};

} // namespace tidemark::test
