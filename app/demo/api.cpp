#include "demo/api.h"

#include <algorithm>

namespace tidemark::demo {

namespace {

ApiError unknown(const std::string &code, const std::string &what, const std::string &id)
{
    return {404, code, "No " + what + " with ID " + id + " exists.", {id}};
}

ApiError malformed(const std::string &code, const std::string &what, const std::string &id)
{
    return {404, code, "An invalid " + what + " ID " + id + " was specified.", {id}};
}

bool hasBody(const httplib::Request &request)
{
    const std::string length = request.get_header_value("Content-Length");
    return request.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

bool isJson(const std::string &contentType)
{
    return lower(trim(contentType.substr(0, contentType.find(';')))) == "application/json";
}

} // namespace

Api::Api(World &world, const Options &options, JobStore &jobs, const Documents &documents)
    : m_world(world)
    , m_options(options)
    , m_jobs(jobs)
    , m_documents(documents)
{
}

Answer Api::notAllowed(const std::string &allowed) const
{
    Answer answer(ApiError{405, "", "HTTP 405 Method Not Allowed", {}});
    answer.headers.emplace_back("Allow", allowed);
    return answer;
}

Answer Api::notFound(const Call &call) const
{
    return ApiError{404, "RESOURCE_NOT_FOUND", "Cannot find resource " + call.request.path + ".", {call.request.path}};
}

Answer Api::page(const Call &call, const std::vector<Json> &all) const
{
    const auto parameter = [&](const std::string &name, std::int64_t fallback) -> std::optional<std::int64_t> {
        if (!call.query.has(name))
            return fallback;
        const auto value = parseInteger(call.query.get(name));
        return value && *value >= 1 ? value : std::nullopt;
    };
    const auto number = parameter("pageNum", 1);
    const auto size = parameter("itemsPerPage", 100);
    if (!number || !size) {
        const std::string name = number ? "itemsPerPage" : "pageNum";
        return ApiError{
            400, "INVALID_QUERY_PARAMETER", "An invalid query parameter " + name + " was specified.", {name}};
    }
    const auto perPage = static_cast<std::size_t>(std::min<std::int64_t>(*size, 500));
    const auto first = static_cast<std::size_t>(std::min<std::int64_t>(*number - 1, 1'000'000)) * perPage;
    Json results = Json::array();
    for (std::size_t i = first; i < std::min(all.size(), first + perPage); ++i)
        results.push_back(all[i]);
    const auto link = [&](const std::string &rel, std::int64_t pageNumber) {
        std::string query = "?pageNum=" + std::to_string(pageNumber) + "&itemsPerPage=" + std::to_string(perPage);
        for (const auto &[name, value] : call.query.items()) {
            if (name != "pageNum" && name != "itemsPerPage")
                query += "&" + percentEncoded(name) + "=" + percentEncoded(value);
        }
        return Json{{"href", m_documents.apiPrefix() + call.path + query}, {"rel", rel}};
    };
    Json links = Json::array({link("self", *number)});
    if (*number > 1)
        links.push_back(link("previous", *number - 1));
    if (first + perPage < all.size())
        links.push_back(link("next", *number + 1));
    Json body{{"links", links}, {"results", results}};
    if (call.query.get("includeCount") != "false")
        body["totalCount"] = all.size();
    return {200, body};
}

Answer Api::answer(const httplib::Request &request, const std::string &path, const Caller &caller, Time now)
{
    Call call{request, path, {}, caller, now, Query(request.target)};
    if (hasBody(request) && !isJson(request.get_header_value("Content-Type")))
        return ApiError{415, "", "HTTP 415 Unsupported Media Type", {}};
    // The library has decoded the path already: a name with a slash in it can be told from two only as it was sent.
    const std::string sent = request.target.substr(0, request.target.find('?'));
    const std::size_t prefix = request.path.size() - path.size();
    for (const auto &segment : split(sent.substr(std::min(prefix, sent.size())), '/')) {
        if (!segment.empty())
            call.segments.push_back(percentDecoded(segment));
    }
    const std::lock_guard lock(m_mutex);
    finishSnapshots(now);
    const std::string first = call.segments.empty() ? "" : call.segments[0];
    if (first == "orgs")
        return organizations(call);
    if (first == "groups")
        return groups(call);
    if (first == "clusters" && call.segments.size() == 1) {
        if (!call.is("GET"))
            return notAllowed("GET");
        std::vector<Json> all;
        for (const auto &project : m_world.projects)
            all.push_back(m_documents.projectClusters(project));
        return page(call, all);
    }
    if (call.segments.empty() && call.is("GET"))
        return {200, Json{{"appName", "mms"}, {"build", "stand-in"}, {"links", Json::array()}, {"throttling", false}}};
    return notFound(call);
}

Answer Api::organizations(const Call &call)
{
    const auto &segments = call.segments;
    if (segments.size() > 3 || (segments.size() == 3 && segments[2] != "groups"))
        return notFound(call);
    if (!call.is("GET"))
        return notAllowed("GET");
    if (segments.size() == 1) {
        std::vector<Json> found;
        const std::string name = lower(call.query.get("name"));
        if (startsWith(lower(m_world.orgName), name))
            found.push_back(m_documents.organization());
        return page(call, found);
    }
    if (segments[1] != m_world.orgId)
        return unknown("ORG_NOT_FOUND", "organization", segments[1]);
    if (segments.size() == 2)
        return {200, m_documents.organization()};
    std::vector<Json> all;
    for (const auto &project : m_world.projects)
        all.push_back(m_documents.project(project));
    return page(call, all);
}

Answer Api::groups(const Call &call)
{
    const auto &segments = call.segments;
    if (segments.size() == 1) {
        if (!call.is("GET"))
            return notAllowed("GET");
        std::vector<Json> all;
        for (const auto &project : m_world.projects)
            all.push_back(m_documents.project(project));
        return page(call, all);
    }
    if (segments[1] == "byName" && segments.size() == 3) {
        if (!call.is("GET"))
            return notAllowed("GET");
        for (const auto &project : m_world.projects) {
            if (project.name == segments[2])
                return {200, m_documents.project(project)};
        }
        return ApiError{404, "GROUP_NAME_NOT_FOUND", "No group with name " + segments[2] + " exists.", {segments[2]}};
    }
    if (!isHex(segments[1], 24))
        return malformed("INVALID_GROUP_ID", "group", segments[1]);
    const Project *project = m_world.project(segments[1]);
    if (!project)
        return unknown("GROUP_NOT_FOUND", "group", segments[1]);
    return insideProject(call, *project);
}

Answer Api::insideProject(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() == 2)
        return call.is("GET") ? Answer(200, m_documents.project(project)) : notAllowed("GET");
    const std::string &part = segments[2];
    if (part == "clusters")
        return clusters(call, project);
    if (part == "hosts")
        return hosts(call, project);
    if (part == "backupConfigs")
        return backupConfigs(call, project);
    if (part == "automationConfig")
        return automationConfig(call, project);
    if (part == "automationStatus")
        return automationStatus(call, project);
    if (part == "events")
        return events(call, project);
    if (part == "agents")
        return agents(call, project);
    if (part == "logCollectionJobs")
        return logJobs(call, project);
    return notFound(call);
}

Answer Api::backupConfigs(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() > 5 || (segments.size() == 5 && segments[4] != "snapshotSchedule"))
        return notFound(call);
    if (!call.is("GET"))
        return notAllowed("GET");
    if (segments.size() == 3) {
        std::vector<Json> all;
        for (const auto &cluster : m_world.clusters) {
            if (cluster.projectId == project.id && !cluster.backup.empty())
                all.push_back(m_documents.backupConfig(cluster));
        }
        return page(call, all);
    }
    if (!isHex(segments[3], 24) && !isHex(segments[3], 32))
        return malformed("INVALID_CLUSTER_ID", "cluster", segments[3]);
    const Cluster *cluster = m_world.cluster(segments[3]);
    if (!cluster || cluster->projectId != project.id)
        return unknown("CLUSTER_NOT_FOUND", "cluster", segments[3]);
    if (cluster->id != segments[3] || cluster->backup.empty())
        return ApiError{404,
                        "BACKUP_CONFIG_NOT_FOUND",
                        "No backup configuration exists for cluster " + segments[3] + " in group " + project.id + ".",
                        {segments[3], project.id}};
    return {200, segments.size() == 4 ? m_documents.backupConfig(*cluster) : m_documents.schedule(*cluster)};
}

