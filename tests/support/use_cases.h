#pragma once

#include "restore/target_use.h"
#include "support/restore_cases.h"

/// What is measured on a restore's target in the rules' cases, where nothing stands against it.
namespace tidemark::test {

inline ClientWrites nobodyWrites()
{
    return {now().addSecs(-60), 0, {}, now().addSecs(-24 * 3600)};
}

inline ProcessUse dataProcess(const QString &name, const QString &replicaSet, bool isPrimary = true)
{
    ProcessUse process;
    process.name = name;
    process.replicaSet = replicaSet;
    process.isPrimary = isPrimary;
    process.dataBytes = 3'200'000'000;
    process.room = std::vector<PartitionRoom>{{QStringLiteral("xvda"), 1'000'000, 9'000'000},
                                              {QStringLiteral("xvdb"), 40'000'000'000, 60'000'000'000}};
    if (isPrimary)
        process.writes = nobodyWrites();
    return process;
}

/// Two hosts; of a sharded cluster one more for each further shard.
inline TargetUse goodUse(const Cluster &target)
{
    TargetUse use;
    use.read = now();
    const QString set = target.isSharded() ? target.shards.front().replicaSetName : target.replicaSetName;
    use.processes = {dataProcess(QStringLiteral("db1.example.net:27017"), set),
                     dataProcess(QStringLiteral("db2.example.net:27017"), set, false)};
    for (size_t n = 1; n < target.shards.size(); ++n) {
        if (target.shards[n].type != ClusterType::ConfigServers)
            use.processes.push_back(
                dataProcess(QStringLiteral("s%1.example.net:27017").arg(n), target.shards[n].replicaSetName));
    }
    use.databases =
        std::vector<DatabaseSize>{{QStringLiteral("orders"), 2'100'000'000}, {QStringLiteral("stock"), 1'100'000'000}};
    return use;
}

} // namespace tidemark::test
