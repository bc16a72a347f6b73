#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/timeline_painter.h"

#include <QAccessible>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <ctime>

using namespace tidemark;

namespace {

constexpr qint64 Start = 1795500000; // 2026-11-24 06:00:00 UTC

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

RestorableRange range(qint64 from, qint64 to)
{
    return {{from, 1}, {to, 1}, {}};
}

/// Two ranges with a gap of an hour between them.
std::vector<RestorableRange> withGap()
{
    return {range(Start, Start + 3 * 3600), range(Start + 4 * 3600, Start + 8 * 3600)};
}

void wheel(QWidget &widget, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const QPointF middle(widget.width() / 2.0, widget.height() / 3.0);
    QWheelEvent event(middle, widget.mapToGlobal(middle), {}, QPoint(0, delta), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

/// Deletes per minute over the eight hours; far more of them from a quarter past the sixth hour on.
TimelineCurve deletes()
{
    Curve curve{CurveKind::Deletes, 60, {}};
    for (qint64 minute = 1; minute <= 8 * 60; ++minute)
        curve.samples.push_back(
            {Start + minute * 60, minute > 375 && minute <= 380 ? 4210.0 : 2.0 + double(minute % 3)});
    return {curve, edgesOf(curve), QStringLiteral("Deletes per second, all primaries")};
}

/// Of this thread: what else the machine does is not the painter's fault.
qint64 cpuNanoseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

constexpr qint64 EdgeAt = Start + 375 * 60;

int xOf(const TimelineWidget &timeline, qint64 seconds)
{
    const QRect place = timeline.thingRect({TimelineThing::Kind::Snapshot, seconds, seconds, {}});
    return place.center().x();
}

} // namespace

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

    void aClickNearAnEdgeChoosesItsBeginning_data()
    {
        QTest::addColumn<int>("pixels");
        QTest::addColumn<bool>("isEdge");
        for (const int pixels : {-11, -4, 0, 6, 11})
            QTest::addRow("%d", pixels) << pixels << true;
        for (const int pixels : {-14, 14, 200})
            QTest::addRow("%d", pixels) << pixels << false;
    }
    void aClickNearAnEdgeChoosesItsBeginning()
    {
        QFETCH(int, pixels);
        QFETCH(bool, isEdge);
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setCurve(deletes());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(xOf(timeline, EdgeAt) + pixels, 60));
        QCOMPARE(timeline.value()->toSecsSinceEpoch() == EdgeAt, isEdge);
        QCOMPARE(timeline.chosenEdge().has_value(), isEdge);
        if (isEdge)
            QCOMPARE(timeline.chosenEdge()->to, EdgeAt + 60);
        QTest::keyClick(&timeline, Qt::Key_Left);
        QVERIFY(!timeline.chosenEdge());
    }

