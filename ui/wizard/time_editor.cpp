#include "ui/wizard/time_editor.h"

#include "base/text.h"
#include "moment/moment_texts.h"
#include "moment/read_moment.h"
#include "preparation/wizard_context.h"
#include "ui/look/look_label.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/utc_time_edit.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/wizard/log_finder.h"
#include "ui/wizard/moment_choices.h"
#include "ui/wizard/ranges_view.h"
#include "ui/wizard/zone_choice.h"

#include <QComboBox>
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
    , m_stepUnit(new QComboBox)
    , m_readout(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_notes(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_choices(new MomentChoices)
    , m_ranges(new RangesView(context))
{
    m_edit->setObjectName(QStringLiteral("pointInTime"));
    m_edit->setMaxLength(int(LongestMomentText) + 1); // a longer text is refused, and not cut into another one
    m_edit->setForm(
        [this](const QString &text) {
            const MomentAnswer answer = read(text, this->context().now());
            const auto *moment = std::get_if<Moment>(&answer);
            return moment ? moment->time() : QDateTime();
        },
        [this](const QDateTime &time) { return fieldText(time); });
    m_readout->setObjectName(QStringLiteral("pointInTimeReadout"));
    m_notes->setObjectName(QStringLiteral("pointInTimeNotes"));
    for (QLabel *label : {m_readout, m_notes})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("Point in &time"), m_edit), m_edit);
    form->addRow(QString(), addHint(Field::PointInTime, m_edit));
    form->addRow(QString(), m_choices);
    form->addRow(QString(), m_readout);
    form->addRow(QString(), m_notes);
    form->addRow(labelFor(tr("&Zone if it names none"), m_zone), m_zone);
    form->addRow(QString(), makeSteps());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wrappingLabel(tr("The restore stops just before this moment: what happened in this second is not "
                                       "restored. Paste what you have: a date, a line of a log, a timestamp, \"10 "
                                       "minutes ago\".")));
    layout->addLayout(form);
    layout->addWidget(m_ranges, 1);

    connect(m_edit, &UtcTimeEdit::edited, this, [this](const QString &text) { written(text, this->context().now()); });
    connect(m_zone, &ZoneChoice::zoneChosen, this, &TimeEditor::zoneChosen);
    connect(m_choices, &MomentChoices::chosen, this, [this](const Moment &moment) { choose(moment.time()); });
    // The timeline keeps the keyboard.
    connect(m_ranges, &RangesView::chosen, this,
            [this](const QDateTime &time) { m_edit->replaceText(fieldText(time)); });
}

QWidget *TimeEditor::makeSteps()
{
    auto *steps = new QWidget;
    auto *before = stepButton(tr("One second be&fore"), QStringLiteral("oneSecondBefore"));
    auto *latest = stepButton(tr("&Latest restorable"), QStringLiteral("latestRestorable"));
    auto *earlier = stepButton(tr("Earlier"), QStringLiteral("stepEarlier"));
    auto *later = stepButton(tr("Later"), QStringLiteral("stepLater"));
    m_stepUnit->setObjectName(QStringLiteral("stepUnit"));
    m_stepUnit->addItem(tr("second"), 1);
    m_stepUnit->addItem(tr("minute"), 60);
    m_stepUnit->addItem(tr("hour"), 3600);
    connect(earlier, &QPushButton::clicked, this, [this] { step(-1); });
    connect(later, &QPushButton::clicked, this, [this] { step(1); });
    auto *layout = new WrapLayout(steps);
    layout->setContentsMargins({});
    layout->addWidget(before);
    layout->addWidget(latest);
    // They go on in a further line together.
    auto *ones = new QWidget;
    auto *row = new QHBoxLayout(ones);
    row->setContentsMargins({});
    row->addWidget(earlier);
    row->addWidget(later);
    row->addWidget(labelFor(tr("by one"), m_stepUnit));
    row->addWidget(m_stepUnit);
    layout->addWidget(ones);
    layout->addWidget(
        logFinderButton(context(), MomentUse::PointInTime, this, [this](const QDateTime &second) { choose(second); }));
    connect(before, &QPushButton::clicked, this, [this] {
        const MomentAnswer answer = readPoint(context().draft(), context().now());
        const auto *moment = std::get_if<Moment>(&answer);
        if (moment == nullptr)
            return;
        // Of a part of a second the whole one before it.
        const qint64 second = moment->isWholeSecond() ? moment->seconds() - 1 : moment->seconds();
        choose(QDateTime::fromSecsSinceEpoch(second, Qt::UTC));
    });
    connect(latest, &QPushButton::clicked, this, [this] {
        const auto ranges = effectiveRanges(context().facts(), context().now());
        if (!ranges.empty())
            choose(ranges.back().end.time());
    });
    return steps;
}

