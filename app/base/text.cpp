#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::text", text);
}

} // namespace

QString bytesText(qint64 bytes)
{
    if (bytes < 1000)
        return tr("%1 bytes").arg(bytes);
    static constexpr std::array units{"kB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(bytes) / 1000.0;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QStringLiteral("%1 %2").arg(QString::number(value, 'f', decimals), QLatin1String(units[unit]));
}

QString rateText(double bytesPerSecond)
{
    return tr("%1/s").arg(bytesText(static_cast<qint64>(bytesPerSecond)));
}

QString durationText(std::chrono::seconds span)
{
    const qint64 total = std::max<qint64>(0, span.count());
    const qint64 days = total / 86400;
    const qint64 hours = total / 3600 % 24;
    const qint64 minutes = total / 60 % 60;
    if (days > 0)
        return tr("%1 d %2 h").arg(days).arg(hours);
    if (hours > 0)
        return tr("%1 h %2 min").arg(hours).arg(minutes, 2, 10, QLatin1Char('0'));
    if (minutes > 0)
        return tr("%1 min %2 s").arg(minutes).arg(total % 60, 2, 10, QLatin1Char('0'));
    return tr("%1 s").arg(total);
}

QString bareUtcText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : QString();
}

QString utcText(const QDateTime &time)
{
    return time.isValid() ? bareUtcText(time) + QStringLiteral(" UTC") : QString();
}

QString timeOfDayText(const QDateTime &time)
{
    return time.isValid() ? tr("%1 UTC").arg(time.toUTC().toString(QStringLiteral("HH:mm:ss"))) : QString();
}

QString isoText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + QLatin1Char('Z');
}

QString fileStampText(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
}

} // namespace tidemark
