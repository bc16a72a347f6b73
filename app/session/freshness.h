#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <vector>

namespace tidemark {

/// When one list was read well last, and how often it is read at present.
struct ListAge
{
    QDateTime asOf;                        ///< invalid: never, which is said elsewhere
    std::chrono::milliseconds interval{0}; ///< 0: it is read when a person asks for it, and so is never late
};

/// How old what a screen shows is.
struct Freshness
{
    QDateTime asOf;      ///< all of it is from then or later; invalid while nothing was read
    bool isLate = false; ///< one of the lists was due long ago

    bool operator==(const Freshness &) const = default;
};

/// A list is late after three of its own present intervals: one reading may be slow, and one may fail. `now` is by the
/// clock of the lists' times.
Freshness freshnessOf(const std::vector<ListAge> &lists, const QDateTime &now);

/// "as of 14:20:05 UTC", with the day where that is not today's; empty while nothing was read.
QString freshnessText(const Freshness &freshness, const QDateTime &now);

} // namespace tidemark
