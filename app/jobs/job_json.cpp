#include "jobs/job_json.h"

#include "base/log.h"
#include "base/text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tidemark {

namespace {

void insertText(QJsonObject &object, QLatin1String key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}

QString masked(const QString &link)
{
    return link.isEmpty() ? QString() : redactedUrl(QUrl(link));
}

QJsonObject deliveryJson(const Delivery &delivery)
{
    QJsonObject json;
    insertText(json, QLatin1String("methodName"), delivery.methodName);
    insertText(json, QLatin1String("statusName"), delivery.statusName);
    insertText(json, QLatin1String("url"), masked(delivery.url));
    insertText(json, QLatin1String("urlV2"), masked(delivery.urlV2));
    insertText(json, QLatin1String("authHeader"), delivery.authHeader);
    if (!delivery.authValue.isEmpty())
        json.insert(QLatin1String("authValue"), QLatin1String("***"));
    insertText(json, QLatin1String("expires"), isoText(delivery.expires));
    if (delivery.expirationHours > 0)
        json.insert(QLatin1String("expirationHours"), delivery.expirationHours);
    if (delivery.maxDownloads > 0)
        json.insert(QLatin1String("maxDownloads"), delivery.maxDownloads);
    insertText(json, QLatin1String("targetGroupId"), delivery.targetProject.value);
    insertText(json, QLatin1String("targetClusterId"), delivery.targetCluster.value);
    return json;
}

} // namespace

QJsonObject jobJson(const RestoreJob &job)
{
    QJsonObject json;
    insertText(json, QLatin1String("id"), job.id.value);
    insertText(json, QLatin1String("groupId"), job.project.value);
    insertText(json, QLatin1String("clusterId"), job.cluster.value);
    insertText(json, QLatin1String("clusterName"), job.clusterName);
    insertText(json, QLatin1String("batchId"), job.batch.value);
    insertText(json, QLatin1String("snapshotId"), job.snapshot.value);
    insertText(json, QLatin1String("checkpointId"), job.checkpoint.value);
    insertText(json, QLatin1String("created"), isoText(job.created));
    if (job.timestamp) {
        json.insert(QLatin1String("timestamp"),
                    QJsonObject{{QLatin1String("date"), isoText(job.timestamp->time())},
                                {QLatin1String("increment"), static_cast<qint64>(job.timestamp->increment)}});
    }
    if (job.pointInTime)
        json.insert(QLatin1String("pointInTime"), *job.pointInTime);
    insertText(json, QLatin1String("statusName"), job.statusName);
    json.insert(QLatin1String("encryptionEnabled"), job.encryptionEnabled);
    json.insert(QLatin1String("delivery"), deliveryJson(job.delivery));
    QJsonArray hashes;
    for (const FileHash &hash : job.hashes) {
        hashes.append(QJsonObject{{QLatin1String("fileName"), hash.fileName},
                                  {QLatin1String("hash"), hash.hash},
                                  {QLatin1String("typeName"), hash.typeName}});
    }
    if (!hashes.isEmpty())
        json.insert(QLatin1String("hashes"), hashes);
    return json;
}

QByteArray groupJson(const JobGroup &group)
{
    if (!group.isBatch())
        return QJsonDocument(jobJson(group.jobs.front())).toJson();
    QJsonArray jobs;
    for (const RestoreJob &job : group.jobs)
        jobs.append(jobJson(job));
    return QJsonDocument(jobs).toJson();
}

} // namespace tidemark
