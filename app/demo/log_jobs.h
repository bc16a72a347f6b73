#pragma once

#include "demo/api_error.h"
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
};

/// Reads the body of POST logCollectionJobs ("Submit a Log Collection Job") and checks what is documented. The dates
/// are text to Cloud Manager and milliseconds to Ops Manager.
std::variant<LogJob, ApiError> readLogRequest(const World &world, const Options &options, const Project &project,
                                              const std::string &body, Time now);

/// @p verbose: with childJobs.
Json logJobDocument(const LogJob &job, const std::string &self, bool verbose, Time now);

} // namespace tidemark::demo
