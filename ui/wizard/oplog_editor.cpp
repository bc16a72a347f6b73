#include "ui/wizard/oplog_editor.h"

#include "base/text.h"
#include "moment/moment_texts.h"
#include "moment/read_moment.h"
#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/log_finder.h"
#include "ui/wizard/moment_choices.h"
#include "ui/wizard/oplog_query_view.h"
#include "ui/wizard/ranges_view.h"

#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace tidemark {

namespace {

/// The first entry of a second; there may be others in it.
constexpr quint32 FirstIncrement = 1;

/// A hint takes its name from its field.
QLineEdit *pasteField()
{
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("pasteTimestamp"));
    field->setMaxLength(int(LongestMomentText) + 1); // a longer text is refused, and not cut into another one
    return field;
}

} // namespace

OplogEditor::OplogEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_paste(pasteField())
    , m_pasteHint(new FieldHint(m_paste))
    , m_choices(new MomentChoices)
    , m_seconds(new QLineEdit)
    , m_increment(new QLineEdit)
    , m_readout(wrappingLabel())
    , m_query(new OplogQueryView(context.settings()))
    , m_ranges(new RangesView(context))
{
    m_paste->setPlaceholderText(tr("an entry of the oplog, its ts, a line of the log, a date"));
    m_seconds->setObjectName(QStringLiteral("oplogSeconds"));
    m_increment->setObjectName(QStringLiteral("oplogIncrement"));
    m_readout->setObjectName(QStringLiteral("oplogReadout"));
    const int width = fontMetrics().averageCharWidth() * 24;
    m_seconds->setFixedWidth(width);
    m_increment->setFixedWidth(width);
    m_seconds->setPlaceholderText(tr("for example 1536610288"));

    auto *line = new QHBoxLayout;
    line->addWidget(m_seconds);
    line->addWidget(m_readout, 1);
    auto *form = new QFormLayout;
    form->addRow(labelFor(tr("&Paste a timestamp"), m_paste), m_paste);
    form->addRow(QString(), m_pasteHint);
    form->addRow(QString(), m_choices);
    form->addRow(QString(), logFinderButton(context, MomentUse::Oplog, this, [this](const QDateTime &second) {
                     m_paste->setText(utcText(second));
                     pasted(m_paste->text()); // which says that there is no increment
                     m_seconds->setFocus(Qt::OtherFocusReason);
                 }));
    form->addRow(labelFor(tr("&Oplog timestamp (seconds)"), m_seconds), line);
    form->addRow(QString(), addHint(Field::OplogSeconds, m_seconds));
    form->addRow(labelFor(tr("Oplog &increment"), m_increment), m_increment);
    form->addRow(QString(), addHint(Field::OplogIncrement, m_increment));
    auto *latest = new QPushButton(tr("&Latest restorable"));
    latest->setObjectName(QStringLiteral("latestEntry"));
    latest->setAutoDefault(false);
    connect(latest, &QPushButton::clicked, this, &OplogEditor::takeLatest);
    auto *foot = new QHBoxLayout;
    foot->addWidget(latest);
    foot->addStretch(1);
    form->addRow(QString(), foot);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wrappingLabel(tr("Everything up to and including this entry of the oplog is restored. Paste what "
                                       "you have of it, or type its two numbers.")));
    layout->addLayout(form);
    layout->addWidget(m_query);
    layout->addWidget(m_ranges, 1);

    connect(m_paste, &QLineEdit::textEdited, this, &OplogEditor::pasted);
    connect(m_choices, &MomentChoices::chosen, this, [this](const Moment &moment) {
        m_seconds->setFocus(Qt::OtherFocusReason); // before the button that was pressed goes
        m_choices->setChoices({}, {});
        m_pasteHint->clear();
        take(moment);
    });
    connect(m_seconds, &QLineEdit::textEdited, this, &OplogEditor::secondsEdited);
    connect(m_increment, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::OplogIncrement, [&text](RestoreDraft &draft) { draft.oplogIncrement = text; });
    });
    connect(m_ranges, &RangesView::chosen, this, [this](const QDateTime &time) {
        this->context().edit(Field::OplogSeconds, [&time](RestoreDraft &draft) {
            draft.oplogSeconds = QString::number(time.toSecsSinceEpoch());
            if (draft.oplogIncrement.isEmpty())
                draft.oplogIncrement = QString::number(FirstIncrement);
        });
    });
}

