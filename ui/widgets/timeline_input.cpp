#include "ui/widgets/timeline.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

// What mouse and keyboard do with a timeline.
namespace tidemark {

static constexpr double EdgePixels = 12;
static constexpr double KeyZoom = 1.5;
static constexpr qint64 OneTurnMilliseconds = 700;

void TimelineWidget::keepView()
{
    m_zooms.push({m_scale.from(), m_scale.to()});
}

void TimelineWidget::stepBy(qint64 seconds)
{
    if (m_content.ranges.empty())
        return;
    const qint64 newest = m_content.ranges.back().end.seconds;
    if (!m_value)
        choose(QDateTime::fromSecsSinceEpoch(newest, Qt::UTC)); // the first key finds a place to start from
    else
        choose(m_value->addSecs(seconds));
}

void TimelineWidget::stepToEdge(bool isForward)
{
    if (!m_content.curve)
        return;
    const auto &edges = m_content.curve->edges;
    const qint64 at = m_content.value.value_or(0); // without a moment the newest one is found going back
    const Edge *next = nullptr;
    for (const Edge &edge : edges) {
        if (isForward && edge.from > at && !next)
            next = &edge;
        if (!isForward && (edge.from < at || !m_content.value))
            next = &edge;
    }
    if (!next)
        return;
    const Edge edge = *next;
    m_edge = edge;
    // A rise of minutes is nothing to be seen in a day: it comes near, and Backspace leads back.
    if (double(edge.to - edge.from) < EdgePixels * m_scale.secondsPerPixel()) {
        keepView();
        const double half = double(edge.to - edge.from) / EdgePixels * m_scale.width() / 2;
        m_scale.show(double(edge.from) - half, double(edge.from) + half);
        update();
        Q_EMIT viewChanged();
    }
    choose(QDateTime::fromSecsSinceEpoch(edge.from, Qt::UTC));
}

/// A click near an edge is meant for it: no hand hits the second that starts it. Who drags looks for a moment.
void TimelineWidget::chooseAt(double x, bool isClick)
{
    const double at = x - layoutNow().plot.left();
    m_edge.reset();
    if (isClick && m_content.curve)
        m_edge = nearestEdge(m_content.curve->edges, m_scale.from() + at * m_scale.secondsPerPixel(),
                             EdgePixels * m_scale.secondsPerPixel());
    choose(QDateTime::fromSecsSinceEpoch(m_edge ? m_edge->from : m_scale.seconds(at), Qt::UTC));
}

void TimelineWidget::zoomAbout(double factor)
{
    keepView();
    m_scale.zoom(factor, m_scale.width() / 2.0);
    if (m_content.value) {
        // What is looked for is around the moment: it comes to the middle, as far as there is anything beside it.
        const double half = (m_scale.to() - m_scale.from()) / 2;
        m_scale.show(double(*m_content.value) - half, double(*m_content.value) + half);
    }
    update();
    Q_EMIT viewChanged();
}

void TimelineWidget::zoomIn()
{
    zoomAbout(KeyZoom);
}

void TimelineWidget::zoomOut()
{
    if (!m_scale.showsAll())
        zoomAbout(1 / KeyZoom);
}

void TimelineWidget::showAll()
{
    if (m_scale.showsAll())
        return;
    keepView();
    m_scale.showAll();
    update();
    Q_EMIT viewChanged();
}

void TimelineWidget::showEarlierView()
{
    if (const auto view = m_zooms.pop()) {
        m_scale.show(view->first, view->second);
        update();
        Q_EMIT viewChanged();
    }
}

/// The view is taken where it is grasped; a press beside it brings its middle there.
void TimelineWidget::moveMap(double x, bool isPress)
{
    const TimelineLayout layout = layoutNow();
    TimelineScale whole = m_scale;
    whole.showAll();
    const double at = x - layout.map.left();
    if (isPress) {
        keepView();
        const double from = whole.x(m_scale.from());
        const double to = whole.x(m_scale.to());
        m_mapGrip = at >= from && at <= to ? at - from : (to - from) / 2;
    }
    const double span = m_scale.to() - m_scale.from();
    const double from = whole.from() + (at - *m_mapGrip) * whole.secondsPerPixel();
    m_scale.show(from, from + span);
    update();
    Q_EMIT viewChanged();
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (event->button() != Qt::LeftButton || m_content.ranges.empty()) {
        QWidget::mousePressEvent(event);
    } else if (at.y() >= layoutNow().map.top()) {
        if (!m_scale.showsAll())
            moveMap(at.x(), true);
    } else {
        chooseAt(at.x(), true);
    }
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (!event->buttons().testFlag(Qt::LeftButton) || m_content.ranges.empty())
        QWidget::mouseMoveEvent(event);
    else if (m_mapGrip)
        moveMap(at.x(), false);
    else if (at.y() < layoutNow().map.top())
        chooseAt(at.x(), false);
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent *event)
{
    m_mapGrip.reset();
    QWidget::mouseReleaseEvent(event);
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const int sideways = event->modifiers().testFlag(Qt::ShiftModifier) ? delta.x() + delta.y() : delta.x();
    const ZoomStack::View before(m_scale.from(), m_scale.to());
    if (sideways != 0)
        m_scale.pan(-sideways);
    else
        m_scale.zoom(std::pow(1.25, delta.y() / 120.0), event->position().x() - layoutNow().plot.left());
    const bool isNewTurn = !m_wheel.isValid() || m_wheel.hasExpired(OneTurnMilliseconds);
    m_wheel.start();
    if (isNewTurn && before != ZoomStack::View(m_scale.from(), m_scale.to()))
        m_zooms.push(before);
    update();
    event->accept();
    Q_EMIT viewChanged();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    const qint64 step = event->modifiers().testFlag(Qt::ControlModifier) ? 60 : 1;
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
        if (!m_content.ranges.empty())
            choose(m_content.ranges.front().start.time());
        return;
    case Qt::Key_End:
        if (!m_content.ranges.empty())
            choose(m_content.ranges.back().end.time());
        return;
    case Qt::Key_Plus:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        showAll();
        return;
    case Qt::Key_Backspace:
        showEarlierView();
        return;
    case Qt::Key_I:
        if (event->modifiers() == Qt::NoModifier) {
            toggleIncident();
            return;
        }
        break;
    case Qt::Key_E:
        if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::ShiftModifier) {
            stepToEdge(event->modifiers() == Qt::NoModifier && m_content.value.has_value());
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

bool TimelineWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_content.ranges.empty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace tidemark
