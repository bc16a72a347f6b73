#pragma once

#include "ui/look/empty_state.h"

namespace tidemark {

struct LogFindings;

enum class LogPhase {
    Before, ///< nothing was given yet
    Running,
    Stopped, ///< by the person
    Ended
};

/// What stands in the place of the list of what was found while that is empty. That no log was read is another thing
/// than that nothing was found in one.
EmptyTexts emptyLossTexts(LogPhase phase, const LogFindings &findings);

} // namespace tidemark
