#include "series/sets_to_read.h"

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

bool isConfigServer(const MonitoredHost &host)
{
    return host.typeName.toUpper().startsWith(QLatin1String("SHARD_CONFIG"));
}

bool holdsData(const MonitoredHost &host)
{
    const QString type = host.typeName.toUpper();
    return !isConfigServer(host) && type != QLatin1String("SHARD_MONGOS") && !type.endsWith(QLatin1String("ARBITER")) &&
           host.stateName.toUpper() != QLatin1String("ARBITER");
}

/// The state is of now, the type of the last time that the host was looked at.
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
    return host.cluster == cluster.id || std::any_of(cluster.shards.begin(), cluster.shards.end(),
                                                     [&](const Cluster &shard) { return host.cluster == shard.id; });
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
                return !host.id.isEmpty() && isOfShard(host) && holdsData(host);
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
        if (!host.id.isEmpty() && isOf(host, cluster) && holdsData(host))
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
