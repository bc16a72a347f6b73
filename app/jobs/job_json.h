#pragma once

#include "jobs/job_monitor.h"

#include <QByteArray>
#include <QJsonObject>

namespace tidemark {

/// A restore job as one JSON object with the names of the API's documentation, for reading and for tickets. Made from
/// what was decoded, so fields that this program does not know are not in it. Links have their keys masked, the value
/// of a link's header is left out.
QJsonObject jobJson(const RestoreJob &job);

/// All jobs of a restore, indented: one object, or an array for a batch.
QByteArray groupJson(const JobGroup &group);

} // namespace tidemark
