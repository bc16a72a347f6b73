#pragma once

#include "jobs/job_group.h"

namespace tidemark {

/// The agents' errors in their words. A server that leaves the fields out tells of none, which is not "no error".
std::vector<AgentError> agentErrors(const AutomationStatus &status);

/// The names of the processes of the cluster into which the group is restored: those whose replica sets are the
/// `target`'s or were told to carry out the group's jobs (backupRestoreJobId), with the mongos of the same sharded
/// cluster. A process that is disabled takes no part. nullopt where nothing tells.
std::optional<QStringList> targetProcesses(const JobGroup &group, const RedactedAutomationConfig &config,
                                           const Cluster *target);

/// What one reading tells of the group. `config`: what the goal in `status` stands for, nullptr where it could not be
/// read; `target`: the target cluster, nullptr where it is not known.
AgentsLook lookAt(const JobGroup &group, const AutomationStatus &status, const RedactedAutomationConfig *config,
                  const Cluster *target);

} // namespace tidemark
