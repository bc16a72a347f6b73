#include "jobs/poller.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

/// What was asked of a poller's fetch function; each call waits until the test answers it.
struct Asked
{
    int key;
    Deferred<int> answer;
    qint64 at; ///< milliseconds since the test began
};

Error problem(std::chrono::milliseconds retryAfter = 0ms)
{
    Error error;
    error.sentence = QStringLiteral("No.");
    error.retryAfter = retryAfter;
    return error;
}

} // namespace

class TestPoller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAtOnceAndThenAtTheInterval();
    void fewAtATime();
    void neverTwiceAtOnce();
    void errorsBackOff();
    void retryAfterCounts();
    void shorterIntervalBringsTheNextReadForward();
    void removedKeysAreNotRead();
    void whatRunsGoesFirst();
    void aPlaceIsKeptForWhatRuns();
    void noMoreIsReadThanTheBudgetAllows();
    void whatAPersonAsksForIsNotHeldUp();

private:
    void makePoller(RequestBudget *budget);
    /// Of those that were asked for.
    std::vector<int> keys() const
    {
        std::vector<int> all;
        for (const Asked &one : m_asked)
            all.push_back(one.key);
        return all;
    }
    void answer(size_t place, const Result<int> &result) { m_asked.at(place).answer.resolve(result); }

    QElapsedTimer m_time;
    std::vector<Asked> m_asked;
    std::vector<int> m_arrived;
    std::unique_ptr<Poller<int, int>> m_poller;
};

void TestPoller::init()
{
    m_asked.clear();
    m_arrived.clear();
    m_time.start();
    makePoller(nullptr);
}

void TestPoller::makePoller(RequestBudget *budget)
{
    m_poller = std::make_unique<Poller<int, int>>(
        2, 1000ms, budget,
        [this](int key) {
            m_asked.push_back({key, {}, m_time.elapsed()});
            return m_asked.back().answer.future();
        },
        [this](int key, const Result<int> &) { m_arrived.push_back(key); });
}

void TestPoller::readsAtOnceAndThenAtTheInterval()
{
    m_poller->add(1, 60ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    QVERIFY(m_asked[0].at < 50);
    const qint64 answered = m_time.elapsed();
    answer(0, 7);
    QTRY_COMPARE(m_asked.size(), size_t{2});
    QVERIFY(m_asked[1].at >= answered + 60);
    QCOMPARE(m_arrived, std::vector{1});
}

void TestPoller::fewAtATime()
{
    for (const int key : {1, 2, 3})
        m_poller->add(key, 10000ms);
    QTRY_COMPARE(m_asked.size(), size_t{2});
    QTest::qWait(50);
    QCOMPARE(m_asked.size(), size_t{2});
    answer(0, 7);
    QTRY_COMPARE(m_asked.size(), size_t{3});
    QCOMPARE(m_asked[2].key, 3);
}

void TestPoller::neverTwiceAtOnce()
{
    m_poller->add(1, 5ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    m_poller->readAllNow();
    m_poller->add(1, 1ms);
    QTest::qWait(60);
    QCOMPARE(m_asked.size(), size_t{1});
    answer(0, 7);
    QTRY_COMPARE(m_asked.size(), size_t{2});
}

void TestPoller::errorsBackOff()
{
    m_poller->add(1, 20ms);
    std::vector<qint64> pauses;
    for (size_t place = 0; place < 4; ++place) {
        QTRY_VERIFY(m_asked.size() > place);
        const qint64 answered = m_time.elapsed();
        answer(place, failure(problem()));
        QTRY_VERIFY(m_asked.size() > place + 1);
        pauses.push_back(m_asked[place + 1].at - answered);
    }
    QVERIFY(pauses[0] >= 40);
    QVERIFY(pauses[1] >= 80);
    QVERIFY(pauses[2] >= 160);
    QVERIFY(pauses[3] >= 320);
    answer(4, 7);
    const qint64 answered = m_time.elapsed();
    QTRY_COMPARE(m_asked.size(), size_t{6});
    QVERIFY(m_asked[5].at - answered < 320);
}

void TestPoller::retryAfterCounts()
{
    m_poller->add(1, 10ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    const qint64 answered = m_time.elapsed();
    answer(0, failure(problem(300ms)));
    QTRY_COMPARE(m_asked.size(), size_t{2});
    QVERIFY(m_asked[1].at - answered >= 300);
}

void TestPoller::shorterIntervalBringsTheNextReadForward()
{
    m_poller->add(1, 60000ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    answer(0, 7);
    QTRY_COMPARE(m_arrived.size(), size_t{1});
    m_poller->setInterval(1, 30ms);
    QTRY_COMPARE(m_asked.size(), size_t{2});
}

void TestPoller::removedKeysAreNotRead()
{
    m_poller->add(1, 10ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    m_poller->remove(1);
    answer(0, 7);
    QTest::qWait(60);
    QCOMPARE(m_asked.size(), size_t{1});
    QVERIFY(m_arrived.empty());
}

void TestPoller::whatRunsGoesFirst()
{
    for (int key = 1; key <= 6; ++key)
        m_poller->add(key, 1000ms);
    m_poller->add(9, 200ms);
    m_poller->add(8, 50ms);
    QTRY_COMPARE(m_asked.size(), size_t{2});
    answer(0, 7);
    answer(1, 7);
    QTRY_COMPARE(m_asked.size(), size_t{4});
    QCOMPARE(keys(), (std::vector{8, 9, 1, 8}));
}

/// Idle ones whose answers take their time do not stand in its way.
void TestPoller::aPlaceIsKeptForWhatRuns()
{
    m_poller->add(9, 50ms);
    QTRY_COMPARE(m_asked.size(), size_t{1});
    for (const int key : {1, 2, 3})
        m_poller->add(key, 1000ms);
    QTRY_COMPARE(m_asked.size(), size_t{2});
    answer(0, 7);
    QTRY_COMPARE(m_asked.size(), size_t{3});
    answer(2, 7);
    QTRY_COMPARE(m_asked.size(), size_t{4});
    QCOMPARE(keys(), (std::vector{9, 1, 9, 9}));
}

void TestPoller::noMoreIsReadThanTheBudgetAllows()
{
    const auto now = RequestBudget::Time::clock::now();
    RequestBudget budget({20, 20}, now);
    budget.spend(static_cast<int>(RequestBudget::AtOnce), now);
    makePoller(&budget);
    m_time.start();
    for (int key = 0; key < 5000; ++key)
        m_poller->add(key, 1000ms);
    size_t answered = 0;
    while (m_time.elapsed() < 1500) {
        QTest::qWait(5);
        for (; answered < m_asked.size(); ++answered)
            answer(answered, 7);
    }
    const auto most = static_cast<size_t>(m_time.elapsed() * 20 / 1000 + 2);
    QVERIFY2(m_asked.size() > 2 && m_asked.size() <= most, qPrintable(QString::number(m_asked.size())));
}

void TestPoller::whatAPersonAsksForIsNotHeldUp()
{
    const auto now = RequestBudget::Time::clock::now();
    RequestBudget budget({0.01, 0.01}, now);
    budget.spend(static_cast<int>(RequestBudget::AtOnce), now);
    makePoller(&budget);
    for (const int key : {1, 2, 3})
        m_poller->add(key, 1000ms);
    QTest::qWait(50);
    QVERIFY(m_asked.empty());
    m_poller->readNow(3);
    QTRY_COMPARE(keys(), std::vector{3});
}

QTEST_GUILESS_MAIN(TestPoller)
#include "poller_test.moc"
