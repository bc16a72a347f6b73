#pragma once

#include "cloud/values.h"
#include "restore/restore_point.h"

#include <optional>
#include <vector>

namespace tidemark {

/// One restore as a person thinks of it: a single job, or a batch with a job for each shard and the config servers.
struct JobGroup
{
    QString key; ///< batch id, else job id: stable over refreshes
    BatchId batch;
    Project project;
    ClusterId cluster; ///< the top-level cluster whose list it came from
    QString clusterName;
    /// How it was ordered, where that is known: the API answers methodName HTTP for automated restores too, so mode,
    /// point and target are remembered from the submission. nullopt for jobs created elsewhere that do not tell.
    std::optional<RestoreMode> mode;
    std::optional<RestorePoint> point; ///< only for what was ordered here
    QString pointText;
    QString targetProjectName;
    QString targetClusterName;
    ProjectId targetProject;
    /// Never empty; shards by name, config servers last. In a batch each job's clusterName is its shard's name, and for
    /// an automated restore each job's delivery names the remembered target.
    std::vector<RestoreJob> jobs;
    std::optional<AutomationStatus> agents; ///< of the target project, for automated restores

    bool isBatch() const { return !batch.isEmpty() && jobs.size() > 1; }
    /// A restore that overwrites a cluster, as far as it is known.
    bool isAutomatedRestore() const;
    /// No more change is to be expected: every job is final, its link expired or used up, and agents are at their goal.
    bool isFinal(const QDateTime &now) const;
    bool operator==(const JobGroup &) const = default;
};

/// How soon something can change.
enum class JobPhase {
    UnderWay, ///< jobs, archives or agents are working
    Open,     ///< links wait to be used
    Final     ///< no more change is to be expected
};

/// Of one job. `automated`: its archive goes to agents and not to a person. `now` is the server's clock.
JobPhase jobPhase(const RestoreJob &job, bool automated, const QDateTime &now);

/// Of the whole restore: its most lively job's, or UnderWay while agents have not reached their goal.
JobPhase groupPhase(const JobGroup &group, const QDateTime &now);

} // namespace tidemark
