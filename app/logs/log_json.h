#pragma once

#include "logs/log_line.h"

namespace tidemark {

/// Where the JSON document of a structured line begins; -1 where there is none.
qsizetype structuredLineAt(QByteArrayView line);
/// A structured line (MongoDB 4.4 and later), from its first brace on.
std::optional<LogLine> parseStructured(QByteArrayView line, const LogReading &reading);

} // namespace tidemark
