#include "ui/look/font_watch.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

namespace tidemark {

FontWatch *FontWatch::instance()
{
    static QPointer<FontWatch> watch;
    if (watch.isNull())
        watch = new FontWatch(QCoreApplication::instance());
    return watch;
}

FontWatch::FontWatch(QObject *application)
    : QObject(application)
{
    application->installEventFilter(this);
}

bool FontWatch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange && watched == parent())
        Q_EMIT changed();
    return QObject::eventFilter(watched, event);
}

} // namespace tidemark
