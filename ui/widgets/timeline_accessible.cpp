#include "ui/widgets/timeline_accessible.h"

#include "ui/widgets/timeline.h"

namespace tidemark {

TimelineAccessible::TimelineAccessible(TimelineWidget *timeline)
    : QAccessibleWidget(timeline, QAccessible::Slider)
{
}

QAccessibleInterface *TimelineAccessible::create(const QString &className, QObject *object)
{
    Q_UNUSED(className)
    if (auto *timeline = qobject_cast<TimelineWidget *>(object))
        return new TimelineAccessible(timeline); // QAccessible's cache owns it
    return nullptr;
}

TimelineWidget *TimelineAccessible::timeline() const
{
    return qobject_cast<TimelineWidget *>(object());
}

void *TimelineAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString TimelineAccessible::text(QAccessible::Text what) const
{
    return what == QAccessible::Value ? timeline()->valueText() : QAccessibleWidget::text(what);
}

QVariant TimelineAccessible::currentValue() const
{
    const auto &value = timeline()->value();
    return value ? QVariant(value->toSecsSinceEpoch()) : QVariant();
}

void TimelineAccessible::setCurrentValue(const QVariant &value)
{
    timeline()->choose(QDateTime::fromSecsSinceEpoch(value.toLongLong(), Qt::UTC));
}

QVariant TimelineAccessible::maximumValue() const
{
    const auto &ranges = timeline()->ranges();
    return ranges.empty() ? QVariant() : QVariant(ranges.back().end.seconds);
}

QVariant TimelineAccessible::minimumValue() const
{
    const auto &ranges = timeline()->ranges();
    return ranges.empty() ? QVariant() : QVariant(ranges.front().start.seconds);
}

QVariant TimelineAccessible::minimumStepSize() const
{
    return 1;
}

} // namespace tidemark