Answer Api::clusters(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() == 3) {
        if (!call.is("GET"))
            return notAllowed("GET");
        std::vector<Json> all;
        for (const auto &cluster : m_world.clusters) {
            if (cluster.projectId != project.id)
                continue;
            for (const auto &entry : m_documents.clusterEntries(cluster, call.now))
                all.push_back(entry);
        }
        return page(call, all);
    }
    const std::string &id = segments[3];
    if (!isHex(id, 24) && !isHex(id, 32))
        return malformed("INVALID_CLUSTER_ID", "cluster", id);
    const Cluster *cluster = m_world.cluster(id);
    if (!cluster || cluster->projectId != project.id)
        return ApiError{404,
                        "CLUSTER_NOT_FOUND",
                        "No cluster with ID " + id + " exists in group " + project.id + ".",
                        {id, project.id}};
    return insideCluster(call, *cluster, id);
}

Answer Api::insideCluster(const Call &call, const Cluster &cluster, const std::string &clusterId)
{
    const auto &segments = call.segments;
    if (segments.size() == 4) {
        if (!call.is("GET"))
            return notAllowed("GET");
        for (const auto &entry : m_documents.clusterEntries(cluster, call.now)) {
            if (entry["id"] == clusterId)
                return {200, entry};
        }
    }
    const std::string part = segments.size() > 4 ? segments[4] : "";
    if (part == "snapshots" && segments.size() <= 6)
        return snapshots(call, cluster, clusterId);
    if (part == "checkpoints" && segments.size() <= 6)
        return checkpoints(call, cluster);
    if (part == "restoreJobs" && segments.size() <= 6)
        return restoreJobs(call, cluster, clusterId);
    return notFound(call);
}

} // namespace tidemark::demo
