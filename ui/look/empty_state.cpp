#include "ui/look/empty_state.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

EmptyState::EmptyState(const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_title(new LookLabel({}, TypeRole::Title, Ink::Text, LookLabel::Wrap::Yes))
    , m_sentence(new LookLabel({}, TypeRole::Body, Ink::Text2, LookLabel::Wrap::Yes))
    , m_button(new QPushButton)
{
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_sentence->setObjectName(QStringLiteral("emptySentence"));
    m_button->setObjectName(QStringLiteral("emptyButton"));
    m_button->setDefault(true);
    for (QLabel *label : {m_title, m_sentence})
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(new LookIcon(icon, Ink::Line2, 16), 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    keepMeasures(this, [this, layout] {
        layout->setSpacing(u(2));
        m_button->setMinimumHeight(u(7.5));
    });
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);
}

void EmptyState::setTexts(const QString &title, const QString &sentence, const QString &buttonText)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
}

} // namespace tidemark
