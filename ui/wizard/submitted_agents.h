#pragma once

#include "jobs/job_group.h"
#include "jobs/stages.h"
#include "ui/look/panel.h"

class QVBoxLayout;

namespace tidemark {

class LookLabel;
class ProgressLine;

/// One process in the list of agents.
struct AgentLine
{
    QString host;
    QString words; ///< its error; empty for one that is merely not at the goal yet

    bool operator==(const AgentLine &) const = default;
};

/// Errors first, then who is not at the goal yet, at most so many; how many more there are stands in the last one.
std::vector<AgentLine> agentLines(const AgentsProgress &agents, size_t most);

/// How far the agents of an automated restore are, and who holds it up.
class SubmittedAgents : public Panel
{
    Q_OBJECT

public:
    explicit SubmittedAgents(QWidget *parent = nullptr);

    /// `line`: of the whole restore. `read`: when the agents were read last, by the server's clock; invalid: never.
    void show(const StageLine &line, const AgentsProgress &agents, const QDateTime &read);

private:
    LookLabel *m_title;
    LookLabel *m_asOf;
    ProgressLine *m_progress;
    QVBoxLayout *m_list;
    std::vector<AgentLine> m_lines;
};

} // namespace tidemark
