#pragma once

#include <QLoggingCategory>
#include <QString>
#include <QUrl>

namespace tidemark {

Q_DECLARE_LOGGING_CATEGORY(lcConnection)
Q_DECLARE_LOGGING_CATEGORY(lcCloud)
Q_DECLARE_LOGGING_CATEGORY(lcRestore)
Q_DECLARE_LOGGING_CATEGORY(lcJobs)
Q_DECLARE_LOGGING_CATEGORY(lcDownloads)
Q_DECLARE_LOGGING_CATEGORY(lcArchive)
Q_DECLARE_LOGGING_CATEGORY(lcUi)

/// The URL as it may be shown or written: user info dropped, the verification key in the path of a v2 download link
/// (`/backup/restore/v2/pull/JOB/KEY/FILE`) and every query value replaced by `***`.
QString redactedUrl(const QUrl &url);

} // namespace tidemark
