#include "ui/widgets/timeline.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline_accessible.h"
#include "ui/widgets/timeline_painter.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

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

QSize TimelineWidget::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, timelineHeight(fontMetrics()) + 8};
}

QSize TimelineWidget::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, sizeHint().height()};
}

QRect TimelineWidget::plotRect() const
{
    return rect().adjusted(4, 4, -4, -4);
}

void TimelineWidget::setRanges(std::vector<RestorableRange> ranges)
{
    if (ranges == m_ranges)
        return;
    m_ranges = std::move(ranges);
    resetScale();
}

void TimelineWidget::setSnapshots(std::vector<QDateTime> snapshots)
{
    m_snapshots = std::move(snapshots);
    std::sort(m_snapshots.begin(), m_snapshots.end());
    update();
}

void TimelineWidget::setNow(const QDateTime &now)
{
    if (m_now.isValid() && m_now.toSecsSinceEpoch() == now.toSecsSinceEpoch())
        return; // nothing of it is seen
    m_now = now;
    resetScale();
}

void TimelineWidget::resetScale()
{
    if (m_ranges.empty())
        return;
    qint64 from = m_ranges.front().start.seconds;
    qint64 to = m_ranges.back().end.seconds;
    if (m_now.isValid())
        to = std::max(to, m_now.toSecsSinceEpoch());
    const qint64 margin = std::max<qint64>(1, (to - from) / 50);
    const TimelineScale before = m_scale;
    m_scale = TimelineScale(from - margin, to + margin, plotRect().width());
    if (!before.showsAll())
        m_scale.show(before.from(), before.to()); // fresher ranges must not undo the person's zooming
    update();
}

void TimelineWidget::setValue(const std::optional<QDateTime> &value)
{
    if (value == m_value)
        return;
    m_value = value;
    if (m_value && !m_ranges.empty())
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

bool TimelineWidget::isRestorable(const QDateTime &time) const
{
    const qint64 at = time.toSecsSinceEpoch();
    return std::any_of(m_ranges.begin(), m_ranges.end(), [at](const RestorableRange &range) {
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

void TimelineWidget::stepBy(qint64 seconds)
{
    if (m_ranges.empty())
        return;
    const qint64 newest = m_ranges.back().end.seconds;
    if (!m_value)
        choose(QDateTime::fromSecsSinceEpoch(newest, Qt::UTC)); // the first key finds a place to start from
    else
        choose(m_value->addSecs(seconds));
}

void TimelineWidget::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const auto group = !isEnabled() ? QPalette::Disabled : isActiveWindow() ? QPalette::Active : QPalette::Inactive;
    const TimelinePicture picture{
        plotRect(),
        palette(),
        group,
        m_scale,
        m_ranges,
        m_snapshots,
        m_value ? std::optional<qint64>(m_value->toSecsSinceEpoch()) : std::nullopt,
        m_now.isValid() ? std::optional<qint64>(m_now.toSecsSinceEpoch()) : std::nullopt,
    };
    if (!m_ranges.empty())
        paintTimeline(painter, picture);
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
    m_scale.setWidth(plotRect().width());
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_ranges.empty())
        choose(QDateTime::fromSecsSinceEpoch(m_scale.seconds(event->position().x() - plotRect().left()), Qt::UTC));
    else
        QWidget::mousePressEvent(event);
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && !m_ranges.empty())
        choose(QDateTime::fromSecsSinceEpoch(m_scale.seconds(event->position().x() - plotRect().left()), Qt::UTC));
    else
        QWidget::mouseMoveEvent(event);
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const int sideways = event->modifiers().testFlag(Qt::ShiftModifier) ? delta.x() + delta.y() : delta.x();
    if (sideways != 0)
        m_scale.pan(-sideways);
    else
        m_scale.zoom(std::pow(1.25, delta.y() / 120.0), event->position().x() - plotRect().left());
    update();
    event->accept();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    const qint64 step = event->modifiers().testFlag(Qt::ControlModifier) ? 60 : 1;
    const double middle = m_value ? m_scale.x(double(m_value->toSecsSinceEpoch())) : plotRect().width() / 2.0;
    switch (event->key()) {
    case Qt::Key_Left:
        stepBy(-step);
        return;
    case Qt::Key_Right:
        stepBy(step);
        return;
    case Qt::Key_PageUp:
        stepBy(3600);
        return;
    case Qt::Key_PageDown:
        stepBy(-3600);
        return;
    case Qt::Key_Home:
        if (!m_ranges.empty())
            choose(m_ranges.front().start.time());
        return;
    case Qt::Key_End:
        if (!m_ranges.empty())
            choose(m_ranges.back().end.time());
        return;
    case Qt::Key_Plus:
        m_scale.zoom(1.5, middle);
        break;
    case Qt::Key_Minus:
        m_scale.zoom(1 / 1.5, middle);
        break;
    case Qt::Key_0:
        m_scale.showAll();
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

void TimelineWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    update();
}

bool TimelineWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_ranges.empty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        const qint64 at = m_scale.seconds(help->pos().x() - plotRect().left());
        QToolTip::showText(help->globalPos(), describe(QDateTime::fromSecsSinceEpoch(at, Qt::UTC)), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace tidemark
