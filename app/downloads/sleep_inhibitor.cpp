#include "downloads/sleep_inhibitor.h"

#include "base/log.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

namespace tidemark {

namespace {

QString programName()
{
    return QStringLiteral("Tidemark");
}

QDBusMessage screenSaverCall(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"),
                                          QStringLiteral("/org/freedesktop/ScreenSaver"),
                                          QStringLiteral("org.freedesktop.ScreenSaver"), method);
}

void giveBack(quint32 cookie)
{
    QDBusMessage call = screenSaverCall(QStringLiteral("UnInhibit"));
    call << cookie;
    QDBusConnection::sessionBus().asyncCall(call);
}

} // namespace

SleepInhibitor::SleepInhibitor(QObject *parent)
    : QObject(parent)
{
}

SleepInhibitor::~SleepInhibitor()
{
    release();
}

void SleepInhibitor::setActive(bool active, const QString &reason)
{
    if (active == m_active)
        return;
    m_active = active;
    m_reason = reason;
    ++m_asked;
    if (active)
        askLogind();
    else
        release();
}

void SleepInhibitor::askLogind()
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call << QStringLiteral("sleep:idle") << programName() << m_reason << QStringLiteral("block");
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, asked = m_asked](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *done;
        if (asked != m_asked)
            return; // the descriptor goes with the reply
        if (reply.isError() || !reply.value().isValid()) {
            qCInfo(lcDownloads) << "logind does not inhibit sleep:" << reply.error().name();
            askScreenSaver();
            return;
        }
        m_descriptor = reply.value();
        Q_EMIT heldChanged(true);
    });
}

void SleepInhibitor::askScreenSaver()
{
    QDBusMessage call = screenSaverCall(QStringLiteral("Inhibit"));
    call << programName() << m_reason;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, asked = m_asked](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<quint32> reply = *done;
        if (reply.isError())
            return;
        if (asked != m_asked) {
            giveBack(reply.value()); // too late: nobody wants it any more
            return;
        }
        m_cookie = reply.value();
        Q_EMIT heldChanged(true);
    });
}

void SleepInhibitor::release()
{
    const bool held = isHeld();
    m_descriptor = QDBusUnixFileDescriptor();
    if (const quint32 cookie = std::exchange(m_cookie, 0))
        giveBack(cookie);
    if (held)
        Q_EMIT heldChanged(false);
}

} // namespace tidemark
