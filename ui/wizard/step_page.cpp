#include "ui/wizard/step_page.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/wizard/finding_lines.h"

#include <QKeyEvent>

namespace tidemark {

StepPage::StepPage(WizardContext &context, Step step, QWidget *parent)
    : HeadedPage(parent)
    , m_context(context)
    , m_step(step)
    , m_other(new FieldHint)
{
    m_other->setObjectName(QStringLiteral("otherHint"));
    m_other->setKeepsPlace(false);
    const auto refreshIfSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&context, &WizardContext::draftChanged, this, refreshIfSeen);
    connect(&context, &WizardContext::factsChanged, this, refreshIfSeen);
    connect(&context, &WizardContext::ticked, this, refreshIfSeen);
}

void StepPage::addHint(Field field, FieldHint *hint)
{
    m_hints[field] = hint;
}

bool StepPage::isComplete() const
{
    return isReady() && tidemark::isComplete(m_context.findings(m_step));
}

void StepPage::initializePage()
{
    refresh();
}

void StepPage::cleanupPage() {}

void StepPage::showEvent(QShowEvent *event)
{
    HeadedPage::showEvent(event);
    refresh();
}

/// Enter that is still held down from a page before presses no default button of this one.
void StepPage::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || !event->isAutoRepeat())
        HeadedPage::keyPressEvent(event);
}

void StepPage::refresh()
{
    showDraft();
    showFindings();
    const bool complete = isComplete();
    if (complete != m_wasComplete) {
        m_wasComplete = complete;
        Q_EMIT completeChanged();
    }
}

std::vector<Finding> StepPage::findings() const
{
    return m_context.findings(m_step);
}

void StepPage::showFindings()
{
    std::map<FieldHint *, std::vector<FieldHint::Line>> lines;
    for (const auto &[field, hint] : m_hints)
        lines[hint]; // those without a finding are emptied
    lines[m_other];
    for (const Finding &finding : findings()) {
        const auto hint = m_hints.find(finding.field);
        lines[hint == m_hints.end() ? m_other : hint->second].push_back(
            findingLine(finding, m_context.isTouched(finding.field)));
    }
    for (auto &[hint, said] : lines)
        hint->say(worstFirst(std::move(said)));
}

} // namespace tidemark
