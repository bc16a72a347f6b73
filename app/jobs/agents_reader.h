#pragma once

#include "cloud/cloud_client.h"
#include "jobs/poller.h"

#include <QObject>

#include <map>
#include <memory>

namespace tidemark {

/// What the agents of a project do, and what they were told to do.
struct AgentsRead
{
    AutomationStatus status;
    /// What its goal, or an earlier one, stands for; empty where that was not wanted or may not be read.
    std::shared_ptr<const RedactedAutomationConfig> config;
};

/// Reads the agents' status of the projects into which something is restored, once in each interval for each of them.
/// Once for each goal version it reads what the goal stands for as well, the automation configuration without secrets;
/// where that is refused (old servers, missing role) it does not ask again.
class AgentsReader
{
public:
    using Arrived = std::function<void(const ProjectId &, const Result<AgentsRead> &)>;
    /// Whether it matters what this goal of the project stands for.
    using WantsConfig = std::function<bool(const ProjectId &, qint64 goalVersion)>;

    AgentsReader(CloudClient &client, std::chrono::milliseconds longestPause, RequestBudget *budget,
                 WantsConfig wantsConfig, Arrived arrived);

    /// These projects, each at its interval, and no others.
    void follow(const std::map<ProjectId, std::chrono::milliseconds> &wanted);
    /// nullptr: it was not read in this run.
    const AutomationStatus *lastRead(const ProjectId &project) const;
    void readAllNow() { m_reads.readAllNow(); }

private:
    struct Known
    {
        std::shared_ptr<const RedactedAutomationConfig> config;
        qint64 goal = 0; ///< the goal version that it stands for
        bool isRefused = false;
    };

    Async<AgentsRead> read(const ProjectId &project);
    void readConfig(const ProjectId &project, const AutomationStatus &status, const Deferred<AgentsRead> &deferred);

    CloudClient &m_client;
    RequestBudget *m_budget; ///< outlives this
    WantsConfig m_wantsConfig;
    std::map<ProjectId, std::chrono::milliseconds> m_followed;
    std::map<ProjectId, Known> m_configs;
    std::map<ProjectId, AutomationStatus> m_last;
    Poller<ProjectId, AgentsRead> m_reads;
    QObject m_context; ///< last: what comes after it is gone is nobody's
};

} // namespace tidemark
