#include "ui/wizard/mode_page.h"

#include "preparation/wizard_context.h"
#include "ui/look/choice_card.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/field_hint.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QWizard>

#include <algorithm>

namespace tidemark {

namespace {

/// What happens to the target stands above the group.
QString explanation(RestoreMode mode)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
        return ModePage::tr("Makes a link to the snapshot's archives; they are downloaded and verified here.");
    case RestoreMode::AutomatedSnapshot:
        return ModePage::tr("The automation agents fill the target cluster with a snapshot.");
    case RestoreMode::OplogTimestamp:
        return ModePage::tr("The agents restore everything up to and including one entry of the oplog.");
    case RestoreMode::PointInTime:
        return ModePage::tr("The agents restore everything up to just before a moment that you choose.");
    case RestoreMode::Checkpoint:
        return ModePage::tr("The agents restore a sharded cluster of FCV 4.0 or earlier to a checkpoint between its "
                            "snapshots.");
    }
    return {};
}

QString iconOf(RestoreMode mode)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
        return QStringLiteral("download");
    case RestoreMode::AutomatedSnapshot:
        return QStringLiteral("snapshot");
    case RestoreMode::OplogTimestamp:
        return QStringLiteral("oplog");
    case RestoreMode::PointInTime:
        return QStringLiteral("point-in-time");
    case RestoreMode::Checkpoint:
        return QStringLiteral("checkpoint");
    }
    return {};
}

} // namespace

ModePage::ModePage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Mode, parent)
{
    setHead(tr("Restore mode"), tr("What is to be restored, and where to."));
    auto *layout = new QVBoxLayout(this);
    addGroup(layout, tr("To this computer"), {ChipKind::Safe, tr("No cluster is changed")},
             {RestoreMode::DownloadSnapshot});
    addGroup(layout, tr("To a cluster"), {ChipKind::Erases, tr("The target is erased first")},
             {RestoreMode::AutomatedSnapshot, RestoreMode::OplogTimestamp, RestoreMode::PointInTime,
              RestoreMode::Checkpoint});
    auto *hint = new FieldHint;
    hint->setObjectName(QStringLiteral("modeHint"));
    addHint(Field::Mode, hint);
    layout->addStretch(1);
    layout->addWidget(hint);
    layout->addWidget(otherHint());
    keepMeasures(this, [layout] { layout->setSpacing(u(2)); });
}

void ModePage::addGroup(QVBoxLayout *layout, const QString &title, const ChipData &chip,
                        const std::vector<RestoreMode> &modes)
{
    auto *words = new Chip;
    words->setChip(chip);
    auto *head = new QHBoxLayout;
    head->addWidget(new LookLabel(title, TypeRole::Heading, Ink::Text, LookLabel::Wrap::Yes), 1);
    head->addWidget(words);
    if (!m_choices.empty())
        layout->addSpacing(u(2));
    layout->addLayout(head);
    for (const RestoreMode mode : modes) {
        auto *card = new ChoiceCard(iconOf(mode), modeName(mode), explanation(mode));
        card->setObjectName(QStringLiteral("mode%1").arg(int(mode)));
        card->setGroupWords(tr("%1.").arg(chip.text));
        connect(card, &ChoiceCard::toggled, this, [this, mode](bool isChosen) {
            if (isChosen && context().draft().mode != mode)
                context().edit(Field::Mode, [mode](RestoreDraft &draft) { draft.mode = mode; });
        });
        connect(card, &ChoiceCard::goOn, this, [this] {
            if (isComplete())
                wizard()->next();
        });
        layout->addWidget(card);
        m_choices.push_back({mode, card});
    }
}

void ModePage::focusFirstField()
{
    const auto isChosen = [](const Choice &choice) { return choice.card->isChecked() && choice.card->isEnabled(); };
    const auto isPossible = [](const Choice &choice) { return choice.card->isEnabled(); };
    auto first = std::ranges::find_if(m_choices, isChosen);
    if (first == m_choices.end())
        first = std::ranges::find_if(m_choices, isPossible);
    if (first != m_choices.end())
        first->card->setFocus(Qt::OtherFocusReason);
}

void ModePage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    std::vector<QString> objections;
    for (const Choice &choice : m_choices)
        objections.push_back(draft.cluster ? modeObjection(choice.mode, *draft.cluster, context().facts()) : QString());
    // First what becomes possible: a card that becomes impossible hands the keyboard on, which would go to Back.
    for (size_t i = 0; i < m_choices.size(); ++i) {
        if (objections[i].isEmpty())
            m_choices[i].card->setObjection({});
    }
    for (size_t i = 0; i < m_choices.size(); ++i) {
        ChoiceCard *card = m_choices[i].card;
        const bool hasFocus = card->hasFocus() && !objections[i].isEmpty();
        card->setObjection(objections[i]);
        if (hasFocus)
            focusFirstField();
    }
    for (const Choice &choice : m_choices) {
        // One that excludes others never lets go of its choice unless it is asked to.
        choice.card->setAutoExclusive(false);
        choice.card->setChecked(draft.mode == choice.mode);
    }
    for (const Choice &choice : m_choices)
        choice.card->setAutoExclusive(true);
}

} // namespace tidemark
