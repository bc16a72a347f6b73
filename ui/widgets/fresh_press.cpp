#include "ui/widgets/fresh_press.h"

#include <QApplication>
#include <QKeyEvent>

namespace tidemark {

FreshPress::FreshPress(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

void FreshPress::settle()
{
    m_settled.start();
}

bool FreshPress::isFresh() const
{
    return !m_isHeld && (!m_settled.isValid() || m_settled.hasExpired(QApplication::doubleClickInterval()));
}

bool FreshPress::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride:
        m_isHeld = static_cast<const QKeyEvent *>(event)->isAutoRepeat();
        break;
    case QEvent::KeyRelease:
        if (!static_cast<const QKeyEvent *>(event)->isAutoRepeat())
            m_isHeld = false;
        break;
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
        m_isHeld = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tidemark
