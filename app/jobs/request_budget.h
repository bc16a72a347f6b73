#pragma once

#include <chrono>

namespace tidemark {

/// How many requests watching may send by itself over one connection, whatever there is to watch: so many a second, and
/// after a pause, as at the start, some at once. What a person asks for is never held up, but counts.
class RequestBudget
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Requests a second.
    struct Rates
    {
        double quiet = 0; ///< while nothing runs
        double busy = 0;  ///< while something does
    };

    /// What may be sent at once after a pause.
    static constexpr double AtOnce = 60;

    RequestBudget(Rates rates, Time now);

    void setBusy(bool isBusy, Time now);
    /// What was sent, or is about to be.
    void spend(int requests, Time now);
    /// As after a pause: a person wants to see it anew.
    void fill(Time now);
    /// When the next one may be sent; `now` or before: it may be now.
    Time next(Time now) const;

private:
    double perSecond() const { return m_isBusy ? m_rates.busy : m_rates.quiet; }
    double left(Time now) const;

    Rates m_rates;
    bool m_isBusy = false;
    double m_left = AtOnce; ///< at m_at; below 0 where more was sent than may be
    Time m_at;
};

} // namespace tidemark
