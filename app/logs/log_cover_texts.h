#pragma once

#include "logs/log_cover.h"

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace tidemark {

/// "Times covered: db1, db2: 2026-11-27 13:00:04 to 14:10:00 UTC." Hosts of about the same times stand together, with
/// the time that all of them have; where they are too different only the whole is told. `moment`: the one that is
/// looked for; how many do not tell of it is said. Empty where there are none.
QString coverText(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment);
/// The same host by host, a line each, the first 100; those without the moment first.
QStringList coverLines(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment);
/// That no log tells of the moment; empty where one does, where there is none, and where no log was read.
QString uncoveredText(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment);

} // namespace tidemark
