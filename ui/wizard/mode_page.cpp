#include "ui/wizard/mode_page.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QKeyEvent>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>
#include <QWizard>

namespace tidemark {

static QString explanation(RestoreMode mode)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
        return ModePage::tr("Makes a link to the snapshot's archives, which are then downloaded and verified here. No "
                            "cluster is changed.");
    case RestoreMode::AutomatedSnapshot:
        return ModePage::tr("The automation agents erase the target cluster and fill it with a snapshot.");
    case RestoreMode::OplogTimestamp:
        return ModePage::tr("The agents erase the target cluster and restore everything up to and including one "
                            "entry of the oplog.");
    case RestoreMode::PointInTime:
        return ModePage::tr("The agents erase the target cluster and restore everything up to just before a moment "
                            "that you choose.");
    case RestoreMode::Checkpoint:
        return ModePage::tr("The agents erase the target cluster and restore a sharded cluster of FCV 4.0 or earlier "
                            "to a checkpoint between its snapshots.");
    }
    return {};
}

ModePage::ModePage(WizardContext &context, QWidget *parent)
    : StepPage(context, Step::Mode, parent)
    , m_choices{{{RestoreMode::DownloadSnapshot},
                 {RestoreMode::AutomatedSnapshot},
                 {RestoreMode::OplogTimestamp},
                 {RestoreMode::PointInTime},
                 {RestoreMode::Checkpoint}}}
    , m_group(new QButtonGroup(this))
{
    setTitle(tr("Restore mode"));
    setSubTitle(tr("What is to be restored, and where to."));
    auto *layout = new QVBoxLayout(this);
    const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) +
                       style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    for (Choice &choice : m_choices) {
        choice.button = new QRadioButton(modeName(choice.mode));
        choice.button->setObjectName(QStringLiteral("mode%1").arg(int(choice.mode)));
        choice.button->installEventFilter(this);
        choice.button->setAccessibleDescription(explanation(choice.mode));
        QLabel *sentence = wrappingLabel(explanation(choice.mode));
        choice.objection = new FieldHint(choice.button);
        choice.objection->setKeepsPlace(false);
        auto *below = new QVBoxLayout;
        below->setContentsMargins(indent, 0, 0, 0);
        below->addWidget(sentence);
        below->addWidget(choice.objection);
        layout->addWidget(choice.button);
        layout->addLayout(below);
        layout->addSpacing(fontMetrics().lineSpacing() / 2);
        m_group->addButton(choice.button, int(choice.mode));
    }
    auto *hint = new FieldHint;
    hint->setObjectName(QStringLiteral("modeHint"));
    addHint(Field::Mode, hint);
    layout->addStretch(1);
    layout->addWidget(hint);
    layout->addWidget(otherHint());

    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        const auto mode = RestoreMode(id);
        if (checked && this->context().draft().mode != mode)
            this->context().edit(Field::Mode, [mode](RestoreDraft &draft) { draft.mode = mode; });
    });
}

void ModePage::focusFirstField()
{
    QWidget *first = m_group->checkedButton();
    for (const Choice &choice : m_choices) {
        if (!first && choice.button->isEnabled())
            first = choice.button;
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

bool ModePage::choose(QRadioButton *button)
{
    if (!button || !button->isEnabled())
        return false;
    button->setChecked(true);
    button->setFocus(Qt::OtherFocusReason);
    return true;
}

void ModePage::chooseNext(const QObject *from, int step)
{
    const int count = int(m_choices.size());
    int at = 0;
    while (at < count && m_choices[size_t(at)].button != from)
        ++at;
    for (int i = 1; i <= count; ++i) {
        if (choose(m_choices[size_t((at + step * i + count * count) % count)].button))
            return;
    }
}

bool ModePage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        const bool isNext = key == Qt::Key_Down || key == Qt::Key_Right;
        if (isNext || key == Qt::Key_Up || key == Qt::Key_Left) {
            chooseNext(watched, isNext ? 1 : -1);
            return true;
        }
    }
    return StepPage::eventFilter(watched, event);
}

void ModePage::keyPressEvent(QKeyEvent *event)
{
    const int digit = event->key() - Qt::Key_1;
    const bool isDigit = digit >= 0 && digit < int(m_choices.size()) &&
                         !(event->modifiers() & ~Qt::KeypadModifier); // Alt and a digit is the window's
    if (isDigit) {
        choose(m_choices[size_t(digit)].button);
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *focused = qobject_cast<QRadioButton *>(focusWidget());
    if (isEnter && focused && !event->modifiers().testFlag(Qt::ControlModifier)) {
        // A key that is still held down from the page before chooses nothing.
        if (!event->isAutoRepeat() && choose(focused) && isComplete())
            wizard()->next();
        return;
    }
    StepPage::keyPressEvent(event);
}

void ModePage::showDraft()
{
    const RestoreDraft &draft = context().draft();
    // A group never lets go of its checked button unless it is asked to.
    m_group->setExclusive(false);
    for (const Choice &choice : m_choices)
        choice.button->setChecked(draft.mode == choice.mode);
    m_group->setExclusive(true);
    for (const Choice &choice : m_choices) {
        const QString objection =
            draft.cluster ? modeObjection(choice.mode, *draft.cluster, context().facts()) : QString();
        choice.button->setEnabled(objection.isEmpty());
        choice.objection->say(FieldHint::Level::Calm, objection);
    }
}

} // namespace tidemark
