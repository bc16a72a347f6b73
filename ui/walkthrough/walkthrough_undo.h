#pragma once

#include "ui/walkthrough/walk.h"

#include <memory>

namespace tidemark {

/// A restore of a cluster over itself, a safety snapshot taken first, and the restore that undoes it. `inPlace`: how
/// many restores are in place already; both are, afterwards.
void undoARestore(const std::shared_ptr<WalkScript> &script, int inPlace);

} // namespace tidemark
