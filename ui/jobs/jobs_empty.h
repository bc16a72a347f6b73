#pragma once

#include "ui/look/empty_state.h"

namespace tidemark {

class Session;

/// What stands in the place of the list of restore jobs while it has no rows to show, and what its button does.
struct JobsEmpty
{
    enum class Do { Nothing, AddConnection, ClearFilter, ReadAgain, NewRestore };
    EmptyTexts texts;
    Do button = Do::Nothing;
};

/// `session`: nullptr while no connection is open. `opening`: the name of the one that is being opened.
/// `hidden`: how many restores the filter hides. `isRead`: a list has come.
JobsEmpty jobsEmpty(Session *session, const QString &opening, int hidden, bool isRead);

} // namespace tidemark
