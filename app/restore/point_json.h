#pragma once

#include "restore/restore_point.h"

#include <QJsonObject>

#include <optional>

/// Modes and points as the program's own files hold them.
namespace tidemark {

/// "download", "snapshot", "oplog", "time", "checkpoint".
QString modeWord(RestoreMode mode);
std::optional<RestoreMode> modeFromWord(const QString &word);

/// {"seconds": since the epoch, "increment": …}.
QJsonObject momentJson(const OplogTimestamp &moment);
OplogTimestamp momentFromJson(const QJsonValue &json);

QJsonObject pointJson(const RestorePoint &point);
RestorePoint pointFromJson(const QJsonValue &json);

} // namespace tidemark
