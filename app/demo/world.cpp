#include "demo/world.h"

#include "demo/crypto.h"

#include <algorithm>

namespace tidemark::demo {

const Project *World::project(const std::string &id) const
{
    const auto found = std::find_if(projects.begin(), projects.end(), [&](const auto &p) { return p.id == id; });
    return found == projects.end() ? nullptr : &*found;
}

const Cluster *World::cluster(const std::string &anyId) const
{
    for (const auto &cluster : clusters) {
        if (cluster.id == anyId ||
            std::any_of(cluster.sets.begin(), cluster.sets.end(), [&](const auto &set) { return set.id == anyId; }))
            return &cluster;
    }
    return nullptr;
}

const ReplicaSet *World::replicaSet(const std::string &id) const
{
    for (const auto &cluster : clusters) {
        for (const auto &set : cluster.sets) {
            if (set.id == id)
                return &set;
        }
    }
    return nullptr;
}

const Snapshot *World::snapshot(const std::string &id) const
{
    const auto found = std::find_if(snapshots.begin(), snapshots.end(), [&](const auto &s) { return s.id == id; });
    return found == snapshots.end() ? nullptr : &*found;
}

const Checkpoint *World::checkpoint(const std::string &id) const
{
    const auto found = std::find_if(checkpoints.begin(), checkpoints.end(), [&](const auto &c) { return c.id == id; });
    return found == checkpoints.end() ? nullptr : &*found;
}

std::string idFor(const std::string &name)
{
    return "60" + hashHex(HashKind::Sha1, "stand-in " + name).substr(0, 22);
}

std::vector<TimeRange> restorableRanges(const World &world, const Cluster &cluster, Time now)
{
    std::vector<TimeRange> ranges;
    if (cluster.backup != "STARTED" || (cluster.sharded && compareVersions(cluster.fcv, "4.2") < 0))
        return ranges;
    // A range begins at a snapshot and ends where the oplog does: at the gap, or shortly before now. The oldest oplog
    // is kept from the last snapshot before the window on.
    const std::int64_t windowStart = epochSeconds(now) - pointInTimeWindowHours * 3600;
    const Snapshot *beforeGap = nullptr;
    const Snapshot *afterGap = nullptr;
    for (auto s = world.snapshots.rbegin(); s != world.snapshots.rend(); ++s) {
        if (s->clusterId != cluster.id || !s->complete || s->deleted)
            continue;
        if ((s->created.seconds <= windowStart || !beforeGap) && s->created.seconds < world.gapStart)
            beforeGap = &*s;
        if (!afterGap && s->created.seconds >= world.gapEnd)
            afterGap = &*s;
    }
    const std::int64_t end = epochSeconds(now) - 20;
    if (beforeGap && world.gapStart > windowStart)
        ranges.push_back({beforeGap->created, {world.gapStart, 3}, beforeGap->id});
    if (afterGap && end > afterGap->created.seconds)
        ranges.push_back({afterGap->created, {end, 7}, afterGap->id});
    return ranges;
}

int compareVersions(const std::string &left, const std::string &right)
{
    const auto a = split(left, '.');
    const auto b = split(right, '.');
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        const auto x = i < a.size() ? parseInteger(a[i]).value_or(0) : 0;
        const auto y = i < b.size() ? parseInteger(b[i]).value_or(0) : 0;
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

} // namespace tidemark::demo
