#include "ui/widgets/message_bar.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace tidemark {

namespace {

FieldHint::Level levelOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Warning:
        return FieldHint::Level::Warning;
    case MessageBar::Kind::Error:
        return FieldHint::Level::Error;
    case MessageBar::Kind::Information:
        break;
    }
    return FieldHint::Level::Note;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(wrappingLabel())
    , m_buttons(new QHBoxLayout)
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text, const QStringList &buttons)
{
    if (isVisibleTo(parentWidget()) && m_text->text() == text && m_buttonTexts == buttons)
        return;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(hintIcon(levelOf(kind), this).pixmap(QSize(size, size), devicePixelRatio()));
    m_text->setText(text);
    if (m_buttonTexts != buttons) {
        while (QLayoutItem *item = m_buttons->takeAt(0)) {
            item->widget()->deleteLater(); // it may be the button whose click led here
            item->widget()->hide();
            delete item;
        }
        m_buttonTexts = buttons;
        for (int i = 0; i < buttons.size(); ++i) {
            auto *button = new QPushButton(buttons.at(i));
            button->setObjectName(QStringLiteral("messageButton%1").arg(i));
            connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT buttonClicked(i); });
            m_buttons->addWidget(button);
        }
    }
    show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear()
{
    hide();
    m_text->clear();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace tidemark
