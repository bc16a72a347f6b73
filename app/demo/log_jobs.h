#pragma once

#include "demo/api_error.h"
#include "demo/log_archive.h"
#include "demo/options.h"
#include "demo/world.h"

namespace tidemark::demo {

/// One collection of logs.
struct LogJob
{
    std::string id;
    std::string projectId;
    Time created;
    Time doneAt;
    Json request; ///< the body that asked for it
    std::vector<std::string> hosts;
    std::vector<std::vector<LogFile>> files; ///< of each host
    Time expires;
    bool fails = false; ///< on its last host
};

/// SUCCESS, IN_PROGRESS, FAILURE or EXPIRED.
std::string statusOf(const LogJob &job, Time now);

/// What was collected, a .tar.gz; of a job that failed what the other hosts gave.
std::string archiveOf(const LogJob &job);

/// Reads the body of PATCH logCollectionJobs/ID ("Extend the Expiration Date").
std::optional<ApiError> changeExpiry(LogJob &job, const std::string &body, Time now);

/// Reads the body of POST logCollectionJobs ("Submit a Log Collection Job") and checks what is documented. The dates
/// are text to Cloud Manager and milliseconds to Ops Manager.
std::variant<LogJob, ApiError> readLogRequest(const World &world, const Options &options, const Project &project,
                                              const std::string &body, Time now);

/// @p verbose: with childJobs.
Json logJobDocument(const LogJob &job, const std::string &self, bool verbose, Time now);

} // namespace tidemark::demo
