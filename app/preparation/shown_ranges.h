#pragma once

#include "restore/rules.h"

#include <optional>

namespace tidemark {

/// The restorable stretches of time of one reading of the facts. Worked out once for each reading, or once for each
/// second where the window up to now stands in for them, however often they are shown: there may be thousands, and
/// while a pointer is dragged along them they stay the same.
class ShownRanges
{
public:
    /// `revision`: that of the facts (see FactsLoader::revision). True where they were worked out anew.
    bool update(const RestoreFacts &facts, int revision, const QDateTime &now);
    const std::vector<RestorableRange> &ranges() const { return m_ranges; }

private:
    std::optional<int> m_revision;
    qint64 m_second = 0;
    bool m_moves = false; ///< with the time
    std::vector<RestorableRange> m_ranges;
};

} // namespace tidemark
