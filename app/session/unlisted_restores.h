#pragma once

#include "jobs/job_group.h"
#include "jobs/submission_memory.h"

namespace tidemark {

class Catalogue;
struct CatalogueState;
class JobMonitor;
struct JobsReading;

/// Whether the job list of a restore's source cluster is known.
enum class SourceList {
    Read,      ///< to its end, since the restore was ordered
    NotRead,   ///< it will be read, or whether it will be is not known yet
    NotWatched ///< the cluster is not among those that this connection shows
};

/// `reading`: of the source cluster; nullptr where it is not watched. `catalogue`: what is known of which clusters
/// there are. `now`: of the clock that dates readings and orders. An order that is later than now was dated by another
/// clock, or before this one was set back: no list would ever be later than it, so any that was read counts.
SourceList sourceList(const RememberedSubmission &restore, const JobsReading *reading, const CatalogueState &catalogue,
                      const QDateTime &now);

/// Whether a job of it stands among these, by its batch or by any of its ids: the answer to an order may tell one and
/// the list another.
bool isListed(const RememberedSubmission &restore, const std::vector<JobGroup> &groups);

/// Whether a restore that was ordered here still counts as overwriting its target although no list shows it. Until then
/// each later order of the same target meets it, so a person must see it and be able to give it up. `hasTarget`: its
/// target is a cluster of this connection.
bool isUnlisted(const RememberedSubmission &restore, bool isListed, SourceList list, bool hasTarget);

/// All such restores of what is remembered, oldest first.
std::vector<RememberedSubmission> unlistedRestores(const JobMonitor &jobs, const Catalogue &catalogue,
                                                   const QDateTime &now);

} // namespace tidemark
