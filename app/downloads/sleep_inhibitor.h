#pragma once

#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QString>

namespace tidemark {

/// Keeps the computer from going to sleep while something runs: by systemd-logind where it is there, else by the
/// desktop's screen saver service. Where there is neither, nothing happens. Never blocks; if the program ends in any
/// way, the inhibition ends with it.
class SleepInhibitor : public QObject
{
    Q_OBJECT

public:
    explicit SleepInhibitor(QObject *parent = nullptr);
    ~SleepInhibitor() override;

    /// `reason` is shown to the person by the desktop.
    void setActive(bool active, const QString &reason);
    bool isHeld() const { return m_descriptor.isValid() || m_cookie != 0; }

Q_SIGNALS:
    void heldChanged(bool held);

private:
    void askLogind();
    void askScreenSaver();
    void release();

    bool m_active = false;
    quint64 m_asked = 0; ///< answers to an older question come too late
    QString m_reason;
    QDBusUnixFileDescriptor m_descriptor; ///< held: logind's lock
    quint32 m_cookie = 0;                 ///< not 0: the screen saver's
};

} // namespace tidemark
