#pragma once

#include "jobs/job_monitor.h"

#include <QByteArray>
#include <QJsonObject>

namespace tidemark {

/// A restore job for reading and for tickets: what the server sent, fields that this program does not know included,
/// in alphabetical order. Links are masked (redactedUrl), the value of a link's header is left out. Of a job whose
/// document was not kept (see RestoreJob::document) what was understood of it, in the API's names; then a field is
/// there only where the server told it.
QJsonObject jobJson(const RestoreJob &job);

/// All jobs of a restore, indented: one object, or an array for a batch.
QByteArray groupJson(const JobGroup &group);

/// Every job is shown as the server sent it.
bool isAsSent(const JobGroup &group);

/// Sentences about what groupJson shows.
QString jsonNote(const JobGroup &group);

/// A document of the API without its secrets: links masked wherever they stand, values that authorize left out.
QJsonObject withoutSecrets(const QJsonObject &document);

} // namespace tidemark
