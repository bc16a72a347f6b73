#pragma once

#include "demo/documents.h"
#include "demo/faults.h"
#include "demo/gate.h"
#include "demo/log_jobs.h"
#include "demo/query.h"

#include <httplib.h>

#include <mutex>

namespace tidemark::demo {

/// An answer before it is put into words: the document, or nothing.
struct Answer
{
    int status = 200;
    Json body;
    std::string text; ///< the body to the byte, where it is one of the documentation's; empty: as it comes
    std::string type; ///< of a text that is no JSON; then there is no envelope around it
    std::vector<std::pair<std::string, std::string>> headers;

    Answer() = default;
    Answer(int code, Json document)
        : status(code)
        , body(std::move(document))
    {
    }
    Answer(const ApiError &error)
        : status(error.status)
        , body(errorDocument(error))
    {
    } // NOLINT: errors are answers
};

/// The Public API under /api/public/v1.0, section by section of its documentation.
class Api
{
public:
    Api(World &world, const Options &options, JobStore &jobs, const Documents &documents);

    /// Answers an authenticated request. @p path is what follows /api/public/v1.0; @p now when it is carried out.
    Answer answer(const httplib::Request &request, const std::string &path, const Caller &caller, Time now);

private:
    using Segments = std::vector<std::string>;
    struct Call
    {
        const httplib::Request &request;
        std::string path;
        Segments segments;
        Caller caller;
        Time now;
        Query query;
        [[nodiscard]] bool is(const std::string &method) const
        {
            return request.method == method || (method == "GET" && request.method == "HEAD");
        }
    };

    Answer organizations(const Call &call);
    Answer groups(const Call &call);
    Answer insideProject(const Call &call, const Project &project);
    Answer hosts(const Call &call, const Project &project);
    Answer insideHost(const Call &call, const Host &host, const Cluster &cluster);
    Answer databases(const Call &call, const Host &host, const Cluster &cluster);
    Answer disks(const Call &call, const Host &host, const Cluster &cluster);
    Answer measurements(const Call &call, const Host &host, const Cluster &cluster, const std::string &database,
                        const std::string &partition);
    Answer hostJobs(const Call &call, const Host &host, const Cluster &cluster);
    Answer agents(const Call &call, const Project &project);
    Answer agentVersions(const Call &call, const Project &project);
    Answer logJobs(const Call &call, const Project &project);
    Answer insideLogJob(const Call &call, LogJob &job);
    Answer collectLogs(const Call &call, const Project &project);
    Answer backupConfigs(const Call &call, const Project &project);
    Answer automationStatus(const Call &call, const Project &project);
    Answer automationConfig(const Call &call, const Project &project);
    Answer events(const Call &call, const Project &project);
    Answer clusters(const Call &call, const Project &project);
    Answer insideCluster(const Call &call, const Cluster &cluster, const std::string &clusterId);
    Answer snapshots(const Call &call, const Cluster &cluster, const std::string &clusterId);
    Answer takeSnapshot(const Call &call, const Cluster &cluster, const std::string &clusterId);
    Answer changeSnapshot(const Call &call, Snapshot &snapshot);
    void finishSnapshots(Time now);
    Answer checkpoints(const Call &call, const Cluster &cluster);
    Answer restoreJobs(const Call &call, const Cluster &cluster, const std::string &clusterId);
    Answer createJob(const Call &call, const std::string &clusterId);
    /// Refuses a restore to a target that is being restored, if a switch wants it.
    [[nodiscard]] std::optional<ApiError> concurrent(const RestoreOrder &order, Time now) const;
    Answer cancelRestores(const Call &call, const Project &project);

    /// One page of a list, with its links.
    Answer page(const Call &call, const std::vector<Json> &all) const;
    Answer notAllowed(const std::string &allowed) const;
    Answer notFound(const Call &call) const;

    World &m_world;
    const Options &m_options;
    JobStore &m_jobs;
    const Documents &m_documents;
    std::vector<LogJob> m_logJobs; ///< oldest first
    std::mutex m_mutex; ///< one answer after the other: of two orders at one moment the second meets the first's job
};

} // namespace tidemark::demo
