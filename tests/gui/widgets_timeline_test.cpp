#include "timeline_samples.h"

#include "ui/widgets/timeline_painter.h"

#include <QAccessible>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

class TimelineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scaleGoesForthAndBack()
    {
        const TimelineScale scale(Start, Start + 1000, 500);
        QCOMPARE(scale.x(double(Start)), 0.0);
        QCOMPARE(scale.x(double(Start + 1000)), 500.0);
        for (qint64 second = Start; second <= Start + 1000; second += 7)
            QCOMPARE(scale.seconds(scale.x(double(second))), second);
    }

    void zoomKeepsTheMomentUnderThePointer()
    {
        TimelineScale scale(Start, Start + 100000, 1000);
        const double before = double(scale.seconds(700));
        scale.zoom(4, 700);
        QVERIFY(!scale.showsAll());
        QVERIFY(std::abs(scale.x(before) - 700) < 1);
        QVERIFY(std::abs((scale.to() - scale.from()) - 25000) < 1e-6);
        scale.pan(1e9);
        QCOMPARE(scale.to(), double(Start + 100000)); // never beyond the whole
        scale.zoom(0.0001, 0);
        QVERIFY(scale.showsAll());
        for (int i = 0; i < 100; ++i)
            scale.zoom(2, 500);
        QVERIFY(scale.to() - scale.from() >= 9.999); // and never below seconds one can hit
    }

    void ticksAreReadable_data()
    {
        QTest::addColumn<qint64>("span");
        QTest::addColumn<qint64>("step");
        QTest::newRow("ten seconds") << qint64(10) << qint64(2);
        QTest::newRow("an hour") << qint64(3600) << qint64(600);
        QTest::newRow("a day") << qint64(86400) << qint64(3 * 3600);
        QTest::newRow("a month") << qint64(30 * 86400) << qint64(7 * 86400);
        QTest::newRow("ten years") << qint64(3650) * 86400 << qint64(450) * 86400;
    }
    void ticksAreReadable()
    {
        QFETCH(qint64, span);
        QFETCH(qint64, step);
        const TimelineScale scale(Start, Start + span, 800);
        QCOMPARE(scale.tickStep(90), step);
        for (const qint64 tick : scale.ticks(step)) {
            QCOMPARE(tick % step, qint64(0));
            QVERIFY(tick >= Start && tick <= Start + span);
        }
    }

    void clickChooses()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        const QSignalSpy chosen(&timeline, &TimelineWidget::chosen);
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(500, 40));
        QCOMPARE(chosen.count(), 1);
        const QDateTime value = chosen.first().first().toDateTime();
        QCOMPARE(value, *timeline.value());
        // The middle of all that is shown, a second or two about it for the width of a pixel.
        QVERIFY(std::abs(value.toSecsSinceEpoch() - (Start + 4 * 3600)) < 60);
        QCOMPARE(value.timeSpec(), Qt::UTC);
    }

    void keysStep_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<qint64>("expected");
        const int none = Qt::NoModifier;
        const qint64 from = Start + 3600;
        QTest::newRow("second back") << int(Qt::Key_Left) << none << from - 1;
        QTest::newRow("second on") << int(Qt::Key_Right) << none << from + 1;
        QTest::newRow("minute on") << int(Qt::Key_Right) << int(Qt::ControlModifier) << from + 60;
        QTest::newRow("hour on") << int(Qt::Key_PageUp) << none << from + 3600;
        QTest::newRow("hour back") << int(Qt::Key_PageDown) << none << from - 3600;
        QTest::newRow("oldest") << int(Qt::Key_Home) << none << Start;
        QTest::newRow("newest") << int(Qt::Key_End) << none << Start + 8 * 3600;
    }
    void keysStep()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(qint64, expected);
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setValue(at(Start + 3600));
        const QSignalSpy chosen(&timeline, &TimelineWidget::chosen);
        QTest::keyClick(&timeline, Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), expected);
    }

    void wheelZoomsAndFresherRangesDoNotUndoIt()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        wheel(timeline, 240);
        const double from = timeline.scale().from();
        const double to = timeline.scale().to();
        QVERIFY(to - from < 8 * 3600);
        auto fresher = withGap();
        fresher.back().end.seconds += 60;
        timeline.setRanges(fresher);
        QCOMPARE(timeline.scale().from(), from);
        QCOMPARE(timeline.scale().to(), to);
        wheel(timeline, -120, Qt::ShiftModifier);
        QVERIFY(timeline.scale().from() > from); // panned
        QTest::keyClick(&timeline, Qt::Key_0);
        QVERIFY(timeline.scale().showsAll());
        QTest::keyClick(&timeline, Qt::Key_Plus);
        QVERIFY(!timeline.scale().showsAll());
    }

    void aGapCannotBeRestored()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        QVERIFY(timeline.isRestorable(at(Start)));
        QVERIFY(timeline.isRestorable(at(Start + 3 * 3600)));
        QVERIFY(!timeline.isRestorable(at(Start + 3 * 3600 + 1)));
        QVERIFY(timeline.isRestorable(at(Start + 8 * 3600)));
        QVERIFY(!timeline.isRestorable(at(Start - 1)));
        timeline.setValue(at(Start + 3 * 3600 + 1));
        QVERIFY(timeline.valueText().contains(QStringLiteral("cannot be restored")));
    }

    void assistiveTechnologySeesASlider()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&timeline);
        QCOMPARE(accessible->role(), QAccessible::Slider);
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Timeline"));
        QAccessibleValueInterface *value = accessible->valueInterface();
        QVERIFY(value != nullptr);
        QVERIFY(!value->currentValue().isValid());
        QCOMPARE(value->minimumValue().toLongLong(), Start);
        QCOMPARE(value->maximumValue().toLongLong(), Start + 8 * 3600);
        const QSignalSpy chosen(&timeline, &TimelineWidget::chosen);
        value->setCurrentValue(Start + 5);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(value->currentValue().toLongLong(), Start + 5);
        QVERIFY(accessible->text(QAccessible::Value).startsWith(QStringLiteral("2026-11-24 06:00:05 UTC")));
    }

    void gapsDifferByPatternAndNotByColourAlone()
    {
        // Painted in one colour only, gap and range must still look different.
        QPalette oneColour;
        for (int role = 0; role < QPalette::NColorRoles; ++role)
            oneColour.setColor(QPalette::ColorRole(role), Qt::black);
        oneColour.setColor(QPalette::Base, Qt::white);
        oneColour.setColor(QPalette::Window, Qt::white);
        const QSize size(800, QFontMetrics(QFont()).height() * 6);
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::white);
        const TimelineScale scale(Start, Start + 8 * 3600, size.width());
        TimelineContent content;
        content.ranges = withGap();
        QPainter painter(&image);
        paintTimelineBand(painter, Roles(oneColour), content, scale, image.rect());
        painter.end();
        const int row = QFontMetrics(QFont()).height() * 2;
        QSet<QRgb> inRange;
        QSet<QRgb> inGap;
        for (int y = row; y < row + 10; ++y) {
            for (int x = 0; x < 40; ++x) {
                inRange.insert(image.pixel(100 + x, y));
                inGap.insert(image.pixel(330 + x, y));
            }
        }
        QCOMPARE(inRange.size(), 1);
        QVERIFY(inGap.size() > 1);
    }

    /// What has not happened yet is no gap.
    void theFutureIsNoGap()
    {
        const QSize size(800, QFontMetrics(QFont()).height() * 6);
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::white);
        const TimelineScale scale(Start, Start + 8 * 3600, size.width());
        TimelineContent content;
        content.ranges = {withGap().front()};
        content.now = Start + 7 * 3600;
        QPainter painter(&image);
        paintTimelineBand(painter, Roles(QPalette()), content, scale, image.rect());
        painter.end();
        const auto colours = [&image](int from) {
            const int row = QFontMetrics(QFont()).height() * 2;
            QSet<QRgb> seen;
            for (int y = row; y < row + 10; ++y) {
                for (int x = from; x < from + 40; ++x)
                    seen.insert(image.pixel(x, y));
            }
            return seen.size();
        };
        QVERIFY(colours(600) > 1); // before now: a gap
        QCOMPARE(colours(730), 1);
    }

    /// Nor is what is too long ago.
    void thePastIsNoGap()
    {
        QImage image(QSize(800, 40), QImage::Format_RGB32);
        image.fill(Qt::white);
        const TimelineScale scale(Start - 8 * 3600, Start + 8 * 3600, image.width());
        TimelineContent content;
        content.ranges = withGap();
        QPainter painter(&image);
        paintTimelineBand(painter, Roles(QPalette()), content, scale, image.rect());
        painter.end();
        QSet<QRgb> seen;
        for (int x = 100; x < 300; ++x)
            seen.insert(image.pixel(x, 20));
        QCOMPARE(seen.size(), 1);
    }

    void thousandsOfSnapshotsPaintQuickly()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        std::vector<QDateTime> snapshots;
        for (int i = 0; i < 20000; ++i)
            snapshots.push_back(at(Start + i));
        timeline.setSnapshots(snapshots);
        timeline.resize(1000, timeline.sizeHint().height());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!timeline.grab().isNull());
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void nothingToShowIsNoProblem()
    {
        TimelineWidget timeline;
        QVERIFY(!timeline.grab().isNull());
        QTest::keyClick(&timeline, Qt::Key_Right);
        QTest::keyClick(&timeline, Qt::Key_Home);
        QTest::mouseClick(&timeline, Qt::LeftButton);
        QVERIFY(!timeline.value());
        QCOMPARE(timeline.valueText(), QStringLiteral("no moment chosen"));
    }
};

QTEST_MAIN(TimelineTest)
#include "widgets_timeline_test.moc"
