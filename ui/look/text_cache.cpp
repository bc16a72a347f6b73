#include "ui/look/text_cache.h"

#include <QCache>
#include <QPainter>
#include <QStaticText>
#include <QTextOption>

#include <cmath>

namespace tidemark {

namespace {

constexpr int keptLines = 4096;
int laidOut = 0;

struct Key
{
    QString text;
    int width; ///< -1: for its width only
    TypeRole type;
    Qt::TextElideMode elide;
    bool operator==(const Key &) const = default;
};

size_t qHash(const Key &key, size_t seed)
{
    return qHashMulti(seed, key.text, key.width, int(key.type), int(key.elide));
}

struct Line
{
    QStaticText glyphs;
    QSizeF size;
};

QString oneLine(const QString &text)
{
    return text.contains(QLatin1Char('\n')) ? text.simplified() : text;
}

Line layOut(const Key &key)
{
    ++laidOut;
    const QString text = oneLine(key.text);
    const QFontMetrics &metrics = typeMetrics(key.type);
    Line line;
    if (key.width < 0) {
        // Rounded up: what is elided to a width is compared in fractions of a pixel.
        line.size = QSizeF(std::ceil(QFontMetricsF(typeFont(key.type)).horizontalAdvance(text)) + 1, metrics.height());
        return line;
    }
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    line.glyphs.setTextFormat(Qt::PlainText);
    line.glyphs.setTextOption(option);
    line.glyphs.setPerformanceHint(QStaticText::AggressiveCaching);
    line.glyphs.setText(metrics.elidedText(text, key.elide, key.width));
    line.glyphs.prepare({}, typeFont(key.type));
    line.size = line.glyphs.size();
    return line;
}

const Line &lineOf(const Key &key)
{
    static QCache<Key, Line> kept(keptLines);
    static int generation = 0;
    if (generation != typeGeneration()) {
        kept.clear();
        generation = typeGeneration();
    }
    if (const Line *line = kept.object(key))
        return *line;
    auto *line = new Line(layOut(key));
    kept.insert(key, line);
    return *line;
}

} // namespace

void paintText(QPainter *painter, const QRectF &rect, const QString &text, const TextLook &look)
{
    if (text.isEmpty() || rect.width() < 1)
        return;
    const Line &line = lineOf({text, int(rect.width()), look.type, look.elide});
    QPointF at = rect.topLeft();
    if (look.alignment & Qt::AlignRight)
        at.setX(rect.right() - line.size.width());
    else if (look.alignment & Qt::AlignHCenter)
        at.setX(rect.center().x() - line.size.width() / 2);
    if (look.alignment & Qt::AlignVCenter)
        at.setY(rect.center().y() - line.size.height() / 2);
    else if (look.alignment & Qt::AlignBottom)
        at.setY(rect.bottom() - line.size.height());
    painter->setFont(typeFont(look.type));
    painter->setPen(look.colour);
    painter->drawStaticText(QPointF(qRound(at.x()), qRound(at.y())), line.glyphs);
}

int textWidth(const QString &text, TypeRole type)
{
    return int(lineOf({text, -1, type, Qt::ElideNone}).size.width());
}

int linesLaidOut()
{
    return laidOut;
}

} // namespace tidemark
