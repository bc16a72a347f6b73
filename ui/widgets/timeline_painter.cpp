#include "ui/widgets/timeline_painter.h"

#include "base/text.h"
#include "series/series_texts.h"
#include "ui/look/icons.h"
#include "ui/look/metrics.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::TimelineWidget)
};

void paintGap(QPainter &painter, const Roles &roles, const QRectF &rect)
{
    painter.fillRect(rect, roles.base);
    painter.fillRect(rect, QBrush(roles.ink(Ink::Text2), Qt::BDiagPattern));
}

QColor bandFill(const Roles &roles)
{
    if (roles.isHighContrast())
        return roles.ink(Ink::Run);
    return mix(roles.base, roles.ink(Ink::Run), roles.isDark() ? 0.42 : 0.30);
}

void paintGround(QPainter &painter, const TimelinePicture &picture)
{
    const QRectF ground = QRectF(picture.layout.plot.united(picture.layout.band)).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(picture.roles.line2, 1));
    painter.setBrush(picture.roles.base);
    painter.drawRoundedRect(ground, u(1), u(1));
}

/// What there is no room for is in the tool tip and in words below.
void paintGapWords(QPainter &painter, const TimelinePicture &picture)
{
    const TimelineLayout &layout = picture.layout;
    const QFontMetrics &metrics = typeMetrics(TypeRole::Caption);
    painter.setFont(typeFont(TypeRole::Caption));
    double free = layout.plot.left();
    const double top = layout.band.top() - metrics.height() - u(1.5);
    for (const TimelineGap &gap : gapsOf(picture.content.ranges)) {
        if (double(gap.to) < picture.scale.from() || double(gap.from) > picture.scale.to())
            continue;
        const double middle = (std::max(picture.x(double(gap.from)), double(layout.plot.left())) +
                               std::min(picture.x(double(gap.to)), double(layout.plot.right()))) /
                              2;
        if (middle - u(4) < free)
            continue; // of thousands most are not even worded
        const QString text = Words::tr("gap %1").arg(durationText(std::chrono::seconds(gap.to - gap.from)));
        if (middle - metrics.horizontalAdvance(text) / 2.0 - u(1) < free)
            continue;
        free = paintPlate(painter, picture.roles, middle, top, layout.plot, text).right() + u(1);
    }
}

/// Up to where words about this moment stand on what can be restored, and not on a gap.
double endOfRange(const TimelinePicture &picture, qint64 at)
{
    const auto &ranges = picture.content.ranges;
    const auto after =
        std::upper_bound(ranges.begin(), ranges.end(), at,
                         [](qint64 seconds, const RestorableRange &range) { return seconds < range.start.seconds; });
    const double end = double(picture.layout.band.right());
    return after == ranges.begin() ? end : std::min(end, picture.x(double(std::prev(after)->end.seconds)));
}

