#include "moment/read_moment.h"
#include "restore/rules_parts.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <limits>

namespace tidemark {

namespace rules {

std::optional<qint64> typedNumber(const QString &text)
{
    const QString digits = text.trimmed();
    if (digits.isEmpty())
        return std::nullopt;
    const bool onlyDigits = std::all_of(digits.begin(), digits.end(), [](QChar character) {
        return character >= QLatin1Char('0') && character <= QLatin1Char('9');
    });
    if (!onlyDigits)
        return std::nullopt;
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return fits ? number : std::numeric_limits<qint64>::max();
}

} // namespace rules

std::vector<RestorableRange> effectiveRanges(const RestoreFacts &facts, const QDateTime &now)
{
    if (!facts.ranges)
        return {};
    std::vector<RestorableRange> ranges;
    if (*facts.ranges) {
        ranges = **facts.ranges;
    } else {
        const int hours = facts.schedule ? facts.schedule->pointInTimeWindowHours : DocumentedWindowHours;
        if (hours > 0) {
            // Every entry of the window's last second counts, whatever its increment.
            const qint64 end = now.toSecsSinceEpoch();
            ranges.push_back({{end - qint64{hours} * 3600, 0}, {end, std::numeric_limits<quint32>::max()}, {}});
        }
    }
    std::stable_sort(ranges.begin(), ranges.end(),
                     [](const RestorableRange &a, const RestorableRange &b) { return a.start < b.start; });
    return ranges;
}

MomentAnswer readPoint(const RestoreDraft &draft, const QDateTime &now)
{
    // A zone without a name is valid, and this machine's (Qt 6.4).
    const QTimeZone zone = draft.pointZone.isEmpty() ? QTimeZone::utc() : QTimeZone(draft.pointZone.toLatin1());
    return readMoment(draft.pointInTime, {now, zone.isValid() ? zone : QTimeZone::utc()});
}

QDateTime parseUtc(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]+"
                                                           "([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
                                                           " *(Z|z|UTC|utc|([+-])([0-9]{2}):?([0-9]{2}))?$"));
    const QRegularExpressionMatch match = pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const auto number = [&match](int group) { return match.captured(group).toInt(); };
    const QDate date(number(1), number(2), number(3));
    const QString fraction = match.captured(7);
    int milliseconds = fraction.leftJustified(3, QLatin1Char('0')).left(3).toInt();
    // A fraction finer than a millisecond is still a fraction: it must not vanish on the way to the rules.
    const bool hasFraction =
        std::any_of(fraction.begin(), fraction.end(), [](QChar c) { return c != QLatin1Char('0'); });
    if (hasFraction && milliseconds == 0)
        milliseconds = 1;
    const QTime time(number(4), number(5), number(6), milliseconds);
    if (!date.isValid() || !time.isValid())
        return {};
    const int offsetHours = number(10);
    const int offsetMinutes = number(11);
    if (offsetHours > 14 || offsetMinutes > 59)
        return {};
    const int sign = match.captured(9) == QLatin1String("-") ? -1 : 1;
    return QDateTime(date, time, Qt::UTC).addSecs(-sign * (offsetHours * 3600 + offsetMinutes * 60));
}

} // namespace tidemark
