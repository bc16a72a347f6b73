#pragma once

#include "logs/log_line.h"

#include <QStringList>

/// What was read in a line of a log, in words, for tables.
namespace tidemark::test {

inline QString timeWord(qint64 milliseconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    return time.date() == QDate(2026, 11, 27) ? time.toString(QStringLiteral("hh:mm:ss.zzz"))
                                              : time.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss.zzz"));
}

inline QString eventWord(LogEvent event)
{
    static const QStringList words{
        QStringLiteral("drop"),   QStringLiteral("dropped"), QStringLiteral("database"),  QStringLiteral("rename"),
        QStringLiteral("capped"), QStringLiteral("delete"),  QStringLiteral("connected"), QStringLiteral("introduced"),
        QStringLiteral("user"),   QStringLiteral("started")};
    return words.at(static_cast<int>(event));
}

/// "drop shop.orders 14:03:07.214 conn5 …", "" for nothing.
inline QString word(const std::optional<LogLine> &line)
{
    if (!line)
        return {};
    QStringList words{eventWord(line->event)};
    if (!line->nameSpace.isEmpty())
        words << line->nameSpace;
    words << timeWord(line->milliseconds) << line->context;
    if (!line->target.isEmpty())
        words << QStringLiteral("to=") + line->target;
    if (line->dropsTarget)
        words << QStringLiteral("over");
    if (line->documents.isExact())
        words << (line->event == LogEvent::Delete ? QStringLiteral("n=%1").arg(line->documents.least) : QString());
    else if (line->documents.most)
        words << QStringLiteral("n<=%1").arg(*line->documents.most);
    if (line->parts)
        words << QStringLiteral("parts=%1").arg(*line->parts);
    if (line->took > 0)
        words << QStringLiteral("took=%1").arg(line->took);
    if (line->isCommand)
        words << QStringLiteral("command");
    for (const auto &[name, value] :
         {std::pair("user=", line->user), std::pair("from=", line->client), std::pair("app=", line->appName)}) {
        if (!value.isEmpty())
            words << QLatin1String(name) + value;
    }
    if (!line->zoneWasTold)
        words << QStringLiteral("~zone");
    if (!line->yearWasTold)
        words << QStringLiteral("~year");
    return words.join(QLatin1Char(' '));
}

inline LogReading reading()
{
    return {QTimeZone("Europe/Berlin"), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC)};
}

} // namespace tidemark::test
