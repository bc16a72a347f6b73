#include "ui/connections/test_step_row.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>

namespace tidemark {

namespace {

/// A word without a break would make the window as wide as it is. Eight bytes of a SHA-256 fingerprint fit everywhere.
constexpr qsizetype LongestWord = 24;

QString broken(QString fact)
{
    const qsizetype start = fact.lastIndexOf(QLatin1Char(' ')) + 1;
    if (fact.size() - start <= 2 * LongestWord)
        return fact;
    for (qsizetype at = start; at < fact.size(); at += LongestWord + 1)
        fact.insert(at, QLatin1Char('\n'));
    return fact;
}

QString factsText(const QStringList &facts)
{
    QStringList lines;
    for (const QString &fact : facts)
        lines << broken(fact);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

TestStepRow::TestStepRow(ConnectionStep step, QWidget *parent)
    : QWidget(parent)
    , m_step(step)
    , m_icon(new QLabel)
    , m_name(new QLabel(tr("%1. %2").arg(static_cast<int>(step) + 1).arg(stepName(step))))
    , m_state(new QLabel)
    , m_sentence(wrappingLabel())
    , m_hint(new FieldHint)
    , m_facts(wrappingLabel())
{
    setObjectName(QStringLiteral("testStep%1").arg(static_cast<int>(step) + 1));
    m_name->setTextFormat(Qt::PlainText);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setObjectName(QStringLiteral("stepState"));
    m_sentence->setObjectName(QStringLiteral("stepSentence"));
    m_facts->setObjectName(QStringLiteral("stepFacts"));
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_icon->setFixedWidth(style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this));
    m_hint->setKeepsPlace(false);
    for (QLabel *label : {m_sentence, m_facts})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_icon, 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(m_state, 0, 2);
    grid->addWidget(m_sentence, 1, 1, 1, 2);
    grid->addWidget(m_hint, 2, 1, 1, 2);
    grid->addWidget(m_facts, 3, 1, 1, 2);
    setReport({});
}

void TestStepRow::setReport(const StepReport &report)
{
    const bool ended = report.state != m_report.state;
    m_report = report;
    showIcon();
    m_state->setText(stateWord(report.state));
    m_sentence->setText(report.sentence);
    m_sentence->setVisible(!report.sentence.isEmpty());
    std::vector<FieldHint::Line> lines;
    if (!report.warning.isEmpty())
        lines.push_back({FieldHint::Level::Warning, report.warning});
    if (!report.hint.isEmpty())
        lines.push_back({FieldHint::Level::Note, report.hint});
    m_hint->say(lines);
    m_facts->setText(factsText(report.facts));
    m_facts->setVisible(!report.facts.isEmpty());

    const QString text = tr("%1: %2. %3").arg(m_name->text(), m_state->text(), report.sentence);
    setAccessibleName(text.trimmed());
    setAccessibleDescription(
        (QStringList{report.warning, report.hint} + report.facts).join(QLatin1Char('\n')).trimmed());
    if (ended && report.state == StepReport::State::Failed) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

QIcon TestStepRow::stateIcon() const
{
    const QStyle *look = style();
    switch (m_report.state) {
    case StepReport::State::Pending:
        return {};
    case StepReport::State::Running:
        return look->standardIcon(QStyle::SP_BrowserReload, nullptr, this);
    case StepReport::State::Passed:
    case StepReport::State::NotUsed:
        return look->standardIcon(QStyle::SP_DialogApplyButton, nullptr, this);
    case StepReport::State::Untried:
        return look->standardIcon(QStyle::SP_MessageBoxQuestion, nullptr, this);
    case StepReport::State::Failed:
        return look->standardIcon(QStyle::SP_MessageBoxCritical, nullptr, this);
    case StepReport::State::Cancelled:
        return look->standardIcon(QStyle::SP_DialogCancelButton, nullptr, this);
    }
    return {};
}

void TestStepRow::showIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(stateIcon().pixmap(QSize(size, size), devicePixelRatio()));
}

void TestStepRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        showIcon();
}

} // namespace tidemark
