#pragma once

#include "session/profiles.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tidemark {

/// Secrets that are not there, where the person is: whose secret is waited for, with the field to enter it in; what the
/// keychain does; and that secrets cannot be kept. Each notice leaves with its cause. Hidden while there is none.
class SecretBar : public QFrame
{
    Q_OBJECT

public:
    explicit SecretBar(Profiles &profiles, QWidget *parent = nullptr);

    /// The connection that the person is opening: its secret is asked for before any other's.
    void setOpening(const ConnectionId &id);

private:
    QLineEdit *makeField(const QString &objectName);
    void update();
    void showWait(const SecretWait &wait);
    void showProblem();
    void give();

    Profiles &m_profiles;
    ConnectionId m_opening;
    SecretWait m_shown;      ///< without a connection where none is shown
    QString m_closedProblem; ///< the one that the person has closed
    QTimer m_patience;       ///< a keychain that answers at once is not worth a word
    QLabel *m_icon;
    QLabel *m_text;
    QLineEdit *m_secret;
    QLineEdit *m_proxyPassword; ///< where the connection's proxy has a user
    QPushButton *m_use;
    QPushButton *m_again;
    QPushButton *m_close;
};

} // namespace tidemark
