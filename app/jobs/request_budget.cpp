#include "jobs/request_budget.h"

#include <algorithm>

namespace tidemark {

using Seconds = std::chrono::duration<double>;

RequestBudget::RequestBudget(Rates rates, Time now)
    : m_rates(rates)
    , m_at(now)
{
}

double RequestBudget::left(Time now) const
{
    return std::min(AtOnce, m_left + Seconds(now - m_at).count() * perSecond());
}

void RequestBudget::setBusy(bool isBusy, Time now)
{
    if (isBusy == m_isBusy)
        return;
    m_left = left(now); // at the rate until now
    m_at = now;
    m_isBusy = isBusy;
}

void RequestBudget::spend(int requests, Time now)
{
    m_left = left(now) - requests;
    m_at = now;
}

void RequestBudget::fill(Time now)
{
    m_left = AtOnce;
    m_at = now;
}

RequestBudget::Time RequestBudget::next(Time now) const
{
    const double missing = 1 - left(now);
    return missing <= 0 ? now : now + std::chrono::ceil<Time::duration>(Seconds(missing / perSecond()));
}

} // namespace tidemark
