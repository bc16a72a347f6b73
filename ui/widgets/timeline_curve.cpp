#include "series/series_texts.h"
#include "ui/look/metrics.h"
#include "ui/widgets/timeline_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

/// The samples in view.
Curve visiblePart(const Curve &curve, const TimelineScale &scale)
{
    const auto isBefore = [](const Sample &sample, double at) { return double(sample.end) < at; };
    const auto first = std::lower_bound(curve.samples.begin(), curve.samples.end(), scale.from(), isBefore);
    const auto last = std::lower_bound(first, curve.samples.end(), scale.to() + double(curve.step), isBefore);
    return {curve.kind, curve.step, {first, last}};
}

/// The highest value of each pixel's column: a peak must be seen however short it is. None where nothing is known.
std::vector<std::optional<double>> columnsOf(const Curve &curve, const TimelineScale &scale)
{
    std::vector<std::optional<double>> columns(size_t(scale.width()));
    for (const Sample &sample : curve.samples) {
        if (!sample.value)
            continue;
        const double right = scale.x(double(sample.end));
        const double left = scale.x(double(sample.end - curve.step));
        const int from = std::max(0, int(std::floor(left)));
        const int to = std::min(int(columns.size()), std::max(from + 1, int(std::floor(right))));
        for (int x = from; x < to; ++x) {
            auto &column = columns[size_t(x)];
            column = std::max(column.value_or(0), *sample.value);
        }
    }
    return columns;
}

/// Column by column: a path of a thousand peaks would take the painter's antialiasing seconds.
void paintColumns(QPainter &painter, const TimelinePicture &picture, const std::vector<std::optional<double>> &columns,
                  double perUnit)
{
    const QRect &plot = picture.layout.plot;
    const int bottom = plot.bottom() + 1;
    const Roles &roles = picture.roles;
    const QColor area = roles.isHighContrast() ? roles.base : mix(roles.base, roles.text, 0.13);
    const QColor line = roles.ink(Ink::Text2);
    QVector<QRect> areas;
    QVector<QRect> lines;
    int before = 0; // the top of the column to the left
    for (size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i])
            continue;
        const int x = plot.left() + int(i);
        const int top = bottom - 1 - int(std::lround(*columns[i] * perUnit));
        areas << QRect(x, top, 1, bottom - top);
        if (i == 0 || !columns[i - 1])
            before = top;
        lines << QRect(x, std::min(top, before), 1, std::abs(top - before) + 1);
        before = top;
    }
    fillRects(painter, areas, area);
    fillRects(painter, lines, line);
}

void paintEdge(QPainter &painter, const TimelinePicture &picture, const Edge &edge)
{
    const QPointF foot(picture.x(double(edge.from)), picture.layout.band.top() - 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(picture.roles.ink(Ink::Run));
    painter.drawPolygon(QPolygonF{foot - QPointF(0, u(2)), foot + QPointF(u(1), 0), foot - QPointF(u(1), 0)});
}

} // namespace

void paintTimelineCurve(QPainter &painter, const TimelinePicture &picture)
{
    if (!picture.content.curve)
        return;
    const Curve curve = visiblePart(picture.content.curve->curve, picture.scale);
    const QRect &plot = picture.layout.plot;
    const QFontMetrics &metrics = typeMetrics(TypeRole::Caption);
    const double most = mostOf(curve).value_or(0);
    const double height = std::max(1, plot.height() - metrics.height() - u(2));
    paintColumns(painter, picture, columnsOf(curve, picture.scale), most > 0 ? height / most : 0);
    double last = plot.left() - u(3);
    for (const Edge &edge : picture.content.curve->edges) {
        const double x = picture.x(double(edge.from));
        if (!picture.isInView(double(edge.from)) || x - last < u(2))
            continue;
        last = x;
        paintEdge(painter, picture, edge);
    }
    painter.setFont(typeFont(TypeRole::Caption));
    painter.setPen(picture.roles.ink(Ink::Text2));
    const QRectF words(plot.left() + u(2), plot.top() + u(1), plot.width() - u(4), metrics.height());
    painter.drawText(words, Qt::AlignLeft | Qt::AlignTop, picture.content.curve->title);
    painter.drawText(words.translated(0, metrics.height()), Qt::AlignLeft | Qt::AlignTop, mostText(curve));
}

} // namespace tidemark
