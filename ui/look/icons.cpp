#include "ui/look/icons.h"

#include <QCache>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <array>

namespace tidemark {

namespace {

constexpr double boxShare = 0.8;
constexpr int keptKilobytes = 8 * 1024;

struct Key
{
    QString name;
    QRgb colour;
    QSize pixels;
    int ratioPercent;
    bool isMirrored;
    bool operator==(const Key &) const = default;
};

size_t qHash(const Key &key, size_t seed)
{
    return qHashMulti(seed, key.name, key.colour, key.pixels.width(), key.pixels.height(), key.ratioPercent,
                      key.isMirrored);
}

QString fileOf(const QString &name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

QByteArray drawing(const QString &name)
{
    static QHash<QString, QByteArray> known;
    auto found = known.constFind(name);
    if (found == known.constEnd()) {
        QFile file(fileOf(name));
        found = known.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    return *found;
}

QPixmap render(const Key &key)
{
    QPixmap pixmap(key.pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(key.name).replace("currentColor", QColor(key.colour).name().toLatin1()));
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    if (key.isMirrored) {
        painter.translate(key.pixels.width(), 0);
        painter.scale(-1, 1);
    }
    renderer.render(&painter, QRectF(QPointF(), QSizeF(key.pixels)));
    painter.end();
    pixmap.setDevicePixelRatio(key.ratioPercent / 100.0);
    return pixmap;
}

QPixmap pixmapOf(const Key &key)
{
    static QCache<Key, QPixmap> kept(keptKilobytes);
    if (const QPixmap *pixmap = kept.object(key))
        return *pixmap;
    const QPixmap pixmap = render(key);
    kept.insert(key, new QPixmap(pixmap), std::max(1, key.pixels.width() * key.pixels.height() * 4 / 1024));
    return pixmap;
}

/// Of what is painted on in the end: a widget that is rendered onto a picture has the ratio of its screen.
double ratioOf(const QPainter &painter)
{
    const QPaintEngine *engine = painter.paintEngine();
    const QPaintDevice *target = engine ? engine->paintDevice() : nullptr;
    return std::max(painter.device()->devicePixelRatioF(), target ? target->devicePixelRatioF() : 1.0);
}

class Engine : public QIconEngine
{
public:
    Engine(QString name, Ink ink)
        : m_name(std::move(name))
        , m_ink(ink)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const double side = std::min(rect.width(), rect.height()) * boxShare;
        QRectF box(0, 0, side, side);
        box.moveCenter(QRectF(rect).center());
        paintIcon(painter, box, m_name, colour(mode), QGuiApplication::layoutDirection());
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        if (size.isEmpty())
            return {};
        QPixmap pixmap(size); // of device pixels
        pixmap.fill(Qt::transparent);
        pixmap.setDevicePixelRatio(scale);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), (QSizeF(size) / scale).toSize()), mode, state);
        return pixmap;
    }

    QString iconName() override { return m_name; }
    QString key() const override { return QStringLiteral("tidemark"); }
    QIconEngine *clone() const override { return new Engine(*this); }

private:
    QColor colour(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled)
            return roles().ink(Ink::Disabled);
        if (mode == QIcon::Selected)
            return QGuiApplication::palette().color(QPalette::HighlightedText);
        return roles().ink(m_ink);
    }

    QString m_name;
    Ink m_ink;
};

} // namespace

bool isMirrored(const QString &iconName)
{
    static const std::array<QString, 5> names{QStringLiteral("arrow-right"), QStringLiteral("handed-over"),
                                              QStringLiteral("chevron-right"), QStringLiteral("next-steps"),
                                              QStringLiteral("oplog")};
    return std::find(names.begin(), names.end(), iconName) != names.end();
}

QIcon lookIcon(const QString &name, Ink ink)
{
    return QFile::exists(fileOf(name)) ? QIcon(new Engine(name, ink)) : QIcon();
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour,
               Qt::LayoutDirection direction)
{
    const double ratio = ratioOf(*painter);
    const QSize pixels = (rect.size() * ratio).toSize();
    if (pixels.isEmpty())
        return;
    // On whole device pixels: the strokes are made for them.
    const QPointF at(qRound(rect.x() * ratio) / ratio, qRound(rect.y() * ratio) / ratio);
    painter->drawPixmap(at, pixmapOf({name, colour.rgb(), pixels, qRound(ratio * 100),
                                      direction == Qt::RightToLeft && isMirrored(name)}));
}

} // namespace tidemark
