#include "downloads/answer_plan.h"

#include <QTest>

using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::AnswerPlan::Action)
Q_DECLARE_METATYPE(tidemark::AskedRange)
Q_DECLARE_METATYPE(tidemark::AnswerHead)
Q_DECLARE_METATYPE(std::optional<tidemark::ContentRange>)

namespace {

using Action = AnswerPlan::Action;
const QDateTime Now(QDate(2026, 11, 24), QTime(14, 0), Qt::UTC);

class AnswerPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void knowsFraming();
    void parsesContentRange_data();
    void parsesContentRange();
    void parsesRetryAfter_data();
    void parsesRetryAfter();
    void tellsTextFromArchives();
};

void AnswerPlanTest::decides_data()
{
    QTest::addColumn<AskedRange>("asked");
    QTest::addColumn<AnswerHead>("head");
    QTest::addColumn<Action>("action");
    const AskedRange whole;
    const AskedRange part{40, 100, "\"a\""};
    const AskedRange partOfUnknown{40, -1, {}};
    const auto row = [](const char *title, const AskedRange &asked, int status, const QByteArray &range,
                        const QByteArray &etag, const QByteArray &length, Action action) {
        AnswerHead head;
        head.status = status;
        head.contentRange = range;
        head.etag = etag;
        head.contentLength = length;
        QTest::newRow(title) << asked << head << action;
    };
    row("whole file", whole, 200, "", "", "100", Action::FromStart);
    row("whole file, no length", whole, 200, "", "", "", Action::FromStart);
    row("206 to no range, from 0", whole, 206, "bytes 0-99/100", "", "100", Action::FromStart);
    row("206 to no range, from 10", whole, 206, "bytes 10-99/100", "", "90", Action::RestartWithoutRange);
    row("206 without range header", whole, 206, "", "", "100", Action::RestartWithoutRange);
    row("the rest", part, 206, "bytes 40-99/100", "\"a\"", "60", Action::Append);
    row("the rest, no ETag", part, 206, "bytes 40-99/100", "", "60", Action::Append);
    row("the rest, total unknown", part, 206, "bytes 40-99/*", "\"a\"", "60", Action::Append);
    row("the rest of unknown", partOfUnknown, 206, "bytes 40-99/100", "\"a\"", "60", Action::Append);
    row("a shorter rest", part, 206, "bytes 40-59/100", "\"a\"", "20", Action::Append);
    row("200 with the right range", part, 200, "bytes 40-99/100", "\"a\"", "60", Action::Append);
    row("200 with another range", part, 200, "bytes 50-99/100", "\"a\"", "50", Action::RestartWithoutRange);
    row("range ignored", part, 200, "", "\"a\"", "100", Action::FromStart);
    row("206 from 0", part, 206, "bytes 0-99/100", "\"a\"", "100", Action::FromStart);
    row("one byte too late", part, 206, "bytes 41-99/100", "\"a\"", "59", Action::RestartWithoutRange);
    row("one byte too early", part, 206, "bytes 39-99/100", "\"a\"", "61", Action::RestartWithoutRange);
    row("another total", part, 206, "bytes 40-119/120", "\"a\"", "80", Action::RestartWithoutRange);
    row("another ETag", part, 206, "bytes 40-99/100", "\"b\"", "60", Action::RestartWithoutRange);
    row("range and length differ", part, 206, "bytes 40-99/100", "\"a\"", "70", Action::RestartWithoutRange);
    row("range is nonsense", part, 206, "bytes 40-20/100", "\"a\"", "60", Action::RestartWithoutRange);
    row("several ranges", part, 206, "", "\"a\"", "", Action::RestartWithoutRange);
    row("416, all here", AskedRange{100, 100, {}}, 416, "bytes */100", "", "0", Action::AlreadyComplete);
    row("416, total known only here", AskedRange{100, 100, {}}, 416, "", "", "0", Action::AlreadyComplete);
    row("416, total known only there", AskedRange{100, -1, {}}, 416, "bytes */100", "", "", Action::AlreadyComplete);
    row("416, total unknown", AskedRange{100, -1, {}}, 416, "", "", "", Action::MaybeComplete);
    row("416, file is shorter", part, 416, "bytes */20", "", "", Action::RestartWithoutRange);
    row("416, file changed its length to ours", AskedRange{40, 100, {}}, 416, "bytes */40", "", "",
        Action::RestartWithoutRange);
    row("416 to no range", whole, 416, "", "", "", Action::RetryLater);
    row("204", whole, 204, "", "", "", Action::RetryLater);
    for (const int status : {401, 403, 404, 410})
        row(qPrintable(QString::number(status)), whole, status, "", "", "", Action::RereadJob);
    for (const int status : {408, 429, 500, 502, 503, 504, 507})
        row(qPrintable(QString::number(status)), part, status, "", "", "", Action::RetryLater);
    for (const int status : {400, 405, 451})
        row(qPrintable(QString::number(status)), whole, status, "", "", "", Action::Refuse);
    row("error with a range", part, 500, "bytes 40-99/100", "", "60", Action::RetryLater);
    row("redirect", whole, 302, "", "", "", Action::Redirect);
    row("redirect of the rest", part, 307, "", "", "", Action::Redirect);
    row("304", whole, 304, "", "", "", Action::Refuse);
}

