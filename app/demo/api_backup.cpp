#include "demo/api.h"

#include "demo/server_version.h"

#include <algorithm>

// The calls of the Public API about what is backed up and restored.
namespace tidemark::demo {

Answer Api::snapshots(const Call &call, const Cluster &cluster, const std::string &clusterId)
{
    if (call.segments.size() == 6 && call.segments[5] == "onDemandSnapshot")
        return takeSnapshot(call, cluster, clusterId);
    const bool changes = call.segments.size() == 6 && call.is("PATCH");
    if (!call.is("GET") && !changes)
        return notAllowed(call.segments.size() == 6 ? "GET, PATCH" : "GET");
    const ReplicaSet *part = cluster.id == clusterId ? nullptr : m_world.replicaSet(clusterId);
    const bool one = call.segments.size() == 6;
    const std::string id = one ? call.segments[5] : "";
    if (one && !isHex(id, 24))
        return ApiError{404, "INVALID_SNAPSHOT_ID", "An invalid snapshot ID " + id + " was specified.", {id}};
    const std::string completed = call.query.has("completed") ? call.query.get("completed") : "true";
    if (completed != "true" && completed != "false" && completed != "all")
        return ApiError{
            400, "INVALID_QUERY_PARAMETER", "An invalid query parameter completed was specified.", {"completed"}};
    std::vector<Json> found;
    for (auto &snapshot : m_world.snapshots) {
        if (snapshot.clusterId != cluster.id || snapshot.deleted)
            continue;
        if (part && std::none_of(snapshot.parts.begin(), snapshot.parts.end(),
                                 [&](const SnapshotPart &p) { return p.setId == part->id; }))
            continue;
        const Json document = m_documents.snapshot(snapshot, part);
        if (one && document["id"] == id)
            return changes ? changeSnapshot(call, snapshot) : Answer(200, document);
        if (completed == "all" || snapshot.complete == (completed == "true"))
            found.push_back(document);
    }
    if (!one)
        return page(call, found);
    return ApiError{404,
                    "SNAPSHOT_NOT_FOUND",
                    "No snapshot with ID " + id + " exists for cluster " + clusterId + ".",
                    {id, clusterId}};
}

Answer Api::checkpoints(const Call &call, const Cluster &cluster)
{
    if (!call.is("GET"))
        return notAllowed("GET");
    if (!cluster.sharded)
        return ApiError{400, "NOT_SHARDED", "Cluster " + cluster.id + " is not a sharded cluster.", {cluster.id}};
    const bool one = call.segments.size() == 6;
    const std::string id = one ? call.segments[5] : "";
    if (one && !isHex(id, 24))
        return ApiError{404, "INVALID_CHECKPOINT_ID", "An invalid checkpoint ID " + id + " was specified.", {id}};
    std::vector<Json> found;
    for (const auto &checkpoint : m_world.checkpoints) {
        if (checkpoint.clusterId != cluster.id)
            continue;
        if (one && checkpoint.id == id)
            return {200, m_documents.checkpoint(checkpoint)};
        found.push_back(m_documents.checkpoint(checkpoint));
    }
    if (!one)
        return page(call, found);
    return ApiError{404,
                    "CHECKPOINT_NOT_FOUND",
                    "No checkpoint with ID " + id + " exists for cluster " + cluster.id + ".",
                    {id, cluster.id}};
}

Answer Api::restoreJobs(const Call &call, const Cluster &cluster, const std::string &clusterId)
{
    const Time now = call.now;
    const ApiError unauthorized{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    if (call.segments.size() == 5) {
        if (call.is("POST"))
            return call.caller.role == Role::BackupAdmin ? createJob(call, clusterId) : Answer(unauthorized);
        if (!call.is("GET"))
            return notAllowed("GET, POST");
        const std::string batch = call.query.get("batchId");
        std::vector<Json> found;
        for (const auto &job : m_jobs.list(clusterId, batch, now))
            found.push_back(m_documents.job(job, now));
        return page(call, found);
    }
    const std::string &id = call.segments[5];
    if (id == "restorableTimeRanges") {
        if (!m_options.timeRanges || !offers(m_options, Capability::TimeRanges))
            return notFound(call);
        if (!call.is("POST"))
            return notAllowed("POST");
        if (call.caller.role != Role::BackupAdmin)
            return unauthorized;
        Json ranges = Json::array();
        for (const auto &range : restorableRanges(m_world, cluster, now))
            ranges.push_back(m_documents.range(range, cluster));
        return {200, ranges};
    }
    if (!call.is("GET"))
        return notAllowed("GET");
    if (!isHex(id, 24))
        return ApiError{404, "INVALID_JOB_ID", "An invalid restore job ID " + id + " was specified.", {id}};
    const auto job = m_jobs.find(id, now);
    const bool atCluster = job && job->clusterId == clusterId && m_options.shardJobPath != "shard";
    const bool atShard =
        job && job->setId == clusterId && (m_options.shardJobPath != "cluster" || job->setId == job->clusterId);
    if (atCluster || atShard)
        return {200, m_documents.job(*job, now)};
    return ApiError{404,
                    "RESTORE_JOB_NOT_FOUND",
                    "No restore job with ID " + id + " exists for cluster " + clusterId + ".",
                    {id, clusterId}};
}

std::optional<ApiError> Api::concurrent(const RestoreOrder &order, Time now) const
{
    if (!order.automated || !m_options.refuseConcurrent)
        return std::nullopt;
    std::vector<std::string> ids;
    for (const auto &job : m_jobs.all()) {
        if (job.targetClusterId == order.target->id && isRestoring(job, m_options, now))
            ids.push_back(job.id);
    }
    if (ids.empty())
        return std::nullopt;
    ApiError error{m_options.concurrentStatus,
                   "CONCURRENT_RESTORES_JOB_IDS",
                   "The cluster " + order.target->id + " is being restored by another job",
                   {}};
    if (offers(m_options, Capability::ConcurrentJobs)) {
        for (const auto &id : ids)
            error.detail += (id == ids.front() ? ": " : ", ") + id;
        error.parameters = ids;
    }
    error.detail += ".";
    return error;
}

Answer Api::createJob(const Call &call, const std::string &clusterId)
{
    const auto read = readOrder({m_world, m_options, call.now}, clusterId, call.request.body);
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    const auto &order = std::get<RestoreOrder>(read);
    if (const auto error = concurrent(order, call.now))
        return *error;
    const auto jobs = m_jobs.create(order, {call.caller.publicKey, {}, call.caller.address}, call.now);
    std::vector<Json> documents;
    for (const auto &job : jobs)
        documents.push_back(m_documents.job(job, call.now));
    if (m_options.createAnswer == "one" && documents.size() > 1)
        documents.resize(1);
    if (m_options.createAnswer == "none")
        documents.clear();
    auto answer = page(call, documents);
    answer.status = m_options.createStatus;
    if (m_options.answers == "documented" && m_options.createAnswer != "none") {
        answer.text = m_documents.documentedCreateAnswer(jobs.front());
        answer.body = Json::parse(answer.text);
    }
    return answer;
}

} // namespace tidemark::demo
