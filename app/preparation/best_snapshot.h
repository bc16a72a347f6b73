#pragma once

#include "restore/restore_draft.h"

#include <optional>

namespace tidemark {

/// The moment that the draft was prepared for in another mode, whichever mode it has now: what stands in the one of the
/// two that was looked at last, and in the other where nothing stands there. nullopt where that says no moment.
std::optional<QDateTime> preparedMoment(const RestoreDraft &draft, const QDateTime &now);

/// The latest snapshot all of whose data are from before this moment, which is whole and against which nothing is
/// known: not incomplete, of some namespaces, possibly inconsistent or expired. nullptr for none.
const Snapshot *bestBefore(const std::vector<Snapshot> &snapshots, const QDateTime &moment, const QDateTime &now);

} // namespace tidemark
