#pragma once

#include "ui/widgets/timeline_content.h"
#include "ui/widgets/timeline_layout.h"
#include "ui/widgets/timeline_scale.h"
#include "ui/widgets/timeline_things.h"
#include "ui/widgets/zoom_stack.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

namespace tidemark {

/// The restorable stretches of time, the gaps between them, the snapshots and what else is known of that time, painted
/// to scale, and the chosen moment. Below it all of it, small, with the stretch that is in view.
///
/// Mouse: click or drag chooses, a click near an edge of the curve its beginning; the wheel zooms about the pointer,
/// Shift and the wheel pan, and so does dragging in the small one.
/// Keyboard: Left and Right step a second (with Ctrl a minute), Page Up and Page Down an hour, Home and End go to the
/// ends of what can be restored, E to the next edge and with Shift to the one before, which come near, I
/// marks an incident or takes the mark away, + and - zoom, 0 shows all, Backspace goes back to the view before.
/// Assistive technology sees a slider in seconds since the epoch, whose text is the moment in words, and the gaps,
/// snapshots, edges, events and incidents as its parts.
class TimelineWidget : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineWidget(QWidget *parent = nullptr);

    /// Oldest first, both ends restorable.
    void setRanges(std::vector<RestorableRange> ranges);
    /// Moments at which there is a snapshot.
    void setSnapshots(std::vector<QDateTime> snapshots);
    /// The right end: the server's present time.
    void setNow(const QDateTime &now);
    /// The chosen moment; nullopt for none. Does not emit chosen().
    void setValue(const std::optional<QDateTime> &value);
    void setCurve(std::optional<TimelineCurve> curve);
    /// Oldest first.
    void setEvents(std::vector<TimelineEvent> events);
    void setGapCauses(std::map<qint64, QString> causes);
    /// What the person has marked; oldest first.
    void setIncidents(std::vector<qint64> incidents);

    const std::optional<QDateTime> &value() const { return m_value; }
    const std::vector<QDateTime> &snapshots() const { return m_content.snapshots; }
    const std::vector<RestorableRange> &ranges() const { return m_content.ranges; }
    const TimelineContent &content() const { return m_content; }
    const TimelineScale &scale() const { return m_scale; }
    bool isRestorable(const QDateTime &time) const;
    /// The chosen moment and whether it can be restored, in words.
    QString valueText() const;
    /// The edge of the present curve whose beginning was chosen by it.
    std::optional<Edge> chosenEdge() const;
    bool hasEarlierView() const { return !m_zooms.isEmpty(); }

    const std::vector<TimelineThing> &things() const;
    /// Where it is, in the widget; as much of it as is in view, else empty.
    QRect thingRect(const TimelineThing &thing) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// As if the person chose it.
    void choose(const QDateTime &time);
    /// Marks the chosen moment, or takes its mark away.
    void toggleIncident();
    void zoomIn();
    void zoomOut();
    void showAll();
    void showEarlierView();

Q_SIGNALS:
    void chosen(const QDateTime &time);
    void viewChanged();                                          ///< or the way back to earlier ones
    void incidentsChanged(const std::vector<qint64> &incidents); ///< by the person

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    TimelineLayout layoutNow() const;
    bool hasLocal() const;
    void resetScale();
    void changed();
    void stepBy(qint64 seconds);
    void stepToEdge(bool isForward);
    void chooseAt(double x, bool isClick);
    void zoomAbout(double factor);
    void keepView();
    void moveMap(double x, bool isPress);
    QString describe(const QDateTime &time) const;
    QString toolTipAt(const QPoint &position) const;

    TimelineContent m_content;
    mutable std::optional<std::vector<TimelineThing>> m_things; ///< of the content, made when they are asked for
    std::optional<QDateTime> m_value;
    std::optional<Edge> m_edge;
    TimelineScale m_scale;
    ZoomStack m_zooms;
    QElapsedTimer m_wheel;           ///< since its last turn: many turns are one zoom
    std::optional<double> m_mapGrip; ///< while it is dragged: from the view's beginning to the pointer, pixels
};

} // namespace tidemark
