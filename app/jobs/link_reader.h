#pragma once

#include "cloud/cloud_client.h"

#include <functional>
#include <map>

namespace tidemark {

/// Lists may show a job as READY without its link; the job itself has it then. Asks for such jobs one by one, a few
/// times each, and keeps the links in memory only, for they are secrets.
class LinkReader
{
public:
    explicit LinkReader(CloudClient &client);

    /// Asks for the job unless that is under way or was done `most` times already, under the top-level cluster's id
    /// and, where that is not found, under its shard's; a mirrored config server's under its host's. `found` is called
    /// when a link has come, from `context`'s event loop.
    void ask(QObject *context, const ProjectId &project, const ClusterId &cluster, const RestoreJob &job, int most,
             std::function<void()> found);
    /// Fills in a link that is known and missing.
    void complete(RestoreJob &job) const;

private:
    using Call = std::function<Async<RestoreJob>()>;
    struct Known
    {
        Delivery delivery; ///< with a link once it has come
        int asked = 0;
        bool asking = false;
    };

    /// Asks `calls` one after the other until one finds the job.
    void read(QObject *context, const std::vector<Call> &calls, const JobId &job, std::function<void()> found);

    CloudClient &m_client;
    std::map<JobId, Known> m_known;
};

} // namespace tidemark
