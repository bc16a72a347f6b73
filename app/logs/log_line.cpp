#include "logs/log_line.h"

#include "logs/log_json.h"
#include "logs/log_text.h"
#include "logs/log_time.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Of what a container's log puts before the line: "mongo-1  | ".
constexpr qsizetype LongestPrefix = 128;

/// "2018-" or "Mon Nov": cheaper than a time.
bool mayBeginWithTime(QByteArrayView line)
{
    const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return line.size() > 19 &&
           (line[4] == '-' || (line[3] == ' ' && line[7] == ' ' && isLetter(line[0]) && isLetter(line[4])));
}

QByteArrayView withoutPrefix(QByteArrayView line)
{
    line = line.trimmed();
    if (mayBeginWithTime(line))
        return line;
    const qsizetype bar = line.first(std::min(line.size(), LongestPrefix)).indexOf("| ");
    return bar < 0 ? line : line.sliced(bar + 2).trimmed();
}

} // namespace

std::optional<LogLine> parseLogLine(QByteArrayView line, const LogReading &reading)
{
    if (const qsizetype at = structuredLineAt(line); at >= 0)
        return parseStructured(line.sliced(at), reading);
    return parseTextLine(withoutPrefix(line), reading);
}

bool looksLikeLog(QByteArrayView line, const LogReading &reading)
{
    return structuredLineAt(line) >= 0 || logTimeAt(withoutPrefix(line), reading).has_value();
}

bool isScratch(const QString &nameSpace)
{
    const qsizetype dot = nameSpace.indexOf(QLatin1Char('.'));
    if (dot < 0)
        return false;
    const QStringView database = QStringView(nameSpace).first(dot);
    const QStringView collection = QStringView(nameSpace).sliced(dot + 1);
    if (database == QLatin1String("local") ||
        (database == QLatin1String("config") && collection.startsWith(QLatin1String("cache."))))
        return true;
    const bool isTemporary =
        collection.startsWith(QLatin1String("tmp")) && (collection.endsWith(QLatin1String(".renameCollection")) ||
                                                        collection.endsWith(QLatin1String(".convertToCapped")));
    return isTemporary || collection.startsWith(QLatin1String("tmp.mr.")) ||
           collection.startsWith(QLatin1String("tmp.agg_out."));
}

} // namespace tidemark
