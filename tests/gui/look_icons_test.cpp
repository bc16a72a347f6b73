#include "look_palettes.h"
#include "ui/look/icons.h"
#include "ui/look/metrics.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The most solid colour of a picture.
QColor strongest(const QImage &image)
{
    QColor found;
    int alpha = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() > alpha) {
                alpha = pixel.alpha();
                found = pixel;
            }
        }
    }
    return found;
}

QImage painted(const QString &name, const QColor &colour, Qt::LayoutDirection direction, int side = 64)
{
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintIcon(&painter, image.rect(), name, colour, direction);
    return image;
}

QStringList names()
{
    QStringList all;
    for (const QString &file : QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}))
        all << file.chopped(4);
    all.removeAll(QStringLiteral("tidemark"));
    return all;
}

} // namespace

class LookIconsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setPalette(lightPalette()); }
    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }

    void everyIconIsDrawnInTheColourAskedFor()
    {
        QVERIFY(names().size() >= 45);
        for (const QString &name : names()) {
            const QColor seen = strongest(painted(name, QColor("#bd2a22"), Qt::LeftToRight));
            QVERIFY2(seen.isValid() && seen.alpha() > 250, qPrintable(name));
            QVERIFY2(seen.rgb() == QColor("#bd2a22").rgb(), qPrintable(name + QLatin1Char(' ') + seen.name()));
        }
    }

    void onlyThoseThatShowADirectionAreMirrored()
    {
        QVERIFY(names().size() >= 45);
        for (const QString &name : names()) {
            const QImage there = painted(name, Qt::black, Qt::LeftToRight);
            const QImage back = painted(name, Qt::black, Qt::RightToLeft);
            if (isMirrored(name))
                QVERIFY2(there != back, qPrintable(name));
            else
                QVERIFY2(there == back, qPrintable(name));
        }
        int mirrored = 0;
        for (const QString &name : names())
            mirrored += isMirrored(name) ? 1 : 0;
        QCOMPARE(mirrored, 5);
    }

    void anIconFollowsPaletteAndState()
    {
        const QIcon icon = lookIcon(QStringLiteral("pause"), Ink::Run);
        const auto seen = [&icon](QIcon::Mode mode) { return strongest(icon.pixmap(64, 64, mode).toImage()).name(); };
        QCOMPARE(seen(QIcon::Normal), roles().ink(Ink::Run).name());
        QCOMPARE(seen(QIcon::Disabled), roles().ink(Ink::Disabled).name());
        QCOMPARE(seen(QIcon::Selected), QApplication::palette().color(QPalette::HighlightedText).name());
        QApplication::setPalette(darkPalette());
        QCOMPARE(seen(QIcon::Normal), QStringLiteral("#48b2ea"));
        QVERIFY(lookIcon(QStringLiteral("no such icon")).isNull());
        QCOMPARE(icon.name(), QStringLiteral("pause"));
    }

    void anIconLeavesAMarginInItsBox()
    {
        const QImage image = lookIcon(QStringLiteral("point-in-time")).pixmap(40, 40).toImage();
        QCOMPARE(image.width(), 40);
        for (int i = 0; i < 40; ++i) {
            for (int edge = 0; edge < 4; ++edge) {
                QCOMPARE(qAlpha(image.pixel(i, edge)), 0);
                QCOMPARE(qAlpha(image.pixel(39 - edge, i)), 0);
            }
        }
        QVERIFY(strongest(image).alpha() > 250);
    }

    void aFineScreenGetsFinePixels()
    {
        const QPixmap pixmap = lookIcon(QStringLiteral("check")).pixmap(QSize(20, 20), 2.0);
        QCOMPARE(pixmap.size(), QSize(40, 40));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
        QImage screen(40, 40, QImage::Format_ARGB32_Premultiplied);
        screen.setDevicePixelRatio(2);
        screen.fill(Qt::transparent);
        {
            QPainter painter(&screen);
            paintIcon(&painter, QRectF(0, 0, 20, 20), QStringLiteral("check"), Qt::black, Qt::LeftToRight);
        }
        QImage expected = painted(QStringLiteral("check"), Qt::black, Qt::LeftToRight, 40);
        expected.setDevicePixelRatio(2);
        QCOMPARE(screen, expected);
    }

    void anIconFollowsTheDirectionOfTheProgram()
    {
        const QIcon icon = lookIcon(QStringLiteral("arrow-right"));
        const QImage there = icon.pixmap(40, 40).toImage();
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
        QVERIFY(icon.pixmap(40, 40).toImage() != there);
    }
};

QTEST_MAIN(LookIconsTest)

#include "look_icons_test.moc"
