#include "jobs/agents_reader.h"

namespace tidemark {

namespace {
constexpr int statusesAtOnce = 2;
}

AgentsReader::AgentsReader(CloudClient &client, std::chrono::milliseconds longestPause, Arrived arrived)
    : m_statuses(
          statusesAtOnce, longestPause,
          [&client](const ProjectId &project) { return client.automationStatus(project); }, std::move(arrived))
{
}

void AgentsReader::follow(const std::map<ProjectId, std::chrono::milliseconds> &wanted)
{
    for (const auto &[project, interval] : m_followed) {
        if (!wanted.contains(project))
            m_statuses.remove(project);
    }
    m_followed = wanted;
    for (const auto &[project, interval] : wanted)
        m_statuses.add(project, interval);
}

} // namespace tidemark
