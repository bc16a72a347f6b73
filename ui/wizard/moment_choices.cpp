#include "ui/wizard/moment_choices.h"

#include "moment/moment_texts.h"
#include "ui/widgets/wrap_layout.h"

#include <QPushButton>

namespace tidemark {

std::vector<Moment> choicesOf(const MomentAnswer &answer)
{
    if (const auto *question = std::get_if<MomentQuestion>(&answer))
        return question->choices;
    const auto *moment = std::get_if<Moment>(&answer);
    if (moment == nullptr || moment->isWholeSecond())
        return {};
    Moment before = *moment;
    before.milliseconds = moment->seconds() * 1000;
    Moment after = before;
    after.milliseconds += 1000;
    return {before, after};
}

MomentChoices::MomentChoices(QWidget *parent)
    : QWidget(parent)
    , m_layout(new WrapLayout(this))
{
    setObjectName(QStringLiteral("momentChoices"));
    m_layout->setContentsMargins({});
    hide();
}

void MomentChoices::setChoices(const std::vector<Moment> &choices, const std::vector<QTimeZone> &zones,
                               const QDateTime &now)
{
    const bool isSame = choices == m_choices;
    m_choices = choices;
    setVisible(!choices.empty());
    if (isSame) {
        for (int i = 0; i < m_layout->count(); ++i) // how long ago moves on
            qobject_cast<QPushButton *>(m_layout->itemAt(i)->widget())
                ->setText(momentText(m_choices[static_cast<size_t>(i)], zones, now));
        return;
    }
    while (const std::unique_ptr<QLayoutItem> item{m_layout->takeAt(0)}) {
        item->widget()->hide();
        item->widget()->setObjectName({});
        item->widget()->deleteLater();
    }
    for (size_t i = 0; i < choices.size(); ++i) {
        auto *button = new QPushButton(momentText(choices[i], zones, now));
        button->setObjectName(QStringLiteral("momentChoice%1").arg(i));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT chosen(m_choices[i]); });
        m_layout->addWidget(button);
        button->show();
    }
}

} // namespace tidemark
