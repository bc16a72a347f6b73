#pragma once

#include "base/result.h"
#include "cloud/monitoring.h"
#include "cloud/values.h"
#include "restore/target_use.h"

#include <map>

namespace tidemark {

/// What the cloud said about the target of an automated restore, each part a value or why it could not be read; nullopt
/// while it is not known.
struct TargetFacts
{
    /// A cluster's list of restore jobs, of which those are kept that restore into the target and have not ended.
    struct JobList
    {
        QString name; ///< the cluster's
        std::optional<Result<std::vector<RestoreJob>>> restores;

        bool operator==(const JobList &) const = default;
    };

    ClusterId target;
    std::optional<Result<AutomationStatus>> status;         ///< of the target's project
    std::optional<Result<RedactedAutomationConfig>> config; ///< of the same
    std::optional<Result<std::vector<Agent>>> agents;       ///< automation agents of the same
    QDateTime agentsRead;                                   ///< the server's clock when they were read
    std::map<ClusterId, JobList> jobs;
    std::optional<Result<RedactedAutomationConfig>> sourceConfig; ///< of the source's project, where it is another one
    /// What the target itself can be restored to, where its backup may run.
    std::optional<Result<std::vector<Snapshot>>> snapshots;
    /// An empty value where the server does not know the call.
    std::optional<Result<std::optional<std::vector<RestorableRange>>>> ranges;
    std::optional<Result<TargetUse>> use{};

    bool operator==(const TargetFacts &) const = default;
};

/// Whether the server cannot show this automation configuration without its secrets: older ones do not know the call. A
/// project without one, or one that is gone, is told by a code of its own.
bool lacksRedactedConfig(const std::optional<Result<RedactedAutomationConfig>> &config);
/// The same of either.
bool lacksRedactedConfig(const TargetFacts &facts);

/// A restore into this cluster that has not ended, as far as its job tells: the job ends with the hand-over to the
/// agents, and many answers name no target.
bool isUnderWay(const RestoreJob &job);
bool isRestoringInto(const RestoreJob &job, const ClusterId &target);
std::vector<RestoreJob> restoresInto(const ClusterId &target, const std::vector<RestoreJob> &jobs);

/// Of the clusters of the target's project those whose jobs are listed besides the source's own, the target first:
/// where there are more than are asked, it is among those that are.
std::vector<Cluster> othersToList(std::vector<Cluster> clusters, const ClusterId &source, const ClusterId &target);

/// How many of them are asked.
constexpr size_t MostClustersListed = 20;

} // namespace tidemark
