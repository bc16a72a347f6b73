#include "cloud/monitoring.h"

#include "base/text.h"

#include <algorithm>

namespace tidemark {

bool isConfigServer(const MonitoredHost &host)
{
    return host.typeName.startsWith(QLatin1String("SHARD_CONFIG"), Qt::CaseInsensitive);
}

bool holdsData(const MonitoredHost &host)
{
    const QString type = host.typeName.toUpper();
    return type != QLatin1String("SHARD_MONGOS") && !type.endsWith(QLatin1String("ARBITER")) &&
           host.stateName.toUpper() != QLatin1String("ARBITER");
}

bool isPrimary(const MonitoredHost &host)
{
    const QString type = host.typeName.toUpper();
    if (type.endsWith(QLatin1String("STANDALONE")))
        return true;
    if (!host.stateName.isEmpty())
        return host.stateName.toUpper() == QLatin1String("PRIMARY");
    return type.endsWith(QLatin1String("_PRIMARY"));
}

bool isOf(const MonitoredHost &host, const Cluster &cluster)
{
    return host.cluster == cluster.id ||
           std::ranges::any_of(cluster.shards, [&host](const Cluster &shard) { return host.cluster == shard.id; });
}

QString agentTypeName(AgentType type)
{
    switch (type) {
    case AgentType::Automation:
        return QStringLiteral("AUTOMATION");
    case AgentType::Backup:
        return QStringLiteral("BACKUP");
    case AgentType::Monitoring:
        return QStringLiteral("MONITORING");
    }
    return {};
}

QString isoDuration(std::chrono::seconds duration)
{
    qint64 left = std::max<qint64>(duration.count(), 0);
    QString days;
    QString clock;
    const auto take = [&left](qint64 unit) { return std::exchange(left, left % unit) / unit; };
    if (const qint64 count = take(86400); count > 0)
        days = QStringLiteral("%1D").arg(count);
    if (const qint64 count = take(3600); count > 0)
        clock += QStringLiteral("%1H").arg(count);
    if (const qint64 count = take(60); count > 0)
        clock += QStringLiteral("%1M").arg(count);
    if (left > 0 || (days.isEmpty() && clock.isEmpty()))
        clock += QStringLiteral("%1S").arg(left);
    return QLatin1Char('P') + days + (clock.isEmpty() ? QString() : QLatin1Char('T') + clock);
}

QUrlQuery measurementsQuery(const MeasurementsQuery &query)
{
    QUrlQuery asked;
    asked.addQueryItem(QStringLiteral("granularity"), isoDuration(query.granularity));
    if (const auto *period = std::get_if<std::chrono::seconds>(&query.span)) {
        asked.addQueryItem(QStringLiteral("period"), isoDuration(*period));
    } else {
        const auto &span = std::get<TimeSpan>(query.span);
        asked.addQueryItem(QStringLiteral("start"), isoText(span.start));
        asked.addQueryItem(QStringLiteral("end"), isoText(span.end));
    }
    for (const QString &name : query.names)
        asked.addQueryItem(QStringLiteral("m"), name);
    return asked;
}

} // namespace tidemark
