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

bool isLocalUtc(const QDateTime &time)
{
    return time.toLocalTime().offsetFromUtc() == 0;
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
    // Saying it twice would tell nothing.
    if (isLocalUtc(time))
        return utcText(time);
    return QStringLiteral("%1 (%2)").arg(utcText(time), localTimeText(time));
}

QString utcLocalLine(const QDateTime &time)
{
    const QString local = localTimeIfOther(time);
    return local.isEmpty() ? utcText(time) : QStringLiteral("%1 · %2").arg(utcText(time), local);
}

QString scaleMarkText(const QDateTime &time, qint64 step)
{
    if (step >= 86400 || time.time() == QTime(0, 0))
        return time.toString(QStringLiteral("MM-dd"));
    return time.toString(step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace tidemark
