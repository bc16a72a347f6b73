#pragma once

#include "cloud/cloud_client.h"
#include "jobs/poller.h"

#include <map>

namespace tidemark {

/// Reads the agents' status of the projects into which something is restored, once in each interval for each of them.
class AgentsReader
{
public:
    using Arrived = std::function<void(const ProjectId &, const Result<AutomationStatus> &)>;

    AgentsReader(CloudClient &client, std::chrono::milliseconds longestPause, Arrived arrived);

    /// These projects, each at its interval, and no others.
    void follow(const std::map<ProjectId, std::chrono::milliseconds> &wanted);
    void readAllNow() { m_statuses.readAllNow(); }

private:
    std::map<ProjectId, std::chrono::milliseconds> m_followed;
    Poller<ProjectId, AutomationStatus> m_statuses;
};

} // namespace tidemark
