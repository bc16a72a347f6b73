#pragma once

#include <QWidget>

namespace tidemark {

struct Connection;
class ElidedLabel;
class LookIcon;

/// At the end of the main window's tool bar: to which server all that is seen belongs, and whether what is sent there
/// is encrypted. Gives way to the buttons where there is no room; in a low window it has one line.
class ConnectionBlock : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionBlock(QWidget *parent = nullptr);

    /// nullptr while none is open.
    void showConnection(const Connection *connection);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fit();

    LookIcon *m_lock;
    ElidedLabel *m_name;
    ElidedLabel *m_address;
};

} // namespace tidemark
