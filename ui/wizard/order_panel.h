#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace tidemark {

class Order;

/// Where the order stands: that nothing has been sent, what is being read, when it was sent; and, where reading takes
/// too long, the two ways on.
class OrderPanel : public QWidget
{
    Q_OBJECT

public:
    explicit OrderPanel(QWidget *parent = nullptr);

    /// Follows this order until it ends or another one is given.
    void follow(Order *order);
    /// What is said while none is under way.
    void say(const QString &text);
    QString text() const;
    /// The keyboard rests on what is said, where it presses nothing.
    void takeKeyboard();

private:
    void showOrder();
    void showLeftOut(const QStringList &sentences);

    QPointer<Order> m_order;
    QLabel *m_state;
    QLabel *m_leftOut;
    QProgressBar *m_busy;
    QPushButton *m_keepWaiting;
    QPushButton *m_sendAnyway;
};

} // namespace tidemark
