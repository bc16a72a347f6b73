#include "demo/api.h"

#include <algorithm>

// What happened in a project.
namespace tidemark::demo {

Answer Api::events(const Call &call, const Project &project)
{
    if (call.segments.size() > 4)
        return notFound(call);
    if (!call.is("GET"))
        return notAllowed("GET");
    const bool raw = call.query.get("includeRaw") == "true";
    const auto events = projectEvents(m_world, m_options, m_jobs.all(), project.id, call.now);
    if (call.segments.size() == 4) {
        const std::string &id = call.segments[3];
        for (const auto &event : events) {
            if (event.id == id)
                return {200, m_documents.event(event, raw)};
        }
        return ApiError{404, "EVENT_NOT_FOUND", "No event with ID " + id + " exists.", {id}};
    }
    const auto types = call.query.all("eventType");
    for (const auto &type : types) {
        if (!isEventType(type))
            return ApiError{400,
                            "INVALID_ENUM_VALUE",
                            "An invalid enumeration value " + type + " was specified for eventType.",
                            {type, "eventType"}};
    }
    std::optional<Time> least;
    std::optional<Time> most;
    for (const auto &[name, limit] : {std::pair{"minDate", &least}, std::pair{"maxDate", &most}}) {
        if (!call.query.has(name))
            continue;
        const auto read = parseIsoTime(call.query.get(name));
        if (!read)
            return ApiError{400,
                            "INVALID_QUERY_PARAMETER",
                            "An invalid query parameter " + std::string(name) + " was specified.",
                            {name}};
        *limit = read->time;
    }
    std::vector<Json> found;
    for (const auto &event : events) {
        // Events are dated to the second, and both ends are inside.
        const Time created = fromEpochSeconds(epochSeconds(event.created));
        const bool wanted = types.empty() || std::find(types.begin(), types.end(), event.type) != types.end();
        if (wanted && !(least && created < *least) && !(most && created > *most))
            found.push_back(m_documents.event(event, raw));
    }
    return page(call, found);
}

Json Documents::event(const Event &event, bool raw) const
{
    Json document{{"created", isoTime(event.created)},
                  {"eventTypeName", event.type},
                  {"groupId", event.projectId},
                  {"id", event.id},
                  {"isGlobalAdmin", false},
                  {"links", self("/groups/" + event.projectId + "/events/" + event.id)},
                  {"orgId", m_world.orgId}};
    if (event.cluster) {
        document["clusterId"] = event.set->id;
        document["clusterName"] = event.cluster->name;
        document["replicaSetName"] = event.set->name;
        if (!event.set->shardName.empty())
            document["shardName"] = event.set->shardName;
    }
    // A key or a person; how a service account is named is not documented.
    if (!event.orderer.publicKey.empty()) {
        document["apiKeyId"] = idFor("key " + event.orderer.publicKey);
        document["publicKey"] = event.orderer.publicKey;
    } else if (!event.orderer.username.empty()) {
        document["userId"] = idFor("user " + event.orderer.username);
        document["username"] = event.orderer.username;
    }
    if (!event.orderer.address.empty())
        document["remoteAddress"] = event.orderer.address;
    if (raw)
        document["raw"] = {{"_t", "AUDIT"}, {"et", event.type}};
    return document;
}

} // namespace tidemark::demo