void paintSnapshots(QPainter &painter, const TimelinePicture &picture)
{
    const QRect &band = picture.layout.band;
    const QColor ink = onTimelineBand(picture.roles);
    const QFontMetrics &metrics = typeMetrics(TypeRole::Caption);
    painter.setFont(typeFont(TypeRole::Caption));
    std::vector<double> places;
    std::vector<QDateTime> times;
    for (const QDateTime &snapshot : picture.content.snapshots) {
        const double at = double(snapshot.toSecsSinceEpoch());
        // Thousands of snapshots fall on the same pixels; one mark tells as much.
        if (!picture.isInView(at) || (!places.empty() && picture.x(at) - places.back() < 1))
            continue;
        places.push_back(picture.x(at));
        times.push_back(snapshot);
    }
    QVector<QRect> marks;
    for (const double place : places)
        marks << QRect(int(std::lround(place)) - 1, band.top(), 2, band.height());
    fillRects(painter, marks, ink);
    for (size_t i = 0; i < places.size(); ++i) {
        const double end = endOfRange(picture, times[i].toSecsSinceEpoch());
        const double room = (i + 1 < places.size() ? std::min(end, places[i + 1]) : end) - places[i] - u(2);
        const QString text = Words::tr("snapshot %1").arg(clockText(times[i].toSecsSinceEpoch()));
        const double side = u(4);
        if (room < side + u(1.5))
            continue;
        paintIcon(&painter, QRectF(places[i] + u(1.5), band.center().y() - side / 2, side, side),
                  QStringLiteral("snapshot"), ink, Qt::LeftToRight);
        if (room < side + u(3) + metrics.horizontalAdvance(text))
            continue;
        painter.setPen(ink);
        painter.drawText(QRectF(places[i] + u(2.5) + side, band.top(), room, band.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

/// The word stands at the beginning of what can be restored, where there is room before the first snapshot.
void paintBandWord(QPainter &painter, const TimelinePicture &picture)
{
    const QString text = Words::tr("restorable");
    const double width = typeMetrics(TypeRole::Caption).horizontalAdvance(text) + u(4);
    painter.setFont(typeFont(TypeRole::Caption));
    const std::vector<QDateTime> &snapshots = picture.content.snapshots;
    for (const RestorableRange &range : picture.content.ranges) {
        const double left = std::max(picture.x(double(range.start.seconds)), double(picture.layout.band.left()));
        double right = std::min(picture.x(double(range.end.seconds)), double(picture.layout.band.right()));
        if (right - left < width)
            continue;
        const auto first =
            std::lower_bound(snapshots.begin(), snapshots.end(), left, [&](const QDateTime &snapshot, double x) {
                return picture.x(double(snapshot.toSecsSinceEpoch())) < x;
            });
        if (first != snapshots.end())
            right = std::min(right, picture.x(double(first->toSecsSinceEpoch())));
        if (right - left < width)
            continue;
        painter.setPen(onTimelineBand(picture.roles));
        painter.drawText(QRectF(left + u(2), picture.layout.band.top(), width, picture.layout.band.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        return;
    }
}

struct TickRow
{
    QRect rect;
    QColor ink;
    bool isLocal;
};

void paintTicks(QPainter &painter, const TimelinePicture &picture)
{
    const TimelineLayout &layout = picture.layout;
    const QFontMetrics &metrics = typeMetrics(TypeRole::Caption);
    const qint64 step = picture.scale.tickStep(metrics.horizontalAdvance(QStringLiteral("00:00:00 WWWW")) + u(3));
    const std::vector<qint64> ticks = picture.scale.ticks(step);
    painter.setPen(QPen(picture.roles.line, 1));
    for (const qint64 tick : ticks) {
        const double x = std::floor(picture.x(double(tick))) + 0.5;
        painter.drawLine(QPointF(x, layout.plot.top() + 1), QPointF(x, layout.band.top()));
    }
    painter.setFont(typeFont(TypeRole::Caption));
    const TickRow rows[]{{layout.labels, picture.roles.text, false},
                         {layout.localLabels, picture.roles.ink(Ink::Text2), true}};
    for (const TickRow &row : rows) {
        if (row.rect.isEmpty())
            continue;
        painter.setPen(row.ink);
        bool isFirst = true;
        for (const qint64 tick : ticks) {
            const QDateTime utc = QDateTime::fromSecsSinceEpoch(tick, Qt::UTC);
            const QDateTime time = row.isLocal ? utc.toLocalTime() : utc;
            QString text = scaleMarkText(time, step);
            const double left = picture.x(double(tick)) - metrics.horizontalAdvance(text) / 2.0;
            if (isFirst)
                text += QLatin1Char(' ') + (row.isLocal ? time.timeZoneAbbreviation() : QStringLiteral("UTC"));
            const double width = metrics.horizontalAdvance(text) + 1;
            if (left < layout.plot.left() || left + width > layout.plot.right() + 1)
                continue;
            painter.drawText(QRectF(left, row.rect.top(), width, row.rect.height()), Qt::AlignLeft, text);
            isFirst = false;
        }
    }
}

} // namespace

QColor onTimelineBand(const Roles &roles)
{
    return roles.isHighContrast() ? roles.base : roles.text;
}

void fillRects(QPainter &painter, const QVector<QRect> &rects, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRects(rects);
    painter.restore();
}

QRectF paintPlate(QPainter &painter, const Roles &roles, double x, double top, const QRectF &within,
                  const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    QRectF plate(0, top, metrics.horizontalAdvance(text) + u(2), metrics.height() + u(0.5));
    plate.moveLeft(std::clamp(x - plate.width() / 2, within.left() + u(0.5),
                              std::max(within.left() + u(0.5), within.right() - plate.width() - u(0.5))));
    painter.setPen(QPen(roles.line2, 1));
    painter.setBrush(roles.base);
    painter.drawRoundedRect(plate, u(0.75), u(0.75));
    painter.setPen(roles.ink(Ink::Text2));
    painter.drawText(plate, Qt::AlignCenter, text);
    return plate;
}

void paintTimelineBand(QPainter &painter, const Roles &roles, const TimelineContent &content,
                       const TimelineScale &scale, const QRect &band)
{
    // A gap lies between what can be restored and now: what is too long ago is none, nor is what has not happened yet.
    painter.fillRect(band, roles.base);
    const double oldest = content.ranges.empty() ? 0 : scale.x(double(content.ranges.front().start.seconds));
    const double present = content.now ? scale.x(double(*content.now)) : band.width();
    const double gapsFrom = std::clamp(oldest, 0.0, double(band.width()));
    const double gapsTo = std::clamp(present, gapsFrom, double(band.width()));
    paintGap(painter, roles, QRectF(band.left() + gapsFrom, band.top(), gapsTo - gapsFrom, band.height()));
    QVector<QRect> fills;
    QVector<QRect> rims;
    for (const RestorableRange &range : content.ranges) {
        const double left = std::max(0.0, scale.x(double(range.start.seconds)));
        // The last second belongs to the range, and a range of one second must be seen too.
        const double right = std::min(double(band.width()), std::max(scale.x(double(range.end.seconds)), left + 1));
        if (right <= 0 || left >= band.width())
            continue;
        const int from = band.left() + int(std::lround(left));
        const int to = std::max(from + 1, band.left() + int(std::lround(right)));
        fills << QRect(from, band.top(), to - from, band.height());
        rims << QRect(from, band.top(), to - from, 2);
    }
    fillRects(painter, fills, bandFill(roles));
    fillRects(painter, rims, roles.ink(Ink::Run));
}

void paintTimeline(QPainter &painter, const TimelinePicture &picture)
{
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter, picture);
    paintTicks(painter, picture);
    painter.save();
    painter.setClipRect(picture.layout.plot.united(picture.layout.band).adjusted(1, 1, -1, -1));
    paintTimelineCurve(painter, picture);
    paintTimelineBand(painter, picture.roles, picture.content, picture.scale, picture.layout.band);
    paintBandWord(painter, picture);
    paintSnapshots(painter, picture);
    paintGapWords(painter, picture);
    painter.restore();
    paintTimelineMarks(painter, picture);
    paintTimelineMap(painter, picture);
}

} // namespace tidemark
