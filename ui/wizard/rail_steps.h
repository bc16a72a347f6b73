#pragma once

#include "restore/restore_draft.h"
#include "ui/look/step_rail.h"
#include "ui/wizard/step_page.h"

#include <vector>

namespace tidemark {

struct RailSteps
{
    std::vector<RailStep> steps;
    size_t current = 0; ///< place in `steps`
};

/// The steps that this draft goes through, in the order of their pages, each with what was chosen on it. A download has
/// no target. `current`: the page that is seen. `now`: the server's clock.
RailSteps railSteps(const RestoreDraft &draft, PageId current, const QDateTime &now);

} // namespace tidemark
