#pragma once

#include "logs/log_line.h"

namespace tidemark {

/// A line as MongoDB before 4.4 writes it: "2018-06-12T20:44:33.307+0800 I COMMAND  [conn194051] CMD: drop a.b".
std::optional<LogLine> parseTextLine(QByteArrayView line, const LogReading &reading);

} // namespace tidemark
