#pragma once

#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>

namespace tidemark::test {

/// A key as it comes while it is held down. True when the widget took it, so that no default button gets it either.
inline bool keyHeld(QWidget *widget, Qt::Key key)
{
    QKeyEvent held(QEvent::KeyPress, key, {}, QString(), true);
    QCoreApplication::sendEvent(widget, &held);
    return held.isAccepted();
}

} // namespace tidemark::test
