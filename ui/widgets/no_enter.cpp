#include "ui/widgets/no_enter.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace tidemark {

NoEnter::NoEnter(QAbstractButton *button)
    : QObject(button)
{
    button->installEventFilter(this);
}

bool NoEnter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter)
            return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tidemark
