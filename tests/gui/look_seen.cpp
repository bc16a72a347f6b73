#include "look_seen.h"

#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <QHash>
#include <QStringList>
#include <QWidget>

#include <algorithm>

namespace tidemark::test {

Seen look(const QString &what, const QImage &image)
{
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ++counts[image.pixel(x, y)];
    }
    QRgb ground = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > counts.value(ground))
            ground = it.key();
    }
    Seen seen{what, {}, QColor(ground), 0};
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        const double ratio = contrast(QColor(it.key()), seen.ground);
        if (it.value() >= 6 && ratio > seen.ratio) {
            seen.ratio = ratio;
            seen.ink = QColor(it.key());
        }
    }
    return seen;
}

QList<Seen> pieces(const QString &what, const QImage &image)
{
    const QColor ground = look(what, image).ground;
    QHash<QRgb, bool> known; // few colours, many pixels
    const auto isGround = [&](int x, int y) {
        const QRgb pixel = image.pixel(x, y);
        auto found = known.constFind(pixel);
        if (found == known.constEnd())
            found = known.insert(pixel, contrast(QColor(pixel), ground) < 1.2);
        return *found;
    };
    QList<Seen> found;
    const auto split = [&](int top, int bottom) {
        int from = -1;
        int last = -1;
        for (int x = 0; x <= image.width(); ++x) {
            bool hasInk = false;
            for (int y = top; x < image.width() && y < bottom && !hasInk; ++y)
                hasInk = !isGround(x, y);
            if (hasInk) {
                from = from < 0 ? x : from;
                last = x;
            } else if (from >= 0 && (x - last > u(0.75) * zoom || x == image.width())) {
                if (last - from > 2 * zoom)
                    found << look(what, image.copy(from - zoom, top, last - from + 2 * zoom, bottom - top));
                from = -1;
            }
        }
    };
    int top = -1;
    for (int y = 0; y <= image.height(); ++y) {
        bool hasInk = false;
        for (int x = 0; y < image.height() && x < image.width() && !hasInk; ++x)
            hasInk = !isGround(x, y);
        if (hasInk && top < 0)
            top = y;
        if (!hasInk && top >= 0) {
            if (y - top > 2 * zoom)
                split(top, y);
            top = -1;
        }
    }
    return found;
}

QImage canvas(const QSize &size, const QColor &ground)
{
    QImage image(size * zoom, QImage::Format_RGB32);
    image.setDevicePixelRatio(zoom);
    image.fill(ground);
    return image;
}

QImage pictureOf(QWidget &widget)
{
    QImage image = canvas(widget.size(), roles().page);
    widget.render(&image);
    image.setDevicePixelRatio(1);
    return image;
}

Seen lowest(QList<Seen> &all)
{
    std::sort(all.begin(), all.end(), [](const Seen &a, const Seen &b) { return a.ratio < b.ratio; });
    QStringList lines;
    for (const Seen &seen : all.first(std::min<qsizetype>(all.size(), 5)))
        lines << QStringLiteral("%1: %2 on %3, %4")
                     .arg(seen.what, seen.ink.name(), seen.ground.name())
                     .arg(seen.ratio, 0, 'f', 2);
    qInfo("%d pieces; the lowest:\n%s", int(all.size()), qPrintable(lines.join(QLatin1Char('\n'))));
    return all.isEmpty() ? Seen() : all.first();
}

} // namespace tidemark::test
