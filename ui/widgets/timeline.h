#pragma once

#include "cloud/values.h"
#include "ui/widgets/timeline_scale.h"

#include <QWidget>

#include <optional>

namespace tidemark {

/// The restorable stretches of time, the gaps between them and the snapshots, painted to scale, and the chosen moment.
///
/// Mouse: click or drag chooses, the wheel zooms about the pointer, Shift and the wheel pan.
/// Keyboard: Left and Right step a second (with Ctrl a minute), Page Up and Page Down an hour, Home and End go to the
/// ends of what can be restored, + and - zoom, 0 shows all.
/// Assistive technology sees a slider in seconds since the epoch, whose text is the moment in words.
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

    const std::optional<QDateTime> &value() const { return m_value; }
    const std::vector<QDateTime> &snapshots() const { return m_snapshots; }
    const std::vector<RestorableRange> &ranges() const { return m_ranges; }
    const TimelineScale &scale() const { return m_scale; }
    bool isRestorable(const QDateTime &time) const;
    /// The chosen moment and whether it can be restored, in words.
    QString valueText() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// As if the person chose it.
    void choose(const QDateTime &time);

Q_SIGNALS:
    void chosen(const QDateTime &time);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect plotRect() const;
    void resetScale();
    void stepBy(qint64 seconds);
    QString describe(const QDateTime &time) const;

    std::vector<RestorableRange> m_ranges;
    std::vector<QDateTime> m_snapshots;
    QDateTime m_now;
    std::optional<QDateTime> m_value;
    TimelineScale m_scale;
};

} // namespace tidemark
