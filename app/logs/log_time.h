#pragma once

#include "logs/log_line.h"

namespace tidemark {

struct LogTime
{
    qint64 milliseconds = 0;
    bool zoneWasTold = true;
    bool yearWasTold = true;
    qsizetype length = 0; ///< of the text that was the time
};

/// The time at the text's beginning: "2018-06-12T20:44:33.307+0800" (iso8601-utc and -local), "Mon Nov  4 00:48:44.547"
/// (ctime, which has neither year nor zone).
std::optional<LogTime> logTimeAt(QByteArrayView text, const LogReading &reading);

} // namespace tidemark
