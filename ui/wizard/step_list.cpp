#include "ui/wizard/step_list.h"

#include <QLabel>
#include <QVBoxLayout>

namespace tidemark {

StepList::StepList(QWidget *parent)
    : QWidget(parent)
    , m_titles{tr("Source"), tr("Restore mode"), tr("Restore point"), tr("Target"), tr("Review"), tr("Submitted")}
{
    auto *layout = new QVBoxLayout(this);
    QFont bold;
    bold.setBold(true);
    int width = 0;
    for (qsizetype i = 0; i < m_titles.size(); ++i) {
        auto *label = new QLabel;
        label->setFont(bold); // measured in bold, so that the list keeps its width
        width = std::max(width, label->fontMetrics().horizontalAdvance(QStringLiteral("✓  ") + m_titles.at(i)));
        m_labels.push_back(label);
        layout->addWidget(label);
    }
    layout->addStretch(1);
    setMinimumWidth(width + layout->contentsMargins().left() + layout->contentsMargins().right());
    setAccessibleName(tr("Steps"));
    showSteps();
}

void StepList::setCurrent(int page)
{
    if (page == m_current)
        return;
    m_current = page;
    showSteps();
}

void StepList::setTargetNeeded(bool needed)
{
    if (needed == m_targetNeeded)
        return;
    m_targetNeeded = needed;
    showSteps();
}

void StepList::showSteps()
{
    for (int i = 0; i < int(m_labels.size()); ++i) {
        QLabel *label = m_labels.at(size_t(i));
        const bool skipped = i == TargetPageId && !m_targetNeeded;
        const QString mark = i < m_current    ? QStringLiteral("✓  ")
                             : i == m_current ? QStringLiteral("▸  ")
                                              : QStringLiteral("    ");
        label->setText(mark + m_titles.at(i));
        QFont font;
        font.setBold(i == m_current);
        label->setFont(font);
        label->setEnabled(i <= m_current);
        label->setVisible(!skipped);
        label->setAccessibleName(i == m_current  ? tr("%1, current step").arg(m_titles.at(i))
                                 : i < m_current ? tr("%1, done").arg(m_titles.at(i))
                                                 : m_titles.at(i));
    }
}

} // namespace tidemark
