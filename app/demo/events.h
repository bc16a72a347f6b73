#pragma once

#include "demo/jobs.h"

namespace tidemark::demo {

/// Something that happened in a project. An event of a restore names no job, snapshot or target.
struct Event
{
    std::string id;
    Time created;
    std::string type;
    std::string projectId;
    const Cluster *cluster = nullptr;
    const ReplicaSet *set = nullptr; ///< the part a job stands for
    Orderer orderer;
};

/// What is known at @p now, newest first: RESTORE_REQUESTED_AUDIT for each job, a while after it was created, and
/// AUTOMATION_CONFIG_PUBLISHED_AUDIT in the target's project when the agents are told, and what led to the gap in the
/// oplog. A drop or a delete makes no event.
std::vector<Event> projectEvents(const World &world, const Options &options, const std::vector<Job> &jobs,
                                 const std::string &projectId, Time now);

/// Whether the documentation's list of event types has it.
bool isEventType(const std::string &name);

} // namespace tidemark::demo
