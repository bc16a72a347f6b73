#include "demo/documents.h"

#include "demo/crypto.h"
#include "demo/measurements.h"

#include <algorithm>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

std::string setType(const ReplicaSet &set)
{
    return set.config ? "CONFIG_SERVER_REPLICA_SET" : "REPLICA_SET";
}

} // namespace

Documents::Documents(const World &world, const Options &options, Addresses addresses)
    : m_world(world)
    , m_options(options)
    , m_addresses(std::move(addresses))
{
}

Json Documents::timestamp(const Timestamp &value) const
{
    Json document{{"date", isoTime(fromEpochSeconds(value.seconds))}, {"increment", value.increment}};
    if (m_options.stringIncrements)
        document["increment"] = std::to_string(value.increment);
    return document;
}

Json Documents::self(const std::string &path) const
{
    return Json::array({{{"href", apiPrefix() + path}, {"rel", "self"}}});
}

Json Documents::organization() const
{
    return {{"id", m_world.orgId},
            {"isDeleted", false},
            {"name", m_world.orgName},
            {"links", self("/orgs/" + m_world.orgId)}};
}

Json Documents::project(const Project &project) const
{
    int sets = 0;
    int shards = 0;
    int config = 0;
    int mongos = 0;
    int primaries = 0;
    int secondaries = 0;
    for (const auto &cluster : m_world.clusters) {
        if (cluster.projectId != project.id)
            continue;
        sets += cluster.sharded ? 0 : 1;
        for (const auto &set : cluster.sets)
            shards += cluster.sharded && !set.config ? 1 : 0;
        for (const auto &host : cluster.hosts) {
            mongos += host.typeName == "SHARD_MONGOS" ? 1 : 0;
            config += startsWith(host.typeName, "SHARD_CONFIG") ? 1 : 0;
            primaries += host.typeName == "REPLICA_PRIMARY" || host.typeName == "SHARD_PRIMARY" ? 1 : 0;
            secondaries += host.typeName == "REPLICA_SECONDARY" || host.typeName == "SHARD_SECONDARY" ? 1 : 0;
        }
    }
    return {{"activeAgentCount", 3},
            {"hostCounts",
             {{"arbiter", 0},
              {"config", config},
              {"master", 0},
              {"mongos", mongos},
              {"primary", primaries},
              {"secondary", secondaries},
              {"slave", 0}}},
            {"id", project.id},
            {"lastActiveAgent", isoTime(m_world.start)},
            {"links", self("/groups/" + project.id)},
            {"name", project.name},
            {"orgId", m_world.orgId},
            {"publicApiEnabled", true},
            {"replicaSetCount", sets},
            {"shardCount", shards},
            {"tags", project.tags}};
}

std::vector<Json> Documents::clusterEntries(const Cluster &cluster, Time now) const
{
    std::vector<Json> entries;
    const auto entry = [&](const std::string &id, const std::string &type) {
        return Json{{"clusterName", cluster.name},
                    {"groupId", cluster.projectId},
                    {"id", id},
                    {"lastHeartbeat", isoTime(now - seconds(20))},
                    {"links", self("/groups/" + cluster.projectId + "/clusters/" + id)},
                    {"typeName", type}};
    };
    if (cluster.sharded)
        entries.push_back(entry(cluster.id, "SHARDED_REPLICA_SET"));
    for (const auto &set : cluster.sets) {
        Json one = entry(set.id, setType(set));
        one["replicaSetName"] = set.name;
        if (!set.shardName.empty())
            one["shardName"] = set.shardName;
        entries.push_back(one);
    }
    return entries;
}

