#pragma once

#include "ui/walkthrough/walk.h"

#include <memory>

namespace tidemark {

/// A connection is added that asks for an approved plan. Review refuses the restore; the plan is saved, signed by its
/// author and by a second person with keys made here by ssh-keygen, and sent. One that was changed is refused.
void approveARestore(const std::shared_ptr<WalkScript> &script, const WalkSetting &setting);

} // namespace tidemark
