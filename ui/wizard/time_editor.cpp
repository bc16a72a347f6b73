#include "ui/wizard/time_editor.h"

#include "moment/moment_texts.h"
#include "moment/read_moment.h"
#include "preparation/wizard_context.h"
#include "ui/look/keep.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/utc_time_edit.h"
#include "ui/wizard/moment_choices.h"
#include "ui/wizard/ranges_view.h"
#include "ui/wizard/zone_choice.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace tidemark {

namespace {

/// Those in which a moment is shown beside UTC: this computer's, the chosen one, and the one that the text names.
std::vector<QTimeZone> shownZones(const QString &chosen, const QString &named)
{
    std::vector<QTimeZone> zones{QTimeZone::systemTimeZone()};
    for (const QString &id : {chosen, named}) {
        if (const QTimeZone zone(id.toLatin1()); zone.isValid())
            zones.push_back(zone);
    }
    return zones;
}

/// Counted from now, or told by a day's word: what it means must not move on with the clock.
bool movesWithTime(const Moment &moment)
{
    return moment.form == MomentForm::Relative || moment.form == MomentForm::DayAndTime || !moment.yearWasTold;
}

QPushButton *stepButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

} // namespace

TimeEditor::TimeEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_edit(new UtcTimeEdit)
    , m_zone(new ZoneChoice)
    , m_readout(wrappingLabel())
    , m_notes(wrappingLabel())
    , m_choices(new MomentChoices)
    , m_ranges(new RangesView(context))
{
    m_edit->setObjectName(QStringLiteral("pointInTime"));
    m_readout->setObjectName(QStringLiteral("pointInTimeReadout"));
    m_notes->setObjectName(QStringLiteral("pointInTimeNotes"));
    keepFont(m_notes, TypeRole::Caption);
    auto *line = new QHBoxLayout;
    line->addWidget(m_edit, 1);
    line->addWidget(labelFor(tr("without a &zone in it:"), m_zone));
    line->addWidget(m_zone);
    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("Point in &time"), m_edit), line);
    form->addRow(QString(), addHint(Field::PointInTime, m_edit));
    form->addRow(QString(), m_choices);
    form->addRow(QString(), m_readout);
    form->addRow(QString(), m_notes);
    form->addRow(QString(), makeSteps());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wrappingLabel(tr("The restore stops just before this moment: what happened in this second is not "
                                       "restored. Paste what you have: a date, a line of a log, a timestamp, \"10 "
                                       "minutes ago\".")));
    layout->addLayout(form);
    layout->addWidget(m_ranges, 1);

    connect(m_edit, &UtcTimeEdit::edited, this, &TimeEditor::written);
    connect(m_zone, &ZoneChoice::zoneChosen, this, [this] { written(m_edit->text()); });
    connect(m_choices, &MomentChoices::chosen, this, &TimeEditor::choose);
    connect(m_ranges, &RangesView::chosen, this, [this](const QDateTime &time) {
        choose({time.toMSecsSinceEpoch(), {}, {}, {}, true, true});
    });
}

QWidget *TimeEditor::makeSteps()
{
    auto *steps = new QWidget;
    auto *before = stepButton(tr("One second &before"), QStringLiteral("oneSecondBefore"));
    auto *latest = stepButton(tr("&Latest restorable"), QStringLiteral("latestRestorable"));
    auto *layout = new QHBoxLayout(steps);
    layout->setContentsMargins({});
    layout->addWidget(before);
    layout->addWidget(latest);
    layout->addStretch(1);
    connect(before, &QPushButton::clicked, this, [this] {
        const MomentAnswer answer = readPoint(context().draft(), context().now());
        if (const auto *moment = std::get_if<Moment>(&answer)) {
            // Of a part of a second the whole one before it.
            const qint64 second = moment->isWholeSecond() ? moment->seconds() - 1 : moment->seconds();
            choose({second * 1000, {}, {}, {}, true, true});
        }
    });
    connect(latest, &QPushButton::clicked, this, [this] {
        const auto ranges = effectiveRanges(context().facts(), context().now());
        if (!ranges.empty())
            choose({ranges.back().end.seconds * 1000, {}, {}, {}, true, true});
    });
    return steps;
}

void TimeEditor::written(const QString &text)
{
    const QString zone = m_zone->zone();
    RestoreDraft read;
    read.pointInTime = text;
    read.pointZone = zone;
    const MomentAnswer answer = readPoint(read, context().now());
    const auto *moment = std::get_if<Moment>(&answer);
    m_meant = moment && movesWithTime(*moment) ? momentFieldText(*moment) : text;
    context().edit(Field::PointInTime, [&](RestoreDraft &draft) {
        draft.pointInTime = m_meant;
        draft.pointZone = zone;
    });
    showAnswer(answer);
}

void TimeEditor::choose(const Moment &moment)
{
    m_edit->setFocus(Qt::OtherFocusReason); // before the button that was pressed goes
    m_edit->replaceText(m_zone->zone().isEmpty() ? UtcTimeEdit::textOf(moment.time()) : momentFieldText(moment));
}

void TimeEditor::focusField()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void TimeEditor::showAnswer(const MomentAnswer &answer)
{
    const auto *moment = std::get_if<Moment>(&answer);
    const auto zones = shownZones(m_zone->zone(), moment ? moment->zone : QString());
    m_readout->setText(moment ? QStringLiteral("= ") + momentText(*moment, zones, context().now()) : QString());
    m_notes->setText(moment ? momentNotes(*moment).join(QLatin1Char(' ')) : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    m_choices->setChoices(choicesOf(answer), zones, context().now());
}

void TimeEditor::showDraft()
{
    const RestoreDraft &draft = context().draft();
    if (draft.pointInTime != m_meant) {
        m_meant = draft.pointInTime;
        m_edit->setText(draft.pointInTime);
    }
    if (draft.pointZone != m_zone->zone())
        m_zone->setZone(draft.pointZone);
    const MomentAnswer answer = readPoint(draft, context().now());
    showAnswer(answer);
    const auto *moment = std::get_if<Moment>(&answer);
    m_ranges->showFacts(moment ? std::optional(moment->time()) : std::nullopt);
}

} // namespace tidemark
