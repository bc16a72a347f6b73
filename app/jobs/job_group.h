#pragma once

#include "cloud/values.h"
#include "jobs/agent_progress.h"
#include "jobs/job_kind.h"
#include "restore/order_record.h"
#include "restore/restore_point.h"

#include <optional>
#include <vector>

namespace tidemark {

/// One restore as a person thinks of it: a single job, or a batch with a job for each shard and the config servers.
struct JobGroup
{
    QString key; ///< names it in the monitor, stable over refreshes: batch id, else job id, as a rule
    BatchId batch;
    Project project;
    ClusterId cluster; ///< the top-level cluster whose list it came from
    QString clusterName;
    JobKind kind;
    /// How it was ordered, where that is known: the API answers methodName HTTP for automated restores too, so mode,
    /// point and target are remembered from the submission. nullopt for jobs created elsewhere that do not tell.
    std::optional<RestoreMode> mode;
    std::optional<RestorePoint> point; ///< only for what was ordered here
    QString pointText;
    QString targetProjectName;
    QString targetClusterName;
    ProjectId targetProject;
    QDateTime ordered; ///< invalid for what was not ordered here
    /// Never empty; shards by name, config servers last. In a batch each job's clusterName is its shard's name, and for
    /// an automated restore each job's delivery names the remembered target.
    std::vector<RestoreJob> jobs;
    std::optional<qint64> goalBefore; ///< of the target project's agents, read before the order
    AgentsProgress agents;            ///< of the target project, for automated restores
    bool stoppedFollowing = false;    ///< a person does not want to know more
    OrderRecord record;               ///< what people said beside the order; only for what was ordered here

    bool isBatch() const { return jobs.size() > 1; }
    bool isOrderedHere() const { return ordered.isValid(); }
    /// A restore that overwrites a cluster, as far as it is known.
    bool isAutomatedRestore() const { return kind.is == JobKind::Is::ToCluster; }
    /// Every job is FINISHED.
    bool isHandedOver() const;
    /// No more change is to be expected: every job is final, its link expired or used up, and of the agents nothing
    /// more is to be learnt.
    bool isFinal(const QDateTime &now) const;
    bool operator==(const JobGroup &) const = default;
};

/// How soon something can change.
enum class JobPhase {
    UnderWay, ///< jobs, archives or agents are working
    Open,     ///< links wait to be used
    Slow,     ///< something may still change, but has not for a day, or it is not known what to wait for
    Final     ///< no more change is to be expected
};

/// Of one job of the group. `now` is the server's clock.
JobPhase jobPhase(const JobGroup &group, const RestoreJob &job, const QDateTime &now);

/// Whether its target's agents are to be read: it was handed over, their last word is not known, and nobody stopped it.
/// What was ordered here is followed without an end, what was ordered elsewhere for a day.
bool needsAgents(const JobGroup &group, const QDateTime &now);
/// Whether what the project's agents are told is worth reading at this goal: whose goal it is, is not known of one of
/// these restores yet. Before the goal has risen the configuration is still that of before the order.
bool needsConfiguration(const std::vector<JobGroup> &groups, const ProjectId &project, qint64 goalVersion,
                        const QDateTime &now);

/// Of the whole restore: its most lively job's, or its agents'.
JobPhase groupPhase(const JobGroup &group, const QDateTime &now);

} // namespace tidemark