void AnswerPlanTest::decides()
{
    QFETCH(AskedRange, asked);
    QFETCH(AnswerHead, head);
    QFETCH(Action, action);
    const AnswerPlan plan = planAnswer(asked, head, Now);
    QCOMPARE(plan.action, action);
    const bool body = action == Action::Append || action == Action::FromStart;
    QCOMPARE(plan.error.sentence.isEmpty(), body);
    if (action == Action::Append)
        QVERIFY(plan.bodyBytes > 0 && plan.resumable);
}

void AnswerPlanTest::knowsFraming()
{
    AnswerHead head;
    head.status = 200;
    QCOMPARE(planAnswer({}, head, Now).framing, Framing::UntilClose);
    head.contentLength = "12";
    QCOMPARE(planAnswer({}, head, Now).framing, Framing::Length);
    QCOMPARE(planAnswer({}, head, Now).totalBytes, qint64(12));
    head.transferEncoding = "Chunked";
    QCOMPARE(planAnswer({}, head, Now).framing, Framing::Chunked);
    QCOMPARE(planAnswer({}, head, Now).totalBytes, qint64(-1));
    QVERIFY(!planAnswer({}, head, Now).resumable);
    head.acceptRanges = "bytes";
    QVERIFY(planAnswer({}, head, Now).resumable);
    head.acceptRanges = "none";
    QVERIFY(!planAnswer({}, head, Now).resumable);
}

void AnswerPlanTest::parsesContentRange_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<std::optional<ContentRange>>("expected");
    using Maybe = std::optional<ContentRange>;
    QTest::newRow("usual") << QByteArray("bytes 0-99/200") << Maybe(ContentRange{0, 99, 200});
    QTest::newRow("upper case") << QByteArray("Bytes 5-9/10") << Maybe(ContentRange{5, 9, 10});
    QTest::newRow("unknown total") << QByteArray("bytes 5-9/*") << Maybe(ContentRange{5, 9, -1});
    QTest::newRow("unsatisfied") << QByteArray("bytes */10") << Maybe(ContentRange{-1, -1, 10});
    QTest::newRow("nothing known") << QByteArray("bytes */*") << Maybe();
    QTest::newRow("last before first") << QByteArray("bytes 9-5/10") << Maybe();
    QTest::newRow("last beyond total") << QByteArray("bytes 5-10/10") << Maybe();
    QTest::newRow("another unit") << QByteArray("items 0-9/10") << Maybe();
    QTest::newRow("too large") << QByteArray("bytes 0-99999999999999999999/*") << Maybe();
    QTest::newRow("negative") << QByteArray("bytes -5-9/10") << Maybe();
    QTest::newRow("empty") << QByteArray() << Maybe();
}

void AnswerPlanTest::parsesContentRange()
{
    QFETCH(QByteArray, value);
    QFETCH(std::optional<ContentRange>, expected);
    QCOMPARE(parseContentRange(value), expected);
}

void AnswerPlanTest::parsesRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("seconds") << QByteArray("7") << qint64(7000);
    QTest::newRow("date") << QByteArray("Tue, 24 Nov 2026 14:00:30 GMT") << qint64(30000);
    QTest::newRow("old date") << QByteArray("Tuesday, 24-Nov-26 14:00:30 GMT") << qint64(0);
    QTest::newRow("date gone by") << QByteArray("Tue, 24 Nov 2026 13:00:00 GMT") << qint64(0);
    QTest::newRow("negative") << QByteArray("-5") << qint64(0);
    QTest::newRow("a week") << QByteArray("604800") << qint64(86400000);
    QTest::newRow("a year by date") << QByteArray("Wed, 24 Nov 2027 14:00:30 GMT") << qint64(86400000);
    QTest::newRow("nonsense") << QByteArray("soon") << qint64(0);
    QTest::newRow("nothing") << QByteArray() << qint64(0);
    QTest::newRow("huge") << QByteArray("99999999999999999999") << qint64(0);
}

void AnswerPlanTest::parsesRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, milliseconds);
    QCOMPARE(static_cast<qint64>(parseRetryAfter(value, Now).count()), milliseconds);
}

void AnswerPlanTest::tellsTextFromArchives()
{
    QVERIFY(looksLikeText("<!DOCTYPE html><html>"));
    QVERIFY(looksLikeText("{\"error\":404}\n"));
    QVERIFY(looksLikeText("  Not found\r\n"));
    QVERIFY(looksLikeText("Z\xc3\xbcrich"));
    QVERIFY(!looksLikeText(QByteArray("\x1f\x8b\x08\x00", 4)));
    QVERIFY(!looksLikeText(QByteArray("rs0/a\0\0\0", 8)));
    QVERIFY(!looksLikeText({}));
}

} // namespace

QTEST_GUILESS_MAIN(AnswerPlanTest)
#include "answer_plan_test.moc"
