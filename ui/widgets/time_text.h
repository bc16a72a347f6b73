#pragma once

#include <QDateTime>
#include <QString>

namespace tidemark {

/// The moment in this machine's time zone, with the zone's short name: "2026-11-24 15:03:07 CET". Empty for an invalid
/// time.
QString localTimeText(const QDateTime &time);

/// The same where it says something that the UTC time above it does not: without the date where that is the same, empty
/// where local time is UTC. For a second line.
QString localTimeIfOther(const QDateTime &time);

/// Both, as every screen shows them: "2026-11-24 14:03:07 UTC (2026-11-24 15:03:07 CET)".
/// Only the former on a machine whose local time is UTC.
QString utcAndLocalText(const QDateTime &time);

} // namespace tidemark
