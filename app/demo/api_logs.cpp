#include "demo/api.h"

#include <algorithm>

// Log collections of a project.
namespace tidemark::demo {

namespace {

std::string logJobUrl(const Documents &documents, const LogJob &job)
{
    return documents.apiPrefix() + "/groups/" + job.projectId + "/logCollectionJobs/" + job.id;
}

} // namespace

Answer Api::logJobs(const Call &call, const Project &project)
{
    const auto &segments = call.segments;
    if (segments.size() > 5)
        return notFound(call);
    // The page asks for the role Global Monitoring Admin, which an ordinary key does not have.
    if (call.caller.role != Role::BackupAdmin || project.name == m_options.unwatchedProject)
        return ApiError{401, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.", {}};
    const auto isMeant = [&](const LogJob &job) {
        return job.projectId == project.id && (segments.size() == 3 || job.id == segments[3]);
    };
    if (segments.size() > 3) {
        const auto job = std::find_if(m_logJobs.begin(), m_logJobs.end(), isMeant);
        if (job != m_logJobs.end())
            return insideLogJob(call, *job);
        return ApiError{404,
                        "LOG_COLLECTION_JOB_NOT_FOUND",
                        "No log collection job with ID " + segments[3] + " exists.",
                        {segments[3]}};
    }
    if (call.is("POST"))
        return collectLogs(call, project);
    if (!call.is("GET"))
        return notAllowed("GET, POST");
    std::vector<Json> all;
    for (auto job = m_logJobs.rbegin(); job != m_logJobs.rend(); ++job) {
        if (isMeant(*job))
            all.push_back(
                logJobDocument(*job, logJobUrl(m_documents, *job), call.query.get("verbose") == "true", call.now));
    }
    return page(call, all);
}

Answer Api::insideLogJob(const Call &call, LogJob &job)
{
    const std::string part = call.segments.size() == 5 ? call.segments[4] : "";
    const std::string status = statusOf(job, call.now);
    if (part == "download") {
        if (!call.is("GET"))
            return notAllowed("GET");
        if (status == "IN_PROGRESS")
            return ApiError{403, "CANNOT_DOWNLOAD_JOB_IN_PROGRESS", "The log collection job is in progress.", {}};
        if (status == "EXPIRED")
            return ApiError{403, "CANNOT_DOWNLOAD_EXPIRED_JOB", "The log collection job has expired.", {}};
        Answer archive(200, nullptr);
        archive.text = archiveOf(job);
        archive.type = "application/gzip";
        return archive;
    }
    if (part == "retry") {
        if (!call.is("PUT"))
            return notAllowed("PUT");
        if (status != "FAILURE")
            return ApiError{400, "ONLY_FAILED_JOB_CAN_BE_RESTARTED", "Only failed jobs can be restarted.", {}};
        job.fails = false;
        job.doneAt = call.now + (job.doneAt - job.created);
        return {200, Json::object()};
    }
    if (!part.empty())
        return notFound(call);
    if (call.is("DELETE")) {
        std::erase_if(m_logJobs, [id = job.id](const LogJob &one) { return one.id == id; });
        return {200, Json::object()};
    }
    if (call.is("PATCH")) {
        if (const auto error = changeExpiry(job, call.request.body, call.now))
            return *error;
    } else if (!call.is("GET")) {
        return notAllowed("GET, PATCH, DELETE");
    }
    return {200, logJobDocument(job, logJobUrl(m_documents, job), call.query.get("verbose") == "true", call.now)};
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
