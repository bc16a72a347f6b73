#include "series/sets_to_read.h"

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

/// Config servers hold no data of applications.
bool holdsApplicationData(const MonitoredHost &host)
{
    return holdsData(host) && !isConfigServer(host);
}

using Sets = std::map<QString, std::vector<const MonitoredHost *>>;

/// A shard of which no host is monitored has its place too: a sum without it is not the cluster's.
void addUnseenShards(const std::vector<MonitoredHost> &hosts, const Cluster &cluster, Sets &sets)
{
    for (const Cluster &shard : cluster.shards) {
        const auto isOfShard = [&shard](const MonitoredHost &host) { return host.cluster == shard.id; };
        const bool isConfig = shard.type == ClusterType::ConfigServers ||
                              std::ranges::any_of(hosts, [&isOfShard](const MonitoredHost &host) {
                                  return isOfShard(host) && isConfigServer(host);
                              });
        const bool isSeen =
            sets.contains(shard.replicaSetName) || std::ranges::any_of(hosts, [&isOfShard](const MonitoredHost &host) {
                return !host.id.isEmpty() && isOfShard(host) && holdsApplicationData(host);
            });
        if (isConfig || isSeen)
            continue;
        const QString &name = shard.replicaSetName.isEmpty() ? shard.shardName : shard.replicaSetName;
        sets[name.isEmpty() ? shard.id.value : name];
    }
}

} // namespace

std::vector<SetToRead> setsToRead(const std::vector<MonitoredHost> &hosts, const Cluster &cluster)
{
    Sets sets;
    for (const MonitoredHost &host : hosts) {
        if (!host.id.isEmpty() && isOf(host, cluster) && holdsApplicationData(host))
            sets[host.replicaSetName.isEmpty() ? host.name : host.replicaSetName].push_back(&host);
    }
    addUnseenShards(hosts, cluster, sets);
    std::vector<SetToRead> result;
    for (const auto &[name, members] : sets) {
        SetToRead set{name, false, {}};
        set.isPrimaryKnown =
            std::any_of(members.begin(), members.end(), [](const auto *host) { return isPrimary(*host); });
        for (const MonitoredHost *host : members) {
            if (!set.isPrimaryKnown || isPrimary(*host))
                set.hosts.push_back(host->id);
        }
        result.push_back(std::move(set));
    }
    return result;
}

} // namespace tidemark
