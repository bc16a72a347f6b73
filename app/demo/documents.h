#pragma once

#include "demo/api_error.h"
#include "demo/automation.h"
#include "demo/events.h"
#include "demo/jobs.h"

namespace tidemark::demo {

/// The key of every encrypted snapshot.
constexpr const char *masterKeyUuid = "3f1c8a52-7c1e-4e7b-9a55-2f6d0b9c1e10";

/// Where links in documents point to.
struct Addresses
{
    std::string api;      ///< "http://127.0.0.1:PORT"
    std::string archives; ///< the other origin
};

/// Values → the documents of the API. Fields come in alphabetical order, as the documentation promises.
class Documents
{
public:
    Documents(const World &world, const Options &options, Addresses addresses);

    [[nodiscard]] Json organization() const;
    [[nodiscard]] Json project(const Project &project) const;
    /// The entries of one cluster: a sharded one has one for itself and one for each part.
    [[nodiscard]] std::vector<Json> clusterEntries(const Cluster &cluster, Time now) const;
    /// One project of GET /clusters.
    [[nodiscard]] Json projectClusters(const Project &project) const;
    [[nodiscard]] Json host(const Host &host, const Cluster &cluster, Time now) const;
    /// The host that stands for mirrored config servers; nullptr where the replica set is none of these.
    [[nodiscard]] const Host *mirroredConfigHost(const std::string &setId) const;
    [[nodiscard]] Json backupConfig(const Cluster &cluster) const;
    [[nodiscard]] Json schedule(const Cluster &cluster) const;
    /// @p partOnly: as the part's own snapshot, when asked for under a shard's id.
    [[nodiscard]] Json snapshot(const Snapshot &snapshot, const ReplicaSet *partOnly) const;
    [[nodiscard]] Json checkpoint(const Checkpoint &checkpoint) const;
    [[nodiscard]] Json range(const TimeRange &range, const Cluster &cluster) const;
    [[nodiscard]] Json job(const Job &job, Time now) const;
    /// The whole answer to an order as the documentation prints it, this job's ids put in.
    [[nodiscard]] std::string documentedCreateAnswer(const Job &job) const;
    [[nodiscard]] Json event(const Event &event, bool raw) const;
    [[nodiscard]] Json automationConfig(const AutomationState &state) const;
    /// The same with "<redacted>" in place of each secret.
    [[nodiscard]] Json automationConfigWithoutSecrets(const AutomationState &state) const;
    [[nodiscard]] Json automationStatus(const AutomationState &state) const;

    [[nodiscard]] std::string apiPrefix() const { return m_addresses.api + "/api/public/v1.0"; }

private:
    [[nodiscard]] Json self(const std::string &path) const;
    [[nodiscard]] Json timestamp(const Timestamp &value) const;
    [[nodiscard]] Json delivery(const Job &job, Time now) const;
    void addHashes(Json &document, const Job &job, Time now) const;
    [[nodiscard]] Json documentedJob(const Job &job, Time now) const;

    const World &m_world;
    const Options &m_options;
    Addresses m_addresses;
};

} // namespace tidemark::demo
