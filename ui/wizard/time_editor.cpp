#include "ui/wizard/time_editor.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/seconds_offer.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/utc_time_edit.h"
#include "ui/wizard/ranges_view.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace tidemark {

TimeEditor::TimeEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_edit(new UtcTimeEdit)
    , m_readout(wrappingLabel())
    , m_ranges(new RangesView(context))
{
    m_edit->setObjectName(QStringLiteral("pointInTime"));
    m_readout->setObjectName(QStringLiteral("pointInTimeReadout"));
    auto *line = new QHBoxLayout;
    line->addWidget(m_edit);
    line->addWidget(m_readout, 1);
    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("Point in &time"), m_edit), line);
    form->addRow(QString(), addHint(Field::PointInTime, m_edit));
    form->addRow(QString(), new SecondsOffer(m_edit));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wrappingLabel(tr("The restore stops just before this moment: what happened in this second is not "
                                       "restored. Times are in UTC.")));
    layout->addLayout(form);
    layout->addWidget(m_ranges, 1);

    connect(m_edit, &UtcTimeEdit::edited, this, [this](const QString &text) {
        this->context().edit(Field::PointInTime, [&text](RestoreDraft &draft) { draft.pointInTime = text; });
    });
    connect(m_ranges, &RangesView::chosen, this, [this](const QDateTime &time) {
        this->context().edit(Field::PointInTime,
                             [&time](RestoreDraft &draft) { draft.pointInTime = UtcTimeEdit::textOf(time); });
    });
}

void TimeEditor::focusField()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void TimeEditor::showDraft()
{
    const QString text = context().draft().pointInTime;
    if (m_edit->text() != text)
        m_edit->setText(text);
    const QDateTime time = parseUtc(text);
    m_readout->setText(time.isValid() ? QStringLiteral("= ") + utcAndLocalText(time) : QString());
    m_ranges->showFacts(time.isValid() ? std::optional(time) : std::nullopt);
}

} // namespace tidemark
