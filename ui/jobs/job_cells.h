#pragma once

#include "jobs/job_group.h"

namespace tidemark {

/// What the cells of the list of restore jobs say; `column` is a JobsModel::Column. `now` is the server's clock.

/// Of a restore's own row.
QString groupCell(const JobGroup &group, int column, const QDateTime &now);
/// Of one job beneath a batch.
QString jobCell(const JobGroup &group, const RestoreJob &job, int column, const QDateTime &now);

/// The hash that is published for the job's own archive: a job may name those of others too. Where the job no longer
/// tells which archive is its own, the only one there is.
QString hashText(const RestoreJob &job);
/// The first of the links to end: that is when a person has to hurry. Invalid where none does.
QDateTime earliestExpiry(const JobGroup &group);
/// When the words for the restore become others though the restore does not: the next end of a link. Invalid where
/// time changes nothing more.
QDateTime nextChange(const JobGroup &group, const QDateTime &now);

} // namespace tidemark
