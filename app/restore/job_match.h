#pragma once

#include "restore/restore_request.h"

namespace tidemark {

/// Whether a job could have come from a request, judged by what the API's answers tell. They tell little: an automated
/// restore's answer has neither method nor target, and a shard's job names the shard's own snapshot.
enum class JobMatch {
    Different, ///< something in the job contradicts the request
    Unclear,   ///< nothing contradicts it, and nothing proves it
    Same       ///< the job names the request's snapshot, moment or checkpoint
};

JobMatch matchJob(const RestoreJob &job, const RestoreRequest &request);

} // namespace tidemark
