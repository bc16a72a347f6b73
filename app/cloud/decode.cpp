#include "cloud/decode.h"

#include "base/natural_order.h"
#include "cloud/json_read.h"

#include <QHash>

#include <algorithm>

namespace tidemark::decode {

namespace {

QString text(const QJsonObject &fields, QLatin1String key)
{
    return json::text(fields.value(key));
}

template<typename IdType>
IdType id(const QJsonObject &fields, QLatin1String key)
{
    return IdType(text(fields, key));
}

ClusterType clusterType(const QString &typeName)
{
    const QString name = typeName.trimmed().toUpper().replace(QLatin1Char(' '), QLatin1Char('_'));
    if (name == QLatin1String("REPLICA_SET"))
        return ClusterType::ReplicaSet;
    if (name == QLatin1String("SHARDED_REPLICA_SET") || name == QLatin1String("SHARDED") ||
        name == QLatin1String("SHARDED_CLUSTER"))
        return ClusterType::ShardedCluster;
    if (name == QLatin1String("CONFIG_SERVER_REPLICA_SET") || name == QLatin1String("CONFIG_SERVER") ||
        name == QLatin1String("CONFIG_SHARD_REPLICA_SET"))
        return ClusterType::ConfigServers;
    if (name == QLatin1String("STANDALONE"))
        return ClusterType::Standalone;
    return ClusterType::Unknown;
}

SnapshotPart snapshotPart(const QJsonObject &fields)
{
    SnapshotPart part;
    part.typeName = text(fields, QLatin1String("typeName"));
    part.cluster = id<ClusterId>(fields, QLatin1String("clusterId"));
    part.host = id<HostId>(fields, QLatin1String("hostId"));
    part.replicaSetName = text(fields, QLatin1String("replicaSetName"));
    part.mongodVersion = text(fields, QLatin1String("mongodVersion"));
    part.featureCompatibilityVersion = text(fields, QLatin1String("fcv"));
    if (part.featureCompatibilityVersion.isEmpty())
        part.featureCompatibilityVersion = text(fields, QLatin1String("featureCompatibilityVersion"));
    part.dataSizeBytes = json::integerOr(fields.value(QLatin1String("dataSizeBytes")), 0);
    part.storageSizeBytes = json::integerOr(fields.value(QLatin1String("storageSizeBytes")), 0);
    part.fileSizeBytes = json::integerOr(fields.value(QLatin1String("fileSizeBytes")), 0);
    part.encryptionEnabled = json::flag(fields.value(QLatin1String("encryptionEnabled")));
    part.masterKeyUuid = text(fields, QLatin1String("masterKeyUUID"));
    return part;
}

/// {filterList, filterType}, its type in the old or the new words, or a bare list, or a list of such objects.
void readNamespaceFilter(const QJsonValue &value, Snapshot &snapshot)
{
    if (value.isArray() && json::objects(value).empty()) {
        snapshot.namespaceFilter = json::texts(value);
        return;
    }
    const std::vector<QJsonObject> filters = json::objects(value);
    for (const QJsonObject &filter : filters) {
        QStringList names = json::texts(filter.value(QLatin1String("filterList")));
        if (names.isEmpty())
            continue;
        const QString type = text(filter, QLatin1String("filterType")).toLower();
        snapshot.namespaceFilterExcludes =
            type.contains(QLatin1String("deny")) || type.contains(QLatin1String("black"));
        snapshot.namespaceFilter = std::move(names);
        return;
    }
}

QStringList missingShardNames(const QJsonValue &value)
{
    QStringList names;
    const std::vector<QJsonObject> shards = json::objects(value);
    for (const QJsonObject &shard : shards) {
        for (const QLatin1String key : {QLatin1String("shardName"), QLatin1String("replicaSetName"),
                                        QLatin1String("clusterName"), QLatin1String("id")}) {
            if (const QString name = text(shard, key); !name.isEmpty()) {
                names.append(name);
                break;
            }
        }
    }
    return shards.empty() ? json::texts(value) : names;
}

Delivery delivery(const QJsonObject &fields)
{
    Delivery result;
    result.methodName = text(fields, QLatin1String("methodName"));
    result.statusName = text(fields, QLatin1String("statusName"));
    result.status = deliveryStatusFromName(result.statusName);
    result.url = text(fields, QLatin1String("url"));
    result.urlV2 = text(fields, QLatin1String("urlV2"));
    result.authHeader = text(fields, QLatin1String("authHeader"));
    result.authValue = text(fields, QLatin1String("authValue"));
    // Some servers give scheme and token apart, others the header's whole value.
    const QString scheme = text(fields, QLatin1String("authBearer"));
    const QString prefix = scheme + QLatin1Char(' ');
    if (!scheme.isEmpty() && !result.authValue.isEmpty() && !result.authValue.startsWith(prefix, Qt::CaseInsensitive))
        result.authValue.prepend(prefix);
    result.expires = json::time(fields.value(QLatin1String("expires")));
    result.expirationHours = static_cast<int>(
        std::clamp<qint64>(json::integerOr(fields.value(QLatin1String("expirationHours")), 0), 0, 1'000'000));
    result.maxDownloads = json::integerOr(fields.value(QLatin1String("maxDownloads")), 0);
    result.targetProject = id<ProjectId>(fields, QLatin1String("targetGroupId"));
    result.targetCluster = id<ClusterId>(fields, QLatin1String("targetClusterId"));
    return result;
}

} // namespace

Page page(const QJsonValue &content, size_t most)
{
    Page result;
    if (!content.isObject()) {
        result.items = json::objects(content, most);
        result.isList = content.isArray();
        return result;
    }
    const QJsonObject fields = content.toObject();
    if (!fields.contains(QLatin1String("results"))) {
        // A single entity where a list was documented; links alone are no entity.
        result.isList = fields.contains(QLatin1String("id"));
        if (result.isList)
            result.items.push_back(fields);
        return result;
    }
    result.isList = true;
    result.items = json::objects(fields.value(QLatin1String("results")), most);
    result.totalCount = json::integer(fields.value(QLatin1String("totalCount")));
    const std::vector<QJsonObject> links = json::objects(fields.value(QLatin1String("links")));
    result.hasLinks = !links.empty();
    result.hasNext = std::any_of(links.begin(), links.end(), [](const QJsonObject &link) {
        return text(link, QLatin1String("rel")) == QLatin1String("next");
    });
    return result;
}

Project project(const QJsonObject &fields)
{
    return {id<ProjectId>(fields, QLatin1String("id")), text(fields, QLatin1String("name")),
            text(fields, QLatin1String("orgId")), json::texts(fields.value(QLatin1String("tags")))};
}

Cluster cluster(const QJsonObject &fields)
{
    Cluster result;
    result.id = id<ClusterId>(fields, QLatin1String("id"));
    result.project = id<ProjectId>(fields, QLatin1String("groupId"));
    result.type = clusterType(text(fields, QLatin1String("typeName")));
    result.name = text(fields, QLatin1String("clusterName"));
    result.shardName = text(fields, QLatin1String("shardName"));
    result.replicaSetName = text(fields, QLatin1String("replicaSetName"));
    if (result.name.isEmpty())
        result.name = result.replicaSetName;
    result.lastHeartbeat = json::time(fields.value(QLatin1String("lastHeartbeat")));
    return result;
}

std::vector<Cluster> nestClusters(const std::vector<Cluster> &flat)
{
    std::vector<Cluster> top;
    QHash<QString, size_t> shardedByName;
    for (const Cluster &one : flat) {
        if (!one.isSharded())
            continue;
        if (!one.name.isEmpty() && !shardedByName.contains(one.name))
            shardedByName.insert(one.name, top.size());
        top.push_back(one);
    }
    for (const Cluster &one : flat) {
        if (one.isSharded())
            continue;
        const auto parent = shardedByName.constFind(one.name);
        if (parent == shardedByName.constEnd())
            top.push_back(one);
        else
            top[*parent].shards.push_back(one);
    }
    for (Cluster &one : top) {
        std::stable_sort(one.shards.begin(), one.shards.end(), [](const Cluster &a, const Cluster &b) {
            const bool aConfig = a.type == ClusterType::ConfigServers;
            const bool bConfig = b.type == ClusterType::ConfigServers;
            return aConfig != bConfig ? bConfig : compareNaturally(a.shardName, b.shardName) < 0;
        });
    }
    std::stable_sort(top.begin(), top.end(), [](const Cluster &a, const Cluster &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    return top;
}

Snapshot snapshot(const QJsonObject &fields)
{
    Snapshot result;
    result.id = id<SnapshotId>(fields, QLatin1String("id"));
    result.project = id<ProjectId>(fields, QLatin1String("groupId"));
    result.cluster = id<ClusterId>(fields, QLatin1String("clusterId"));
    result.created = json::timestamp(fields.value(QLatin1String("created"))).value_or(OplogTimestamp{});
    result.lastOplogApplied = json::timestamp(fields.value(QLatin1String("lastOplogAppliedTimestamp")));
    result.complete = json::flag(fields.value(QLatin1String("complete"))).value_or(false);
    result.doNotDelete = json::flag(fields.value(QLatin1String("doNotDelete"))).value_or(false);
    result.possiblyInconsistent = json::flag(fields.value(QLatin1String("isPossiblyInconsistent"))).value_or(false);
    // The documentation removes expires with doNotDelete; a server that leaves it there must not make it count.
    if (!result.doNotDelete)
        result.expires = json::time(fields.value(QLatin1String("expires")));
    result.missingShards = missingShardNames(fields.value(QLatin1String("missingShards")));
    readNamespaceFilter(fields.value(QLatin1String("namespaceFilterList")), result);
    const std::vector<QJsonObject> parts = json::objects(fields.value(QLatin1String("parts")));
    for (const QJsonObject &part : parts)
        result.parts.push_back(snapshotPart(part));
    return result;
}

Checkpoint checkpoint(const QJsonObject &fields)
{
    Checkpoint result;
    result.id = id<CheckpointId>(fields, QLatin1String("id"));
    result.cluster = id<ClusterId>(fields, QLatin1String("clusterId"));
    result.timestamp = json::time(fields.value(QLatin1String("timestamp")));
    if (!result.timestamp.isValid()) {
        if (const auto bson = json::timestamp(fields.value(QLatin1String("timestamp"))))
            result.timestamp = bson->time();
    }
    result.started = json::time(fields.value(QLatin1String("started")));
    result.completed = json::time(fields.value(QLatin1String("completed")));
    result.restorable = json::flag(fields.value(QLatin1String("restorable"))).value_or(false);
    result.partCount = static_cast<int>(json::objects(fields.value(QLatin1String("parts"))).size());
    return result;
}

RestorableRange restorableRange(const QJsonObject &fields)
{
    RestorableRange range;
    range.start = json::timestamp(fields.value(QLatin1String("start"))).value_or(OplogTimestamp{});
    range.end = json::timestamp(fields.value(QLatin1String("end"))).value_or(OplogTimestamp{});
    range.snapshot = id<SnapshotId>(fields, QLatin1String("snapshotId"));
    return range;
}

SnapshotSchedule snapshotSchedule(const QJsonObject &fields)
{
    const auto hours = [&fields](QLatin1String key, int fallback) {
        return static_cast<int>(std::clamp<qint64>(json::integerOr(fields.value(key), fallback), 0, 1'000'000));
    };
    const SnapshotSchedule defaults;
    return {hours(QLatin1String("snapshotIntervalHours"), defaults.snapshotIntervalHours),
            hours(QLatin1String("pointInTimeWindowHours"), defaults.pointInTimeWindowHours)};
}

RestoreJob restoreJob(const QJsonObject &fields)
{
    RestoreJob job;
    job.id = id<JobId>(fields, QLatin1String("id"));
    job.project = id<ProjectId>(fields, QLatin1String("groupId"));
    job.cluster = id<ClusterId>(fields, QLatin1String("clusterId"));
    job.host = id<HostId>(fields, QLatin1String("hostId"));
    job.clusterName = text(fields, QLatin1String("clusterName"));
    job.batch = id<BatchId>(fields, QLatin1String("batchId"));
    job.snapshot = id<SnapshotId>(fields, QLatin1String("snapshotId"));
    job.checkpoint = id<CheckpointId>(fields, QLatin1String("checkpointId"));
    job.created = json::time(fields.value(QLatin1String("created")));
    job.timestamp = json::timestamp(fields.value(QLatin1String("timestamp")));
    job.pointInTime = json::flag(fields.value(QLatin1String("pointInTime")));
    job.statusName = text(fields, QLatin1String("statusName"));
    job.status = jobStatusFromName(job.statusName);
    const std::vector<QJsonObject> deliveries = json::objects(fields.value(QLatin1String("delivery")));
    if (!deliveries.empty())
        job.delivery = delivery(deliveries.front());
    const std::vector<QJsonObject> hashes = json::objects(fields.value(QLatin1String("hashes")));
    for (const QJsonObject &hash : hashes) {
        job.hashes.push_back({text(hash, QLatin1String("fileName")),
                              text(hash, QLatin1String("hash")).trimmed().toLower(),
                              text(hash, QLatin1String("typeName"))});
    }
    job.encryptionEnabled = json::flag(fields.value(QLatin1String("encryptionEnabled")));
    job.masterKeyUuid = text(fields, QLatin1String("masterKeyUUID"));
    job.document = QJsonDocument(fields).toJson(QJsonDocument::Compact);
    job.document.squeeze();
    if (job.document.size() > LongestDocument)
        job.document = {};
    return job;
}

QString serviceVersion(const QByteArray &header)
{
    const QList<QByteArray> fields = header.split(';');
    for (const QByteArray &field : fields) {
        const qsizetype equals = field.indexOf('=');
        if (equals > 0 && field.left(equals).trimmed().compare("versionString", Qt::CaseInsensitive) == 0)
            return QString::fromUtf8(field.mid(equals + 1).trimmed());
    }
    return {};
}

} // namespace tidemark::decode
