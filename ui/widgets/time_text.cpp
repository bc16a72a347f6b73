#include "ui/widgets/time_text.h"

#include "base/text.h"

namespace tidemark {

QString localTimeText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) + local.timeZoneAbbreviation();
}

QString localTimeIfOther(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    if (local.offsetFromUtc() == 0)
        return {};
    if (local.date() != time.toUTC().date())
        return localTimeText(time);
    return local.toString(QStringLiteral("HH:mm:ss ")) + local.timeZoneAbbreviation();
}

QString utcAndLocalText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    // Where local time is UTC, saying it twice would tell nothing.
    if (time.toLocalTime().offsetFromUtc() == 0)
        return utcText(time);
    return QStringLiteral("%1 (%2)").arg(utcText(time), localTimeText(time));
}

} // namespace tidemark
