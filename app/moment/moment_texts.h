#pragma once

#include "moment/moment.h"

#include <QStringList>

namespace tidemark {

/// The moment as a person compares it, in UTC and in each of the zones where that shows something else:
/// "2026-11-27 14:03:07 UTC · 15:03:07 Europe/Berlin".
QString momentText(const Moment &moment, const std::vector<QTimeZone> &zones);

/// How far it is from now: "16 min 58 s ago", "in 3 min 00 s".
QString momentDistance(const Moment &moment, const QDateTime &now);

/// How it was read, where that is no matter of course: a sentence each. The present zone of `moment` is said.
QStringList momentNotes(const Moment &moment);

/// What stands in a field for it and is read as nothing else: "2026-11-27 14:03:07 UTC", "2026-11-27 14:03:07.250 UTC".
QString momentFieldText(const Moment &moment);

/// Why there is none, with the part that was not understood.
QString refusalText(const MomentRefusal &refusal);

} // namespace tidemark
