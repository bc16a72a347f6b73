#pragma once

#include "moment/found_moment.h"

namespace tidemark {

/// The dates and times of day in the text, as people, mails and logs write them. What is found is blanked.
std::vector<FoundMoment> takeDates(QString &text, const MomentReading &reading);

} // namespace tidemark
