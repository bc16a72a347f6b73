#include "ui/jobs/job_pane.h"

#include "base/text.h"
#include "jobs/job_texts.h"
#include "ui/look/chip.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/metrics.h"
#include "ui/look/panel.h"
#include "ui/look/stage_widgets.h"

#include <QGridLayout>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

constexpr qsizetype LongestWord = 26; ///< that has room beside its name
constexpr size_t MostProcesses = 12;  ///< in one pane; the others are counted

LookLabel *selectable(const QString &text, TypeRole type, Ink ink)
{
    auto *label = new LookLabel(text, type, ink, LookLabel::Wrap::Yes);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A hash or a file's name.
bool hasLongWord(const QString &value)
{
    const QStringList words = value.split(QLatin1Char(' '));
    return std::ranges::any_of(words, [](const QString &word) { return word.size() > LongestWord; });
}

/// A hash or an id, to be compared with another one.
bool isMono(const QString &value)
{
    return value.size() >= 24 &&
           std::ranges::all_of(value, [](QChar c) { return c.isDigit() || (c >= u'a' && c <= u'f'); });
}

/// What the pane is built for: the facts without the words that are set in place.
JobPaneFacts shapeOf(JobPaneFacts facts)
{
    facts.line = {};
    for (JobReport::Section &section : facts.report.sections) {
        for (auto &[what, value] : section.lines)
            value = hasLongWord(value) ? QStringLiteral("long") : isMono(value) ? QStringLiteral("mono") : QString();
    }
    return facts;
}

} // namespace

JobPaneFacts jobPaneFacts(const JobGroup &group, const std::vector<Download> &downloads, const QString &connectionName,
                          const QDateTime &now, const AutomationStatus *agents)
{
    JobPaneFacts facts;
    facts.line = stages(group, now);
    facts.report = jobReport(group, downloads, connectionName, now);
    // The moment of a report is not a fact of the restore, and would change with each look.
    for (JobReport::Section &section : facts.report.sections)
        std::erase_if(section.lines, [&now](const auto &line) { return line.second == utcText(now); });
    const QString target = targetText(group);
    facts.title = target.isEmpty() || !group.isAutomatedRestore()
                      ? group.clusterName
                      : JobPane::tr("%1 → %2").arg(group.clusterName, target);
    facts.mode =
        group.isBatch()
            ? JobPane::tr("%1, a batch of %n jobs", nullptr, static_cast<int>(group.jobs.size())).arg(modeText(group))
            : modeText(group);
    facts.moment = group.pointText;
    facts.errors = group.agents.errors;
    if (!group.agents.isLastWord())
        std::ranges::copy_if(
            group.agents.processes, std::back_inserter(facts.behind),
            [&group](const AutomationProcess &process) { return process.lastGoalVersionAchieved < group.agents.goal; });
    for (AutomationProcess &process : facts.behind) {
        const std::vector<AutomationProcess> none;
        const auto &seen = agents ? agents->processes : none;
        const auto found = std::ranges::find(seen, process.name, &AutomationProcess::name);
        if (found != seen.end())
            process.plan = found->plan;
    }
    return facts;
}

JobPane::JobPane(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("jobPane"));
    setAccessibleName(tr("The chosen restore"));
    setWidgetResizable(true);
    setFrameShape(QFrame::StyledPanel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build();
}

QSize JobPane::sizeHint() const
{
    return {u(86), u(100)};
}

void JobPane::show(const JobPaneFacts &facts)
{
    if (m_facts == facts)
        return;
    if (m_facts && shapeOf(*m_facts) == shapeOf(facts)) {
        m_facts = facts;
        tell();
        return;
    }
    const bool isSame = m_facts && m_facts->title == facts.title && m_facts->moment == facts.moment;
    const int place = isSame ? verticalScrollBar()->value() : 0;
    m_facts = facts;
    build();
    if (place > 0) {
        m_content->layout()->activate(); // how high it is
        verticalScrollBar()->setMaximum(std::max(place, verticalScrollBar()->maximum()));
        verticalScrollBar()->setValue(place);
    }
}

void JobPane::clear()
{
    if (!m_facts)
        return;
    m_facts.reset();
    build();
}

void JobPane::tell()
{
    m_chip->setChip(chipOf(m_facts->line));
    m_stages->setStages(m_facts->line.stages);
    auto label = m_values.begin();
    for (const JobReport::Section &section : m_facts->report.sections) {
        for (const auto &[what, value] : section.lines) {
            if ((*label)->text() != value) // the same words too would end their selection
                (*label)->setText(value);
            ++label;
        }
    }
}

