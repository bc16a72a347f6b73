#include "series/gap_cause.h"

#include <QHash>

#include <algorithm>
#include <iterator>

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

GapCauses::GapCauses(const std::vector<ProjectEvent> &events)
{
    for (const ProjectEvent &event : events) {
        if (const auto rank = causes().constFind(event.typeName); rank != causes().constEnd())
            m_byRank[size_t(*rank)].push_back({event.created.toSecsSinceEpoch(), event});
    }
    for (std::vector<Happened> &all : m_byRank)
        std::ranges::stable_sort(all, {}, &Happened::at);
}

const ProjectEvent *GapCauses::of(qint64 gapFrom, qint64 gapTo) const
{
    const qint64 first = gapFrom - Around;
    const qint64 last = std::min(gapFrom + Around, gapTo);
    for (const std::vector<Happened> &all : m_byRank) {
        const auto after = std::ranges::lower_bound(all, gapFrom, {}, &Happened::at);
        const bool isAfter = after != all.end() && after->at <= last;
        const bool isBefore = after != all.begin() && std::prev(after)->at >= first;
        if (isBefore && (!isAfter || gapFrom - std::prev(after)->at <= after->at - gapFrom))
            return &std::prev(after)->event;
        if (isAfter)
            return &after->event;
    }
    return nullptr;
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
