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

QString utcAndLocalText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    // Saying it twice would tell nothing.
    if (isLocalUtc(time))
        return utcText(time);
    return QStringLiteral("%1 (%2)").arg(utcText(time), localTimeText(time));
}

} // namespace tidemark
