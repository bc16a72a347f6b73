#include "ui/wizard/config_bar.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/message_bar.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ConfigBar::ConfigBar(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_button(new QPushButton(tr("Read the &full configuration…")))
    , m_bar(new MessageBar)
{
    m_button->setObjectName(QStringLiteral("readFullConfiguration"));
    m_button->setAutoDefault(false);
    m_bar->setObjectName(QStringLiteral("fullConfigurationQuestion"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_bar);
    connect(m_button, &QPushButton::clicked, this, &ConfigBar::ask);
    showFacts();
}

void ConfigBar::showFacts()
{
    const std::optional<TargetFacts> &facts = m_context.facts().target;
    const bool canBe = facts && lacksRedactedConfig(*facts) && !m_context.loader().readsFullConfigs();
    if (!canBe || m_bar->about() != facts->target.value)
        m_bar->clear(); // what was asked is answered, or was about another target
    setVisible(canBe);
}

void ConfigBar::ask()
{
    const ClusterId target = m_context.facts().target->target;
    m_bar->ask(MessageBar::Kind::Warning,
               tr("Read the full automation configuration? This server cannot leave the secrets out of it: key files "
                  "and the hashes of passwords come with it over the network. The processes' versions, storage, TLS "
                  "and sign-in settings are looked at; nothing else of it is kept, and nothing is written down."),
               {{tr("Read it"),
                 [this, target] {
                     if (m_context.facts().target && m_context.facts().target->target == target)
                         m_context.loader().readFullConfigs();
                     showFacts();
                 }},
                {tr("Not now"), {}}},
               target.value);
}

} // namespace tidemark