void OplogEditor::pasted(const QString &text)
{
    const MomentAnswer answer = readMoment(text, {context().now(), QTimeZone::utc()});
    const auto *question = std::get_if<MomentQuestion>(&answer);
    m_choices->setChoices(question ? question->choices : std::vector<Moment>(), {QTimeZone::systemTimeZone()});
    if (std::holds_alternative<MomentQuestion>(answer) || std::holds_alternative<MomentRefusal>(answer))
        letGo();
    if (question) {
        m_pasteHint->say(FieldHint::Level::Warning, question->sentence);
    } else if (const auto *refusal = std::get_if<MomentRefusal>(&answer)) {
        m_pasteHint->say(FieldHint::Level::Error, refusalText(*refusal));
    } else if (const auto *moment = std::get_if<Moment>(&answer)) {
        QStringList notes = momentNotes(*moment);
        if (!moment->increment)
            notes << tr("It has no increment: the first entry of its second is taken.");
        m_pasteHint->say(FieldHint::Level::Note, notes.join(QLatin1Char(' ')));
        take(*moment);
    } else {
        m_pasteHint->clear();
    }
}

void OplogEditor::take(const Moment &moment)
{
    m_taken = {QString::number(moment.seconds()), QString::number(moment.increment.value_or(FirstIncrement))};
    context().edit(Field::OplogSeconds, [this](RestoreDraft &draft) {
        draft.oplogSeconds = m_taken.first;
        draft.oplogIncrement = m_taken.second;
    });
}

void OplogEditor::takeLatest()
{
    const auto ranges = effectiveRanges(context().facts(), context().now());
    if (ranges.empty())
        return;
    const OplogTimestamp &end = ranges.back().end;
    const bool isKnown = context().facts().ranges->has_value(); // a window has no entries
    context().edit(Field::OplogSeconds, [&](RestoreDraft &draft) {
        draft.oplogSeconds = QString::number(end.seconds);
        draft.oplogIncrement = QString::number(isKnown ? std::max(end.increment, FirstIncrement) : FirstIncrement);
    });
    focusField();
}

/// What an earlier paste has filled in does not stand for one that was not understood. What was typed stays.
void OplogEditor::letGo()
{
    const RestoreDraft &draft = context().draft();
    if (m_taken.first.isEmpty() || m_taken != std::pair(draft.oplogSeconds, draft.oplogIncrement))
        return;
    m_taken = {};
    context().edit(Field::OplogSeconds, [](RestoreDraft &left) {
        left.oplogSeconds.clear();
        left.oplogIncrement.clear();
    });
}

/// A timestamp that is pasted here has both numbers.
void OplogEditor::secondsEdited(const QString &text)
{
    const MomentAnswer answer = readMoment(text, {context().now(), QTimeZone::utc()});
    const auto *moment = std::get_if<Moment>(&answer);
    if (moment && moment->increment)
        take(*moment);
    else
        context().edit(Field::OplogSeconds, [&](RestoreDraft &draft) { draft.oplogSeconds = text; });
}

void OplogEditor::focusField()
{
    // A moment that was taken over has its seconds already.
    const RestoreDraft &draft = context().draft();
    const bool lacksIncrement = !draft.oplogSeconds.isEmpty() && draft.oplogIncrement.isEmpty();
    (lacksIncrement ? m_increment : m_seconds)->setFocus(Qt::OtherFocusReason);
}

void OplogEditor::showDraft()
{
    const RestoreDraft &draft = context().draft();
    if (m_seconds->text() != draft.oplogSeconds)
        m_seconds->setText(draft.oplogSeconds);
    if (m_increment->text() != draft.oplogIncrement)
        m_increment->setText(draft.oplogIncrement);
    bool isNumber = false;
    const qint64 seconds = draft.oplogSeconds.trimmed().toLongLong(&isNumber);
    const QDateTime time = isNumber ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime();
    m_readout->setText(time.isValid() ? QStringLiteral("= ") + utcAndLocalText(time) : QString());
    m_ranges->showFacts(time.isValid() ? std::optional(time) : std::nullopt);
    m_query->setMoment(time.isValid() ? std::optional(seconds) : std::nullopt, context().now().toSecsSinceEpoch());
}

} // namespace tidemark