MomentAnswer TimeEditor::read(const QString &text, const QDateTime &now) const
{
    RestoreDraft draft;
    draft.pointInTime = text;
    draft.pointZone = m_zone->zone();
    return readPoint(draft, now);
}

/// A span, and what names its own zone, keep their meaning. What was read in the zone is read anew, as of when it was
/// written: "today" stays that day.
void TimeEditor::zoneChosen()
{
    const bool isWritten = m_meant == m_edit->text() || m_readInZone;
    if (isWritten)
        written(m_edit->text(), m_writtenAt.isValid() ? m_writtenAt : context().now());
    else
        context().edit(Field::PointInTime, [this](RestoreDraft &draft) { draft.pointZone = m_zone->zone(); });
}

void TimeEditor::step(int count)
{
    const MomentAnswer answer = readPoint(context().draft(), context().now());
    const auto *moment = std::get_if<Moment>(&answer);
    if (moment)
        m_edit->replaceText(fieldText(moment->time().addSecs(count * m_stepUnit->currentData().toLongLong())));
}

/// With its zone where another one is chosen for those that name none. A part of a second is never lost unseen.
QString TimeEditor::fieldText(const QDateTime &time) const
{
    Moment moment;
    moment.milliseconds = time.toMSecsSinceEpoch();
    if (!moment.isWholeSecond())
        return momentFieldText(moment);
    return m_zone->zone().isEmpty() ? UtcTimeEdit::textOf(time) : utcText(time);
}

void TimeEditor::written(const QString &text, const QDateTime &now)
{
    const MomentAnswer answer = read(text, now);
    const auto *moment = std::get_if<Moment>(&answer);
    m_writtenAt = now;
    m_readInZone = moment && !moment->zoneWasTold;
    m_answer = moment && movesWithTime(*moment) ? std::optional(answer) : std::nullopt;
    m_meant = moment && movesWithTime(*moment) ? momentFieldText(*moment) : text;
    context().edit(Field::PointInTime, [this](RestoreDraft &draft) {
        draft.pointInTime = m_meant;
        draft.pointZone = m_zone->zone();
    });
    showAnswer(answer);
}

void TimeEditor::choose(const QDateTime &time)
{
    m_edit->setFocus(Qt::OtherFocusReason); // before the button that was pressed goes
    m_edit->replaceText(fieldText(time));
}

void TimeEditor::focusField()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void TimeEditor::showAnswer(const MomentAnswer &answer)
{
    const auto *moment = std::get_if<Moment>(&answer);
    const auto zones = shownZones(m_zone->zone(), moment ? moment->zone : QString());
    const QString shown = moment ? QStringLiteral("= ") + momentText(*moment, zones) : QString();
    m_readout->setText(
        moment ? tr("%1 · %2", "a moment, how long ago").arg(shown, momentDistance(*moment, context().now()))
               : QString());
    if (m_readout->accessibleName() != shown)
        m_readout->setAccessibleName(shown); // that time passes is no news
    m_notes->setText(moment ? momentNotes(*moment).join(QLatin1Char(' ')) : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    m_choices->setChoices(choicesOf(answer), zones);
}

void TimeEditor::showDraft()
{
    const RestoreDraft &draft = context().draft();
    if (draft.pointInTime != m_meant) {
        m_meant = draft.pointInTime;
        m_writtenAt = {};
        m_readInZone = false;
        m_answer.reset();
        m_edit->setText(draft.pointInTime);
    }
    if (draft.pointZone != m_zone->zone())
        m_zone->setZone(draft.pointZone);
    const MomentAnswer answer = m_answer ? *m_answer : readPoint(draft, context().now());
    showAnswer(answer);
    const auto *moment = std::get_if<Moment>(&answer);
    m_ranges->showFacts(moment ? std::optional(moment->time()) : std::nullopt);
}

} // namespace tidemark
