#include "ui/wizard/order_panel.h"

#include "orders/order_texts.h"
#include "ui/look/look_label.h"
#include "ui/widgets/no_enter.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

OrderPanel::OrderPanel(QWidget *parent)
    : QWidget(parent)
    , m_state(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_leftOut(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_busy(new QProgressBar)
    , m_keepWaiting(new QPushButton(tr("&Keep waiting")))
    , m_sendAnyway(new QPushButton)
{
    m_state->setObjectName(QStringLiteral("orderState"));
    m_leftOut->setObjectName(QStringLiteral("orderLeftOut"));
    for (QLabel *label : {m_state, m_leftOut})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Sending"));
    m_keepWaiting->setObjectName(QStringLiteral("keepWaiting"));
    m_sendAnyway->setObjectName(QStringLiteral("sendAnyway"));
    for (QPushButton *button : {m_keepWaiting, m_sendAnyway})
        button->setAutoDefault(false);
    new NoEnter(m_sendAnyway);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_keepWaiting);
    buttons->addWidget(m_sendAnyway);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_state);
    layout->addWidget(m_leftOut);
    layout->addWidget(m_busy);
    layout->addLayout(buttons);

    connect(m_keepWaiting, &QPushButton::clicked, this, [this] {
        if (m_order)
            m_order->keepWaiting();
    });
    connect(m_sendAnyway, &QPushButton::clicked, this, [this] {
        if (m_order)
            m_order->sendWithWhatWasRead();
    });
    showOrder();
}

void OrderPanel::follow(Order *order)
{
    if (m_order)
        m_order->disconnect(this);
    m_order = order;
    if (order)
        connect(order, &Order::changed, this, &OrderPanel::showOrder);
    showOrder();
}

/// What this order does without, so that nobody takes it for looked at.
void OrderPanel::showLeftOut(const QStringList &sentences)
{
    m_leftOut->setText(sentences.join(QLatin1Char('\n')));
    m_leftOut->setVisible(!sentences.isEmpty());
}

void OrderPanel::say(const QString &text)
{
    if (m_state->text() == text)
        return;
    m_state->setText(text);
    m_state->setAccessibleName(text);
    if (!m_state->isVisible())
        return;
    QAccessibleEvent event(m_state, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void OrderPanel::takeKeyboard()
{
    m_state->setFocus(Qt::OtherFocusReason);
}

QString OrderPanel::text() const
{
    return m_state->text();
}

void OrderPanel::showOrder()
{
    const bool runs = m_order && m_order->phase() != Order::Phase::Ended;
    const bool isLate = runs && m_order->phase() == Order::Phase::Late;
    m_busy->setVisible(runs);
    m_keepWaiting->setVisible(isLate);
    const bool isMakingReady = isLate && m_order->isMakingReady();
    m_sendAnyway->setVisible(isMakingReady || (isLate && m_order->canSendAnyway()));
    m_sendAnyway->setEnabled(!isMakingReady);
    showLeftOut(runs ? m_order->leftOut() : QStringList());
    if (!runs)
        return;
    if (m_sendAnyway->isVisibleTo(this) && !isMakingReady)
        m_sendAnyway->setText(sendAnywayText(*m_order));
    say(orderStateText(*m_order));
}

} // namespace tidemark
