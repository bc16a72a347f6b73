#pragma once

#include "series/curve.h"

namespace tidemark::test {

inline constexpr qint64 Start = 1795701600; // 2026-11-26 14:00:00 UTC

using Values = QList<double>; // negative: none

inline Curve curveWith(CurveKind kind, const Values &values, qint64 step = 60)
{
    Curve curve{kind, step, {}};
    for (qsizetype i = 0; i < values.size(); ++i)
        curve.samples.push_back({Start + step * (i + 1), values[i] < 0 ? std::nullopt : std::optional(values[i])});
    return curve;
}

/// A sharded cluster of two shards, and its config servers.
inline Cluster sharded()
{
    Cluster cluster;
    cluster.id = ClusterId(QStringLiteral("c"));
    cluster.name = QStringLiteral("shop");
    cluster.type = ClusterType::ShardedCluster;
    for (const char *id : {"s0", "s1", "cfg"}) {
        Cluster shard;
        shard.id = ClusterId(QLatin1String(id));
        shard.shardName = QStringLiteral("shop ") + QLatin1String(id);
        cluster.shards.push_back(shard);
    }
    cluster.shards.back().type = ClusterType::ConfigServers;
    return cluster;
}

} // namespace tidemark::test
