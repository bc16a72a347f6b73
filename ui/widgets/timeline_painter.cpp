#include "ui/widgets/timeline_painter.h"

#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace tidemark {

// Rows from top to bottom: snapshots' marks, the band, the ticks' labels, the legend.
static int rowHeight(const QFontMetrics &metrics)
{
    return metrics.height();
}

int timelineHeight(const QFontMetrics &metrics)
{
    return rowHeight(metrics) * 6;
}

static QRect bandRect(const TimelinePicture &picture, int row)
{
    return {picture.plot.left(), picture.plot.top() + row, picture.plot.width(), row * 2};
}

static void paintGap(QPainter &painter, const QRectF &rect, const TimelinePicture &picture)
{
    QColor hatch = picture.palette.color(picture.group, QPalette::Text);
    hatch.setAlphaF(0.45F);
    painter.fillRect(rect, picture.palette.color(picture.group, QPalette::Base));
    painter.fillRect(rect, QBrush(hatch, Qt::BDiagPattern));
}

static void paintMark(QPainter &painter, QPointF tip, double size)
{
    QPainterPath path(tip);
    path.lineTo(tip + QPointF(size / 2, -size));
    path.lineTo(tip + QPointF(-size / 2, -size));
    path.closeSubpath();
    painter.drawPath(path);
}

static void paintBand(QPainter &painter, const TimelinePicture &picture, const QRect &band)
{
    paintGap(painter, band, picture);
    const double present = picture.now ? picture.scale.x(double(*picture.now)) : band.width();
    if (present < band.width()) {
        QRectF future(band);
        future.setLeft(band.left() + std::max(0.0, present));
        painter.fillRect(future, picture.palette.color(picture.group, QPalette::Window));
    }
    const QColor fill = picture.palette.color(picture.group, QPalette::Highlight);
    for (const RestorableRange &range : picture.ranges) {
        const double left = std::max(0.0, picture.scale.x(double(range.start.seconds)));
        // The last second belongs to the range, and a range of one second must be seen too.
        const double right =
            std::min(double(band.width()), std::max(picture.scale.x(double(range.end.seconds)), left + 1));
        if (right > 0 && left < band.width())
            painter.fillRect(QRectF(band.left() + left, band.top(), right - left, band.height()), fill);
    }
    painter.setPen(picture.palette.color(picture.group, QPalette::Mid));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(band.adjusted(0, 0, -1, -1));
}

static void paintSnapshots(QPainter &painter, const TimelinePicture &picture, const QRect &band, int row)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(picture.palette.color(picture.group, QPalette::WindowText));
    double last = -row;
    for (const QDateTime &snapshot : picture.snapshots) {
        const double x = picture.scale.x(double(snapshot.toSecsSinceEpoch()));
        // Thousands of snapshots fall on the same pixels; one mark tells as much.
        if (x < 0 || x > band.width() || std::abs(x - last) < 1)
            continue;
        last = x;
        paintMark(painter, QPointF(band.left() + x, band.top() - 1), row * 0.5);
    }
}

static void paintTicks(QPainter &painter, const TimelinePicture &picture, const QRect &band, int row)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int labelWidth = metrics.horizontalAdvance(QStringLiteral("00:00:00"));
    const qint64 step = picture.scale.tickStep(labelWidth * 1.4);
    painter.setPen(picture.palette.color(picture.group, QPalette::WindowText));
    for (const qint64 tick : picture.scale.ticks(step)) {
        const int x = band.left() + int(picture.scale.x(double(tick)));
        painter.drawLine(x, band.bottom(), x, band.bottom() + row / 4);
        const QString text = scaleMarkText(QDateTime::fromSecsSinceEpoch(tick, Qt::UTC), step);
        const int half = metrics.horizontalAdvance(text) / 2;
        if (x - half >= picture.plot.left() && x + half <= picture.plot.right())
            painter.drawText(QRect(x - labelWidth, band.bottom() + row / 4, labelWidth * 2, row),
                             Qt::AlignHCenter | Qt::AlignTop, text);
    }
}

static void paintValue(QPainter &painter, const TimelinePicture &picture, const QRect &band, int row)
{
    if (!picture.value)
        return;
    const double x = picture.scale.x(double(*picture.value));
    if (x < 0 || x > band.width())
        return;
    // Two strokes, so that the line is seen on the band, on a gap and outside.
    const QPointF top(band.left() + x, band.top() - row * 0.7);
    const QPointF bottom(band.left() + x, band.bottom() + row * 0.3);
    painter.setPen(QPen(picture.palette.color(picture.group, QPalette::Window), 5));
    painter.drawLine(top, bottom);
    painter.setPen(QPen(picture.palette.color(picture.group, QPalette::WindowText), 2));
    painter.drawLine(top, bottom);
    painter.setBrush(picture.palette.color(picture.group, QPalette::WindowText));
    painter.drawEllipse(top, row * 0.22, row * 0.22);
}

static void paintLegend(QPainter &painter, const TimelinePicture &picture, int row)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int top = picture.plot.bottom() - row;
    int x = picture.plot.left();
    const QRectF sample(0, 0, row, row * 0.7);
    const auto say = [&](const QString &text) {
        painter.setPen(picture.palette.color(picture.group, QPalette::WindowText));
        x += row + row / 3;
        painter.drawText(QRect(x, top, metrics.horizontalAdvance(text) + 2, row), Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + row;
    };
    const auto place = [&] { return sample.translated(x, top + row * 0.15); };
    painter.fillRect(place(), picture.palette.color(picture.group, QPalette::Highlight));
    say(QCoreApplication::translate("Timeline", "restorable"));
    paintGap(painter, place(), picture);
    painter.setPen(picture.palette.color(picture.group, QPalette::Mid));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place());
    say(QCoreApplication::translate("Timeline", "gap: cannot be restored"));
    painter.setPen(Qt::NoPen);
    painter.setBrush(picture.palette.color(picture.group, QPalette::WindowText));
    paintMark(painter, QPointF(x + row * 0.5, top + row * 0.8), row * 0.55);
    say(QCoreApplication::translate("Timeline", "snapshot"));
    painter.drawText(QRect(x, top, picture.plot.right() - x, row), Qt::AlignVCenter | Qt::AlignRight,
                     QCoreApplication::translate("Timeline", "times in UTC"));
}

void paintTimeline(QPainter &painter, const TimelinePicture &picture)
{
    const int row = rowHeight(painter.fontMetrics());
    const QRect band = bandRect(picture, row);
    paintBand(painter, picture, band);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSnapshots(painter, picture, band, row);
    paintTicks(painter, picture, band, row);
    paintValue(painter, picture, band, row);
    paintLegend(painter, picture, row);
}

} // namespace tidemark
