#pragma once

#include "base/clock.h"
#include "checkup/connection_report.h"
#include "connection/connection.h"

#include <QDialog>

class QPushButton;

namespace tidemark {

class TestPanel;

/// Tests one connection as it is kept, from its opening on.
class ConnectionTestDialog : public QDialog
{
    Q_OBJECT

public:
    ConnectionTestDialog(const Connection &connection, const Credentials &credentials, const Clock &clock,
                         QWidget *parent = nullptr);

Q_SIGNALS:
    /// A test has ended.
    void tested(const tidemark::ConnectionId &id, const tidemark::ConnectionReport &report);

private:
    void toggle();
    void update();

    Connection m_connection;
    Credentials m_credentials;
    TestPanel *m_panel;
    QPushButton *m_test;
};

} // namespace tidemark
