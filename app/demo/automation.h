#pragma once

#include "demo/jobs.h"

namespace tidemark::demo {

/// What the agents of one host have reached.
struct AgentState
{
    const Host *host = nullptr;
    const Cluster *cluster = nullptr;
    std::int64_t achieved = 0;
    std::vector<std::string> plan; ///< what is left to do; empty when nothing is
    std::string restoreJobId;      ///< the job it is restoring from; empty otherwise
    bool fails = false;            ///< it reports an error, and goes on by itself later
};

struct AutomationState
{
    std::int64_t goalVersion = 0;
    std::vector<AgentState> agents;
};

/// Whether a restore to a cluster is in progress: ordered, and the last agent not yet at the goal.
bool isRestoring(const Job &job, const Options &options, Time now);

/// Each automated restore raises the goal of the target's project when it is handed over; the target's agents reach it
/// one after the other, all others at once.
AutomationState automationState(const World &world, const Options &options, const std::vector<Job> &jobs,
                                const std::string &projectId, Time now);

} // namespace tidemark::demo
