#include "ui/wizard/safety_bar.h"

#include "preparation/wizard_context.h"
#include "safety/safety_texts.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/count_box.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/window_size.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

static constexpr int UsualDays = 7;

SafetyBar::SafetyBar(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_line(new LookLabel({}, TypeRole::CaptionMedium, Ink::Text, LookLabel::Wrap::Yes))
    , m_trouble(new LookLabel({}, TypeRole::Caption, Ink::Warn, LookLabel::Wrap::Yes))
    , m_button(new QPushButton(tr("Ta&ke a safety snapshot first…")))
    , m_bar(new MessageBar)
    , m_retention(new QWidget)
    , m_days(new CountBox)
    , m_daysHint(new FieldHint(m_days))
    , m_typedDays(QString::number(UsualDays))
{
    m_line->setObjectName(QStringLiteral("safetyLine"));
    m_line->setTextFormat(Qt::PlainText);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_trouble->setObjectName(QStringLiteral("safetyTrouble"));
    m_trouble->setTextFormat(Qt::PlainText);
    m_button->setObjectName(QStringLiteral("takeSafety"));
    m_button->setAutoDefault(false);
    m_bar->setObjectName(QStringLiteral("safetyQuestion"));
    m_days->setObjectName(QStringLiteral("safetyDays"));
    m_daysHint->setObjectName(QStringLiteral("safetyDaysHint"));
    m_days->setRange(1, MostRetentionDays);
    m_daysHint->setKeepsPlace(false);
    auto *retention = new QVBoxLayout(m_retention);
    retention->setContentsMargins({});
    retention->addWidget(besideLabel(tr("Keep it for (&days)"), m_days), 0, Qt::AlignLeft);
    retention->addWidget(m_daysHint);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_line);
    layout->addWidget(m_trouble);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_retention);
    layout->addWidget(m_bar);
    keepMeasures(this, [layout] { layout->setSpacing(u(1.5)); });
    m_retention->hide();
    connect(m_days, &CountBox::edited, this, [this](const QString &text) {
        m_typedDays = text;
        showDays();
    });
    connect(m_button, &QPushButton::clicked, this, &SafetyBar::ask);
}

bool SafetyBar::hasTarget() const
{
    const RestoreDraft &draft = m_context.draft();
    return draft.mode && isAutomated(*draft.mode) && draft.targetCluster;
}

std::optional<SafetyTaker::Known> SafetyBar::known() const
{
    return hasTarget() ? m_context.session().safety().forNextRestore(m_context.draft().targetCluster->id)
                       : std::nullopt;
}

void SafetyBar::refresh()
{
    if (!hasTarget()) {
        endQuestion();
        hide();
        return;
    }
    const Cluster &target = *m_context.draft().targetCluster;
    const auto known = this->known();
    const auto offer = safetyOffer(target, serverVersion(m_context.session().client().serverInfo().version),
                                   m_context.facts().target, m_context.now());
    const QString line = known ? safetyLine(known->kept, known->state) : offer.whyNot;
    const bool canBeTaken = offer.canBeTaken && (!known || mayAskAgain(known->state, m_context.now()));
    if (m_bar->about() != target.id.value || !canBeTaken)
        endQuestion(); // it was about another one, or has been answered
    if (m_line->text() != line)
        m_line->setText(line);
    m_line->setVisible(!line.isEmpty());
    const QString trouble = known && known->refusedSince ? refusedText(*known->refusedSince)
                            : known                      ? safetyTrouble(known->look)
                                                         : QString();
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_button->setVisible(canBeTaken && m_bar->about().isEmpty());
    setVisible(canBeTaken || !line.isEmpty());
}

std::vector<Finding> SafetyBar::findings() const
{
    const auto known = this->known();
    return known ? safetyFindings(known->state, m_context.now()) : std::vector<Finding>();
}

QString SafetyBar::key() const
{
    const auto known = this->known();
    return known ? known->kept.key : QString();
}

bool SafetyBar::isWhole() const
{
    const auto known = this->known();
    return known && std::holds_alternative<SafetyWhole>(known->state);
}

void SafetyBar::ask()
{
    const Project project = m_context.draft().targetProject;
    const Cluster target = *m_context.draft().targetCluster;
    m_bar->ask(
        MessageBar::Kind::Warning,
        safetyQuestion(confirmationName(target), serverVersion(m_context.session().client().serverInfo().version)),
        {{tr("Take it now"), [this, project, target] { take(project, target); }},
         {tr("Not now"),
          [this] {
              refresh();
              m_button->setFocus(Qt::OtherFocusReason);
          }}},
        target.id.value);
    m_retention->show();
    showDays();
    refresh();
    m_days->setFocus(Qt::OtherFocusReason);
    bringIntoView(m_bar);
}

void SafetyBar::take(const Project &project, const Cluster &target)
{
    const std::optional<int> days = retentionDays(m_typedDays);
    if (!days) {
        ask();
        return;
    }
    m_context.session().safety().take(project, target, *days);
    refresh();
    m_line->setFocus(Qt::OtherFocusReason); // where it is told how it goes on
}

void SafetyBar::showDays()
{
    m_days->showText(m_typedDays);
    if (retentionDays(m_typedDays))
        m_daysHint->clear();
    else
        m_daysHint->say({{FieldHint::Level::Error, retentionObjection()}});
}

void SafetyBar::endQuestion()
{
    m_bar->clear();
    m_retention->hide();
}

} // namespace tidemark
