#include "preparation/shown_ranges.h"

namespace tidemark {

bool ShownRanges::update(const RestoreFacts &facts, int revision, const QDateTime &now)
{
    const qint64 second = now.toSecsSinceEpoch();
    if (m_revision == revision && (!m_moves || m_second == second))
        return false;
    m_revision = revision;
    m_second = second;
    m_moves = facts.ranges && !facts.ranges->has_value();
    m_ranges = effectiveRanges(facts, now);
    return true;
}

} // namespace tidemark
