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

QString utcAndLocalText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    //: %1 is a time in UTC, %2 the same in local time
    return QStringLiteral("%1 (%2)").arg(utcText(time), localTimeText(time));
}

} // namespace tidemark
