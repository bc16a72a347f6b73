#include "ui/wizard/oplog_editor.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/ranges_view.h"

#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace tidemark {

std::optional<PastedTimestamp> readPastedTimestamp(const QString &text)
{
    static const QRegularExpression Form(
        QStringLiteral(R"(^\s*(?:Timestamp)?\s*[({\s]+(?:"?t"?\s*:)?\s*(\d+)\s*,\s*(?:"?i"?\s*:)?\s*(\d+)[)}\s]+$)"));
    const QRegularExpressionMatch match = Form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return PastedTimestamp{match.captured(1), match.captured(2)};
}

OplogEditor::OplogEditor(WizardContext &context, QWidget *parent)
    : PointEditor(context, parent)
    , m_seconds(new QLineEdit)
    , m_increment(new QLineEdit)
    , m_readout(wrappingLabel())
    , m_ranges(new RangesView(context))
{
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
    form->addRow(labelFor(tr("&Oplog timestamp (seconds)"), m_seconds), line);
    form->addRow(QString(), addHint(Field::OplogSeconds, m_seconds));
    form->addRow(labelFor(tr("Oplog &increment"), m_increment), m_increment);
    form->addRow(QString(), addHint(Field::OplogIncrement, m_increment));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wrappingLabel(tr("Everything up to and including this entry of the oplog is restored. Paste the "
                                       "entry's ts as the shell prints it, or type its two numbers.")));
    layout->addLayout(form);
    layout->addWidget(m_ranges, 1);

    connect(m_seconds, &QLineEdit::textEdited, this, &OplogEditor::secondsEdited);
    connect(m_increment, &QLineEdit::textEdited, this, [this](const QString &text) {
        this->context().edit(Field::OplogIncrement, [&text](RestoreDraft &draft) { draft.oplogIncrement = text; });
    });
    connect(m_ranges, &RangesView::chosen, this, [this](const QDateTime &time) {
        this->context().edit(Field::OplogSeconds, [&time](RestoreDraft &draft) {
            draft.oplogSeconds = QString::number(time.toSecsSinceEpoch());
            if (draft.oplogIncrement.isEmpty())
                draft.oplogIncrement = QStringLiteral("1");
        });
    });
}

void OplogEditor::secondsEdited(const QString &text)
{
    const auto pasted = readPastedTimestamp(text);
    context().edit(Field::OplogSeconds, [&](RestoreDraft &draft) {
        draft.oplogSeconds = pasted ? pasted->seconds : text;
        if (pasted)
            draft.oplogIncrement = pasted->increment;
    });
}

void OplogEditor::focusField()
{
    m_seconds->setFocus(Qt::OtherFocusReason);
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
}

} // namespace tidemark
