#include "look_kit.h"
#include "look_palettes.h"
#include "ui/look/look_style.h"
#include "ui/look/metrics.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QStyleFactory>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// Paints the kit of parts; with TIDEMARK_PICTURES (a folder) the pictures are kept, to be looked at.
class LookKitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        useLookStyle();
    }

    void kit_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<double>("points");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("light") << lightPalette() << 10.0 << Qt::LeftToRight;
        QTest::newRow("dark") << darkPalette() << 10.0 << Qt::LeftToRight;
        QTest::newRow("highcontrast") << highContrastPalette() << 10.0 << Qt::LeftToRight;
        QTest::newRow("20pt") << lightPalette() << 20.0 << Qt::LeftToRight;
        QTest::newRow("rtl") << lightPalette() << 10.0 << Qt::RightToLeft;
    }
    void kit()
    {
        QFETCH(QPalette, palette);
        QFETCH(double, points);
        QFETCH(Qt::LayoutDirection, direction);
        QFont font = QApplication::font();
        font.setPointSizeF(points);
        QApplication::setFont(font);
        QApplication::setPalette(palette);
        QApplication::setLayoutDirection(direction);
        const std::unique_ptr<QWidget> shown(makeKit());
        const int width = std::max(shown->sizeHint().width(), u(320));
        shown->resize(width, std::max(shown->sizeHint().height(), shown->heightForWidth(width)));
        shown->show();
        QVERIFY(QTest::qWaitForWindowActive(shown.get()));
        shown->findChild<QWidget *>(QStringLiteral("chosenCard"))->setFocus();
        const QImage image = shown->grab().toImage();
        QVERIFY(!image.isNull());
        const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(image.save(
                QDir(folder).filePath(QStringLiteral("kit-%1.png").arg(QLatin1String(QTest::currentDataTag())))));
        // No part is given less than it needs.
        int looked = 0;
        for (const QWidget *part : shown->findChildren<QWidget *>()) {
            if (part->isVisible() && part->metaObject()->className() != QByteArray("QWidget") &&
                QByteArray(part->metaObject()->className()).startsWith("tidemark::")) {
                ++looked;
                QVERIFY2(part->height() >= part->minimumSizeHint().height(), part->metaObject()->className());
                QVERIFY2(part->width() >= part->minimumSizeHint().width(), part->metaObject()->className());
                if (part->hasHeightForWidth())
                    QVERIFY2(part->height() >= part->heightForWidth(part->width()), part->metaObject()->className());
            }
        }
        QVERIFY(looked > 10);
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }
};

QTEST_MAIN(LookKitTest)

#include "look_kit_test.moc"
