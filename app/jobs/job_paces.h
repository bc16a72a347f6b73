#pragma once

#include "jobs/job_group.h"

#include <chrono>
#include <map>

namespace tidemark {

/// How often to read what.
struct JobPaces
{
    std::map<ClusterId, std::chrono::milliseconds> lists; ///< a cluster without restores is not in it
    std::map<ProjectId, std::chrono::milliseconds> agents;

    /// Whether anything is read at a shorter interval than this.
    bool anyBelow(std::chrono::milliseconds interval) const;
    bool operator==(const JobPaces &) const = default;
};

/// `active` while something is under way in a cluster or a project's agents work on it, four times as long while links
/// wait to be used, and `idle` for all else: what is final, what has not moved for a day, what nobody knows how to wait
/// for. Agents are read only where needsAgents(). `now` is the server's clock.
JobPaces pacesOf(const std::vector<JobGroup> &groups, std::chrono::milliseconds active, std::chrono::milliseconds idle,
                 const QDateTime &now);

} // namespace tidemark
