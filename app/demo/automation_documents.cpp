#include "demo/documents.h"

#include <algorithm>

// What the agents are told to do, and how far they are.
namespace tidemark::demo {

namespace {
constexpr const char *redacted = "<redacted>";
}

Json Documents::automationStatus(const AutomationState &state) const
{
    Json processes = Json::array();
    for (const auto &agent : state.agents) {
        const std::string name = agent.host->name + "_" + std::to_string(agent.host->port);
        Json process{{"hostname", agent.host->name},
                     {"lastGoalVersionAchieved", agent.achieved},
                     {"name", name},
                     {"plan", agent.plan}};
        if (m_options.statusErrors) {
            process["errorCode"] = agent.fails ? 100 : 0;
            process["errorCodeDescription"] =
                agent.fails ? "There is an issue with file permissions for this process" : "";
            process["errorCodeHumanReadable"] = agent.fails ? "File Permissions Error" : "";
            process["errorString"] = agent.fails ? "<" + name +
                                                       "> Failed to compute states : Error reading file from "
                                                       "/data/mongod.lock : permission denied"
                                                 : "";
        }
        processes.push_back(process);
    }
    return {{"goalVersion", state.goalVersion}, {"processes", processes}};
}

Json Documents::automationConfigWithoutSecrets(const AutomationState &state) const
{
    Json config = automationConfig(state);
    config["auth"]["key"] = redacted;
    for (auto &process : config["processes"]) {
        // The link carries its key.
        if (process.contains("backupRestoreUrl"))
            process["backupRestoreUrl"] = redacted;
    }
    return config;
}

Json Documents::automationConfig(const AutomationState &state) const
{
    Json processes = Json::array();
    Json replicaSets = Json::array();
    Json sharding = Json::array();
    for (const auto &agent : state.agents) {
        const bool router = agent.host->typeName == "SHARD_MONGOS";
        Json arguments{{"net", {{"port", agent.host->port}}}};
        if (!router) {
            arguments["storage"] = {{"dbPath", "/data/" + agent.host->setName},
                                    {"directoryPerDB", false},
                                    {"engine", "wiredTiger"},
                                    {"wiredTiger",
                                     {{"collectionConfig", {{"blockCompressor", "snappy"}}},
                                      {"engineConfig", {{"directoryForIndexes", false}}}}}};
            arguments["replication"] = {{"replSetName", agent.host->setName}};
            if (startsWith(agent.host->typeName, "SHARD_"))
                arguments["sharding"] = {{"clusterRole", agent.host->shardName == "config" ? "configsvr" : "shardsvr"}};
        }
        Json process{{"args2_6", arguments},
                     {"disabled", false},
                     {"featureCompatibilityVersion", agent.cluster->fcv},
                     {"hostname", agent.host->name},
                     {"manualMode", false},
                     {"name", agent.host->name + "_" + std::to_string(agent.host->port)},
                     {"processType", router ? "mongos" : "mongod"},
                     {"version", agent.cluster->version}};
        if (router)
            process["cluster"] = agent.cluster->name;
        if (!agent.restoreJobId.empty() && !router) {
            process["backupRestoreJobId"] = agent.restoreJobId;
            process["backupRestoreUrl"] = m_addresses.archives + "/backup/restore/v2/pull/" + agent.restoreJobId;
        }
        processes.push_back(process);
    }
    std::vector<const Cluster *> clusters;
    for (const auto &agent : state.agents) {
        if (std::find(clusters.begin(), clusters.end(), agent.cluster) == clusters.end())
            clusters.push_back(agent.cluster);
    }
    for (const auto *cluster : clusters) {
        Json shards = Json::array();
        std::string config;
        for (const auto &set : cluster->sets) {
            Json members = Json::array();
            for (const auto &host : cluster->hosts) {
                if (host.setId == set.id)
                    members.push_back({{"_id", members.size()},
                                       {"host", host.name + "_" + std::to_string(host.port)},
                                       {"priority", 1},
                                       {"votes", 1}});
            }
            replicaSets.push_back({{"_id", set.name}, {"members", members}, {"protocolVersion", "1"}});
            if (set.config)
                config = set.name;
            else
                shards.push_back({{"_id", set.shardName}, {"rs", set.name}, {"tags", Json::array()}});
        }
        if (cluster->sharded)
            sharding.push_back({{"configServerReplica", config}, {"name", cluster->name}, {"shards", shards}});
    }
    return {{"auth", {{"disabled", false}, {"key", "not-a-real-key-file"}}},
            {"processes", processes},
            {"replicaSets", replicaSets},
            {"sharding", sharding},
            {"version", state.goalVersion}};
}

} // namespace tidemark::demo
