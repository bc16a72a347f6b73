#include "demo/crypto.h"
#include "demo/world.h"

#include <algorithm>

// The content of the stand-in: a shop's databases, and a second project to drill restores in.
namespace tidemark::demo {

using namespace std::chrono;

namespace {

struct ClusterPlan
{
    const char *name;
    const char *project;
    bool sharded;
    const char *version;
    const char *fcv;
    const char *backup;
};

constexpr ClusterPlan plans[] = {
    {"shop-prod", "Shop", true, "6.0.14", "6.0", "STARTED"},
    {"ledger", "Shop", false, "6.0.14", "6.0", "STARTED"},
    {"legacy-orders", "Shop", true, "4.0.28", "4.0", "STARTED"},
    {"catalog", "Shop", false, "5.0.26", "5.0", "STOPPED"},
    {"drill", "Restore drills", false, "6.0.14", "6.0", ""},
    {"drill-sharded", "Restore drills", true, "6.0.14", "6.0", "STARTED"},
    {"legacy-drill", "Restore drills", true, "4.0.28", "4.0", ""},
};

Host makeHost(const Cluster &cluster, const ReplicaSet *set, int number)
{
    Host host;
    const std::string role = set ? set->name : cluster.name + "-router";
    host.name = role + "-" + std::to_string(number) + ".db.example.net";
    host.port = set && set->config ? 27019 : 27017;
    host.id = hashHex(HashKind::Md5, host.name);
    host.setId = set ? set->id : cluster.id;
    if (!set) {
        host.typeName = "SHARD_MONGOS";
        return host;
    }
    host.setName = set->name;
    host.shardName = set->shardName;
    host.state = number == 0 ? "PRIMARY" : "SECONDARY";
    if (set->config)
        host.typeName = number == 0 ? "SHARD_CONFIG_PRIMARY" : "SHARD_CONFIG_SECONDARY";
    else
        host.typeName = (cluster.sharded ? "SHARD_" : "REPLICA_") + host.state;
    return host;
}

std::uint64_t archiveSize(const Options &options, std::size_t part, bool config)
{
    if (config)
        return options.configSize.value_or(options.archiveSizes.front() / 8);
    const auto &sizes = options.archiveSizes;
    if (sizes.size() > 1)
        return sizes[std::min(part, sizes.size() - 1)];
    return part == 0 ? sizes.front() : sizes.front() / 10 * 8;
}

Cluster makeCluster(const Options &options, const ClusterPlan &plan)
{
    Cluster cluster;
    cluster.name = plan.name;
    cluster.id = idFor("cluster " + cluster.name);
    cluster.projectId = idFor(std::string("project ") + plan.project);
    cluster.sharded = plan.sharded;
    cluster.version = plan.version;
    cluster.fcv = plan.fcv;
    cluster.backup = plan.backup;
    if (plan.sharded) {
        for (std::size_t shard = 0; shard < 2; ++shard) {
            const std::string name = cluster.name + "_" + std::to_string(shard);
            cluster.sets.push_back({idFor("set " + name), name, name, false, archiveSize(options, shard, false)});
        }
        const std::string name = cluster.name + "-config";
        cluster.sets.push_back({idFor("set " + name), name, "config", true, archiveSize(options, 2, true)});
    } else {
        cluster.sets.push_back({cluster.id, cluster.name, "", false, archiveSize(options, 0, false)});
    }
    for (const auto &set : cluster.sets) {
        for (int number = 0; number < 3; ++number)
            cluster.hosts.push_back(makeHost(cluster, &set, number));
    }
    for (int number = 0; plan.sharded && number < 2; ++number)
        cluster.hosts.push_back(makeHost(cluster, nullptr, number));
    return cluster;
}

/// Snapshots each six hours, then daily; counted from the newest, so that ids stay the same.
void addSnapshots(World &world, const Cluster &cluster)
{
    constexpr int hoursAgo[] = {1, 7, 13, 19, 25, 31, 50, 74, 98, 122};
    int index = 0;
    for (const int hoursBack : hoursAgo) {
        Snapshot snapshot;
        const std::string name = cluster.name + " " + std::to_string(index);
        snapshot.id = idFor("snapshot " + name);
        snapshot.clusterId = cluster.id;
        // A stopped backup has only old snapshots.
        const auto age = hours(cluster.backup == "STOPPED" ? hoursBack + 90 : hoursBack) + minutes(23) + seconds(17);
        snapshot.created = {epochSeconds(world.start - age), 1 + index % 4};
        snapshot.expires = fromEpochSeconds(snapshot.created.seconds) + hours(24 * (hoursBack < 48 ? 9 : 35));
        for (const auto &set : cluster.sets)
            snapshot.parts.push_back({cluster.sharded ? idFor("snapshot " + name + " " + set.name) : snapshot.id,
                                      set.id, set.archiveBytes / 10 * 13});
        if (cluster.name == "ledger" && index == 2) {
            snapshot.encrypted = true;
        } else if (cluster.name == "ledger" && index == 3) {
            // One that expires soon: a link must not outlive it.
            snapshot.expires = world.start + hours(3);
        } else if (cluster.name == "ledger" && index == 4) {
            snapshot.doNotDelete = true;
        } else if (cluster.sharded && index == 1) {
            snapshot.inconsistent = true;
        } else if (cluster.sharded && index == 5) {
            snapshot.missingSets.push_back(cluster.sets[1].id);
            snapshot.parts.erase(snapshot.parts.begin() + 1);
        }
        world.snapshots.push_back(snapshot);
        ++index;
    }
    if (cluster.backup == "STOPPED")
        return;
    Snapshot unfinished = world.snapshots[world.snapshots.size() - static_cast<std::size_t>(index)];
    const std::string name = cluster.name + " unfinished";
    unfinished.id = idFor("snapshot " + name);
    unfinished.created = {epochSeconds(world.start - minutes(4)), 1};
    unfinished.expires = world.start + hours(48);
    unfinished.complete = false;
    for (auto &part : unfinished.parts)
        part.snapshotId = cluster.sharded ? idFor("snapshot " + name + " " + part.setId) : unfinished.id;
    world.snapshots.push_back(unfinished);

    Snapshot deleted = unfinished;
    deleted.id = idFor("snapshot " + cluster.name + " deleted");
    deleted.created = {epochSeconds(world.start - hours(400)), 1};
    deleted.expires = world.start - hours(30);
    deleted.complete = true;
    deleted.deleted = true;
    world.snapshots.push_back(deleted);
}

void addCheckpoints(World &world, const Cluster &cluster)
{
    for (int index = 0; index < 12; ++index) {
        Checkpoint checkpoint;
        checkpoint.id = idFor("checkpoint " + cluster.name + " " + std::to_string(index));
        checkpoint.clusterId = cluster.id;
        checkpoint.timestamp = fromEpochSeconds(epochSeconds(world.start - minutes(12 + 15 * index)));
        // The newest is not finished yet, and during one the balancer could not be stopped.
        checkpoint.finished = index != 0;
        checkpoint.restorable = index != 0 && index != 4;
        world.checkpoints.push_back(checkpoint);
    }
}

} // namespace

World buildWorld(const Options &options, Time start)
{
    World world;
    world.start = start;
    world.orgId = idFor("organization");
    world.orgName = "Example Retail";
    world.projects = {{idFor("project Shop"), "Shop", {"production"}},
                      {idFor("project Restore drills"), "Restore drills", {"staging"}}};
    for (const auto &plan : plans)
        world.clusters.push_back(makeCluster(options, plan));
    for (int number = 1; number <= options.moreClusters; ++number) {
        const std::string name = "service-" + std::to_string(number);
        world.clusters.push_back(makeCluster(options, {name.c_str(), "Shop", false, "6.0.14", "6.0", "STARTED"}));
    }
    for (const auto &cluster : world.clusters) {
        if (cluster.backedUp())
            addSnapshots(world, cluster);
        if (cluster.backedUp() && cluster.fcv == "4.0")
            addCheckpoints(world, cluster);
    }
    std::stable_sort(world.snapshots.begin(), world.snapshots.end(),
                     [](const Snapshot &a, const Snapshot &b) { return a.created > b.created; });
    // The oplog was not kept for a while eight hours ago; the next snapshot opens the second range.
    world.gapStart = epochSeconds(start - hours(8) - minutes(20));
    world.gapEnd = epochSeconds(start - hours(7) - minutes(30));
    return world;
}

} // namespace tidemark::demo
