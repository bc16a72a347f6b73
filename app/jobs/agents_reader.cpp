#include "jobs/agents_reader.h"

#include "base/later.h"
#include "base/log.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int readsAtOnce = 2;

/// It would be the same the next time.
bool isRefusal(const Error &error)
{
    return error.kind == ErrorKind::Permission || error.kind == ErrorKind::NotFound ||
           error.kind == ErrorKind::Refused || error.kind == ErrorKind::Parse;
}

} // namespace

AgentsReader::AgentsReader(CloudClient &client, std::chrono::milliseconds longestPause, RequestBudget *budget,
                           WantsConfig wantsConfig, Arrived arrived)
    : m_client(client)
    , m_budget(budget)
    , m_wantsConfig(std::move(wantsConfig))
    , m_reads(
          readsAtOnce, longestPause, budget, [this](const ProjectId &project) { return read(project); },
          std::move(arrived))
{
}

void AgentsReader::follow(const std::map<ProjectId, std::chrono::milliseconds> &wanted)
{
    for (const auto &[project, interval] : m_followed) {
        if (!wanted.contains(project))
            m_reads.remove(project);
    }
    m_followed = wanted;
    for (const auto &[project, interval] : wanted)
        m_reads.add(project, interval);
}

const AutomationStatus *AgentsReader::lastRead(const ProjectId &project) const
{
    const auto known = m_last.find(project);
    return known == m_last.end() ? nullptr : &known->second;
}

Async<AgentsRead> AgentsReader::read(const ProjectId &project)
{
    const Deferred<AgentsRead> deferred;
    whenDone(&m_context, m_client.automationStatus(project),
             [this, project, deferred](const Result<AutomationStatus> &status) {
                 if (!status) {
                     deferred.resolve(failure(status.error()));
                     return;
                 }
                 m_last[project] = *status;
                 const Known &known = m_configs[project];
                 if (known.isRefused || known.goal >= status->goalVersion ||
                     !m_wantsConfig(project, status->goalVersion))
                     deferred.resolve(AgentsRead{*status, known.config});
                 else
                     readConfig(project, *status, deferred);
             });
    return deferred.future();
}

void AgentsReader::readConfig(const ProjectId &project, const AutomationStatus &status,
                              const Deferred<AgentsRead> &deferred)
{
    m_budget->spend(1, RequestBudget::Time::clock::now());
    whenDone(&m_context, m_client.redactedAutomationConfig(project),
             [this, project, status, deferred](const Result<RedactedAutomationConfig> &config) {
                 Known &known = m_configs[project];
                 if (!config) {
                     known.isRefused = isRefusal(config.error());
                     qCInfo(lcJobs, "The automation configuration of project %s could not be read: %s",
                            qUtf8Printable(project.value), qUtf8Printable(config.error().sentence));
                     deferred.resolve(AgentsRead{status, known.config});
                     return;
                 }
                 known.config = std::make_shared<const RedactedAutomationConfig>(*config);
                 known.goal = std::max(status.goalVersion, config->version.value_or(0));
                 if (known.goal == status.goalVersion) {
                     deferred.resolve(AgentsRead{status, known.config});
                     return;
                 }
                 // The status is from before: what it says of the agents is about another goal.
                 whenDone(&m_context, read(project),
                          [deferred](const Result<AgentsRead> &again) { deferred.resolve(again); });
             });
}

} // namespace tidemark
