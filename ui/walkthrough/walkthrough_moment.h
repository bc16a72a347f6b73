#pragma once

#include "ui/walkthrough/walk.h"

#include <memory>

namespace tidemark {

/// The project of the stand-in whose measurements and logs no key may read.
QString unwatchedProject();

/// The moment of the accident that the stand-in tells of: where the curve rises, in the collected logs, and from a line
/// that somebody sends. Then the restore to it.
void findTheMoment(const std::shared_ptr<WalkScript> &script);
/// The same where neither curve nor logs may be read: from a log file that is dropped, and from a paste.
void findTheMomentWithoutRights(const std::shared_ptr<WalkScript> &script);

} // namespace tidemark
