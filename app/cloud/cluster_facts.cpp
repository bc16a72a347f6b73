#include "cloud/cluster_facts.h"

#include "cloud/decode.h"
#include "cloud/json_read.h"

#include <QHash>
#include <QVersionNumber>

#include <algorithm>

namespace tidemark {

namespace {

QString text(const QJsonObject &fields, QLatin1String key)
{
    return json::text(fields.value(key));
}

void addVersion(Cluster &cluster, const QString &version)
{
    if (!version.isEmpty() && !cluster.versions.contains(version))
        cluster.versions.append(version);
}

void addFcv(Cluster &cluster, const QString &lowest, const QString &highest)
{
    const auto isLower = [](const QString &a, const QString &b) {
        return QVersionNumber::fromString(a) < QVersionNumber::fromString(b);
    };
    QString &low = cluster.featureCompatibilityVersion;
    QString &high = cluster.highestFeatureCompatibilityVersion;
    if (!lowest.isEmpty() && (low.isEmpty() || isLower(lowest, low)))
        low = lowest;
    if (!highest.isEmpty() && (high.isEmpty() || isLower(high, highest)))
        high = highest;
}

void sortVersions(Cluster &cluster)
{
    std::sort(cluster.versions.begin(), cluster.versions.end(), [](const QString &a, const QString &b) {
        return QVersionNumber::fromString(a) < QVersionNumber::fromString(b);
    });
}

bool belongs(const ProcessFact &process, const Cluster &cluster)
{
    if (cluster.isSharded())
        return !process.clusterName.isEmpty() && process.clusterName == cluster.name;
    const QString set = cluster.replicaSetName.isEmpty() ? cluster.name : cluster.replicaSetName;
    return !process.replicaSetName.isEmpty() && process.replicaSetName == set;
}

void mergeVersions(Cluster &cluster, const ClusterFacts &facts)
{
    for (const OverviewFact &fact : facts.overview) {
        if (fact.cluster == cluster.id) {
            for (const QString &version : fact.versions)
                addVersion(cluster, version);
        }
    }
    for (const ProcessFact &process : facts.processes) {
        if (belongs(process, cluster)) {
            addVersion(cluster, process.version);
            addFcv(cluster, process.featureCompatibilityVersion, process.featureCompatibilityVersion);
        }
    }
    for (const HostFact &host : facts.hosts) {
        if (host.cluster == cluster.id)
            addVersion(cluster, host.version);
    }
}

void mergeBackup(Cluster &cluster, const ClusterFacts &facts)
{
    if (facts.backupConfigs) {
        cluster.backupRunning = false; // one that is not in the list has none
        for (const BackupConfigFact &config : *facts.backupConfigs) {
            if (config.cluster != cluster.id)
                continue;
            cluster.backupState = config.statusName;
            cluster.backupRunning = config.statusName == QLatin1String("STARTED");
        }
        return;
    }
    for (const OverviewFact &fact : facts.overview) {
        if (fact.cluster == cluster.id)
            cluster.backupRunning = fact.backupEnabled;
    }
}

} // namespace

BackupConfigFact backupConfigFact(const QJsonObject &fields)
{
    return {ClusterId(text(fields, QLatin1String("clusterId"))), text(fields, QLatin1String("statusName")).toUpper()};
}

std::vector<OverviewFact> overviewFacts(const QJsonObject &projectEntry)
{
    std::vector<OverviewFact> facts;
    for (const QJsonObject &cluster : json::objects(projectEntry.value(QLatin1String("clusters")))) {
        facts.push_back({ClusterId(text(cluster, QLatin1String("clusterId"))),
                         json::texts(cluster.value(QLatin1String("versions"))),
                         json::flag(cluster.value(QLatin1String("backupEnabled")))});
    }
    return facts;
}

std::vector<ProcessFact> processFacts(const QJsonObject &automationConfig)
{
    const QHash<QString, QString> clusterOfSet = decode::shardedClusterOfSets(automationConfig);
    std::vector<ProcessFact> facts;
    for (const QJsonObject &process : json::objects(automationConfig.value(QLatin1String("processes")))) {
        if (json::flag(process.value(QLatin1String("disabled"))).value_or(false))
            continue;
        ProcessFact fact;
        fact.version = text(process, QLatin1String("version"));
        if (text(process, QLatin1String("processType")) == QLatin1String("mongos")) {
            fact.clusterName = text(process, QLatin1String("cluster"));
        } else {
            const QJsonObject arguments = process.value(QLatin1String("args2_6")).toObject();
            fact.replicaSetName =
                text(arguments.value(QLatin1String("replication")).toObject(), QLatin1String("replSetName"));
            fact.clusterName = clusterOfSet.value(fact.replicaSetName);
            fact.featureCompatibilityVersion = text(process, QLatin1String("featureCompatibilityVersion"));
        }
        facts.push_back(std::move(fact));
    }
    return facts;
}

HostFact hostFact(const QJsonObject &fields)
{
    return {ClusterId(text(fields, QLatin1String("clusterId"))), text(fields, QLatin1String("replicaSetName")),
            text(fields, QLatin1String("version"))};
}

void mergeFacts(std::vector<Cluster> &clusters, const ClusterFacts &facts)
{
    for (Cluster &cluster : clusters) {
        mergeVersions(cluster, facts);
        mergeBackup(cluster, facts);
        for (Cluster &shard : cluster.shards) {
            mergeVersions(shard, facts);
            for (const QString &version : shard.versions)
                addVersion(cluster, version);
            addFcv(cluster, shard.featureCompatibilityVersion, shard.highestFeatureCompatibilityVersion);
            // A shard's backup is its cluster's.
            shard.backupRunning = cluster.backupRunning;
            shard.backupState = cluster.backupState;
            sortVersions(shard);
        }
        sortVersions(cluster);
    }
}

bool lacksVersions(const std::vector<Cluster> &clusters)
{
    return std::any_of(clusters.begin(), clusters.end(), [](const Cluster &one) { return one.versions.isEmpty(); });
}

} // namespace tidemark