    void edgesAreReachedByKey()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setValue(at(Start + 60));
        QTest::keyClick(&timeline, Qt::Key_E); // without a curve there is none
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), Start + 60);
        timeline.setCurve(deletes());
        QTest::keyClick(&timeline, Qt::Key_E);
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), EdgeAt);
        QVERIFY(timeline.chosenEdge());
        QTest::keyClick(&timeline, Qt::Key_E);
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), EdgeAt); // the last one
        QTest::keyClick(&timeline, Qt::Key_End);
        QTest::keyClick(&timeline, Qt::Key_E, Qt::ShiftModifier);
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), EdgeAt);
    }

    void incidentsAreMarkedAndTakenAway()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        QTest::keyClick(&timeline, Qt::Key_I);
        QVERIFY(timeline.content().incidents.empty()); // nothing chosen
        timeline.setValue(at(Start + 500));
        QTest::keyClick(&timeline, Qt::Key_I);
        timeline.setValue(at(Start + 100));
        QTest::keyClick(&timeline, Qt::Key_I);
        QCOMPARE(timeline.content().incidents, (std::vector<qint64>{Start + 100, Start + 500}));
        QCOMPARE(timeline.things().front().kind, TimelineThing::Kind::Incident);
        QTest::keyClick(&timeline, Qt::Key_I);
        QCOMPARE(timeline.content().incidents, std::vector<qint64>{Start + 500});
    }

    void viewsAreGoneBackTo()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        std::vector<ZoomStack::View> views;
        const auto view = [&timeline] { return ZoomStack::View(timeline.scale().from(), timeline.scale().to()); };
        QVERIFY(!timeline.hasEarlierView());
        for (const Qt::Key key : {Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Plus, Qt::Key_0}) {
            views.push_back(view());
            QTest::keyClick(&timeline, key);
            QVERIFY(view() != views.back());
        }
        QTest::keyClick(&timeline, Qt::Key_0); // nothing changes, nothing is kept
        while (!views.empty()) {
            QVERIFY(timeline.hasEarlierView());
            QTest::keyClick(&timeline, Qt::Key_Backspace);
            QCOMPARE(view(), views.back());
            views.pop_back();
        }
        QVERIFY(!timeline.hasEarlierView());
        // The many turns of one wheel are one zoom.
        const ZoomStack::View all = view();
        for (int turn = 0; turn < 5; ++turn)
            wheel(timeline, 120);
        QVERIFY(view() != all);
        QTest::keyClick(&timeline, Qt::Key_Backspace);
        QCOMPARE(view(), all);
    }

    void theStackOfViewsIsBounded()
    {
        ZoomStack stack;
        for (int i = 0; i < 500; ++i)
            stack.push({double(i), double(i + 1)});
        stack.push({499.0, 500.0}); // the same again
        QCOMPARE(stack.depth(), size_t(50));
        QCOMPARE(*stack.pop(), ZoomStack::View(499, 500));
        QCOMPARE(*stack.pop(), ZoomStack::View(498, 499));
    }

    void theSmallOneIsDragged()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setValue(at(Start + 3600));
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(&timeline, Qt::Key_Plus);
        const double from = timeline.scale().from();
        const double span = timeline.scale().to() - from;
        const int y = timelineLayout(timeline.rect(), false).map.center().y();
        const int x = timeline.width() / 8;
        QTest::mousePress(&timeline, Qt::LeftButton, {}, QPoint(x, y));
        QTest::mouseMove(&timeline, QPoint(x + 500, y));
        QMouseEvent move(QEvent::MouseMove, QPointF(x + 500, y), timeline.mapToGlobal(QPointF(x + 500, y)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&timeline, &move);
        QTest::mouseRelease(&timeline, Qt::LeftButton, {}, QPoint(x + 500, y));
        QVERIFY(timeline.scale().from() > from + 3 * 3600);
        QVERIFY(std::abs(timeline.scale().to() - timeline.scale().from() - span) < 1);
        QCOMPARE(timeline.value()->toSecsSinceEpoch(), Start + 3600); // it chooses nothing
        QTest::keyClick(&timeline, Qt::Key_Backspace);
        QCOMPARE(timeline.scale().from(), from);
    }

    void whatIsOnItAreItsParts()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setSnapshots({at(Start + 7200), at(Start)});
        timeline.setEvents({{Start + 3 * 3600 + 75, QStringLiteral("OPLOG_BEHIND, ledger")}});
        timeline.setGapCauses({{Start + 3 * 3600, QStringLiteral("likely cause: OPLOG_BEHIND at 09:01:15 UTC")}});
        timeline.setCurve(deletes());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&timeline);
        QStringList names;
        for (int i = 0; i < accessible->childCount(); ++i) {
            QAccessibleInterface *child = accessible->child(i);
            QVERIFY(child != nullptr && child->isValid());
            QCOMPARE(child->parent(), accessible);
            QCOMPARE(accessible->indexOfChild(child), i);
            QCOMPARE(accessible->child(i), child); // the same one each time
            QVERIFY(!child->rect().isEmpty());
            QVERIFY(accessible->childAt(child->rect().center().x(), child->rect().center().y()) != nullptr);
            QVERIFY(!child->state().offscreen);
            names << child->text(QAccessible::Name);
        }
        QCOMPARE(names.size(), 5);
        QCOMPARE(names[0], QStringLiteral("Snapshot, ") + utcAndLocalText(at(Start)));
        QVERIFY(names[1].startsWith(QStringLiteral("Snapshot, 2026-11-24 08:00:00 UTC")));
        QVERIFY2(names[2].startsWith(QStringLiteral("Gap from 2026-11-24 09:00:00 UTC")), qPrintable(names[2]));
        QVERIFY2(names[2].endsWith(QStringLiteral("1 h 00 min, likely cause: OPLOG_BEHIND at 09:01:15 UTC")),
                 qPrintable(names[2]));
        QVERIFY(names[3].startsWith(QStringLiteral("Event OPLOG_BEHIND, ledger, 2026-11-24 09:01:15 UTC")));
        QCOMPARE(names[4], QStringLiteral("Deletes rise between 12:15:00 and 12:16:00, no finer data."));
        // What is no longer there is not valid, and what is out of view is said to be.
        QAccessibleInterface *last = accessible->child(4);
        timeline.setCurve(std::nullopt);
        QVERIFY(!last->isValid());
        QCOMPARE(accessible->childCount(), 4);
        timeline.setValue(at(Start + 7 * 3600));
        for (int i = 0; i < 8; ++i)
            QTest::keyClick(&timeline, Qt::Key_Plus);
        QVERIFY(accessible->child(0)->state().offscreen);
    }

    /// Nor does right-to-left turn it round: time runs from left to right in every language.
    void timeRunsFromLeftToRight()
    {
        const auto picture = [](Qt::LayoutDirection direction) {
            TimelineWidget timeline;
            timeline.setLayoutDirection(direction);
            timeline.setRanges(withGap());
            timeline.setNow(at(Start + 8 * 3600));
            timeline.setCurve(deletes());
            timeline.setValue(at(EdgeAt));
            timeline.resize(1000, timeline.sizeHint().height());
            return timeline.grab().toImage();
        };
        QCOMPARE(picture(Qt::RightToLeft), picture(Qt::LeftToRight));
    }

    void aFullTimelinePaintsWithinAFrame()
    {
        TimelineWidget timeline;
        std::vector<RestorableRange> ranges;
        for (qint64 i = 0; i < 500; ++i)
            ranges.push_back(range(Start + i * 345, Start + i * 345 + 300));
        timeline.setRanges(ranges);
        std::vector<QDateTime> snapshots;
        std::vector<TimelineEvent> events;
        for (int i = 0; i < 5000; ++i) {
            snapshots.push_back(at(Start + i * 34));
            events.push_back({Start + i * 34 + 5, QStringLiteral("HOST_DOWN")});
        }
        timeline.setSnapshots(snapshots);
        timeline.setEvents(events);
        TimelineCurve curve = deletes();
        curve.curve.samples.clear();
        for (qint64 minute = 1; minute <= 2880; ++minute)
            curve.curve.samples.push_back({Start + minute * 60, double(minute * 7919 % 4211)});
        curve.edges = edgesOf(curve.curve);
        timeline.setCurve(curve);
        timeline.setNow(at(Start + 48 * 3600));
        timeline.setValue(at(Start + 24 * 3600));
        timeline.toggleIncident();
        timeline.resize(1000, 400);
        QImage image(timeline.size(), QImage::Format_ARGB32_Premultiplied);
        timeline.render(&image); // fonts and icons are made once
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 30; ++i) {
            const qint64 before = cpuNanoseconds();
            timeline.render(&image);
            best = std::min(best, cpuNanoseconds() - before);
        }
        qInfo("a full timeline: %.2f ms", double(best) / 1e6);
        QVERIFY2(best < 10'000'000, qPrintable(QString::number(double(best) / 1e6)));
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
