#pragma once

#include "jobs/job_group.h"
#include "jobs/submission_memory.h"

namespace tidemark {

/// A cluster's job list, made into restores: batches put together, their jobs in order and named after their shards,
/// and what was remembered of submissions merged in. In the list's order.
std::vector<JobGroup> groupJobs(const Project &project, const Cluster &cluster, const std::vector<RestoreJob> &list,
                                const SubmissionMemory &memory);

/// Newest first.
void sortByAge(std::vector<JobGroup> &groups);

} // namespace tidemark
