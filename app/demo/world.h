#pragma once

#include "demo/options.h"
#include "demo/text.h"

#include <optional>
#include <string>
#include <vector>

namespace tidemark::demo {

/// A BSON timestamp: seconds since the epoch and an ordinal within the second.
struct Timestamp
{
    std::int64_t seconds = 0;
    std::int64_t increment = 1;
    auto operator<=>(const Timestamp &) const = default;
};

struct Project
{
    std::string id;
    std::string name;
    std::vector<std::string> tags;
};

/// One replica set: the whole of a plain cluster, a shard, or the config servers of a sharded cluster.
struct ReplicaSet
{
    std::string id; ///< its own cluster id
    std::string name;
    std::string shardName; ///< empty for a plain replica set
    bool config = false;
    std::uint64_t archiveBytes = 0; ///< size of the tar in its archives
};

struct Host
{
    std::string id; ///< 32 hexadecimal digits
    std::string name;
    int port = 27017;
    std::string setId; ///< cluster id of its replica set; the sharded cluster's for a mongos
    std::string setName;
    std::string shardName;
    std::string typeName;
    std::string state;
};

struct Cluster
{
    std::string id;
    std::string projectId;
    std::string name;
    bool sharded = false;
    std::string version; ///< of mongod, "6.0.14"
    std::string fcv;     ///< "6.0"
    std::string backup;  ///< statusName of the backup configuration; empty: there is none
    std::vector<ReplicaSet> sets;
    std::vector<Host> hosts;

    [[nodiscard]] bool backedUp() const { return !backup.empty() && backup != "INACTIVE"; }
};

struct SnapshotPart
{
    std::string snapshotId; ///< the part's own id, which its restore job carries
    std::string setId;
    std::uint64_t fileBytes = 0;
};

struct Snapshot
{
    std::string id;
    std::string clusterId;
    Timestamp created;
    Time expires;
    bool complete = true;
    std::optional<Time> completeAt; ///< of one that is being made on demand
    bool deleted = false;           ///< known, but not restorable any more
    bool doNotDelete = false;
    bool inconsistent = false;
    bool encrypted = false;
    std::vector<std::string> missingSets;
    std::vector<SnapshotPart> parts;
};

struct Checkpoint
{
    std::string id;
    std::string clusterId;
    Time timestamp;
    bool restorable = true;
    bool finished = true;
};

/// Everything that exists before the first request. Only its snapshots change, and only under the API's lock. Ids are
/// the same at each start, times are relative to it.
struct World
{
    std::string orgId;
    std::string orgName;
    Time start;
    std::vector<Project> projects;
    std::vector<Cluster> clusters;
    std::vector<Snapshot> snapshots; ///< newest first
    std::vector<Checkpoint> checkpoints;
    std::int64_t gapStart = 0; ///< seconds since the epoch: the oplog was not kept from here
    std::int64_t gapEnd = 0;   ///< to here

    [[nodiscard]] const Project *project(const std::string &id) const;
    /// By the id of the cluster itself, or of one of its replica sets.
    [[nodiscard]] const Cluster *cluster(const std::string &anyId) const;
    [[nodiscard]] const ReplicaSet *replicaSet(const std::string &id) const;
    [[nodiscard]] const Snapshot *snapshot(const std::string &id) const;
    [[nodiscard]] const Checkpoint *checkpoint(const std::string &id) const;
};

struct TimeRange
{
    Timestamp start;
    Timestamp end;
    std::string snapshotId;
};

/// "60…": 24 hexadecimal digits made of a name, the same each time.
std::string idFor(const std::string &name);

World buildWorld(const Options &options, Time start);

/// What can be restored to, oldest first. Empty for clusters without backup and sharded clusters before FCV 4.2.
std::vector<TimeRange> restorableRanges(const World &world, const Cluster &cluster, Time now);

/// "4.0" < "4.2" < "6.0" < "10.0"; negative, zero or positive.
int compareVersions(const std::string &left, const std::string &right);

constexpr std::int64_t pointInTimeWindowHours = 24;

} // namespace tidemark::demo
