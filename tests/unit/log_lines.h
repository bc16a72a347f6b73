#pragma once

#include "logs/log_finder.h"

#include <QList>
#include <QStringList>

/// Lines of logs for tests, and what is found in them in words.
namespace tidemark::test {

inline LogReading reading()
{
    return {QTimeZone::utc(), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC)};
}

/// A structured line of 14:03:07 and so many milliseconds.
inline QByteArray line(int milliseconds, const QByteArray &context, const char *message, const QByteArray &attr)
{
    const QDateTime time = QDateTime(QDate(2026, 11, 27), QTime(14, 3, 7), Qt::UTC).addMSecs(milliseconds);
    return "{\"t\":{\"$date\":\"" + time.toString(QStringLiteral("yyyy-MM-ddThh:mm:ss.zzz")).toLatin1() +
           "+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\",\"id\":1,\"ctx\":\"" + context + "\",\"msg\":\"" + message +
           "\",\"attr\":{" + attr + "}}";
}

inline QByteArray drop(int milliseconds, const char *context, const QByteArray &name = "shop.orders")
{
    return line(milliseconds, context, "CMD: drop", "\"namespace\":\"" + name + '"');
}

inline QByteArray finished(int milliseconds, const char *context, const QByteArray &name = "shop.orders")
{
    return line(milliseconds, context, "Finishing collection drop", "\"namespace\":\"" + name + '"');
}

inline QByteArray removed(int milliseconds, const char *context, int documents)
{
    return line(milliseconds, context, "Slow query",
                "\"type\":\"remove\",\"ns\":\"shop.orders\",\"ndeleted\":" + QByteArray::number(documents) +
                    ",\"durationMillis\":10");
}

inline QByteArray came(int milliseconds, int connection, const char *client)
{
    return line(milliseconds, "listener", "Connection accepted",
                "\"remote\":\"" + QByteArray(client) + "\",\"connectionId\":" + QByteArray::number(connection));
}

inline QByteArray isUser(int milliseconds, const QByteArray &context, const QByteArray &user)
{
    return line(milliseconds, context, "Authentication succeeded",
                "\"principalName\":\"" + user + "\",\"authenticationDatabase\":\"admin\"");
}

inline void feed(LogFinder &finder, const char *host, const char *file, const QList<QByteArray> &lines)
{
    finder.beginFile(QString::fromLatin1(host), QString::fromLatin1(file));
    for (const QByteArray &one : lines)
        finder.take(one);
}

/// A delete command's own line, which has no number. `parts`: the deletes it says it has.
inline QByteArray command(int milliseconds, const char *context, const QByteArray &parts, int took)
{
    return line(milliseconds, context, "Slow query",
                "\"type\":\"command\",\"ns\":\"shop.$cmd\",\"command\":{\"delete\":\"orders\"," + parts +
                    "\"$db\":\"shop\"},\"durationMillis\":" + QByteArray::number(took));
}

/// "n=5", "n<=5", "n>=5"; nothing where nothing is told.
inline QString countWord(const DocumentCount &count)
{
    if (count.isExact())
        return QStringLiteral("n=%1").arg(count.least);
    return count.most ? QStringLiteral("n<=%1").arg(*count.most) : QStringLiteral("n>=%1").arg(count.least);
}

inline QString kindWord(LossKind kind)
{
    static const QStringList words{QStringLiteral("drop"), QStringLiteral("database"), QStringLiteral("rename"),
                                   QStringLiteral("capped"), QStringLiteral("delete")};
    return words.at(static_cast<int>(kind));
}

/// "drop shop.orders :07.214 deploy@admin 1.2.3.4:5 [a b]", one a line.
inline QStringList words(const LogFinder &finder)
{
    QStringList all;
    for (const LogFinding &finding : finder.findings()) {
        QStringList word{
            kindWord(finding.kind), finding.nameSpace,
            QDateTime::fromMSecsSinceEpoch(finding.milliseconds, Qt::UTC).toString(QStringLiteral(":ss.zzz"))};
        if (finding.kind == LossKind::Delete && finding.documents != DocumentCount())
            word << countWord(finding.documents);
        if (finding.lines > 1)
            word << QStringLiteral("lines=%1").arg(finding.lines);
        for (const QString &who : {finding.user, finding.client}) {
            if (!who.isEmpty())
                word << who;
        }
        if (finding.byReplication)
            word << QStringLiteral("replica");
        if (finding.kind != LossKind::Delete && finding.isConfirmed())
            word << QStringLiteral("done");
        word << QLatin1Char('[') + finding.hosts.join(QLatin1Char(' ')) + QLatin1Char(']');
        all << word.join(QLatin1Char(' '));
    }
    return all;
}

} // namespace tidemark::test
