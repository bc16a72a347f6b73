#pragma once

#include "base/result.h"
#include "cloud/values.h"

#include <QSet>

#include <memory>
#include <optional>
#include <vector>

class QObject;

namespace tidemark {

class CloudClient;

/// A cluster's restore jobs, newest first; there may be thousands. Shared, so that no thread copies them.
using JobList = std::shared_ptr<const std::vector<RestoreJob>>;

struct ListRead
{
    JobList jobs;
    /// The jobs that are different from the list before, where both have the same jobs of the same batches in the same
    /// order; else nothing.
    std::optional<QSet<JobId>> changed;
};

/// Reads a cluster's list and compares it with the one `before`; not on the window's thread, which thousands of jobs
/// would hold up. Errors as of CloudClient::restoreJobs().
Async<ListRead> readJobList(QObject *context, CloudClient &client, const ProjectId &project, const ClusterId &cluster,
                            const JobList &before);

/// Frees the list, which takes its time too, on another thread.
void forget(JobList list);

} // namespace tidemark
