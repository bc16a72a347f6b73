#include "ui/widgets/file_drop.h"

#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace tidemark {

static QStringList localPaths(const QMimeData &dropped)
{
    QStringList paths;
    for (const QUrl &url : dropped.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

FileDrop::FileDrop(QWidget *widget, std::function<void(const QStringList &)> take)
    : QObject(widget)
    , m_take(std::move(take))
{
    widget->setAcceptDrops(true);
    widget->installEventFilter(this);
}

bool FileDrop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show && watched == parent()) {
        for (QLineEdit *field : static_cast<QWidget *>(watched)->findChildren<QLineEdit *>())
            field->installEventFilter(this); // it would take the path for a text
    }
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QStringList paths = localPaths(*drop->mimeData());
    if (paths.isEmpty())
        return QObject::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction); // nothing is moved away
    drop->accept();
    if (event->type() == QEvent::Drop)
        m_take(paths);
    return true;
}

} // namespace tidemark
