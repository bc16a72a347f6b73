#include "ui/widgets/timeline_accessible.h"

#include "ui/widgets/timeline.h"

#include <QPointer>

namespace tidemark {

namespace {

/// One of the things on a timeline, by its place among them: what is there is asked for each time.
class ThingAccessible : public QAccessibleInterface
{
public:
    ThingAccessible(TimelineWidget *timeline, int index)
        : m_timeline(timeline)
        , m_index(index)
    {
    }

    int index() const { return m_index; }
    bool isValid() const override { return thing() != nullptr; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return parent() ? parent()->window() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_timeline); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::StaticText; }
    void setText(QAccessible::Text, const QString &) override {}

    QString text(QAccessible::Text what) const override
    {
        const TimelineThing *one = thing();
        return one && what == QAccessible::Name ? one->text : QString();
    }

    QRect rect() const override
    {
        const TimelineThing *one = thing();
        const QRect place = one ? m_timeline->thingRect(*one) : QRect();
        return place.isEmpty() ? QRect() : QRect(m_timeline->mapToGlobal(place.topLeft()), place.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        state.invalid = !isValid();
        state.invisible = !m_timeline || !m_timeline->isVisible();
        state.offscreen = !isValid() || rect().isEmpty();
        return state;
    }

private:
    const TimelineThing *thing() const
    {
        return m_timeline && size_t(m_index) < m_timeline->things().size() ? &m_timeline->things()[size_t(m_index)]
                                                                           : nullptr;
    }

    QPointer<TimelineWidget> m_timeline;
    int m_index;
};

} // namespace

TimelineAccessible::TimelineAccessible(TimelineWidget *timeline)
    : QAccessibleWidget(timeline, QAccessible::Slider)
{
}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_children))
        QAccessible::deleteAccessibleInterface(id);
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

int TimelineAccessible::childCount() const
{
    return int(timeline()->things().size());
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = m_children.constFind(index);
    if (known != m_children.constEnd()) {
        if (QAccessibleInterface *one = QAccessible::accessibleInterface(*known))
            return one;
    }
    auto *made = new ThingAccessible(timeline(), index);
    m_children.insert(index, QAccessible::registerAccessibleInterface(made)); // which owns it
    return made;
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *thing = dynamic_cast<const ThingAccessible *>(child);
    return thing && thing->parent() == this ? thing->index() : -1;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    const QPoint at = timeline()->mapFromGlobal(QPoint(x, y));
    const std::vector<TimelineThing> &things = timeline()->things();
    for (size_t i = 0; i < things.size(); ++i) {
        if (timeline()->thingRect(things[i]).contains(at))
            return child(int(i));
    }
    return nullptr;
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
