#include "cloud/log_collection.h"

#include "base/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark {

namespace {

QLatin1String sourceName(LogSource source)
{
    switch (source) {
    case LogSource::Cluster:
        return QLatin1String("CLUSTER");
    case LogSource::ReplicaSet:
        return QLatin1String("REPLICASET");
    case LogSource::Process:
        break;
    }
    return QLatin1String("PROCESS");
}

QJsonValue moment(const QDateTime &time, Service service)
{
    if (service == Service::OpsManager)
        return time.toMSecsSinceEpoch();
    return isoText(time);
}

} // namespace

QByteArray logRequestBody(const LogRequest &request, Service service)
{
    QJsonObject body{{QLatin1String("logTypes"), QJsonArray::fromStringList(request.types)},
                     {QLatin1String("redacted"), request.redacted},
                     {QLatin1String("resourceName"), request.name},
                     {QLatin1String("resourceType"), sourceName(request.source)},
                     {QLatin1String("sizeRequestedPerFileBytes"), request.bytesPerFile}};
    if (request.from.isValid() && request.to.isValid()) {
        body.insert(QLatin1String("logCollectionFromDate"), moment(request.from, service));
        body.insert(QLatin1String("logCollectionToDate"), moment(request.to, service));
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray logExpiryBody(const QDateTime &until)
{
    // Text to both products: the public client of Ops Manager sends it so, too.
    return QJsonDocument(QJsonObject{{QLatin1String("expirationDate"), moment(until, Service::CloudManager)}})
        .toJson(QJsonDocument::Compact);
}

LogJobStatus logJobStatusFromName(const QString &name)
{
    const QString word = name.trimmed().toUpper();
    if (word == QLatin1String("IN_PROGRESS"))
        return LogJobStatus::InProgress;
    if (word == QLatin1String("SUCCESS"))
        return LogJobStatus::Success;
    if (word == QLatin1String("FAILURE") || word == QLatin1String("FAILED"))
        return LogJobStatus::Failed;
    if (word == QLatin1String("EXPIRED") || word == QLatin1String("MARKED_FOR_EXPIRY"))
        return LogJobStatus::Expired;
    return LogJobStatus::Unknown;
}

} // namespace tidemark
