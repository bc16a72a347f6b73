#include "demo/events.h"

#include <algorithm>
#include <set>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

bool isOf(const Job &job, const std::string &projectId, const std::string &whose)
{
    const bool source = job.projectId == projectId;
    if (!job.automated || whose == "source")
        return source;
    const bool target = job.targetProjectId == projectId;
    return whose == "target" ? target : source || target;
}

/// Why there is a gap in what can be restored, as the server tells it: the backup could not follow the oplog.
void addGapEvents(std::vector<Event> &events, const World &world, const std::string &projectId)
{
    for (const auto &cluster : world.clusters) {
        if (cluster.projectId != projectId || cluster.backup != "STARTED")
            continue;
        for (const auto &[type, at] : {std::pair{"OPLOG_BEHIND", world.gapStart + 75},
                                       {"RESYNC_REQUIRED", world.gapStart + 260},
                                       {"OPLOG_CURRENT", world.gapEnd}})
            events.push_back({idFor(std::string("event ") + type + " " + cluster.id),
                              fromEpochSeconds(at),
                              type,
                              projectId,
                              &cluster,
                              &cluster.sets.front(),
                              {}});
    }
}

} // namespace

std::vector<Event> projectEvents(const World &world, const Options &options, const std::vector<Job> &jobs,
                                 const std::string &projectId, Time now)
{
    const auto delay = milliseconds(static_cast<std::int64_t>(options.eventDelaySeconds * 1000));
    std::vector<Event> events;
    addGapEvents(events, world, projectId);
    std::set<std::string> published; ///< batches, and jobs without one
    for (const auto &job : jobs) {
        const auto add = [&](const char *type, Time created, const Orderer &orderer) {
            events.push_back({idFor(std::string("event ") + type + " " + projectId + " " + job.id), created, type,
                              projectId, world.cluster(job.clusterId), world.replicaSet(job.setId), orderer});
        };
        if (isOf(job, projectId, options.eventProject) && job.created + delay <= now)
            add("RESTORE_REQUESTED_AUDIT", job.created, job.orderer);
        const bool told = job.automated && job.endsAs != "BROKEN" && job.targetProjectId == projectId &&
                          job.handOverAt + delay <= now;
        if (told && published.insert(job.batchId.empty() ? job.id : job.batchId).second) {
            add("AUTOMATION_CONFIG_PUBLISHED_AUDIT", job.handOverAt, {});
            events.back().cluster = nullptr;
            events.back().set = nullptr;
        }
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const Event &a, const Event &b) { return a.created > b.created; });
    return events;
}

bool isEventType(const std::string &name)
{
    static const std::set<std::string> known{
        "RESTORE_REQUESTED_AUDIT",
        "AUTOMATION_CONFIG_PUBLISHED_AUDIT",
        "SNAPSHOT_DELETED_AUDIT",
        "SNAPSHOT_EXPIRY_UPDATED_AUDIT",
        "CLUSTERSHOT_DELETED_AUDIT",
        "CLUSTERSHOT_EXPIRY_UPDATED_AUDIT",
        "GOOD_CLUSTERSHOT",
        "BAD_CLUSTERSHOTS",
        "RS_SNAPSHOT_SCHEDULE_UPDATED_AUDIT",
        "CLUSTER_SNAPSHOT_SCHEDULE_UPDATED_AUDIT",
        "RS_STATE_CHANGED_AUDIT",
        "CLUSTER_STATE_CHANGED_AUDIT",
        "CONSISTENT_BACKUP_CONFIGURATION",
        "INCONSISTENT_BACKUP_CONFIGURATION",
        "OPLOG_BEHIND",
        "OPLOG_CURRENT",
        "RESYNC_REQUIRED",
        "RESYNC_PERFORMED",
        "SYNC_REQUIRED_AUDIT",
        "SYNC_PENDING_AUDIT",
        "INITIAL_SYNC_STARTED_AUDIT",
        "INITIAL_SYNC_FINISHED_AUDIT",
        "DATA_EXPLORER",
        "DATA_EXPLORER_CRUD",
        "CLUSTER_CHECKKPOINT_UPDATED_AUDIT",
        "HOST_RESTARTED",
        "HOST_DOWN",
        "HOST_UP",
        "HOST_RECOVERING",
        "HOST_RECOVERED",
        "HOST_ROLLBACK",
        "HOST_NOW_PRIMARY",
        "HOST_NOW_SECONDARY",
        "HOST_NOW_STANDALONE",
        "HOST_UPGRADED",
        "HOST_DOWNGRADED",
        "VERSION_CHANGED",
        "NEW_HOST",
        "ADD_HOST_AUDIT",
        "DELETE_HOST_AUDIT",
        "UNDELETE_HOST_AUDIT",
        "PAUSE_HOST_AUDIT",
        "RESUME_HOST_AUDIT",
        "DISABLE_HOST_AUDIT",
        "SHARD_ADDED",
        "SHARD_REMOVED",
        "MEMBER_ADDED",
        "MEMBER_REMOVED",
        "CONFIGURATION_CHANGED",
        "ADD_HOST_TO_REPLICA_SET_AUDIT",
        "REMOVE_HOST_FROM_REPLICA_SET_AUDIT",
        "PRIMARY_ELECTED",
        "ONE_PRIMARY",
        "NO_PRIMARY",
        "MULTIPLE_PRIMARIES",
        "TOO_MANY_ELECTIONS",
        "AUTOMATION_AGENT_DOWN",
        "AUTOMATION_AGENT_UP",
        "BACKUP_AGENT_DOWN",
        "BACKUP_AGENT_UP",
        "BACKUP_AGENT_CONF_CALL_FAILURE",
        "MONITORING_AGENT_DOWN",
        "MONITORING_AGENT_UP",
        "NEW_AGENT",
    };
    return known.count(name) != 0;
}

} // namespace tidemark::demo
