#include "demo/api.h"

#include "demo/server_version.h"

// What the agents of a project are told, and how far they are.
namespace tidemark::demo {

Answer Api::automationStatus(const Call &call, const Project &project)
{
    if (call.segments.size() > 3)
        return notFound(call);
    if (!call.is("GET"))
        return notAllowed("GET");
    return {200, m_documents.automationStatus(automationState(m_world, m_options, m_jobs.all(), project.id, call.now))};
}

Answer Api::automationConfig(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    const bool withoutSecrets = segments.size() == 4 && segments[3] == "noSecrets";
    if (segments.size() > 3 && !(withoutSecrets && offers(m_options, Capability::NoSecrets)))
        return notFound(call);
    if (segments.size() == 3 && call.is("PUT"))
        return cancelRestores(call, project);
    if (!call.is("GET"))
        return notAllowed(withoutSecrets ? "GET" : "GET, PUT");
    // Documented for this path alone: Project Automation Admin.
    if (withoutSecrets && call.caller.role != Role::BackupAdmin)
        return ApiError{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    const auto state = automationState(m_world, m_options, m_jobs.all(), project.id, call.now);
    return {200,
            withoutSecrets ? m_documents.automationConfigWithoutSecrets(state) : m_documents.automationConfig(state)};
}

/// The one change of the configuration that a restore client may need: backupRestoreUrl set to CANCEL.
Answer Api::cancelRestores(const Call &call, const Project &project)
{
    if (call.caller.role != Role::BackupAdmin)
        return ApiError{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    const Json body = Json::parse(call.request.body, nullptr, false);
    if (!body.is_object() || !body.contains("processes") || !body["processes"].is_array())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    const auto state = automationState(m_world, m_options, m_jobs.all(), project.id, call.now);
    for (const auto &process : body["processes"]) {
        if (!process.is_object() || process.value("backupRestoreUrl", "") != "CANCEL")
            continue;
        for (const auto &agent : state.agents) {
            const std::string name = agent.host->name + "_" + std::to_string(agent.host->port);
            if (name == process.value("name", "") && !agent.restoreJobId.empty())
                m_jobs.cancel(agent.restoreJobId, call.now);
        }
    }
    return {200, Json::object()};
}

} // namespace tidemark::demo
