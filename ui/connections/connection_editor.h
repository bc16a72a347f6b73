#pragma once

#include "connection/connection.h"

#include <QDialog>

class QDialogButtonBox;

namespace tidemark {

class ConnectionForm;
class MessageBar;
class Profiles;

/// Adds or edits one connection. Saving closes it; what cannot be saved is said in the window.
class ConnectionEditor : public QDialog
{
    Q_OBJECT

public:
    /// A connection without an id is new. `stored` are its secrets as they are kept now.
    ConnectionEditor(Profiles &profiles, const Connection &connection, const Credentials &stored,
                     QWidget *parent = nullptr);

Q_SIGNALS:
    void saved(const tidemark::ConnectionId &id);

private:
    void update();
    void save();

    Profiles &m_profiles;
    ConnectionForm *m_form;
    MessageBar *m_message;
    QDialogButtonBox *m_buttons;
};

} // namespace tidemark
