#include "ui/widgets/trouble_bar.h"

namespace tidemark {

TroubleBar::TroubleBar(QWidget *parent)
    : MessageBar(parent)
{
    connect(this, &MessageBar::buttonClicked, this, [this] {
        m_sentences.clear();
        clear();
    });
}

void TroubleBar::add(const Error &error)
{
    const QString text = error.hint.isEmpty() ? error.sentence : error.sentence + QLatin1Char(' ') + error.hint;
    if (m_sentences.contains(text))
        return;
    m_sentences << text;
    showMessage(Kind::Warning, m_sentences.join(QLatin1Char('\n')), {tr("Close")});
}

} // namespace tidemark
