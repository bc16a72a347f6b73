#include "demo/api.h"
#include "demo/server_version.h"

#include <algorithm>

// Snapshots that are made or kept on request.
namespace tidemark::demo {

using namespace std::chrono;

namespace {

ApiError unauthorized()
{
    return {401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
}

/// The documentation has these words, and no code.
ApiError invalidFields()
{
    return {400, "", "Cannot modify snapshot because of invalid fields.", {}};
}

} // namespace

Answer Api::takeSnapshot(const Call &call, const Cluster &cluster, const std::string &clusterId)
{
    if (!offers(m_options, Capability::OnDemand))
        return notFound(call);
    if (!call.is("POST"))
        return notAllowed("POST");
    if (call.caller.role != Role::BackupAdmin)
        return unauthorized();
    if (!call.query.has("retentionDays"))
        return ApiError{400,
                        "MISSING_QUERY_PARAMETER",
                        "The required query parameter retentionDays was not specified.",
                        {"retentionDays"}};
    const auto days = parseInteger(call.query.get("retentionDays"));
    if (!days || *days < 1 || *days > 36500)
        return ApiError{400,
                        "INVALID_QUERY_PARAMETER",
                        "An invalid query parameter retentionDays was specified.",
                        {"retentionDays"}};
    if (cluster.id != clusterId || cluster.backup != "STARTED")
        return ApiError{404,
                        "BACKUP_CONFIG_NOT_FOUND",
                        "No backup configuration exists for cluster " + clusterId + " in group " + cluster.projectId +
                            ".",
                        {clusterId, cluster.projectId}};
    Snapshot snapshot;
    const std::string name = cluster.name + " on demand " + std::to_string(m_world.snapshots.size());
    snapshot.id = idFor("snapshot " + name);
    snapshot.clusterId = cluster.id;
    snapshot.created = {epochSeconds(call.now), 1};
    snapshot.expires = fromEpochSeconds(snapshot.created.seconds) + hours(24 * *days);
    snapshot.complete = false;
    snapshot.completeAt = call.now + milliseconds(static_cast<std::int64_t>(m_options.jobSeconds * 1000));
    for (const auto &set : cluster.sets)
        snapshot.parts.push_back({cluster.sharded ? idFor("snapshot " + name + " " + set.name) : snapshot.id, set.id,
                                  set.archiveBytes / 10 * 13});
    m_world.snapshots.insert(m_world.snapshots.begin(), snapshot);
    Json moment{{"date", isoTime(call.now)}, {"increment", 1}, {"time", snapshot.created.seconds}};
    return {200, Json{{"clusterName", cluster.name},
                      {"description", "On demand snapshot request complete."},
                      {"timestamp", moment}}};
}

void Api::finishSnapshots(Time now)
{
    for (auto &snapshot : m_world.snapshots) {
        if (snapshot.completeAt && *snapshot.completeAt <= now) {
            snapshot.complete = true;
            snapshot.completeAt.reset();
        }
    }
}

Answer Api::changeSnapshot(const Call &call, Snapshot &snapshot)
{
    if (call.caller.role != Role::BackupAdmin)
        return unauthorized();
    const Json body = Json::parse(call.request.body, nullptr, false);
    if (!body.is_object())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    for (const auto &[name, value] : body.items()) {
        if (name != "doNotDelete" && name != "expires")
            return invalidAttribute(name);
        const bool fits =
            name == "expires" ? value.is_string() && parseIsoTime(value.get<std::string>()) : value.is_boolean();
        if (!fits)
            return invalidAttribute(name);
    }
    if (body.empty())
        return ApiError{400,
                        "MISSING_ONE_OF_ATTRIBUTES",
                        "Either the doNotDelete attribute or the expires attribute must be specified.",
                        {"doNotDelete", "expires"}};
    // One that is to be kept has no expiry, and what has expired cannot be edited.
    const bool keeps = body.value("doNotDelete", snapshot.doNotDelete);
    if ((body.contains("expires") && keeps) || (!snapshot.doNotDelete && snapshot.expires <= call.now))
        return invalidFields();
    snapshot.doNotDelete = keeps;
    if (body.contains("expires"))
        snapshot.expires = parseIsoTime(body["expires"].get<std::string>())->time;
    snapshot.deleted = !keeps && snapshot.expires <= call.now;
    return {200, m_documents.snapshot(snapshot, nullptr)};
}

} // namespace tidemark::demo
