#pragma once

#include "restore/target_facts.h"

namespace tidemark {

/// The moment of the newest one that is complete and has not expired at `now`; invalid where there is none.
QDateTime newestSnapshot(const std::vector<Snapshot> &snapshots, const QDateTime &now);

/// Whether what is in the target now can be brought back once it was erased, and to what: the end of its restorable
/// time, else its newest complete snapshot that has not expired at `now` (the server's clock). The rest of a sentence,
/// for a line of its own.
QString wayBackText(const Cluster &target, const std::optional<TargetFacts> &facts, const QDateTime &now);

} // namespace tidemark
