#pragma once

#include "jobs/job_advice.h"
#include "restore/restore_draft.h"
#include "safety/safety_taker.h"

namespace tidemark {

class Session;

/// Whether a restore can be undone by the safety snapshot that was taken before it.
struct UndoOffer
{
    QString whyNot; ///< a sentence; empty where it can
    std::optional<UndoTo> to;

    bool operator==(const UndoOffer &) const = default;
};

/// `safety` is of that restore; `now` the server's clock.
UndoOffer undoOffer(const JobGroup &group, const std::optional<SafetyTaker::Known> &safety, const QDateTime &now);

/// The draft of the restore that undoes it: of the target, from its safety snapshot, to itself. It goes through all
/// rules, and the target's name is typed, as for any other. An empty one where nothing is known to undo it by.
RestoreDraft undoDraft(const JobGroup &group, const Session &session);

} // namespace tidemark
