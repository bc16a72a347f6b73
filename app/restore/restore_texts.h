#pragma once

#include "restore/restore_request.h"

namespace tidemark {

/// How moments are worded within sentences.
using TimeWords = QString (*)(const QDateTime &time);

/// RestoreRequest::plan() and pointText() for a screen, which says moments in local time too.
QStringList planOf(const RestoreRequest &request, TimeWords time);
QString pointText(const RestorePoint &point, const OplogTimestamp &snapshotTime, TimeWords time);

} // namespace tidemark
