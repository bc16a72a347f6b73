#include "orders/order_end.h"

#include <QtTest>

using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::OrderAnswer)
Q_DECLARE_METATYPE(tidemark::OrderEnd)

namespace {

const QString oldJob = QStringLiteral("60ff00000000000000000001");
const QString newJob = QStringLiteral("60ff00000000000000000002");

OrderAnswer answered(int status)
{
    OrderAnswer answer;
    answer.left = true;
    answer.sendings = 1;
    answer.status = status;
    answer.isWhole = true;
    answer.error.httpStatus = status;
    answer.error.sentence = QStringLiteral("Something.");
    return answer;
}

OrderAnswer withDocument(int status, const QString &code = QStringLiteral("INVALID_ATTRIBUTE"))
{
    OrderAnswer answer = answered(status);
    answer.hasErrorDocument = true;
    answer.errorCode = answer.error.apiCode = code;
    return answer;
}

OrderAnswer challenged(OrderAnswer answer)
{
    answer.hasChallenge = true;
    return answer;
}

OrderAnswer concurrent(const QStringList &ids)
{
    OrderAnswer answer = withDocument(409, QStringLiteral("CONCURRENT_RESTORES_JOB_IDS"));
    answer.mentionedIds = ids;
    return answer;
}

OrderAnswer naming(OrderAnswer answer, const QStringList &ids)
{
    for (const QString &id : ids) {
        RestoreJob job;
        job.id = JobId(id);
        answer.jobs.push_back(job);
    }
    return answer;
}

OrderAnswer nothing(bool left)
{
    OrderAnswer answer;
    answer.left = left;
    answer.sendings = 1;
    return answer;
}

} // namespace

class TestOrderEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judge_data();
    void judge();
    void aJobThatWasThereIsNotOurs();
};

void TestOrderEnd::judge_data()
{
    QTest::addColumn<OrderAnswer>("answer");
    QTest::addColumn<OrderEnd>("expected");
    const auto row = [](const char *name, const OrderAnswer &answer, OrderEnd expected) {
        QTest::newRow(name) << answer << expected;
    };
    constexpr auto ordered = OrderEnd::Ordered;
    constexpr auto notOrdered = OrderEnd::NotOrdered;
    constexpr auto notKnown = OrderEnd::NotKnownYet;

    row("200 names a job", naming(answered(200), {newJob}), ordered);
    row("201 names a job", naming(answered(201), {newJob}), ordered);
    row("202 names three", naming(answered(202), {newJob, QStringLiteral("a"), QStringLiteral("b")}), ordered);
    OrderAnswer cut = naming(answered(200), {newJob});
    cut.isWhole = false;
    row("200 broke off behind the id", cut, ordered);
    row("200 names no job", answered(200), notKnown);
    row("204", answered(204), notKnown);
    row("200 names only a job that was there", naming(answered(200), {oldJob}), notKnown);
    row("200 names one that was there and a new one", naming(answered(200), {oldJob, newJob}), ordered);

    row("never left", nothing(false), notOrdered);
    row("left, no answer", nothing(true), notKnown);
    OrderAnswer secondNeverLeft = nothing(false);
    secondNeverLeft.sendings = 2;
    row("challenged, and the second sending never left", secondNeverLeft, notOrdered);
    OrderAnswer secondLost = nothing(true);
    secondLost.sendings = 2;
    row("challenged, and the second sending was lost", secondLost, notKnown);

    for (const int status : {100, 102, 300, 301, 302, 303, 307, 308, 500, 501, 502, 503, 504, 520, 599}) {
        row(qPrintable(QStringLiteral("%1").arg(status)), answered(status), notKnown);
        row(qPrintable(QStringLiteral("%1 with a document").arg(status)), withDocument(status), notKnown);
        row(qPrintable(QStringLiteral("%1 with a challenge").arg(status)), challenged(answered(status)), notKnown);
    }
    for (const int status : {407, 408, 425, 499}) {
        row(qPrintable(QStringLiteral("%1").arg(status)), answered(status), notKnown);
        row(qPrintable(QStringLiteral("%1 with a document").arg(status)), withDocument(status), notKnown);
    }
    for (const int status : {400, 402, 403, 404, 405, 409, 410, 415, 422, 429, 451}) {
        row(qPrintable(QStringLiteral("%1 without a document").arg(status)), answered(status), notKnown);
        row(qPrintable(QStringLiteral("%1 with a document").arg(status)), withDocument(status), notOrdered);
        OrderAnswer unfinished = answered(status);
        unfinished.isWhole = false;
        row(qPrintable(QStringLiteral("%1 broke off").arg(status)), unfinished, notKnown);
    }
    row("401 with a challenge", challenged(answered(401)), notOrdered);
    OrderAnswer unfinished = challenged(answered(401));
    unfinished.isWhole = false;
    row("401 with a challenge, broke off", unfinished, notOrdered);
    row("401 without a challenge", answered(401), notKnown);
    row("401 without a challenge, with a document", withDocument(401), notKnown);

    row("concurrent restore, no ids", concurrent({}), notKnown);
    row("concurrent restore, a job that was there", concurrent({oldJob}), notOrdered);
    row("concurrent restore, a new job", concurrent({newJob}), notKnown);
    row("concurrent restore, one of each", concurrent({oldJob, newJob}), notKnown);
    OrderAnswer brokeOff = concurrent({newJob});
    brokeOff.isWhole = false;
    brokeOff.error.apiCode.clear(); // the error is the connection's
    row("concurrent restore, a new job, broke off behind the document", brokeOff, notKnown);
}

void TestOrderEnd::judge()
{
    QFETCH(OrderAnswer, answer);
    QFETCH(OrderEnd, expected);
    const OrderJudgement judgement = judgeOrder(answer, {JobId(oldJob)});
    QCOMPARE(orderEndWord(judgement.end), orderEndWord(expected));
    QCOMPARE(judgement.jobs.empty(), expected != OrderEnd::Ordered);
    QVERIFY(!judgement.seen.isEmpty());
}

void TestOrderEnd::aJobThatWasThereIsNotOurs()
{
    const OrderJudgement judgement = judgeOrder(naming(answered(200), {oldJob, newJob}), {JobId(oldJob)});
    QCOMPARE(judgement.jobs.size(), size_t(1));
    QCOMPARE(judgement.jobs.front().id.value, newJob);
}

QTEST_GUILESS_MAIN(TestOrderEnd)
#include "order_end_test.moc"
