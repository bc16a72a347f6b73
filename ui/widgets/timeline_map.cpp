#include "ui/look/metrics.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline_painter.h"

#include <QPainter>

#include <cmath>

namespace tidemark {

static void paintMapLabels(QPainter &painter, const TimelinePicture &picture, const TimelineScale &whole)
{
    const QRect &row = picture.layout.mapLabels;
    const QFontMetrics &metrics = typeMetrics(TypeRole::Caption);
    const qint64 step = whole.tickStep(metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.6);
    painter.setFont(typeFont(TypeRole::Caption));
    painter.setPen(picture.roles.ink(Ink::Text2));
    for (const qint64 tick : whole.ticks(step)) {
        const QString text = scaleMarkText(QDateTime::fromSecsSinceEpoch(tick, Qt::UTC), step);
        const double width = metrics.horizontalAdvance(text) + 1;
        const double left = row.left() + whole.x(double(tick)) - width / 2;
        if (left >= row.left() && left + width <= row.right())
            painter.drawText(QRectF(left, row.top(), width, row.height()), Qt::AlignCenter, text);
    }
}

void paintTimelineMap(QPainter &painter, const TimelinePicture &picture)
{
    const QRect &map = picture.layout.map;
    TimelineScale whole = picture.scale;
    whole.showAll();
    const auto x = [&](double seconds) { return map.left() + whole.x(seconds); };
    painter.save();
    painter.setClipRect(map); // a round one would cost more than all the rest
    paintTimelineBand(painter, picture.roles, picture.content, whole, map);
    QVector<QRect> marks;
    double last = map.left() - 2;
    for (const QDateTime &snapshot : picture.content.snapshots) {
        const double at = x(double(snapshot.toSecsSinceEpoch()));
        if (at < map.left() || at > map.right() || at - last < 1)
            continue;
        last = at;
        marks << QRect(int(std::lround(at)) - 1, map.center().y(), 2, map.height() / 2 + 1);
    }
    fillRects(painter, marks, onTimelineBand(picture.roles));
    for (const qint64 at : picture.content.incidents)
        painter.fillRect(QRectF(x(double(at)) - 1, map.top(), 2, map.height()), picture.roles.ink(Ink::Danger));
    if (picture.content.value) {
        painter.fillRect(QRectF(x(double(*picture.content.value)) - 2.5, map.top(), 5, map.height()),
                         picture.roles.base);
        painter.fillRect(QRectF(x(double(*picture.content.value)) - 1.5, map.top(), 3, map.height()),
                         picture.roles.ink(Ink::Run));
    }
    painter.restore();
    painter.setPen(QPen(picture.roles.line2, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(map).adjusted(0.5, 0.5, -0.5, -0.5), u(0.5), u(0.5));
    if (!picture.scale.showsAll()) {
        const double left = x(picture.scale.from());
        const double right = std::max(x(picture.scale.to()), left + u(1)); // to be seen and grasped
        const QRectF frame(left, map.top() + 1, right - left, map.height() - 2);
        for (const auto &[colour, width] : {std::pair(picture.roles.base, 4), std::pair(picture.roles.text, 2)}) {
            painter.setPen(QPen(colour, width)); // two strokes, so that it is seen on every ground
            painter.drawRoundedRect(frame, u(0.5), u(0.5));
        }
    }
    paintMapLabels(painter, picture, whole);
}

} // namespace tidemark
