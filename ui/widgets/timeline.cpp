#include "ui/widgets/timeline.h"

#include "base/text.h"
#include "ui/look/metrics.h"
#include "ui/look/roles.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline_accessible.h"
#include "ui/widgets/timeline_painter.h"

#include <QAccessible>
#include <QPainter>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <utility>

namespace tidemark {

TimelineWidget::TimelineWidget(QWidget *parent)
    : QWidget(parent)
{
    QAccessible::installFactory(&TimelineAccessible::create);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Timeline"));
}

bool TimelineWidget::hasLocal() const
{
    return m_content.now && !isLocalUtc(QDateTime::fromSecsSinceEpoch(*m_content.now, Qt::UTC));
}

TimelineLayout TimelineWidget::layoutNow() const
{
    return timelineLayout(rect(), hasLocal());
}

QSize TimelineWidget::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, bestTimelineHeight(m_content.curve.has_value(), hasLocal())};
}

QSize TimelineWidget::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, leastTimelineHeight(m_content.curve.has_value(), hasLocal())};
}

/// Who knows its parts by their place is told when others stand there.
void TimelineWidget::changed()
{
    const auto before = std::exchange(m_things, std::nullopt);
    update();
    if (!before || things() == *before)
        return;
    QAccessibleEvent event(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void TimelineWidget::setRanges(std::vector<RestorableRange> ranges)
{
    if (ranges == m_content.ranges)
        return;
    m_content.ranges = std::move(ranges);
    changed();
    resetScale();
}

void TimelineWidget::setSnapshots(std::vector<QDateTime> snapshots)
{
    m_content.snapshots = std::move(snapshots);
    std::sort(m_content.snapshots.begin(), m_content.snapshots.end());
    changed();
}

void TimelineWidget::setNow(const QDateTime &now)
{
    const qint64 seconds = now.toSecsSinceEpoch();
    if (m_content.now == seconds)
        return; // nothing of it is seen
    const bool hadLocal = hasLocal();
    m_content.now = seconds;
    if (hasLocal() != hadLocal)
        updateGeometry();
    resetScale();
}

void TimelineWidget::setCurve(std::optional<TimelineCurve> curve)
{
    if (curve == m_content.curve)
        return;
    const bool hadCurve = m_content.curve.has_value();
    m_content.curve = std::move(curve);
    if (m_content.curve.has_value() != hadCurve) {
        setSizePolicy(QSizePolicy::Expanding, hadCurve ? QSizePolicy::Fixed : QSizePolicy::Expanding);
        updateGeometry();
    }
    changed();
}

void TimelineWidget::setEvents(std::vector<TimelineEvent> events)
{
    if (events == m_content.events)
        return;
    m_content.events = std::move(events);
    changed();
}

void TimelineWidget::setGapCauses(std::map<qint64, QString> causes)
{
    if (causes == m_content.gapCauses)
        return;
    m_content.gapCauses = std::move(causes);
    changed();
}

void TimelineWidget::setIncidents(std::vector<qint64> incidents)
{
    if (incidents == m_content.incidents)
        return;
    m_content.incidents = std::move(incidents);
    changed();
}

void TimelineWidget::resetScale()
{
    if (m_content.ranges.empty())
        return;
    const qint64 from = m_content.ranges.front().start.seconds;
    const qint64 to = std::max(m_content.ranges.back().end.seconds, m_content.now.value_or(0));
    const qint64 margin = std::max<qint64>(1, (to - from) / 50);
    const TimelineScale before = m_scale;
    m_scale = TimelineScale(from - margin, to + margin, layoutNow().plot.width());
    if (!before.showsAll())
        m_scale.show(before.from(), before.to()); // fresher ranges must not undo the person's zooming
    update();
}

void TimelineWidget::setValue(const std::optional<QDateTime> &value)
{
    if (value == m_value)
        return;
    m_value = value;
    m_content.value = m_value ? std::optional(m_value->toSecsSinceEpoch()) : std::nullopt;
    if (m_value && !m_content.ranges.empty())
        m_scale.reveal(m_value->toSecsSinceEpoch());
    update();
    QAccessibleValueChangeEvent event(this, m_value ? QVariant(m_value->toSecsSinceEpoch()) : QVariant());
    QAccessible::updateAccessibility(&event);
}

void TimelineWidget::choose(const QDateTime &time)
{
    setValue(time);
    Q_EMIT chosen(time);
}

void TimelineWidget::toggleIncident()
{
    if (!m_content.value)
        return;
    auto &marks = m_content.incidents;
    const auto place = std::lower_bound(marks.begin(), marks.end(), *m_content.value);
    if (place != marks.end() && *place == *m_content.value)
        marks.erase(place);
    else
        marks.insert(place, *m_content.value);
    changed();
    Q_EMIT incidentsChanged(std::vector<qint64>(marks)); // a copy: whoever hears it may set others
}

std::optional<Edge> TimelineWidget::chosenEdge() const
{
    const bool isSeen = m_edge && m_content.curve && std::ranges::count(m_content.curve->edges, *m_edge) > 0;
    return isSeen && m_content.value == m_edge->from ? m_edge : std::nullopt;
}

const std::vector<TimelineThing> &TimelineWidget::things() const
{
    if (!m_things)
        m_things = thingsOf(m_content);
    return *m_things;
}

QRect TimelineWidget::thingRect(const TimelineThing &thing) const
{
    if (double(thing.to) < m_scale.from() || double(thing.from) > m_scale.to())
        return {};
    const TimelineLayout layout = layoutNow();
    const QRect all = layout.plot.united(layout.band);
    const int left = all.left() + int(std::max(0.0, m_scale.x(double(thing.from))));
    const int right = all.left() + int(std::min(double(m_scale.width()), m_scale.x(double(thing.to))));
    QRect rect(QPoint(left - u(1), layout.band.top()), QPoint(right + u(1), layout.band.bottom()));
    if (thing.kind == TimelineThing::Kind::Edge || thing.kind == TimelineThing::Kind::Incident)
        rect.setTop(layout.plot.top());
    return rect;
}

bool TimelineWidget::isRestorable(const QDateTime &time) const
{
    const qint64 at = time.toSecsSinceEpoch();
    return std::any_of(m_content.ranges.begin(), m_content.ranges.end(), [at](const RestorableRange &range) {
        return at >= range.start.seconds && at <= range.end.seconds;
    });
}

QString TimelineWidget::describe(const QDateTime &time) const
{
    const QString verdict = isRestorable(time) ? tr("can be restored") : tr("cannot be restored");
    return QStringLiteral("%1, %2").arg(utcAndLocalText(time), verdict);
}

QString TimelineWidget::valueText() const
{
    return m_value ? describe(*m_value) : tr("no moment chosen");
}

/// What is under the pointer, and the moment.
QString TimelineWidget::toolTipAt(const QPoint &position) const
{
    const qint64 at = m_scale.seconds(position.x() - layoutNow().plot.left());
    QStringList lines{describe(QDateTime::fromSecsSinceEpoch(at, Qt::UTC))};
    constexpr int Most = 4;
    for (const TimelineThing &thing : things()) {
        if (lines.size() <= Most && thingRect(thing).contains(position))
            lines << thing.text;
    }
    return lines.join(QLatin1Char('\n'));
}

void TimelineWidget::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // time runs so in every language
    if (!m_content.ranges.empty())
        paintTimeline(painter, {roles(), m_content, m_scale, layoutNow()});
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.backgroundColor = palette().color(QPalette::Window);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void TimelineWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_scale.setWidth(layoutNow().plot.width());
}

void TimelineWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_scale.setWidth(layoutNow().plot.width());
        updateGeometry();
    }
    update();
}

} // namespace tidemark
