#pragma once

#include "jobs/job_group.h"

#include <QVariant>

namespace tidemark {

/// What the cells of the list of restore jobs look like beside their texts: `role` is a LookRole, `column` a
/// JobsModel::Column. Nothing where a cell is its text alone. `now` is the server's clock.

/// Of a restore's own row.
QVariant groupLook(const JobGroup &group, int column, int role, const QDateTime &now);
/// Of one job beneath a batch.
QVariant jobLook(const JobGroup &group, const RestoreJob &job, int column, int role, const QDateTime &now);

} // namespace tidemark
