#include "base/text.h"
#include "series/series_texts.h"
#include "ui/look/icons.h"
#include "ui/look/metrics.h"
#include "ui/widgets/timeline_painter.h"

#include <QCoreApplication>
#include <QPainter>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::TimelineWidget)
};

/// The day is said where it is not that of now.
QString flagText(qint64 value, const std::optional<qint64> &now)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(value, Qt::UTC);
    const bool isToday = now && QDateTime::fromSecsSinceEpoch(*now, Qt::UTC).date() == time.date();
    constexpr int YearLength = 5; // "2026-"
    return isToday ? timeOfDayText(time) : utcText(time).mid(YearLength);
}

void paintEvents(QPainter &painter, const TimelinePicture &picture)
{
    const double y = picture.layout.band.bottom(); // below the words of snapshots
    painter.setPen(QPen(picture.roles.base, 1));
    painter.setBrush(picture.roles.text);
    double last = picture.layout.plot.left() - u(3);
    for (const TimelineEvent &event : picture.content.events) {
        const double x = picture.x(double(event.at));
        if (!picture.isInView(double(event.at)) || x - last < u(2.5))
            continue;
        last = x;
        const double r = u(1.25);
        painter.drawPolygon(QPolygonF{QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)});
    }
}

/// Its plate is as far to the right as there is room, so that it stands beside the flag and the incident.
QRectF paintNow(QPainter &painter, const TimelinePicture &picture)
{
    if (!picture.content.now || !picture.isInView(double(*picture.content.now)))
        return {};
    const QRect &plot = picture.layout.plot;
    const double x = picture.x(double(*picture.content.now));
    painter.setPen(QPen(picture.roles.ink(Ink::Text2), 1, Qt::DotLine));
    painter.drawLine(QPointF(x, plot.top() + 1), QPointF(x, picture.layout.band.bottom()));
    painter.setFont(typeFont(TypeRole::Caption));
    const QString text = Words::tr("now %1").arg(clockText(*picture.content.now));
    const double half = typeMetrics(TypeRole::Caption).horizontalAdvance(text) / 2.0 + u(1);
    return paintPlate(painter, picture.roles, x + half, plot.top() + u(0.75), plot, text);
}

void paintIncident(QPainter &painter, const TimelinePicture &picture, qint64 at, QRectF &taken)
{
    const QRect &plot = picture.layout.plot;
    const QColor ink = picture.roles.ink(Ink::Danger);
    const QFontMetrics &metrics = typeMetrics(TypeRole::CaptionMedium);
    const double x = picture.x(double(at));
    painter.setPen(QPen(ink, 1.5, Qt::DashLine));
    painter.drawLine(QPointF(x, plot.top() - u(1)), QPointF(x, picture.layout.band.bottom()));
    const QString text = Words::tr("incident %1").arg(clockText(at));
    const double side = u(3.5);
    QRectF words(0, plot.top() + u(1), metrics.horizontalAdvance(text) + side + u(2.5), metrics.height());
    words.moveRight(x - u(1));
    if (words.left() < plot.left())
        words.moveLeft(x + u(1));
    if (words.intersects(taken))
        words.moveTop(taken.bottom() + u(0.5));
    painter.fillRect(words, picture.roles.base);
    paintIcon(&painter, QRectF(words.left() + u(0.5), words.center().y() - side / 2, side, side),
              QStringLiteral("warning"), ink, Qt::LeftToRight);
    painter.setFont(typeFont(TypeRole::CaptionMedium));
    painter.setPen(ink);
    painter.drawText(words.adjusted(side + u(1.5), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    taken = taken.isNull() ? words : taken.united(words);
}

void paintValue(QPainter &painter, const TimelinePicture &picture)
{
    const TimelineLayout &layout = picture.layout;
    if (!picture.content.value || !picture.isInView(double(*picture.content.value)))
        return;
    const double x = picture.x(double(*picture.content.value));
    const QColor ink = picture.roles.ink(Ink::Run);
    const QString text = flagText(*picture.content.value, picture.content.now);
    QRectF flag(0, layout.flags.top(), typeMetrics(TypeRole::Strong).horizontalAdvance(text) + u(4),
                layout.flags.height() - u(2.5));
    flag.moveLeft(std::clamp(x - flag.width() / 2, double(layout.flags.left()),
                             std::max(double(layout.flags.left()), layout.flags.right() - flag.width())));
    // Two strokes, so that the line is seen on the band, on a gap and outside.
    const QPointF top(x, flag.bottom());
    const QPointF bottom(x, layout.band.bottom());
    painter.setPen(QPen(picture.roles.base, 5));
    painter.drawLine(QPointF(x, layout.plot.top() + 1), bottom);
    painter.setPen(QPen(ink, 2.5));
    painter.drawLine(top, bottom);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawRoundedRect(flag, u(1), u(1));
    painter.drawPolygon(QPolygonF{QPointF(x - u(1.5), flag.bottom() - 0.5), QPointF(x + u(1.5), flag.bottom() - 0.5),
                                  QPointF(x, flag.bottom() + u(1.5))});
    painter.setFont(typeFont(TypeRole::Strong));
    painter.setPen(picture.roles.base);
    painter.drawText(flag, Qt::AlignCenter, text);
    painter.setPen(QPen(ink, 2));
    painter.setBrush(picture.roles.base);
    painter.drawEllipse(QPointF(x, layout.band.center().y()), u(1.5), u(1.5));
}

} // namespace

void paintTimelineMarks(QPainter &painter, const TimelinePicture &picture)
{
    paintEvents(painter, picture);
    QRectF taken = paintNow(painter, picture);
    for (const qint64 at : picture.content.incidents) {
        if (picture.isInView(double(at)))
            paintIncident(painter, picture, at, taken);
    }
    paintValue(painter, picture);
}

} // namespace tidemark
