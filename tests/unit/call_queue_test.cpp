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

QTEST_GUILESS_MAIN(TestCallQueue)
#include "call_queue_test.moc"