void JobPane::build()
{
    m_values.clear();
    m_chip = nullptr;
    m_stages = nullptr;
    m_content = new QWidget;
    m_content->setAutoFillBackground(true);
    m_content->setBackgroundRole(QPalette::Base);
    m_layout = new QVBoxLayout(m_content);
    m_layout->setContentsMargins(u(3.5), u(3.5), u(3.5), u(3.5));
    m_layout->setSpacing(u(2));
    if (!m_facts) {
        m_layout->addWidget(new LookLabel(tr("Select a restore to see how far it is and all that is known of it."),
                                          TypeRole::Body, Ink::Text2, LookLabel::Wrap::Yes));
        m_layout->addStretch(1);
        setWidget(m_content);
        return;
    }
    m_layout->addWidget(selectable(m_facts->title, TypeRole::Heading, Ink::Text));
    m_chip = new Chip;
    m_layout->addWidget(m_chip, 0, Qt::AlignLeading);
    m_layout->addWidget(selectable(m_facts->mode, TypeRole::Caption, Ink::Text2));
    if (!m_facts->moment.isEmpty())
        m_layout->addWidget(selectable(m_facts->moment, TypeRole::Strong, Ink::Text));
    m_stages = new StageColumn;
    m_layout->addWidget(m_stages);
    addAgents();
    addReport();
    tell();
    m_layout->addStretch(1);
    setWidget(m_content);
}

void JobPane::addHeading(const QString &text)
{
    m_layout->addSpacing(u(1));
    m_layout->addWidget(selectable(text, TypeRole::Strong, Ink::Text));
}

void JobPane::addAgents()
{
    for (const AgentError &error : m_facts->errors) {
        auto *panel = new tidemark::Panel(2);
        panel->setTone(Ink::Danger);
        auto *layout = new QVBoxLayout(panel);
        layout->setContentsMargins({});
        layout->setSpacing(0);
        layout->addWidget(
            selectable(tr("%1 reports an error").arg(error.hostname.isEmpty() ? error.process : error.hostname),
                       TypeRole::Strong, Ink::Danger));
        layout->addWidget(selectable(error.words, TypeRole::Body, Ink::Text));
        m_layout->addWidget(panel);
    }
    if (m_facts->behind.empty())
        return;
    addHeading(tr("Agents not at the goal: %1").arg(m_facts->behind.size()));
    for (size_t i = 0; i < std::min(m_facts->behind.size(), MostProcesses); ++i) {
        const AutomationProcess &process = m_facts->behind[i];
        auto *lines = new QVBoxLayout;
        lines->setSpacing(0);
        lines->addWidget(
            selectable(process.hostname.isEmpty() ? process.name : process.hostname, TypeRole::Mono, Ink::Text));
        // Their names stand as the server sent them: they are no progress.
        if (!process.plan.isEmpty())
            lines->addWidget(
                selectable(tr("plan: %1").arg(process.plan.join(QStringLiteral(", "))), TypeRole::Caption, Ink::Text2));
        m_layout->addLayout(lines);
    }
    if (m_facts->behind.size() > MostProcesses)
        m_layout->addWidget(new LookLabel(tr("and %1 more").arg(m_facts->behind.size() - MostProcesses),
                                          TypeRole::Caption, Ink::Text2));
}

void JobPane::addReport()
{
    for (const JobReport::Section &section : m_facts->report.sections) {
        addHeading(section.title);
        m_grid = new QGridLayout;
        m_grid->setHorizontalSpacing(u(3));
        m_grid->setVerticalSpacing(u(0.5));
        m_grid->setColumnStretch(1, 1);
        for (const auto &[what, value] : section.lines)
            addLine(what, value, isMono(value));
        m_layout->addLayout(m_grid);
    }
}

void JobPane::addLine(const QString &what, const QString &value, bool isMono)
{
    const int row = m_grid->rowCount();
    LookLabel *text = selectable(value, isMono ? TypeRole::Mono : TypeRole::Body, Ink::Text);
    m_values.push_back(text);
    if (hasLongWord(value)) { // it cannot break, and needs all of the width
        text->setType(TypeRole::Mono);
        m_grid->addWidget(new LookLabel(what, TypeRole::Caption, Ink::Text2), row, 0, 1, 2);
        m_grid->addWidget(text, row + 1, 0, 1, 2);
        return;
    }
    m_grid->addWidget(new LookLabel(what, TypeRole::Caption, Ink::Text2), row, 0, Qt::AlignTop);
    m_grid->addWidget(text, row, 1);
}

} // namespace tidemark
