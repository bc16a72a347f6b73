#include "demo/api.h"
#include "demo/measurements.h"

#include <algorithm>

// Hosts, what is measured on them, and the agents there.
namespace tidemark::demo {

using namespace std::chrono;

Answer Api::hosts(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (!call.is("GET"))
        return notAllowed("GET");
    const Time now = call.now;
    const std::string wanted = call.query.get("clusterId");
    std::vector<Json> found;
    for (const auto &cluster : m_world.clusters) {
        if (cluster.projectId != project.id)
            continue;
        for (const auto &host : cluster.hosts) {
            if (segments.size() >= 4 && host.id == segments[3])
                return segments.size() == 4 ? Answer(200, m_documents.host(host, cluster, now))
                                            : insideHost(call, host, cluster);
            if (wanted.empty() || wanted == cluster.id || wanted == host.setId)
                found.push_back(m_documents.host(host, cluster, now));
        }
    }
    if (segments.size() == 3)
        return page(call, found);
    return ApiError{404, "HOST_NOT_FOUND", "No host with ID " + segments[3] + " exists.", {segments[3]}};
}

Answer Api::insideHost(const Call &call, const Host &host, const Cluster &cluster)
{
    const auto &segments = call.segments;
    const std::string &part = segments[4];
    if (part == "measurements" && segments.size() == 5)
        return measurements(call, host, cluster, {}, {});
    if (part == "databases" && segments.size() <= 7)
        return databases(call, host, cluster);
    if (part == "disks" && segments.size() <= 7)
        return disks(call, host, cluster);
    if (part == "restoreJobs" && segments.size() <= 6)
        return hostJobs(call, host, cluster);
    return notFound(call);
}

Answer Api::databases(const Call &call, const Host &host, const Cluster &cluster)
{
    const auto &segments = call.segments;
    const std::string path = "/groups/" + cluster.projectId + "/hosts/" + host.id + "/databases/";
    std::vector<Json> all;
    for (const auto &name : databaseNames()) {
        const Json links =
            Json::array({{{"href", m_documents.apiPrefix() + path + percentEncoded(name)}, {"rel", "self"}}});
        if (segments.size() == 6 && segments[5] == name)
            return {200, Json{{"databaseName", name}, {"links", links}}};
        if (segments.size() == 7 && segments[5] == name && segments[6] == "measurements")
            return measurements(call, host, cluster, name, {});
        all.push_back({{"databaseName", name}, {"links", links}});
    }
    if (segments.size() == 5)
        return page(call, all);
    return ApiError{404, "DATABASE_NOT_FOUND", "No database with name " + segments[5] + " exists.", {segments[5]}};
}

Answer Api::disks(const Call &call, const Host &host, const Cluster &cluster)
{
    const auto &segments = call.segments;
    const std::string path = "/groups/" + cluster.projectId + "/hosts/" + host.id + "/disks/";
    std::vector<Json> all;
    for (const auto &name : partitionNames()) {
        const Json links =
            Json::array({{{"href", m_documents.apiPrefix() + path + percentEncoded(name)}, {"rel", "self"}}});
        if (segments.size() == 6 && segments[5] == name)
            return {200, Json{{"links", links}, {"partitionName", name}}};
        if (segments.size() == 7 && segments[5] == name && segments[6] == "measurements")
            return measurements(call, host, cluster, {}, name);
        all.push_back({{"links", links}, {"partitionName", name}});
    }
    if (segments.size() == 5)
        return page(call, all);
    return ApiError{404, "DEVICE_NOT_FOUND", "No device with name " + segments[5] + " exists.", {segments[5]}};
}

Answer Api::measurements(const Call &call, const Host &host, const Cluster &cluster, const std::string &database,
                         const std::string &partition)
{
    if (m_world.project(cluster.projectId)->name == m_options.unwatchedProject)
        return ApiError{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    Subject subject;
    subject.what = !database.empty()    ? Measured::Database
                   : !partition.empty() ? Measured::Partition
                                        : Measured::Process;
    subject.database = database;
    const auto &tags = m_world.project(cluster.projectId)->tags;
    subject.isIdle = std::find(tags.begin(), tags.end(), "production") == tags.end();
    if (subject.what == Measured::Process && cluster.name == accidentCluster && host.state == "PRIMARY")
        subject.accident = accidentOf(m_world);
    const auto read = measurementsFor(subject, call.query, call.now);
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    Json document = std::get<Json>(read);
    document["groupId"] = cluster.projectId;
    document["hostId"] = host.id;
    document["links"] = Json::array({{{"href", m_documents.apiPrefix() + call.path}, {"rel", "self"}}});
    document["processId"] = host.name + ":" + std::to_string(host.port);
    if (!database.empty())
        document["databaseName"] = database;
    if (!partition.empty())
        document["partitionName"] = partition;
    return {200, document};
}

/// "Create Restore Job for SCCC": only mirrored config servers have jobs of their own.
Answer Api::hostJobs(const Call &call, const Host &host, const Cluster &)
{
    const Host *mirrored = m_documents.mirroredConfigHost(host.setId);
    if (!mirrored || mirrored->id != host.id)
        return ApiError{404, "NOT_CONFIG_SERVER", "Host " + host.id + " is not a config server.", {host.id}};
    std::vector<Json> found;
    for (const auto &job : m_jobs.list(host.setId, call.query.get("batchId"), call.now)) {
        if (call.segments.size() == 6 && job.id == call.segments[5])
            return {200, m_documents.job(job, call.now)};
        found.push_back(m_documents.job(job, call.now));
    }
    if (call.segments.size() == 5)
        return page(call, found);
    return ApiError{404,
                    "CONFIG_RESTORE_JOB_NOT_FOUND",
                    "No restore job with ID " + call.segments[5] + " exists for config server " + host.id + ".",
                    {call.segments[5], host.id}};
}

Answer Api::agents(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() > 4)
        return notFound(call);
    if (!call.is("GET"))
        return notAllowed("GET");
    const std::string base = m_documents.apiPrefix() + "/groups/" + project.id + "/agents";
    if (segments.size() == 3) {
        Json links = Json::array({{{"href", base}, {"rel", "self"}}});
        for (const char *type : {"monitoring", "backup", "automation"})
            links.push_back({{"href", base + "/" + upper(type)},
                             {"rel", "http://mms.mongodb.com/" + std::string(type) + "Agents"}});
        return {200, Json{{"links", links}, {"results", Json::array()}, {"totalCount", 0}}};
    }
    if (segments[3] == "versions")
        return agentVersions(call, project);
    const std::string &type = segments[3];
    if (type != "AUTOMATION" && type != "BACKUP" && type != "MONITORING")
        return ApiError{
            400, "INVALID_AGENT_TYPE_NAME", "An invalid agent type name " + type + " was specified.", {type}};
    std::vector<Json> all;
    for (const auto &cluster : m_world.clusters) {
        if (cluster.projectId != project.id || cluster.name == m_options.agentlessCluster)
            continue;
        const bool isSilent = cluster.name == m_options.silentCluster;
        const Time lastConf = isSilent ? m_world.start - seconds(3600) : call.now - seconds(20);
        for (const auto &host : cluster.hosts) {
            Json document{{"confCount", 18211},
                          {"hostname", host.name},
                          {"lastConf", isoTime(lastConf)},
                          {"stateName", "ACTIVE"},
                          {"typeName", type}};
            if (type != "AUTOMATION") {
                // One of them works, the others stand by.
                document["isManaged"] = true;
                document["stateName"] = all.empty() ? "ACTIVE" : "STANDBY";
            }
            if (type == "MONITORING") {
                document["lastPing"] = isoTime(call.now - seconds(15));
                document["pingCount"] = 9120;
            }
            all.push_back(document);
        }
    }
    return page(call, all);
}

Answer Api::agentVersions(const Call &call, const Project &project)
{
    Json entries = Json::array();
    for (const auto &cluster : m_world.clusters) {
        if (cluster.projectId != project.id)
            continue;
        for (const auto &host : cluster.hosts) {
            entries.push_back({{"address", host.name},
                               {"hostname", host.name},
                               {"hostnameShort", host.name.substr(0, host.name.find('.'))},
                               {"isManaged", true},
                               {"isPrimary", entries.empty()},
                               {"isVersionDeprecated", false},
                               {"isVersionOld", false},
                               {"lastConf", epochSeconds(call.now - seconds(20))},
                               {"lastPing", epochSeconds(call.now - seconds(15))},
                               {"msSinceLastConf", 20000},
                               {"numProcess", 1},
                               {"version", "13.38.0.9654-1"}});
        }
    }
    const auto count = entries.size();
    return {200, Json{{"count", count},
                      {"entries", std::move(entries)},
                      {"isAnyAgentNotManaged", false},
                      {"isAnyAgentVersionDeprecated", false},
                      {"isAnyAgentVersionOld", false},
                      {"minimumAgentVersionDetected", "13.38.0.9654-1"},
                      {"minimumVersion", "12.0.34.7888-1"}}};
}

} // namespace tidemark::demo
