#include "ui/widgets/scroll_accessible.h"

#include <QAccessibleWidget>
#include <QScrollArea>

namespace tidemark {

namespace {

QAccessibleInterface *create(const QString &className, QObject *object)
{
    auto *area = className == QLatin1String("QScrollArea") ? qobject_cast<QScrollArea *>(object) : nullptr;
    return area ? new QAccessibleWidget(area, QAccessible::Client) : nullptr;
}

} // namespace

void makeScrollAreasAccessible()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(&create);
        return true;
    }();
    Q_UNUSED(isInstalled);
}

} // namespace tidemark
