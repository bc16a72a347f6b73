#include "demo/api.h"

// Log collections of a project.
namespace tidemark::demo {

Answer Api::logJobs(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() > 4)
        return notFound(call);
    // The page asks for the role Global Monitoring Admin, which an ordinary key does not have.
    if (call.caller.role != Role::BackupAdmin)
        return ApiError{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    if (segments.size() == 3 && call.is("POST"))
        return collectLogs(call, project);
    if (!call.is("GET"))
        return notAllowed(segments.size() == 3 ? "GET, POST" : "GET");
    const bool verbose = call.query.get("verbose") == "true";
    const std::string base = m_documents.apiPrefix() + "/groups/" + project.id + "/logCollectionJobs/";
    std::vector<Json> all;
    for (auto job = m_logJobs.rbegin(); job != m_logJobs.rend(); ++job) {
        if (job->projectId != project.id)
            continue;
        const Json document = logJobDocument(*job, base + job->id, verbose, call.now);
        if (segments.size() == 4 && job->id == segments[3])
            return {200, document};
        all.push_back(document);
    }
    if (segments.size() == 3)
        return page(call, all);
    return ApiError{404,
                    "LOG_COLLECTION_JOB_NOT_FOUND",
                    "No log collection job with ID " + segments[3] + " exists.",
                    {segments[3]}};
}

Answer Api::collectLogs(const Call &call, const Project &project)
{
    const auto read = readLogRequest(m_world, m_options, project, call.request.body, call.now);
    if (const auto *error = std::get_if<ApiError>(&read))
        return *error;
    m_logJobs.push_back(std::get<LogJob>(read));
    return {201, Json{{"id", m_logJobs.back().id}}};
}

} // namespace tidemark::demo