Json Documents::projectClusters(const Project &project) const
{
    Json clusters = Json::array();
    const auto add = [&](const std::string &id, const std::string &name, const std::string &type,
                         const std::string &version, bool backedUp, std::size_t nodes, std::uint64_t bytes) {
        clusters.push_back({{"alertCount", 0},
                            {"authEnabled", true},
                            {"availability", "available"},
                            {"backupEnabled", backedUp},
                            {"clusterId", id},
                            {"dataSizeBytes", bytes},
                            {"name", name},
                            {"nodeCount", nodes},
                            {"sslEnabled", true},
                            {"type", type},
                            {"versions", Json::array({version})}});
    };
    for (const auto &cluster : m_world.clusters) {
        if (cluster.projectId != project.id)
            continue;
        std::uint64_t bytes = 0;
        for (const auto &set : cluster.sets)
            bytes += set.archiveBytes * 2;
        add(cluster.id, cluster.name, cluster.sharded ? "sharded cluster" : "replica set", cluster.version,
            cluster.backup == "STARTED", cluster.hosts.size(), bytes);
    }
    // A standalone has an id of 32 digits and no backup.
    if (project.id == m_world.projects.front().id)
        add(hashHex(HashKind::Md5, "wiki"), "wiki", "standalone", "6.0.14", false, 1, 733184);
    return {{"clusters", clusters},
            {"groupId", project.id},
            {"groupName", project.name},
            {"orgId", m_world.orgId},
            {"orgName", m_world.orgName},
            {"planType", m_options.product == "ops-manager" ? "Ops Manager" : "Cloud Manager"},
            {"tags", project.tags}};
}

Json Documents::host(const Host &host, const Cluster &cluster, Time now) const
{
    Json document{{"aliases", Json::array()},
                  {"clusterId", host.setId},
                  {"created", isoTime(m_world.start - hours(24 * 200))},
                  {"deactivated", false},
                  {"groupId", cluster.projectId},
                  {"hidden", false},
                  {"hostname", host.name},
                  {"id", host.id},
                  {"lastPing", isoTime(now - seconds(15))},
                  {"lastRestart", isoTime(m_world.start - hours(24 * 11))},
                  {"links", self("/groups/" + cluster.projectId + "/hosts/" + host.id)},
                  {"port", host.port},
                  {"sslEnabled", true},
                  {"systemInfo", {{"memSizeMB", 32000}, {"numCores", 8}}},
                  {"typeName", host.typeName},
                  {"uptimeMsec", 950400000},
                  {"version", cluster.version}};
    if (!host.setName.empty()) {
        document["replicaSetName"] = host.setName;
        document["replicaStateName"] = host.state;
    }
    if (!host.shardName.empty())
        document["shardName"] = host.shardName;
    if (host.typeName != "SHARD_MONGOS") {
        const bool isConfig = startsWith(host.typeName, "SHARD_CONFIG");
        document["lastDataSizeBytes"] = isConfig ? dataSizeBytes / 1000 : dataSizeBytes;
        document["lastIndexSizeBytes"] = isConfig ? dataSizeBytes / 8000 : dataSizeBytes / 8;
    }
    return document;
}

Json Documents::backupConfig(const Cluster &cluster) const
{
    return {{"clusterId", cluster.id},
            {"encryptionEnabled", false},
            {"excludedNamespaces", Json::array()},
            {"groupId", cluster.projectId},
            {"includedNamespaces", Json::array()},
            {"links", self("/groups/" + cluster.projectId + "/backupConfigs/" + cluster.id)},
            {"provisioned", true},
            {"sslEnabled", true},
            {"statusName", cluster.backup},
            {"storageEngineName", "WIRED_TIGER"}};
}

Json Documents::schedule(const Cluster &cluster) const
{
    Json document{
        {"clusterId", cluster.id},
        {"dailySnapshotRetentionDays", 7},
        {"groupId", cluster.projectId},
        {"links", self("/groups/" + cluster.projectId + "/backupConfigs/" + cluster.id + "/snapshotSchedule")},
        {"monthlySnapshotRetentionMonths", 13},
        {"pointInTimeWindowHours", pointInTimeWindowHours},
        {"snapshotIntervalHours", 6},
        {"snapshotRetentionDays", 2},
        {"weeklySnapshotRetentionWeeks", 4}};
    if (cluster.sharded && cluster.fcv == "4.0")
        document["clusterCheckpointIntervalMin"] = 15;
    return document;
}

