#include "session/call_queue.h"

#include <QtTest>

#include <vector>

using namespace tidemark;

class TestCallQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverMoreThanAllowed();
    void failuresMakeRoomToo();
    void callsMadeByAnAnswerWaitTheirTurn();
    void contextMayGo();
    void whatAPersonLooksAtGoesFirst();

private:
    /// A call that waits until the test answers it.
    auto asked()
    {
        return [this] { return m_asked.emplace_back().future(); };
    }
    auto noted(int number)
    {
        return [this, number](const Result<int> &) { m_answered.push_back(number); };
    }

    std::vector<Deferred<int>> m_asked;
    std::vector<int> m_answered;
};

void TestCallQueue::neverMoreThanAllowed()
{
    m_asked.clear();
    m_answered.clear();
    QObject context;
    CallQueue queue(3);
    QVERIFY(queue.isIdle());
    for (int number = 0; number < 8; ++number)
        queue.call<int>(&context, asked(), noted(number));
    QCOMPARE(m_asked.size(), size_t{3});
    for (size_t number = 0; number < 8; ++number) {
        QVERIFY(!queue.isIdle());
        m_asked[number].resolve(1);
        QTRY_COMPARE(m_answered.size(), number + 1);
        QCOMPARE(m_asked.size(), std::min<size_t>(8, number + 4));
    }
    QVERIFY(queue.isIdle());
    QCOMPARE(m_answered, (std::vector{0, 1, 2, 3, 4, 5, 6, 7}));
}

void TestCallQueue::failuresMakeRoomToo()
{
    m_asked.clear();
    m_answered.clear();
    QObject context;
    CallQueue queue(1);
    queue.call<int>(&context, asked(), noted(0));
    queue.call<int>(&context, asked(), noted(1));
    m_asked[0].resolve(failure(Error()));
    QTRY_COMPARE(m_asked.size(), size_t{2});
    m_asked.clear(); // the other one is given up without an answer: that is a failure, too
    QTRY_VERIFY(queue.isIdle());
    QCOMPARE(m_answered, (std::vector{0, 1}));
}

void TestCallQueue::callsMadeByAnAnswerWaitTheirTurn()
{
    m_asked.clear();
    m_answered.clear();
    QObject context;
    CallQueue queue(1);
    queue.call<int>(&context, asked(), [&](const Result<int> &) {
        queue.call<int>(&context, asked(), noted(1));
        queue.call<int>(&context, asked(), noted(2));
    });
    m_asked[0].resolve(1);
    QTRY_COMPARE(m_asked.size(), size_t{2});
    m_asked[1].resolve(1);
    QTRY_COMPARE(m_asked.size(), size_t{3});
    m_asked[2].resolve(1);
    QTRY_VERIFY(queue.isIdle());
    QCOMPARE(m_answered, (std::vector{1, 2}));
}

void TestCallQueue::contextMayGo()
{
    m_asked.clear();
    m_answered.clear();
    CallQueue queue(1);
    {
        QObject context;
        queue.call<int>(&context, asked(), noted(0));
    }
    m_asked[0].resolve(1);
    QTest::qWait(20);
    QVERIFY(m_answered.empty());
}

void TestCallQueue::whatAPersonLooksAtGoesFirst()
{
    m_asked.clear();
    m_answered.clear();
    QObject context;
    CallQueue queue(1);
    const auto call = [&](int number, const char *about) {
        queue.call<int>(&context, asked(), noted(number), QLatin1String(about));
    };
    const auto answer = [this] {
        const size_t before = m_answered.size();
        m_asked.back().resolve(1);
        QTRY_COMPARE(m_answered.size(), before + 1);
    };
    for (const auto &[number, about] : {std::pair(0, "a"), {1, "b"}, {2, "c"}, {3, "d"}, {4, "c"}})
        call(number, about);
    queue.prefer({QStringLiteral("d"), QStringLiteral("c")});
    answer(); // what runs is not taken back
    answer();
    call(5, "d"); // what comes of it goes on before the others
    answer();
    QCOMPARE(m_answered, (std::vector{0, 3, 2}));
    answer();
    QCOMPARE(m_answered.back(), 5);
    queue.prefer({}); // the others wait in the order in which they came
    answer();
    answer();
    QCOMPARE(m_answered, (std::vector{0, 3, 2, 5, 4, 1}));
    QVERIFY(queue.isIdle());
}

QTEST_GUILESS_MAIN(TestCallQueue)
#include "call_queue_test.moc"
