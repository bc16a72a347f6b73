#include "ui/wizard/loss_details.h"

#include "base/text.h"
#include "logs/log_texts.h"
#include "moment/zone_names.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/window_size.h"

#include <QVBoxLayout>

namespace tidemark {

LossDetails::LossDetails(MomentUse use, QWidget *parent)
    : QWidget(parent)
    , m_use(use)
    , m_meaning(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_notes(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_line(new CodeView(tr("log line")))
{
    m_meaning->setObjectName(QStringLiteral("lossMeaning"));
    m_notes->setObjectName(QStringLiteral("lossNotes"));
    m_line->setObjectName(QStringLiteral("lossLine"));
    for (LookLabel *label : {m_meaning, m_notes}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        letNoNameWiden(*label);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_meaning);
    layout->addWidget(m_notes);
    layout->addWidget(m_line, 1);
    keepMeasures(m_line, [this] {
        constexpr double few = 34; // lines and the button below; longer ones are scrolled
        m_line->setMaximumHeight(u(few));
    });
    setVisible(false);
}

void LossDetails::show(const LogFinding *finding, const QTimeZone &zone)
{
    setVisible(finding != nullptr);
    if (!finding)
        return;
    m_meaning->setText(meaningText(*finding, m_use));
    const QStringList notes = lossNotes(*finding, zoneName(zone));
    m_notes->setText(notes.join(QLatin1Char(' ')));
    m_notes->setVisible(!notes.isEmpty());
    if (m_line->text() != finding->text)
        m_line->setText(finding->text);
}

QString meaningText(const LogFinding &finding, MomentUse use)
{
    const QString second = timeOfDayText(lossMoment(finding));
    if (use == MomentUse::PointInTime)
        return LossDetails::tr("A restore to this moment stops just before %1: all of that second stays out, so that "
                               "the state before it is restored.")
            .arg(second);
    return LossDetails::tr("Of this moment the second %1 is taken. A log has no increment: 1 is the first entry of the "
                           "second, which is restored; look up in the oplog which one must not be.")
        .arg(second);
}

} // namespace tidemark