Json Documents::snapshot(const Snapshot &snapshot, const ReplicaSet *partOnly) const
{
    const Cluster &cluster = *m_world.cluster(snapshot.clusterId);
    std::string id = snapshot.id;
    Json parts = Json::array();
    for (const auto &part : snapshot.parts) {
        if (partOnly && partOnly->id != part.setId)
            continue;
        const ReplicaSet &set = *m_world.replicaSet(part.setId);
        if (partOnly)
            id = part.snapshotId;
        Json document{{"clusterId", part.setId},
                      {"compressionSetting", "GZIP"},
                      {"dataSizeBytes", part.fileBytes * 2},
                      {"encryptionEnabled", snapshot.encrypted},
                      {"fcv", cluster.fcv},
                      {"fileSizeBytes", part.fileBytes},
                      {"mongodVersion", cluster.version},
                      {"replicaSetName", set.name},
                      {"storageSizeBytes", part.fileBytes / 10 * 11},
                      {"typeName", setType(set)}};
        if (const Host *host = mirroredConfigHost(part.setId)) {
            for (const char *name : {"clusterId", "replicaSetName"})
                document.erase(name);
            document["hostId"] = host->id;
            document["typeName"] = "CONFIG_SERVER";
        }
        if (snapshot.encrypted)
            document["masterKeyUUID"] = masterKeyUuid;
        parts.push_back(document);
    }
    const std::string clusterId = partOnly ? partOnly->id : snapshot.clusterId;
    Json document{{"clusterId", clusterId},
                  {"complete", snapshot.complete},
                  {"created", timestamp(snapshot.created)},
                  {"doNotDelete", snapshot.doNotDelete},
                  {"groupId", cluster.projectId},
                  {"id", id},
                  {"lastOplogAppliedTimestamp", timestamp({snapshot.created.seconds - 1, 4})},
                  {"links", self("/groups/" + cluster.projectId + "/clusters/" + clusterId + "/snapshots/" + id)},
                  {"namespaceFilterList",
                   {{"filterList", Json::array()},
                    {"filterType", m_options.product == "ops-manager" ? "blacklist" : "denyList"}}},
                  {"parts", parts}};
    if (!snapshot.doNotDelete)
        document["expires"] = isoTime(snapshot.expires);
    if (cluster.sharded && !partOnly) {
        document["isPossiblyInconsistent"] = snapshot.inconsistent;
        Json missing = Json::array();
        for (const auto &entry : clusterEntries(cluster, m_world.start)) {
            const auto id2 = entry["id"].get<std::string>();
            if (std::find(snapshot.missingSets.begin(), snapshot.missingSets.end(), id2) != snapshot.missingSets.end())
                missing.push_back(entry);
        }
        document["missingShards"] = missing;
    }
    return document;
}

Json Documents::checkpoint(const Checkpoint &checkpoint) const
{
    const Cluster &cluster = *m_world.cluster(checkpoint.clusterId);
    Json parts = Json::array();
    for (const auto &set : cluster.sets)
        parts.push_back({{"replicaSetName", set.name},
                         {"shardName", set.shardName},
                         {"tokenDiscovered", checkpoint.restorable},
                         {"tokenTimestamp", timestamp({epochSeconds(checkpoint.timestamp) + 48, 1})},
                         {"typeName", setType(set)}});
    const std::string base = "/groups/" + cluster.projectId + "/clusters/" + cluster.id;
    Json document{
        {"clusterId", cluster.id},
        {"groupId", cluster.projectId},
        {"id", checkpoint.id},
        {"links", Json::array({{{"href", apiPrefix() + base + "/checkpoints/" + checkpoint.id}, {"rel", "self"}},
                               {{"href", apiPrefix() + base}, {"rel", "http://mms.mongodb.com/cluster"}},
                               {{"href", apiPrefix() + "/groups/" + cluster.projectId},
                                {"rel", "http://mms.mongodb.com/group"}}})},
        {"parts", parts},
        {"restorable", checkpoint.restorable},
        {"started", isoTime(checkpoint.timestamp + seconds(48))},
        {"timestamp", isoTime(checkpoint.timestamp)}};
    if (checkpoint.finished)
        document["completed"] = isoTime(checkpoint.timestamp + seconds(54));
    return document;
}

Json Documents::range(const TimeRange &range, const Cluster &cluster) const
{
    Json document{{"end", timestamp(range.end)}, {"snapshotId", range.snapshotId}, {"start", timestamp(range.start)}};
    if (cluster.sharded) {
        document["configServerType"] = "Dedicated";
        document["shardCount"] = cluster.sets.size() - 1;
    }
    return document;
}

} // namespace tidemark::demo
