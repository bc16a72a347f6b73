#pragma once

#include <QDateTime>

namespace tidemark {

/// The time is passed in, never asked for in the middle of logic, so that tests can set it.
class Clock
{
public:
    virtual ~Clock() = default;
    /// The present moment, in UTC.
    virtual QDateTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
};

} // namespace tidemark
