#include "series/gap_cause.h"

#include <QHash>

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace tidemark {

namespace {

constexpr qint64 Around = 15 * 60; // seconds before and after the beginning

/// 0: the backup itself, 1: the set, 2: its hosts and agents.
const QHash<QString, int> &causes()
{
    static const QHash<QString, int> ranks = [] {
        QHash<QString, int> all;
        for (const char *type : {"OPLOG_BEHIND", "RESYNC_REQUIRED", "RESYNC_PERFORMED", "SYNC_REQUIRED_AUDIT",
                                 "SYNC_PENDING_AUDIT", "INITIAL_SYNC_STARTED_AUDIT", "RS_STATE_CHANGED_AUDIT",
                                 "CLUSTER_STATE_CHANGED_AUDIT", "INCONSISTENT_BACKUP_CONFIGURATION"})
            all.insert(QLatin1String(type), 0);
        for (const char *type :
             {"SHARD_ADDED", "SHARD_REMOVED", "MEMBER_ADDED", "MEMBER_REMOVED", "CONFIGURATION_CHANGED",
              "ADD_HOST_TO_REPLICA_SET_AUDIT", "REMOVE_HOST_FROM_REPLICA_SET_AUDIT", "HOST_ROLLBACK", "NO_PRIMARY"})
            all.insert(QLatin1String(type), 1);
        for (const char *type : {"HOST_DOWN", "BACKUP_AGENT_DOWN", "AUTOMATION_AGENT_DOWN", "HOST_RESTARTED",
                                 "PRIMARY_ELECTED", "AUTOMATION_CONFIG_PUBLISHED_AUDIT"})
            all.insert(QLatin1String(type), 2);
        return all;
    }();
    return ranks;
}

} // namespace

bool concerns(const ProjectEvent &event, const Cluster &cluster)
{
    if (event.clusterId.isEmpty() && event.clusterName.isEmpty())
        return true;
    return event.clusterId == cluster.id || (!event.clusterName.isEmpty() && event.clusterName == cluster.name) ||
           std::any_of(cluster.shards.begin(), cluster.shards.end(),
                       [&](const Cluster &shard) { return shard.id == event.clusterId; });
}

std::optional<ProjectEvent> likelyCause(qint64 gapFrom, qint64 gapTo, const std::vector<ProjectEvent> &events)
{
    const ProjectEvent *best = nullptr;
    std::tuple<int, qint64> bestWeight;
    for (const ProjectEvent &event : events) {
        const qint64 at = event.created.toSecsSinceEpoch();
        const auto rank = causes().constFind(event.typeName);
        if (rank == causes().constEnd() || at < gapFrom - Around || at > std::min(gapFrom + Around, gapTo))
            continue;
        const std::tuple<int, qint64> weight(*rank, std::abs(at - gapFrom));
        if (!best || weight < bestWeight) {
            best = &event;
            bestWeight = weight;
        }
    }
    return best ? std::optional(*best) : std::nullopt;
}

QStringList markedEventTypes()
{
    QStringList types = causes().keys();
    for (const char *type : {"OPLOG_CURRENT", "INITIAL_SYNC_FINISHED_AUDIT", "RESTORE_REQUESTED_AUDIT",
                             "SNAPSHOT_DELETED_AUDIT", "DATA_EXPLORER_CRUD", "HOST_UP", "VERSION_CHANGED"})
        types << QLatin1String(type);
    types.sort();
    return types;
}

} // namespace tidemark
