#include "look_palettes.h"
#include "look_rows.h"
#include "ui/look/bar.h"
#include "ui/look/chip.h"
#include "ui/look/metrics.h"
#include "ui/look/stage_widgets.h"
#include "ui/look/text_cache.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Tree
{
    explicit Tree(int rows)
        : model(rows)
    {
        view.setModel(&model);
        view.setItemDelegate(&delegate);
        view.setRootIsDecorated(true);
        giveSelectionLook(&view);
        for (int column = 0; column < 4; ++column)
            view.header()->resizeSection(column, u(45));
        view.resize(u(185), u(560));
    }

    QImage picture()
    {
        QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
        view.viewport()->render(&image);
        return image;
    }

    LookRows model;
    RowDelegate delegate;
    QTreeView view;
};

QImage line(const QString &text, Qt::LayoutDirection direction, bool isRightAligned)
{
    QImage image(300, 30, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setLayoutDirection(direction);
    paintText(&painter, image.rect(), text,
              {TypeRole::Body, Qt::black, (isRightAligned ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter});
    return image;
}

/// The first or last column of pixels that is not white, and all beyond it cut off.
QImage trimmed(const QImage &image)
{
    int left = image.width();
    int right = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(x, y) != QColor(Qt::white)) {
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
    }
    return image.copy(left, 0, right - left + 1, image.height());
}

bool has(const QImage &image, const QRect &where, const QColor &colour)
{
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            if (image.pixelColor(x, y).rgb() == colour.rgb())
                return true;
        }
    }
    return false;
}

} // namespace

class LookRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }
    void init() { QApplication::setPalette(lightPalette()); }
    void cleanup() { QApplication::setLayoutDirection(Qt::LeftToRight); }

    void rowsAreAsHighAsWhatTheyShow()
    {
        Tree tree(3);
        const auto height = [&tree](int column) {
            return tree.delegate.sizeHint({}, tree.model.index(0, column)).height();
        };
        QCOMPARE(height(0), u(11.5));
        QCOMPARE(height(1), u(11.5));
        QCOMPARE(height(2), u(11.5));
        QCOMPARE(height(3), u(13.5));
        QCOMPARE(sizeOf({}).height(), u(8));
    }

    void theModelsPlainTextStays()
    {
        Tree tree(1);
        QCOMPARE(tree.delegate.displayText(tree.model.index(0, 0).data(), {}), QStringLiteral("shop-0"));
        QCOMPARE(cellOf(tree.model.index(0, 0)).first, QStringLiteral("shop-0"));
        QCOMPARE(cellOf(tree.model.index(0, 0)).second, QStringLiteral("Shop"));
    }

    void theChosenRowHasABarOnItsLeadingEdge_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("left to right") << Qt::LeftToRight;
        QTest::newRow("right to left") << Qt::RightToLeft;
    }
    void theChosenRowHasABarOnItsLeadingEdge()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QApplication::setLayoutDirection(direction);
        Tree tree(4);
        tree.view.setCurrentIndex(tree.model.index(1, 0));
        tree.view.grab();
        const QImage image = tree.picture();
        const QRect row = tree.view.visualRect(tree.model.index(1, 0));
        const int leading = direction == Qt::LeftToRight ? 0 : image.width() - 1;
        const int into = direction == Qt::LeftToRight ? 1 : -1;
        const int y = row.center().y();
        for (int i = 0; i < u(0.75); ++i)
            QCOMPARE(image.pixelColor(leading + i * into, y).name(), roles().ink(Ink::Run).name());
        QCOMPARE(image.pixelColor(leading + u(1.5) * into, row.top() + u(1)).name(), roles().sel.name());
        QCOMPARE(image.pixelColor(image.width() - 1 - leading, y).name(), roles().sel.name()); // the last stretches
        // Below each row a line, and no bar where nothing is chosen.
        const int other = tree.view.visualRect(tree.model.index(2, 0)).bottom();
        QCOMPARE(image.pixelColor(leading, other).name(), roles().line.name());
        QCOMPARE(image.pixelColor(leading, other - u(2)).name(), roles().base.name());
    }

    void aTableHasItsBarInTheColumnThatIsSeenFirst_data() { theChosenRowHasABarOnItsLeadingEdge_data(); }
    void aTableHasItsBarInTheColumnThatIsSeenFirst()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QApplication::setLayoutDirection(direction);
        LookRows model(3);
        RowDelegate delegate;
        QTableView view;
        view.setModel(&model);
        view.setItemDelegate(&delegate);
        view.setSelectionBehavior(QAbstractItemView::SelectRows);
        view.setShowGrid(false);
        view.verticalHeader()->hide();
        view.horizontalHeader()->moveSection(2, 0);
        view.horizontalHeader()->setStretchLastSection(true);
        view.hideColumn(0);
        view.resize(u(160), u(80));
        giveSelectionLook(&view);
        view.setCurrentIndex(model.index(1, 2));
        view.grab();
        QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
        view.viewport()->render(&image);
        const auto bars = [&](int column) {
            const QRect cell = view.visualRect(model.index(1, column));
            const int x = direction == Qt::LeftToRight ? cell.left() + 1 : cell.right() - 1;
            return image.pixelColor(x, cell.top() + u(1)).rgb() == roles().ink(Ink::Run).rgb();
        };
        QVERIFY(bars(2));
        QVERIFY(!bars(1));
        QVERIFY(!bars(3));
    }

    void inHighContrastTheChosenRowHasAFrame()
    {
        QApplication::setPalette(highContrastPalette());
        Tree tree(3);
        tree.view.setCurrentIndex(tree.model.index(1, 0));
        tree.view.grab();
        const QImage image = tree.picture();
        const QRect row = tree.view.visualRect(tree.model.index(1, 0));
        const QString frame = QApplication::palette().color(QPalette::Highlight).name();
        QCOMPARE(image.pixelColor(0, row.center().y()).name(), frame);
        QCOMPARE(image.pixelColor(u(100), row.top()).name(), frame);
        QCOMPARE(image.pixelColor(image.width() - 1, row.center().y()).name(), frame);
        QCOMPARE(image.pixelColor(u(20), row.top() + u(1)).name(), roles().base.name());
    }

    void theSelectionFollowsThePalette()
    {
        Tree tree(2);
        tree.view.show();
        QCOMPARE(tree.view.palette().color(QPalette::Highlight), roles().sel);
        QApplication::setPalette(darkPalette());
        QCOMPARE(roles().sel.name(), QStringLiteral("#234150"));
        QTRY_COMPARE(tree.view.palette().color(QPalette::Highlight), roles().sel);
        QCOMPARE(tree.view.palette().color(QPalette::Inactive, QPalette::HighlightedText), roles().text);
    }

    void sizesAndHostsAreNotTurnedRound()
    {
        for (const char *text : {"212 GB", "db-09.example.net:27018", "14:03:06 UTC, (at most)"}) {
            const QString words = QString::fromLatin1(text);
            QCOMPARE(trimmed(line(words, Qt::RightToLeft, true)), trimmed(line(words, Qt::LeftToRight, false)));
        }
        // What is written from right to left, is: the full stop is on the left.
        const QString hebrew = QStringLiteral("\u05d0\u05d1 \u05d2.");
        QVERIFY(trimmed(line(hebrew, Qt::LeftToRight, false)) !=
                trimmed(line(QStringLiteral("\u200e") + hebrew, Qt::LeftToRight, false)));
    }

    void aChipIsElidedOnlyWhereItDoesNotFit()
    {
        const ChipData chip{ChipKind::Agents, QStringLiteral("Agents at work")};
        const QSize size = chipSize(chip.text);
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        QCOMPARE(paintChip(&painter, image.rect(), chip, Qt::LeftToRight).toRect(), image.rect());
        QCOMPARE(QFontMetrics(typeFont(TypeRole::CaptionMedium))
                     .elidedText(chip.text, Qt::ElideRight, textWidth(chip.text, TypeRole::CaptionMedium)),
                 chip.text);
        QCOMPARE(paintChip(&painter, QRect(0, 0, size.width() / 2, size.height()), chip, Qt::LeftToRight).width(),
                 qreal(size.width() / 2));
    }

    void whatHasItsWidthIsNotElided()
    {
        const QFont before = QApplication::font();
        for (double points = 7; points < 24; points += 0.3) {
            QFont font = before;
            font.setPointSizeF(points);
            QApplication::setFont(font);
            for (const char *text : {"Ready", "Corrupt", "Handed over", "Erase drill-sharded and restore"}) {
                for (const TypeRole type : {TypeRole::CaptionMedium, TypeRole::Strong, TypeRole::Body}) {
                    const QString words = QString::fromLatin1(text);
                    QCOMPARE(typeMetrics(type).elidedText(words, Qt::ElideRight, textWidth(words, type)), words);
                }
            }
        }
        QApplication::setFont(before);
    }

    void chipsAndStagesSayTheirWordsAndTakeNoFocus()
    {
        Chip chip;
        chip.setChip({ChipKind::Ready, QStringLiteral("3 of 3 ready")});
        QCOMPARE(chip.accessibleName(), QStringLiteral("3 of 3 ready"));
        StageColumn column;
        column.setStages({{QStringLiteral("Ordered"), StageState::Done, {}, {}, {}},
                          {QStringLiteral("Agents at work"), StageState::Now, {}, QStringLiteral("22 of 25"), 0.88}});
        QCOMPARE(column.accessibleName(), QStringLiteral("Ordered, done; Agents at work, now: 22 of 25"));
        for (const QWidget *widget : {static_cast<QWidget *>(&chip), static_cast<QWidget *>(&column)})
            QCOMPARE(widget->focusPolicy(), Qt::NoFocus);
        const QSize chipBefore = chip.sizeHint();
        const QSize columnBefore = column.sizeHint();
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(20);
        QApplication::setFont(font);
        QVERIFY(chip.sizeHint().height() > chipBefore.height() * 3 / 2);
        QVERIFY(chip.sizeHint().width() > chipBefore.width() * 3 / 2);
        QVERIFY(column.sizeHint().height() > columnBefore.height() * 3 / 2);
        QApplication::setFont(before);
    }

    void handedOverIsNeverGreen()
    {
        QVERIFY(inkOf(chipKindOf(RestoreState::HandedOver)) != Ink::Ok);
        QVERIFY(inkOf(chipKindOf(RestoreState::ServerPartDone)) != Ink::Ok);
        QVERIFY(inkOf(chipKindOf(RestoreState::AtUnknownGoal)) != Ink::Ok);
        QCOMPARE(int(inkOf(chipKindOf(RestoreState::Expired))), int(Ink::Idle));
        QCOMPARE(int(inkOf(chipKindOf(RestoreState::InPlace))), int(Ink::Ok));
    }

    void everyBarHasAShapeOfItsOwn()
    {
        QList<QImage> seen;
        for (int kind = 0; kind < 6; ++kind) {
            QImage image(640, 32, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.scale(4, 4);
            paintBar(&painter, QRectF(0, 0, 160, 8), {BarKind(kind), 0.5}, Qt::LeftToRight);
            QVERIFY(!seen.contains(image));
            seen << image;
        }
        QVERIFY(has(seen.at(int(BarKind::Corrupt)), QRect(80, 16, 240, 1), roles().base)); // hatched
        QVERIFY(has(seen.at(int(BarKind::Corrupt)), QRect(80, 16, 240, 1), roles().ink(Ink::Danger)));
        // Half its height.
        QVERIFY(has(seen.at(int(BarKind::Intact)), QRect(80, 8, 240, 1), roles().ink(Ink::Warn)));
        QVERIFY(!has(seen.at(int(BarKind::Intact)), QRect(80, 20, 240, 1), roles().ink(Ink::Warn)));
        // Run fills from the side where one begins to read.
        QImage image(160, 8, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        paintBar(&painter, image.rect(), {BarKind::Run, 0.5}, Qt::RightToLeft);
        QCOMPARE(image.pixelColor(120, 4), roles().ink(Ink::Run));
        QCOMPARE(image.pixelColor(40, 4), roles().track);
    }

    void whatIsPaintedAgainIsNotLaidOutAgain()
    {
        Tree tree(100'000);
        tree.view.grab();
        const int rows = tree.view.indexAt(QPoint(u(10), tree.view.viewport()->height() - 1)).row() + 1;
        QVERIFY2(rows >= 40, qPrintable(QString::number(rows)));
        tree.picture();
        const int before = linesLaidOut();
        QElapsedTimer timer;
        timer.start();
        constexpr int times = 20;
        for (int i = 0; i < times; ++i)
            tree.picture();
        const double again = double(timer.nsecsElapsed()) / times / 1e6;
        QCOMPARE(linesLaidOut(), before);

        timer.restart();
        for (int i = 0; i < times; ++i) {
            tree.view.verticalScrollBar()->setValue((i + 1) * tree.view.verticalScrollBar()->maximum() / times);
            tree.picture();
        }
        const double scrolled = double(timer.nsecsElapsed()) / times / 1e6;
        QStyledItemDelegate plain;
        tree.view.setItemDelegate(&plain);
        tree.picture();
        timer.restart();
        for (int i = 0; i < times; ++i)
            tree.picture();
        qInfo("the style's own rows of one line: %.2f ms", double(timer.nsecsElapsed()) / times / 1e6);
        qInfo("%d rows of 4 columns: %.2f ms a viewport painted again, %.2f ms at a place never seen", rows, again,
              scrolled);
    }
};

QTEST_MAIN(LookRowsTest)

#include "look_rows_test.moc"
