#pragma once

#include "demo/api_error.h"
#include "demo/world.h"

namespace tidemark::demo {

/// A restore that was asked for and may be carried out.
struct RestoreOrder
{
    bool automated = false;
    const Cluster *source = nullptr;
    const ReplicaSet *shard = nullptr; ///< when one shard of a cluster is downloaded alone
    const Snapshot *snapshot = nullptr;
    const Checkpoint *checkpoint = nullptr;
    std::optional<Timestamp> oplog;
    std::optional<std::int64_t> pointInTimeMillis;
    bool insideGap = false; ///< the moment cannot be restored to; the job will break

    const Cluster *target = nullptr;
    std::int64_t expirationHours = 0; ///< 0: expires was given
    std::optional<Time> expires;
    std::int64_t maxDownloads = 0;
};

struct OrderContext
{
    const World &world;
    const Options &options;
    Time now;
};

/// Reads the body of POST restoreJobs and checks every documented condition. @p clusterId is the one in the path: of a
/// whole cluster, or of one of its shards.
std::variant<RestoreOrder, ApiError> readOrder(const OrderContext &context, const std::string &clusterId,
                                               const std::string &body);

} // namespace tidemark::demo
