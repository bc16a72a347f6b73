#pragma once

#include "cloud/monitoring.h"

namespace tidemark {

/// Whom to ask for a replica set's writes.
struct SetToRead
{
    QString name;
    bool isPrimaryKnown = false;
    /// The primary; where none is known all that hold data, of which the largest counts. Empty for a shard of which
    /// nobody is monitored: its writes are not known.
    std::vector<HostId> hosts;

    bool operator==(const SetToRead &) const = default;
};

/// Of a cluster, by name: its shards' sets, or its own. Config servers hold no data of applications, mongos and
/// arbiters none at all.
std::vector<SetToRead> setsToRead(const std::vector<MonitoredHost> &hosts, const Cluster &cluster);

} // namespace tidemark
