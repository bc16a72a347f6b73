#include "jobs/request_budget.h"

#include <QtTest>

using namespace tidemark;
using namespace std::chrono_literals;

/// How many requests may be sent, on a clock of the test's own.
class TestRequestBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void someAtOnceAndThenAtTheRate();
    void aPauseSavesNoMoreThanThat();
    void whatRunsRaisesIt();
    void moreThanMayBeIsMadeUpFor();
    void aPersonFillsIt();

private:
    /// How many are sent from `from` on for so long, each as soon as it may be.
    static int sent(RequestBudget &budget, RequestBudget::Time from, std::chrono::milliseconds span)
    {
        int count = 0;
        for (auto now = from; budget.next(now) < from + span; ++count) {
            now = std::max(now, budget.next(now));
            budget.spend(1, now);
        }
        return count;
    }

    const RequestBudget::Time m_begin{1h};
    static constexpr RequestBudget::Rates Rates{4, 10};
};

void TestRequestBudget::someAtOnceAndThenAtTheRate()
{
    RequestBudget budget(Rates, m_begin);
    QCOMPARE(sent(budget, m_begin, 1ms), 60);
    QVERIFY(budget.next(m_begin) > m_begin);
    const int minute = sent(budget, m_begin + 1ms, 60s);
    QVERIFY2(minute >= 239 && minute <= 241, qPrintable(QString::number(minute)));
}

void TestRequestBudget::aPauseSavesNoMoreThanThat()
{
    RequestBudget budget(Rates, m_begin);
    sent(budget, m_begin, 60s);
    QCOMPARE(sent(budget, m_begin + 24h, 1ms), 60); // the machine slept
}

void TestRequestBudget::whatRunsRaisesIt()
{
    RequestBudget budget(Rates, m_begin);
    sent(budget, m_begin, 10s);
    budget.setBusy(true, m_begin + 10s);
    const int busy = sent(budget, m_begin + 10s, 10s);
    QVERIFY2(busy >= 99 && busy <= 101, qPrintable(QString::number(busy)));
    budget.setBusy(false, m_begin + 20s);
    const int quiet = sent(budget, m_begin + 20s, 10s);
    QVERIFY2(quiet >= 39 && quiet <= 41, qPrintable(QString::number(quiet)));
}

void TestRequestBudget::moreThanMayBeIsMadeUpFor()
{
    RequestBudget budget(Rates, m_begin);
    budget.spend(260, m_begin); // a list of many pages
    QVERIFY(budget.next(m_begin) > m_begin + 50s);
    QVERIFY(budget.next(m_begin) < m_begin + 51s);
}

void TestRequestBudget::aPersonFillsIt()
{
    RequestBudget budget(Rates, m_begin);
    budget.spend(1000, m_begin);
    budget.fill(m_begin + 1s);
    QCOMPARE(sent(budget, m_begin + 1s, 1ms), 60);
}

QTEST_GUILESS_MAIN(TestRequestBudget)
#include "request_budget_test.moc"
