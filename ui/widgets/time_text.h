#pragma once

#include <QDateTime>
#include <QString>

namespace tidemark {

/// The moment in this machine's time zone, with the zone's short name: "2026-11-24 15:03:07 CET". Empty for an invalid
/// time.
QString localTimeText(const QDateTime &time);

/// This machine's time zone is UTC then: the two need not be told apart.
bool isLocalUtc(const QDateTime &time);

/// The same where it says something that the UTC time above it does not: without the date where that is the same, empty
/// where local time is UTC. For a second line.
QString localTimeIfOther(const QDateTime &time);

/// Both, as every screen shows them: "2026-11-24 14:03:07 UTC (2026-11-24 15:03:07 CET)".
/// Only the former on a machine whose local time is UTC.
QString utcAndLocalText(const QDateTime &time);

/// The same within a sentence: "2026-11-24 14:03:07 UTC · 15:03:07 CET".
QString utcLocalLine(const QDateTime &time);

/// Beside a mark of a time scale in UTC whose marks are `step` seconds apart: the day where one begins, else the time.
QString scaleMarkText(const QDateTime &time, qint64 step);

} // namespace tidemark
