#include "timeline_samples.h"

#include "ui/widgets/time_text.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QTest>

#include <ctime>

using namespace tidemark;
using namespace tidemark::test;

namespace {

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

int reorders = 0; ///< that assistive technology was told of

constexpr qint64 EdgeAt = Start + 375 * 60;

int xOf(const TimelineWidget &timeline, qint64 seconds)
{
    const QRect place = timeline.thingRect({TimelineThing::Kind::Snapshot, seconds, seconds, {}});
    return place.center().x();
}

} // namespace

/// In place of Qt's own, which tells nobody where no assistive technology listens, as in a test.
void QAccessible::updateAccessibility(QAccessibleEvent *event)
{
    reorders += event->type() == QAccessible::ObjectReorder ? 1 : 0;
}

/// What is on a timeline beside its ranges: curve, edges, incidents, events; its views, its parts and what painting
/// costs.
class TimelineMarksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    /// Another curve has other edges: what is said of one is said of the curve that is seen.
    void anEdgeIsOfTheCurveThatIsSeen()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setCurve(deletes());
        timeline.setValue(at(Start + 60));
        QTest::keyClick(&timeline, Qt::Key_E);
        QVERIFY(timeline.chosenEdge());
        TimelineCurve other = deletes();
        other.curve.kind = CurveKind::Commands;
        other.edges.clear();
        timeline.setCurve(other);
        QVERIFY(!timeline.chosenEdge());
        other.edges = {{EdgeAt, EdgeAt + 300, false}}; // at the same moment, and not the same one
        timeline.setCurve(other);
        QVERIFY(!timeline.chosenEdge());
        timeline.setCurve(std::nullopt);
        QVERIFY(!timeline.chosenEdge());
        timeline.setCurve(deletes()); // read anew
        QVERIFY(timeline.chosenEdge());
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

    /// A rise of minutes in a day is a pixel: the key brings it near, with a way back. A click moves nothing under the
    /// pointer.
    void anEdgeComesNear()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setCurve(deletes());
        timeline.resize(400, timeline.sizeHint().height());
        timeline.show();
        const double whole = timeline.scale().secondsPerPixel();
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(xOf(timeline, EdgeAt), 60));
        QCOMPARE(timeline.scale().secondsPerPixel(), whole);
        QTest::keyClick(&timeline, Qt::Key_Home);
        QTest::keyClick(&timeline, Qt::Key_E);
        QVERIFY(timeline.chosenEdge());
        constexpr double seen = 12; // pixels
        QVERIFY2(60 / timeline.scale().secondsPerPixel() >= seen - 0.1,
                 qPrintable(QString::number(timeline.scale().secondsPerPixel())));
        QVERIFY(timeline.scale().from() < double(EdgeAt) && double(EdgeAt) < timeline.scale().to());
        QTest::keyClick(&timeline, Qt::Key_Backspace);
        QCOMPARE(timeline.scale().secondsPerPixel(), whole);
        QTest::keyClick(&timeline, Qt::Key_E, Qt::ShiftModifier); // none before it: nothing moves
        QCOMPARE(timeline.scale().secondsPerPixel(), whole);
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
        for (int i = 499; i >= 450; --i)
            QCOMPARE(*stack.pop(), ZoomStack::View(i, i + 1));
        QVERIFY(!stack.pop());
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

    /// Its parts are known by their place: who knows them is told when others stand there, and not otherwise.
    void whoKnowsItsPartsIsToldOfOthers()
    {
        TimelineWidget timeline;
        timeline.setRanges(withGap());
        timeline.setSnapshots({at(Start)});
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&timeline);
        reorders = 0;
        const auto told = [accessible] {
            const int count = std::exchange(reorders, 0);
            for (int i = 0; i < accessible->childCount(); ++i)
                accessible->child(i)->text(QAccessible::Name);
            return count;
        };
        QCOMPARE(told(), 0);
        timeline.setSnapshots({at(Start), at(Start + 7200)});
        QCOMPARE(told(), 1);
        timeline.setSnapshots({at(Start), at(Start + 7200)});
        QCOMPARE(told(), 0);
        timeline.setCurve(deletes());
        QCOMPARE(told(), 1);
        timeline.setEvents({{Start + 75, QStringLiteral("OPLOG_BEHIND")}});
        QCOMPARE(told(), 1);
        timeline.setGapCauses({{Start + 3 * 3600, QStringLiteral("likely cause")}});
        QCOMPARE(told(), 1);
        timeline.setValue(at(Start + 500));
        QCOMPARE(told(), 0);
        QTest::keyClick(&timeline, Qt::Key_I);
        QCOMPARE(told(), 1);
        timeline.setIncidents({});
        QCOMPARE(told(), 1);
        timeline.setRanges({range(Start, Start + 8 * 3600)});
        QCOMPARE(told(), 1);
    }

    void rangesThatOverlapHaveNoGap()
    {
        const auto gaps = [](const std::vector<RestorableRange> &ranges) {
            QStringList words;
            for (const TimelineGap &gap : gapsOf(ranges))
                words << QStringLiteral("%1-%2").arg(gap.from).arg(gap.to);
            return words.join(QLatin1Char(' '));
        };
        QCOMPARE(gaps({}), QString());
        QCOMPARE(gaps({range(1, 5), range(7, 9)}), QStringLiteral("5-7"));
        QCOMPARE(gaps({range(1, 5), range(5, 9)}), QString());
        QCOMPARE(gaps({range(1, 9), range(2, 3), range(8, 12)}), QString());
        QCOMPARE(gaps({range(1, 9), range(2, 3), range(10, 12)}), QStringLiteral("9-10"));
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
};

QTEST_MAIN(TimelineMarksTest)
#include "widgets_timeline_marks_test.moc"
