#include "cloud/configured_processes.h"

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

void insert(QSet<QString> &names, const QString &name)
{
    if (!name.isEmpty())
        names.insert(name);
}

} // namespace

QSet<QString> replicaSetsOf(const Cluster &cluster)
{
    QSet<QString> names;
    insert(names, cluster.replicaSetName);
    for (const Cluster &shard : cluster.shards)
        insert(names, shard.replicaSetName);
    return names;
}

std::vector<ConfiguredProcess> processesOf(QSet<QString> replicaSets, const RedactedAutomationConfig &config,
                                           const std::function<bool(const ConfiguredProcess &)> &isTold)
{
    const auto isOneTold = [&isTold](const ConfiguredProcess &process) { return isTold && isTold(process); };
    for (const ConfiguredProcess &process : config.processes) {
        if (isOneTold(process))
            insert(replicaSets, process.replicaSetName);
    }
    QSet<QString> clusters;
    for (const ConfiguredProcess &process : config.processes) {
        if (replicaSets.contains(process.replicaSetName))
            insert(clusters, process.clusterName);
    }
    std::vector<ConfiguredProcess> found;
    std::copy_if(config.processes.begin(), config.processes.end(), std::back_inserter(found),
                 [&](const ConfiguredProcess &process) {
                     const bool isPart = replicaSets.contains(process.replicaSetName) ||
                                         clusters.contains(process.clusterName) || isOneTold(process);
                     return isPart && !process.disabled.value_or(false);
                 });
    return found;
}

} // namespace tidemark
