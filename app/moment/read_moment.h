#pragma once

#include "moment/moment.h"

namespace tidemark {

/// The longest text that is read, in characters, a thousand lines of a log: so much takes less than a frame of 16 ms.
/// What is longer is for the search of logs.
constexpr qsizetype LongestMomentText = 81920;

/// Reads what people have in their hands: dates and times as people, logs, mails and programs write them, seconds and
/// milliseconds since the epoch, BSON timestamps, dates and object ids as the shells and Extended JSON write them, a
/// line of mongod's log, an entry of the oplog, "10 minutes ago", a line of a chat with one time in it. What can be
/// read in two ways is asked about; what is read only in part is refused with the rest.
/// Costs time in proportion to the text's length and nothing else.
MomentAnswer readMoment(const QString &text, const MomentReading &reading);

} // namespace tidemark
