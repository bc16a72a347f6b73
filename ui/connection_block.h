#pragma once

#include <QWidget>

namespace tidemark {

struct Connection;
class ElidedLabel;
class LookIcon;

/// At the end of the main window's tool bar: to which server all that is seen belongs, and whether what is sent there
/// is encrypted. Gives way to the buttons where there is no room.
class ConnectionBlock : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionBlock(QWidget *parent = nullptr);

    /// nullptr while none is open.
    void showConnection(const Connection *connection);

private:
    LookIcon *m_lock;
    ElidedLabel *m_name;
    ElidedLabel *m_address;
};

} // namespace tidemark
