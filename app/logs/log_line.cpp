#include "logs/log_line.h"

#include "logs/log_json.h"
#include "logs/log_text.h"
#include "logs/log_time.h"

#include <algorithm>
#include <limits>

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

std::optional<LogLine> parsed(QByteArrayView line, const LogReading &reading)
{
    if (const qsizetype at = structuredLineAt(line); at >= 0)
        return parseStructured(line.sliced(at), reading);
    return parseTextLine(withoutPrefix(line), reading);
}

/// A line may have a megabyte of anything where a name should be, and names are kept.
void bound(LogLine &line)
{
    constexpr qsizetype longestThread = 64;
    constexpr qsizetype longestName = 200;
    constexpr qsizetype longestNameSpace = 300; // one has 255 bytes at most
    for (auto [text, longest] : {std::pair(&line.context, longestThread), std::pair(&line.nameSpace, longestNameSpace),
                                 std::pair(&line.target, longestNameSpace), std::pair(&line.user, longestName),
                                 std::pair(&line.client, longestName), std::pair(&line.appName, longestName)})
        text->truncate(longest);
    constexpr qint64 longestWork = 366LL * 24 * 60 * 60 * 1000;
    if (line.took > longestWork) { // no truth, and the moment would be long before
        line.milliseconds += line.took;
        line.took = 0;
    }
}

qint64 sum(qint64 a, qint64 b)
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    return a > most - b ? most : a + b;
}

} // namespace

DocumentCount DocumentCount::exactly(qint64 count)
{
    return {std::max<qint64>(count, 0), std::max<qint64>(count, 0)};
}

DocumentCount DocumentCount::atMost(qint64 count)
{
    return {0, std::max<qint64>(count, 0)};
}

DocumentCount &DocumentCount::operator+=(const DocumentCount &other)
{
    least = sum(least, other.least);
    most = most && other.most ? std::optional(sum(*most, *other.most)) : std::nullopt;
    return *this;
}

std::optional<LogLine> parseLogLine(QByteArrayView line, const LogReading &reading)
{
    std::optional<LogLine> read = parsed(line, reading);
    if (read)
        bound(*read);
    return read;
}

std::optional<LogTime> lineTime(QByteArrayView line, const LogReading &reading)
{
    const qsizetype at = structuredLineAt(line);
    if (at < 0)
        return logTimeAt(withoutPrefix(line), reading);
    constexpr QByteArrayView before("$date\":");
    const QByteArrayView rest = line.sliced(line.indexOf(before, at) + before.size()).trimmed();
    return rest.startsWith('"') ? logTimeAt(rest.sliced(1), reading) : std::nullopt;
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
