#include "cloud/request_pace.h"

#include <QElapsedTimer>
#include <QTest>

#include <vector>

using namespace tidemark;
using namespace std::chrono_literals;

/// The rule as a table, and the gate that keeps to it.
class TestRequestPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mayLeave_data()
    {
        QTest::addColumn<Pace>("pace");
        QTest::addColumn<PaceLoad>("load");
        QTest::addColumn<Traffic>("traffic");
        QTest::addColumn<bool>("leaves");
        const auto row = [](const char *name, Pace pace, PaceLoad load, Traffic traffic, bool leaves) {
            QTest::newRow(name) << pace << load << traffic << leaves;
        };
        row("nothing under way", {}, {}, Traffic::Person, true);
        row("a person beside any number", {}, {100, 4}, Traffic::Person, true);
        row("polling below its limit", {}, {100, 3}, Traffic::Polling, true);
        row("polling at its limit", {}, {4, 4}, Traffic::Polling, false);
        row("slowed, none under way", {1, 0, 0}, {0, 0}, Traffic::Polling, true);
        row("slowed, one under way", {1, 0, 0}, {1, 1}, Traffic::Person, false);
        row("two at once, one under way", {2, 0, 0}, {1, 0}, Traffic::Person, true);
        row("a millisecond before the end of a rest", {1, 0, 1001}, {}, Traffic::Person, false);
        row("at the end of a rest", {1, 0, 1000}, {}, Traffic::Person, true);
    }
    void mayLeave()
    {
        QFETCH(Pace, pace);
        QFETCH(PaceLoad, load);
        QFETCH(Traffic, traffic);
        QTEST(tidemark::mayLeave(pace, load, traffic, 1000), "leaves");
    }

    void aRestIsNeverShortened()
    {
        Pace pace = afterTooMany({}, 1000, 5000ms);
        QCOMPARE(pace, (Pace{1, 0, 6000}));
        pace = afterTooMany(pace, 1000, 100ms);
        QCOMPARE(pace.restsUntil, 6000);
    }

    void goodAnswersGiveBackWhatOneRefusalTook()
    {
        Pace pace = afterTooMany({}, 0, 0ms);
        std::vector<int> seen;
        for (int answers = 0; answers < 40 && pace.most < Pace::NoLimit; ++answers) {
            pace = afterAnswer(pace);
            if (seen.empty() || seen.back() != pace.most)
                seen.push_back(pace.most);
        }
        QCOMPARE(seen, (std::vector<int>{1, 2, 4, 8, Pace::NoLimit}));
        QCOMPARE(afterTooMany(pace, 0, 0ms).most, 1);
    }

    void onlyOneLeavesAtATimeAfterTooMany()
    {
        RequestPace pace;
        std::vector<RequestPace::Turn> turns;
        const auto enter = [&](Traffic traffic) {
            pace.enter(this, traffic, [&](const RequestPace::Turn &turn) { turns.push_back(turn); });
        };
        enter(Traffic::Person);
        QCOMPARE(turns.size(), size_t{1});
        pace.tooMany(0ms);
        enter(Traffic::Polling);
        enter(Traffic::Person);
        QCOMPARE(turns.size(), size_t{1});
        turns.front().reset();
        QTRY_COMPARE(turns.size(), size_t{2});
        QTest::qWait(30);
        QCOMPARE(turns.size(), size_t{2}); // a person's went first; the other one waits
    }

    void nothingLeavesInARest()
    {
        RequestPace pace;
        QElapsedTimer since;
        since.start();
        pace.tooMany(200ms);
        qint64 counted = 0;
        qint64 order = 0;
        pace.enter(this, Traffic::Person, [&](const RequestPace::Turn &) { counted = since.elapsed(); });
        pace.enterUncounted(this, [&] { order = since.elapsed(); });
        QTRY_VERIFY(counted > 0 && order > 0);
        QVERIFY2(counted >= 200 && order >= 200, qPrintable(QString::number(std::min(counted, order))));
    }

    void anOrderWaitsForNoOtherRequest()
    {
        RequestPace pace;
        pace.tooMany(0ms);
        RequestPace::Turn held;
        pace.enter(this, Traffic::Person, [&](const RequestPace::Turn &turn) { held = turn; });
        bool left = false;
        pace.enterUncounted(this, [&] { left = true; });
        QVERIFY(held.use_count() > 0 && left);
    }

    void whoeverIsGoneIsNotCalled()
    {
        RequestPace pace;
        pace.tooMany(50ms);
        bool called = false;
        auto context = std::make_unique<QObject>();
        pace.enter(context.get(), Traffic::Person, [&](const RequestPace::Turn &) { called = true; });
        context.reset();
        bool next = false;
        pace.enter(this, Traffic::Person, [&](const RequestPace::Turn &) { next = true; });
        QTRY_VERIFY(next);
        QVERIFY(!called);
    }

    void pollingLeavesRoom()
    {
        RequestPace pace;
        std::vector<RequestPace::Turn> turns;
        for (int i = 0; i < 10; ++i)
            pace.enter(this, Traffic::Polling, [&](const RequestPace::Turn &turn) { turns.push_back(turn); });
        QCOMPARE(static_cast<int>(turns.size()), MostPolling);
        bool asked = false;
        pace.enter(this, Traffic::Person, [&](const RequestPace::Turn &) { asked = true; });
        QVERIFY(asked);
    }

    void silenceCountsFromTheFirstRequestOrTheLastAnswer()
    {
        RequestPace pace;
        QCOMPARE(pace.silence(), 0ms);
        RequestPace::Turn turn;
        pace.enter(this, Traffic::Person, [&](const RequestPace::Turn &given) { turn = given; });
        QTest::qWait(60);
        QVERIFY(pace.silence() >= 50ms);
        pace.answered();
        QVERIFY(pace.silence() < 50ms);
        turn.reset();
        QCOMPARE(pace.silence(), 0ms);
    }
};

QTEST_GUILESS_MAIN(TestRequestPace)
#include "request_pace_test.moc"
