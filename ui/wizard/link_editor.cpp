#include "ui/wizard/link_editor.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/count_box.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/seconds_offer.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/utc_time_edit.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tidemark {

// The fields come before their radio buttons in this list of children, so that whoever looks for a control of that name
// to type into finds the field; on screen and for the Tab key the radio button comes first.
LinkEditor::LinkEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_hours(new QLineEdit(this))
    , m_until(new UtcTimeEdit(this))
    , m_byHours(new QRadioButton(tr("Link expires after (&hours)"), this))
    , m_byEnd(new QRadioButton(tr("Link expires &at (UTC)"), this))
    , m_untilReadout(wrappingLabel())
    , m_maxDownloads(new CountBox(this))
    , m_unlimited(new QCheckBox(tr("&Unlimited"), this))
{
    m_hours->setObjectName(QStringLiteral("expirationHours"));
    m_until->setObjectName(QStringLiteral("expiresAt"));
    m_byHours->setObjectName(QStringLiteral("expiresByHours"));
    m_byEnd->setObjectName(QStringLiteral("expiresByEnd"));
    m_maxDownloads->setObjectName(QStringLiteral("maxDownloads"));
    m_unlimited->setObjectName(QStringLiteral("unlimitedDownloads"));
    nameControl(m_hours, withoutMnemonic(m_byHours->text()));
    nameControl(m_until, withoutMnemonic(m_byEnd->text()));
    m_hours->setFixedWidth(fontMetrics().averageCharWidth() * 12);
    // Zero can be typed, so that the rule about it can answer.
    m_maxDownloads->setRange(0, int(UnlimitedDownloads));
    m_maxDownloads->setAccelerated(true);
    auto *group = new QButtonGroup(this);
    group->addButton(m_byHours);
    group->addButton(m_byEnd);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(2, 1);
    layout->addWidget(m_byHours, 0, 0);
    layout->addWidget(m_hours, 0, 1, Qt::AlignLeft);
    layout->addWidget(addHint(Field::ExpirationHours, m_hours), 0, 2);
    layout->addWidget(m_byEnd, 1, 0);
    layout->addWidget(m_until, 1, 1, Qt::AlignLeft);
    layout->addWidget(addHint(Field::ExpiresAt, m_until), 1, 2);
    auto *below = new QVBoxLayout;
    below->addWidget(new SecondsOffer(m_until));
    below->addWidget(m_untilReadout);
    layout->addLayout(below, 2, 1, 1, 2);
    layout->addWidget(labelFor(tr("&Maximum downloads"), m_maxDownloads), 3, 0);
    auto *downloads = new QHBoxLayout;
    downloads->addWidget(m_maxDownloads);
    downloads->addWidget(m_unlimited);
    downloads->addStretch(1);
    layout->addLayout(downloads, 3, 1);
    layout->addWidget(addHint(Field::MaxDownloads, m_maxDownloads), 3, 2);

    setTabOrder(m_byHours, m_hours);
    setTabOrder(m_hours, m_byEnd);
    setTabOrder(m_byEnd, m_until);
    setTabOrder(m_until, m_maxDownloads);
    setTabOrder(m_maxDownloads, m_unlimited);

    // Toggled, not clicked: assistive technology checks a button without clicking it.
    const auto onChecked = [this](QRadioButton *button, RestoreDraft::LinkLife life) {
        connect(button, &QRadioButton::toggled, this, [this, life](bool checked) {
            if (checked)
                chooseLife(life);
        });
    };
    onChecked(m_byHours, RestoreDraft::LinkLife::Hours);
    onChecked(m_byEnd, RestoreDraft::LinkLife::Until);
    connect(m_hours, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::ExpirationHours, [&text](RestoreDraft &draft) {
            draft.expirationHours = text;
            draft.linkLife = RestoreDraft::LinkLife::Hours;
        });
    });
    connect(m_until, &UtcTimeEdit::edited, this, [this](const QString &text) {
        this->context().edit(Field::ExpiresAt, [&text](RestoreDraft &draft) {
            draft.expiresAt = text;
            draft.linkLife = RestoreDraft::LinkLife::Until;
        });
    });
    connect(m_maxDownloads, &CountBox::edited, this, [this](const QString &text) {
        this->context().edit(Field::MaxDownloads, [&text](RestoreDraft &draft) { draft.maxDownloads = text; });
    });
    // A box that is left puts its last good number in place of what was typed.
    connect(m_maxDownloads, &QSpinBox::editingFinished, this, &LinkEditor::showDraft);
    connect(m_unlimited, &QCheckBox::toggled, this, [this](bool checked) {
        this->context().edit(Field::MaxDownloads,
                             [checked](RestoreDraft &draft) { draft.unlimitedDownloads = checked; });
    });
}

void LinkEditor::chooseLife(RestoreDraft::LinkLife life)
{
    const bool byHours = life == RestoreDraft::LinkLife::Hours;
    (byHours ? static_cast<QLineEdit *>(m_hours) : m_until)->setFocus();
    if (context().draft().linkLife == life)
        return;
    // The field itself was not touched yet: what it lacks is said calmly.
    context().changeDraft([life](RestoreDraft &draft) { draft.linkLife = life; });
}

void LinkEditor::showDraft()
{
    const RestoreDraft &draft = context().draft();
    const bool byHours = draft.linkLife == RestoreDraft::LinkLife::Hours;
    {
        const QSignalBlocker blockHours(m_byHours);
        const QSignalBlocker blockEnd(m_byEnd);
        (byHours ? m_byHours : m_byEnd)->setChecked(true);
    }
    if (m_hours->text() != draft.expirationHours)
        m_hours->setText(draft.expirationHours);
    if (m_until->text() != draft.expiresAt)
        m_until->setText(draft.expiresAt);
    const QDateTime until = parseUtc(draft.expiresAt);
    m_untilReadout->setText(!byHours && until.isValid() ? QStringLiteral("= ") + utcAndLocalText(until) : QString());
    m_untilReadout->setVisible(!m_untilReadout->text().isEmpty());

    const QSignalBlocker blockUnlimited(m_unlimited);
    m_maxDownloads->showText(draft.maxDownloads);
    m_maxDownloads->setEnabled(!draft.unlimitedDownloads);
    m_unlimited->setChecked(draft.unlimitedDownloads);
}

} // namespace tidemark
