#include "jobs/job_json.h"

#include "base/log.h"
#include "base/text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobJson)
};

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

/// Only what can hold a secret is touched: the rest is to be read as the server wrote it.
QString withoutKeys(const QString &text)
{
    const bool isLink = text.contains(QLatin1String("://")) || text.contains(QLatin1String("/pull/"));
    static constexpr std::array suspects{QLatin1String("/pull/"), QLatin1String("?"), QLatin1String("@"),
                                         QLatin1String("#")};
    const bool mayTell = std::any_of(suspects.begin(), suspects.end(),
                                     [&text](QLatin1String suspect) { return text.contains(suspect); });
    return isLink && mayTell ? masked(text) : text;
}

/// "authValue" is documented; the others are what a later server may call its like.
bool authorizes(const QString &name)
{
    static constexpr std::array words{QLatin1String("authValue"), QLatin1String("token"), QLatin1String("secret"),
                                      QLatin1String("password")};
    return std::any_of(words.begin(), words.end(),
                       [&name](QLatin1String word) { return name.contains(word, Qt::CaseInsensitive); });
}

QJsonValue withoutSecrets(const QJsonValue &value)
{
    if (value.isString())
        return withoutKeys(value.toString());
    if (value.isObject())
        return tidemark::withoutSecrets(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray shown;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &entry : list)
        shown.append(withoutSecrets(entry));
    return shown;
}

/// Of a job without its document.
QJsonObject understood(const RestoreJob &job)
{
    QJsonObject json;
    insertText(json, QLatin1String("id"), job.id.value);
    insertText(json, QLatin1String("groupId"), job.project.value);
    insertText(json, QLatin1String("clusterId"), job.cluster.value);
    insertText(json, QLatin1String("hostId"), job.host.value);
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
    if (job.encryptionEnabled)
        json.insert(QLatin1String("encryptionEnabled"), *job.encryptionEnabled);
    insertText(json, QLatin1String("masterKeyUUID"), job.masterKeyUuid);
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

} // namespace

QJsonObject withoutSecrets(const QJsonObject &document)
{
    QJsonObject shown;
    for (auto field = document.begin(); field != document.end(); ++field) {
        const QJsonValue value = field.value();
        const bool hides = authorizes(field.key()) && !value.isNull();
        shown.insert(field.key(), hides ? QJsonValue(QLatin1String("***")) : withoutSecrets(value));
    }
    return shown;
}

QJsonObject jobJson(const RestoreJob &job)
{
    const QJsonObject document = QJsonDocument::fromJson(job.document).object();
    return document.isEmpty() ? understood(job) : withoutSecrets(document);
}

bool isAsSent(const JobGroup &group)
{
    return std::none_of(group.jobs.begin(), group.jobs.end(),
                        [](const RestoreJob &job) { return job.document.isEmpty(); });
}

QString jsonNote(const JobGroup &group)
{
    const QString masks = Text::tr("Links are masked. Copy link, beside the list of restore jobs, copies a whole one.");
    const QString source =
        isAsSent(group) ? Text::tr("As the server sent it, its fields in alphabetical order.")
                        : Text::tr("There was too much of it to keep all that the server sent: of some jobs only "
                                   "what Tidemark understood is here.");
    return source + QLatin1Char(' ') + masks;
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
