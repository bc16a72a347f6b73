#pragma once

#include "ui/walkthrough/walk.h"

#include <memory>

namespace tidemark {

/// The moment of the accident that the stand-in tells of: where the curve rises, in the collected logs, and from a line
/// that somebody sends. Then the restore to it; `inPlace` restores are in place already.
void findTheMoment(const std::shared_ptr<WalkScript> &script, int inPlace);
/// The same where neither curve nor logs may be read: from a log file that is dropped, and from a paste.
void findTheMomentWithoutRights(const std::shared_ptr<WalkScript> &script);

} // namespace tidemark
