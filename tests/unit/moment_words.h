#pragma once

#include "base/text.h"
#include "moment/read_moment.h"

#include <QStringList>

/// What was read from a text, as a word for tables.
namespace tidemark::test {

inline QDateTime present(const QDate &date = QDate(2026, 11, 27))
{
    return QDateTime(date, QTime(14, 20, 5), Qt::UTC);
}

inline QString text(const Moment &moment)
{
    QString result = bareUtcText(moment.time());
    if (!moment.isWholeSecond())
        result += QLatin1Char('.') + QString::number(moment.milliseconds % 1000).rightJustified(3, QLatin1Char('0'));
    if (moment.increment)
        result += QLatin1Char('/') + QString::number(*moment.increment);
    return result;
}

/// "2026-11-27 14:03:07", "2026-11-27 14:03:07/1" with an increment, "? Day: a | b", "! what was not understood", "".
inline QString text(const MomentAnswer &answer)
{
    if (const auto *moment = std::get_if<Moment>(&answer))
        return text(*moment);
    if (const auto *refusal = std::get_if<MomentRefusal>(&answer))
        return QStringLiteral("! ") + refusal->part;
    if (const auto *question = std::get_if<MomentQuestion>(&answer)) {
        static const QStringList names{QStringLiteral("Day"), QStringLiteral("DayOrMonth"), QStringLiteral("Repeat"),
                                       QStringLiteral("Gap"), QStringLiteral("Zone"),       QStringLiteral("Several")};
        QStringList choices;
        for (const Moment &choice : question->choices)
            choices << text(choice);
        return QStringLiteral("? %1: %2")
            .arg(names.at(static_cast<int>(question->doubt)), choices.join(QStringLiteral(" | ")));
    }
    return {};
}

inline MomentAnswer read(const QString &written, const QByteArray &zone = "UTC", const QDateTime &now = present())
{
    return readMoment(written, {now, QTimeZone(zone)});
}

} // namespace tidemark::test
