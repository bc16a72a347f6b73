#pragma once

#include "downloads/download.h"

#include <QJsonObject>

#include <optional>

namespace tidemark {

/// A download as the queue file keeps it. Neither link nor header is part of it.
QJsonObject toJson(const Download &download);
/// nullopt when it is none (no id, no job, no name).
std::optional<Download> downloadFromJson(const QJsonObject &object);

} // namespace tidemark
