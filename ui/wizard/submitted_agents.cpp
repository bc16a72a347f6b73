#include "ui/wizard/submitted_agents.h"

#include "base/text.h"
#include "ui/look/bar.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

constexpr size_t MostLines = 6;
constexpr size_t AgentsAtWork = 2; ///< place of that stage, see jobs/stages.h

QString nameOf(const QString &host, const QString &process)
{
    return host.isEmpty() ? process : host;
}

QWidget *makeLine(const AgentLine &line)
{
    const bool isError = !line.words.isEmpty();
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, u(0.5), 0, u(0.5));
    layout->setSpacing(u(2));
    layout->addWidget(new LookIcon(isError ? QStringLiteral("error") : QStringLiteral("running"),
                                   isError ? Ink::Danger : Ink::Run, 4),
                      0, Qt::AlignTop);
    layout->addWidget(new LookLabel(line.host, TypeRole::Mono, Ink::Text, LookLabel::Wrap::Yes), 1);
    layout->addWidget(new LookLabel(isError ? line.words : SubmittedAgents::tr("not at the goal yet"),
                                    TypeRole::Caption, isError ? Ink::Danger : Ink::Text2, LookLabel::Wrap::Yes),
                      2);
    return row;
}

} // namespace

std::vector<AgentLine> agentLines(const AgentsProgress &agents, size_t most)
{
    std::vector<AgentLine> lines;
    for (const AgentError &error : agents.errors)
        lines.push_back({nameOf(error.hostname, error.process), error.words});
    if (!agents.isLastWord()) {
        for (const AutomationProcess &process : agents.processes) {
            const bool hasError = std::ranges::any_of(
                agents.errors, [&process](const AgentError &error) { return error.process == process.name; });
            if (process.lastGoalVersionAchieved < agents.goal && !hasError)
                lines.push_back({nameOf(process.hostname, process.name), {}});
        }
    }
    if (lines.size() > most) {
        const size_t more = lines.size() - most + 1;
        lines.resize(most - 1);
        lines.push_back({SubmittedAgents::tr("and %1 more").arg(more), {}});
    }
    return lines;
}

SubmittedAgents::SubmittedAgents(QWidget *parent)
    : Panel(3, parent)
    , m_title(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_asOf(new LookLabel({}, TypeRole::Caption, Ink::Text2))
    , m_progress(new ProgressLine)
    , m_list(new QVBoxLayout)
{
    setObjectName(QStringLiteral("submittedAgents"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    m_asOf->setObjectName(QStringLiteral("agentsAsOf"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_asOf, 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addWidget(m_progress);
    layout->addLayout(m_list);
    layout->addStretch(1);
    keepMeasures(this, [layout, this] {
        layout->setSpacing(u(1.5));
        m_list->setSpacing(0);
    });
}

void SubmittedAgents::show(const StageLine &line, const AgentsProgress &agents, const QDateTime &read)
{
    const Stage stage = line.stages.size() > AgentsAtWork ? line.stages[AgentsAtWork] : Stage();
    const bool isCounted = stage.fraction || stage.state == StageState::Done;
    m_title->setText(stage.detail.isEmpty() ? tr("They have not been told yet") : stage.detail);
    m_progress->setVisible(isCounted);
    m_progress->setBar(
        {stage.state == StageState::Done ? BarKind::Verified : BarKind::Run, stage.fraction.value_or(1)});
    m_progress->setAccessibleName(m_title->text());
    m_asOf->setText(read.isValid() ? tr("as of %1").arg(timeOfDayText(read)) : QString());
    const std::vector<AgentLine> lines = agentLines(agents, MostLines);
    QStringList words{m_title->text()};
    for (const AgentLine &one : lines)
        words << (one.words.isEmpty() ? one.host : tr("%1: %2").arg(one.host, one.words));
    setAccessibleName(words.join(QStringLiteral("; ")));
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem *item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const AgentLine &one : lines)
        m_list->addWidget(makeLine(one));
}

} // namespace tidemark
