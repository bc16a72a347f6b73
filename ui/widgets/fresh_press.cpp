#include "ui/widgets/fresh_press.h"

#include <QApplication>
#include <QKeyEvent>

namespace tidemark {

FreshPress::FreshPress(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool FreshPress::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride:
        m_belongsToBefore = static_cast<const QKeyEvent *>(event)->isAutoRepeat();
        break;
    case QEvent::KeyRelease:
        if (!static_cast<const QKeyEvent *>(event)->isAutoRepeat())
            m_belongsToBefore = false;
        break;
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
        m_belongsToBefore = false;
        break;
    case QEvent::MouseButtonDblClick:
        m_belongsToBefore = true;
        break;
    case QEvent::MouseButtonRelease:
        // A button is clicked while the release is handled; what comes later is another press.
        QMetaObject::invokeMethod(
            this, [this] { m_belongsToBefore = false; }, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tidemark
