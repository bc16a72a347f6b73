#pragma once

#include "demo/tar_image.h"
#include "demo/validation.h"

#include <functional>
#include <mutex>

namespace tidemark::demo {

/// Who ordered a job; what an event tells of it.
struct Orderer
{
    std::string publicKey; ///< of an API key; empty for people and service accounts
    std::string username;  ///< of a person
    std::string address;

    bool operator==(const Orderer &) const = default;
};

/// One restore job: of a replica set, or of one part of a sharded cluster.
struct Job
{
    std::string id;
    std::string batchId; ///< empty for a replica set
    std::string projectId;
    std::string clusterId; ///< the whole cluster
    std::string setId;     ///< the part it stands for
    Time created;
    Time readyAt;
    Time handOverAt; ///< automated: the goal version rises and the agents begin
    Orderer orderer;
    std::string method = "HTTP"; ///< as answers name it; empty: they do not
    bool automated = false;
    std::string snapshotId; ///< the part's own; empty for moments and checkpoints
    std::string checkpointId;
    bool pointInTime = false;
    bool oplogPoint = false; ///< of the two kinds of moments, the oplog timestamp
    bool encrypted = false;
    Timestamp timestamp; ///< latest oplog entry in the data
    Timestamp snapshotTime;
    std::string endsAs; ///< "BROKEN" or "KILLED" from readyAt on; empty when all goes well
    std::string targetProjectId;
    std::string targetClusterId;

    // Downloads only.
    std::int64_t expirationHours = 0;
    Time expires;
    std::int64_t maxDownloads = 0;
    std::string fileName;
    std::string key;    ///< in the path of a v2 link
    std::string bearer; ///< of a v3 link
    std::int64_t downloads = 0;
    std::string hash; ///< lower case SHA-1 of what was sent; empty until known
    Time hashAt;
    bool begunBefore = false; ///< an earlier run of this program has sent some of it already

    bool operator==(const Job &) const = default;
};

/// statusName of a job.
std::string jobStatus(const Job &job, Time now);
/// delivery.statusName of a job.
std::string deliveryStatus(const Job &job, Time now);

/// All restore jobs. Thread safe; jobs are handed out as copies.
class JobStore
{
public:
    JobStore(const World &world, const Options &options);

    /// Jobs that exist from the start: finished, broken, cancelled ones, and some that were made elsewhere; more of
    /// these behind a switch.
    void addHistory(Time now);

    /// Jobs that are created at a moment to come are in no list before it.
    std::vector<Job> create(const RestoreOrder &order, const Orderer &orderer, Time now);

    /// What an earlier run of this program left behind, in place of a history.
    void restore(std::vector<Job> jobs);
    /// Is called with all jobs after each change of one, on the thread that changed it.
    void setObserver(std::function<void(const std::vector<Job> &)> observer) { m_observer = std::move(observer); }

    /// Newest first. @p anyClusterId is of a whole cluster or of a part.
    [[nodiscard]] std::vector<Job> list(const std::string &anyClusterId, const std::string &batchId, Time now) const;
    [[nodiscard]] std::optional<Job> find(const std::string &id, Time now) const;
    /// Those that are still to be created, too.
    [[nodiscard]] std::vector<Job> all() const;

    /// Uses up one download if the link is alive; false when it is not.
    bool startDownload(const std::string &id, Time now);
    /// One more download has been used up.
    void countDownload(const std::string &id);
    void setHash(const std::string &id, const std::string &hash, Time visibleAt);
    /// Ends the batch (or the single job) that job belongs to as KILLED.
    void cancel(const std::string &id, Time now);

private:
    void changed() const; ///< with the mutex held
    Job makeJob(const RestoreOrder &order, const ReplicaSet &set, Time now, int position) const;

    const World &m_world;
    const Options &m_options;
    mutable std::mutex m_mutex;
    std::vector<Job> m_jobs; ///< oldest first
    std::function<void(const std::vector<Job> &)> m_observer;
};

/// What stands in the archive of a job.
ArchiveSpec archiveSpecFor(const World &world, const Job &job);

} // namespace tidemark::demo
