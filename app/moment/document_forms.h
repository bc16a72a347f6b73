#pragma once

#include "moment/found_moment.h"

namespace tidemark {

/// What the shells, Extended JSON, mongod's log and the oplog say of moments. What is found is blanked: of a line of
/// the log and of an entry of the oplog the whole, since the other times in them are not theirs.
std::vector<FoundMoment> takeDocuments(QString &text, const MomentReading &reading);

/// "10 minutes ago", "2 h 5 min ago", "now". What is found is blanked.
std::vector<FoundMoment> takeSpans(QString &text, const MomentReading &reading);

/// Numbers that can be a moment: seconds, milliseconds, a BSON timestamp in 64 bits, the 24 digits of an object id.
std::vector<FoundMoment> takeNumbers(QString &text);

} // namespace tidemark
