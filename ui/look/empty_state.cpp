#include "ui/look/empty_state.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

EmptyState::EmptyState(const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_ownIcon(icon)
    , m_icon(new LookIcon(icon, Ink::Line2, 16))
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
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_sentence, 8);
    middle->addStretch(1);
    layout->addLayout(middle);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    keepMeasures(this, [this, layout] {
        layout->setSpacing(u(2));
        m_sentence->setMaximumWidth(u(130)); // a line that can be read without losing it
        m_button->setMinimumHeight(u(7.5));
    });
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);
}

void EmptyState::say(const EmptyTexts &texts)
{
    m_icon->setIcon(texts.icon.isEmpty() ? m_ownIcon : texts.icon, Ink::Line2);
    m_title->setText(texts.title);
    m_sentence->setText(texts.sentence);
    m_button->setText(texts.button);
    m_button->setVisible(!texts.button.isEmpty());
}

} // namespace tidemark
