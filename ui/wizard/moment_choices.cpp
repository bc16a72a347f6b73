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

void MomentChoices::setChoices(const std::vector<Moment> &choices, const std::vector<QTimeZone> &zones)
{
    setVisible(!choices.empty());
    if (choices == m_choices && zones == m_zones)
        return; // one that has the keyboard stays
    m_choices = choices;
    m_zones = zones;
    while (const std::unique_ptr<QLayoutItem> item{m_layout->takeAt(0)}) {
        item->widget()->hide();
        item->widget()->setObjectName({});
        item->widget()->deleteLater();
    }
    for (size_t i = 0; i < choices.size(); ++i) {
        auto *button = new QPushButton(momentText(choices[i], zones));
        button->setObjectName(QStringLiteral("momentChoice%1").arg(i));
        button->setAutoDefault(false);
        // A copy: whoever hears it may ask for other choices.
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT chosen(Moment(m_choices[i])); });
        m_layout->addWidget(button);
        button->show();
    }
}

} // namespace tidemark
