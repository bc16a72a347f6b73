#include "cloud/decode_monitoring.h"

#include "cloud/json_read.h"

namespace tidemark::decode {

namespace {

QString text(const QJsonObject &fields, const char *key)
{
    return json::text(fields.value(QLatin1String(key)));
}

QDateTime time(const QJsonObject &fields, const char *key)
{
    return json::time(fields.value(QLatin1String(key)));
}

std::optional<qint64> integer(const QJsonObject &fields, const char *key)
{
    return json::integer(fields.value(QLatin1String(key)));
}

Measurement measurement(const QJsonObject &fields)
{
    Measurement result{text(fields, "name"), text(fields, "units"), {}};
    const std::vector<QJsonObject> points = json::objects(fields.value(QLatin1String("dataPoints")));
    result.points.reserve(points.size());
    for (const QJsonObject &point : points) {
        if (const QDateTime moment = time(point, "timestamp"); moment.isValid())
            result.points.push_back({moment, json::number(point.value(QLatin1String("value")))});
    }
    return result;
}

LogJobPart logJobPart(const QJsonObject &fields)
{
    LogJobPart part;
    part.hostName = text(fields, "hostName");
    part.type = text(fields, "logCollectionType");
    part.path = text(fields, "path");
    part.statusName = text(fields, "status");
    part.status = logJobStatusFromName(part.statusName);
    part.errorMessage = text(fields, "errorMessage");
    if (part.errorMessage == QLatin1String("null")) // the documentation's own sample
        part.errorMessage.clear();
    part.sizeBytes = integer(fields, "uncompressedDiskSpaceBytes").value_or(0);
    part.started = time(fields, "startDate");
    part.finished = time(fields, "finishDate");
    return part;
}

} // namespace

Agent agent(const QJsonObject &fields)
{
    Agent result;
    result.typeName = text(fields, "typeName");
    result.hostname = text(fields, "hostname");
    result.stateName = text(fields, "stateName");
    result.configurationCalls = integer(fields, "confCount");
    result.lastConfiguration = time(fields, "lastConf");
    result.pings = integer(fields, "pingCount");
    result.lastPing = time(fields, "lastPing");
    result.isManaged = json::flag(fields.value(QLatin1String("isManaged")));
    result.tag = text(fields, "tag");
    return result;
}

namespace {

/// A number of seconds or of milliseconds since the epoch: the former do not reach the latter's size before 5138.
QDateTime numberedTime(const QJsonObject &fields, const char *name)
{
    constexpr qint64 firstOfMilliseconds = 100'000'000'000;
    const std::optional<qint64> number = integer(fields, name);
    if (!number || *number <= 0)
        return time(fields, name); // text, after all
    return QDateTime::fromMSecsSinceEpoch(*number < firstOfMilliseconds ? *number * 1000 : *number, Qt::UTC);
}

} // namespace

AgentVersions agentVersions(const QJsonObject &fields)
{
    AgentVersions result;
    result.minimum = text(fields, "minimumVersion");
    const QJsonArray entries = fields.value(QLatin1String("entries")).toArray();
    for (const QJsonValue &entry : entries) {
        const QJsonObject one = entry.toObject();
        AgentVersion agent;
        agent.hostname = text(one, "hostname");
        agent.version = text(one, "version");
        agent.isOld = json::flag(one.value(QLatin1String("isVersionOld")));
        agent.isDeprecated = json::flag(one.value(QLatin1String("isVersionDeprecated")));
        agent.lastConfiguration = numberedTime(one, "lastConf");
        agent.lastPing = numberedTime(one, "lastPing");
        result.agents.push_back(agent);
    }
    return result;
}

MonitoredHost monitoredHost(const QJsonObject &fields)
{
    MonitoredHost host;
    host.id = HostId(text(fields, "id"));
    host.cluster = ClusterId(text(fields, "clusterId"));
    host.name = text(fields, "hostname");
    if (const std::optional<qint64> port = integer(fields, "port"))
        host.name += QLatin1Char(':') + QString::number(*port);
    host.replicaSetName = text(fields, "replicaSetName");
    host.typeName = text(fields, "typeName");
    host.stateName = text(fields, "replicaStateName");
    host.lastPing = time(fields, "lastPing");
    host.dataSizeBytes = integer(fields, "lastDataSizeBytes");
    return host;
}

QString databaseName(const QJsonObject &fields)
{
    return text(fields, "databaseName");
}

QString partitionName(const QJsonObject &fields)
{
    return text(fields, "partitionName");
}

Measurements measurements(const QJsonObject &fields)
{
    Measurements result;
    result.start = time(fields, "start");
    result.end = time(fields, "end");
    result.granularity = text(fields, "granularity");
    result.host = HostId(text(fields, "hostId"));
    result.processId = text(fields, "processId");
    result.databaseName = databaseName(fields);
    result.partitionName = partitionName(fields);
    for (const QJsonObject &one : json::objects(fields.value(QLatin1String("measurements"))))
        result.measurements.push_back(measurement(one));
    return result;
}

RequestedSnapshot requestedSnapshot(const QJsonObject &fields)
{
    RequestedSnapshot result{text(fields, "clusterName"), text(fields, "description"), {}};
    // {increment, time, date}: the moment twice, in seconds and as text.
    QJsonObject moment = fields.value(QLatin1String("timestamp")).toObject();
    if (!json::time(moment.value(QLatin1String("date"))).isValid())
        moment.insert(QLatin1String("date"), moment.value(QLatin1String("time")));
    result.timestamp = json::timestamp(moment);
    return result;
}

LogJob logJob(const QJsonObject &fields)
{
    LogJob job;
    job.id = LogJobId(text(fields, "id"));
    job.statusName = text(fields, "status");
    job.status = logJobStatusFromName(job.statusName);
    job.created = time(fields, "creationDate");
    job.expires = time(fields, "expirationDate");
    job.sourceType = text(fields, "resourceType");
    job.sourceName = text(fields, "resourceName");
    job.types = json::texts(fields.value(QLatin1String("logTypes")));
    job.redacted = json::flag(fields.value(QLatin1String("redacted")));
    job.bytesPerFile = integer(fields, "sizeRequestedPerFileBytes").value_or(0);
    job.sizeBytes = integer(fields, "uncompressedSizeTotalBytes").value_or(0);
    for (const QJsonObject &part : json::objects(fields.value(QLatin1String("childJobs"))))
        job.parts.push_back(logJobPart(part));
    return job;
}

} // namespace tidemark::decode
