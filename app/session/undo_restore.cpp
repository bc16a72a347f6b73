#include "session/undo_restore.h"

#include "jobs/stages.h"
#include "session/repeat_restore.h"
#include "session/session.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::UndoRestore)
};

/// Nothing more is done to the target by it, as far as is known.
bool isAtItsEnd(RestoreState state)
{
    switch (state) {
    case RestoreState::InPlace:
    case RestoreState::AtUnknownGoal:
    case RestoreState::Failed:
    case RestoreState::Cancelled:
        return true;
    default:
        return false;
    }
}

} // namespace

UndoOffer undoOffer(const JobGroup &group, const std::optional<SafetyTaker::Known> &safety, const QDateTime &now)
{
    if (!group.isAutomatedRestore())
        return {Text::tr("Only a restore to a cluster can be undone."), {}};
    if (!safety)
        return {Text::tr("No safety snapshot is known that was taken before this restore."), {}};
    const auto *whole = std::get_if<SafetyWhole>(&safety->state);
    if (!whole) {
        const auto *gone = std::get_if<SafetyGone>(&safety->state);
        return {gone ? Text::tr("The safety snapshot of this restore is gone.")
                     : Text::tr("The safety snapshot of this restore is not complete."),
                {}};
    }
    if (!isAtItsEnd(stages(group, now).state))
        return {Text::tr("This restore is still under way."), {}};
    return {{}, UndoTo{whole->created.time(), whole->expires}};
}

RestoreDraft undoDraft(const JobGroup &group, const Session &session)
{
    const auto safety = session.safety().ofRestore(group.jobs);
    if (!safety)
        return {};
    const SafetySnapshot &kept = safety->kept;
    RestoreDraft draft =
        snapshotDraft(kept.project.id, kept.cluster, kept.snapshot, RestoreMode::AutomatedSnapshot, session);
    draft.targetProject = draft.project;
    draft.targetCluster = draft.cluster;
    return draft;
}

} // namespace tidemark
