#include "cloud/api_error.h"
#include "cloud/http_exchange.h"
#include "cloud/json_prefix.h"
#include "cloud/order_answer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tidemark;

namespace {

const QByteArray jobId = "60dd00000000000000000001";
const QByteArray batchId = "60ee00000000000000000002";

/// The documentation's answer with ids in the places of its placeholders.
QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(TIDEMARK_CREATE_ANSWERS) + QLatin1Char('/') + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray text = file.readAll();
    text.replace("{RESTORE-JOB-ID}", jobId).replace("{JOB-ID}", jobId).replace("{BATCH-ID}", batchId);
    text.replace("{PROJECT-ID}", "60bb00000000000000000003").replace("{CLUSTER-ID}", "60cc00000000000000000004");
    text.replace("{SNAPSHOT-ID}", "60aa00000000000000000005").replace("{CLUSTER-NAME}", "shop");
    return text.replace("{OPSMANAGER-HOST}", "ops.example").replace("{PORT}", "8080");
}

RawAnswer answerOf(int status, const QByteArray &body)
{
    RawAnswer raw;
    raw.status = status;
    raw.headers = {{"Content-Length", QByteArray::number(body.size())}};
    raw.body = body;
    raw.bodyLeft = true;
    return raw;
}

RawAnswer cut(const QByteArray &body)
{
    RawAnswer raw = answerOf(200, body);
    raw.error = errorFromNetwork(QNetworkReply::RemoteHostClosedError, QStringLiteral("ops.example"), {});
    return raw;
}

OrderAnswer read(const RawAnswer &raw, bool envelope = false)
{
    return readOrderAnswer(raw, 1, envelope, QDateTime::fromSecsSinceEpoch(1700000000, Qt::UTC));
}

QByteArray compact(const QJsonValue &value)
{
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    return value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact) : QByteArray("nothing");
}

} // namespace

/// What is read out of the bytes that answered an order: OrderAnswer and the reader of cut texts.
class OrderAnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPrefixes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("", "nothing");
        row("  ", "nothing");
        row("{", "{}");
        row("[", "[]");
        row("{\"a", "{}");
        row("{\"a\"", "{}");
        row("{\"a\":", "{}");
        row("{\"a\":\"b", "{}");
        row("{\"a\":\"b\"", "{\"a\":\"b\"}");
        row("{\"a\":\"b\\\"", "{}");
        row("{\"a\":\"b\\", "{}");
        row("{\"a\":\"b\\\\\"", "{\"a\":\"b\\\\\"}");
        row("{\"a\":\"\\u00", "{}");
        row("{\"a\":12", "{}");
        row("{\"a\":12 ", "{\"a\":12}");
        row("{\"a\":12,", "{\"a\":12}");
        row("{\"a\":tru", "{}");
        row("{\"a\":true", "{}");
        row("{\"a\":true}", "{\"a\":true}");
        row("{\"a\":null,\"b\":[1,{\"c\":\"d\"", "{\"a\":null,\"b\":[1,{\"c\":\"d\"}]}");
        row("[1,2", "[1]");
        row("[1,2,", "[1,2]");
        row("[[],{}", "[[],{}]");
        row(" {\"a\":{}} ", "{\"a\":{}}");
        // What is no JSON ends it.
        row("{\"a\":1,}", "{\"a\":1}");
        row("{\"a\":1]", "{\"a\":1}");
        row("{\"a\":1 ]", "{\"a\":1}");
        row("{\"a\":1}{\"b\":2}", "{\"a\":1}");
        row("{\"a\":\"b\"<html>", "{\"a\":\"b\"}");
        row("{\"a\" \"b\"", "{}");
        row("{a:1,", "{}");
        row("{1:2,", "{}");
        row("[,", "[]");
        row("[nan,", "[]");
        row("\"a\"", "nothing");
        row("12 ", "nothing");
        row("<html>{\"id\":\"x\"}", "nothing");
    }

    void readsPrefixes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(compact(json::prefix(text)), expected);
    }

    void aPrefixAsDeepAsNoAnswerEnds()
    {
        QVERIFY(!json::prefix(QByteArray(100000, '[')).isUndefined());
        QVERIFY(json::prefix(QByteArray("{\"a\":\"b\",\"c\":") + QByteArray(100000, '['))
                    .toObject()
                    .contains(QLatin1String("a")));
    }

    void readsBothCharsets()
    {
        QCOMPARE(json::prefix("{\"a\":\"\xc3\xa4\",\"b").toObject().value(QLatin1String("a")).toString(),
                 QString(QChar(0xe4)));
        QCOMPARE(json::prefix("{\"a\":\"\xe4\",\"b").toObject().value(QLatin1String("a")).toString(),
                 QString(QChar(0xe4)));
    }

    void namesTheJobFromTheByteOnThatCompletesIt_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("envelope");
        const QStringList names = QDir(QStringLiteral(TIDEMARK_CREATE_ANSWERS)).entryList({QStringLiteral("*.json")});
        QCOMPARE(names.size(), 5);
        for (const QString &name : names) {
            const QByteArray body = sample(name);
            QTest::addRow("%s", qPrintable(name)) << body << false;
            const QJsonObject job =
                QJsonDocument::fromJson(body).object().value(QLatin1String("results"))[0].toObject();
            const QByteArray alone = QJsonDocument(job).toJson(QJsonDocument::Indented);
            QTest::addRow("%s, the job alone", qPrintable(name)) << alone << false;
            QTest::addRow("%s, in an envelope", qPrintable(name))
                << QByteArray("{\"content\":" + alone + ",\"status\":200}") << true;
        }
    }

    void namesTheJobFromTheByteOnThatCompletesIt()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, envelope);
        const OrderAnswer whole = read(answerOf(200, body), envelope);
        QCOMPARE(whole.error, Error());
        QVERIFY(whole.isWhole);
        QCOMPARE(whole.jobs.size(), size_t(1));
        QCOMPARE(whole.jobs.front().id.value.toLatin1(), jobId);
        QCOMPARE(whole.jobs.front().batch.value.toLatin1(), batchId);
        QCOMPARE(whole.jobs.front().status, JobStatus::Finished);

        const qsizetype idEnd = body.indexOf('"', body.indexOf(jobId, body.indexOf(QByteArray("\"id\"")))) + 1;
        QVERIFY(idEnd > 0);
        for (qsizetype length = 0; length <= body.size(); ++length) {
            const OrderAnswer answer = read(cut(body.left(length)), envelope);
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.isWhole);
            QVERIFY(!answer.error.sentence.isEmpty());
            QCOMPARE(answer.error.httpStatus, 200);
            QVERIFY2(answer.jobs.size() == (length >= idEnd ? 1U : 0U), body.left(length).constData());
            if (answer.jobs.empty())
                continue;
            QCOMPARE(answer.jobs.front().id, whole.jobs.front().id);
            const BatchId batch = answer.jobs.front().batch;
            QVERIFY(batch == whole.jobs.front().batch || (batch.isEmpty() && length < idEnd));
        }
    }

    void namesEachJobOfABatchThatCame()
    {
        const QByteArray one = jobId.left(23) + "a";
        const QByteArray body = "{\"results\":[{\"id\":\"" + one + "\",\"batchId\":\"" + batchId + "\"},{\"id\":\"" +
                                one + "\",\"batchId\":\"" + batchId + "\"},{\"id\":\"" + jobId + "\",\"ba";
        const OrderAnswer answer = read(cut(body));
        QCOMPARE(answer.jobs.size(), size_t(3));
        QCOMPARE(answer.jobs[2].id.value.toLatin1(), jobId);
        QVERIFY(answer.jobs[2].batch.isEmpty());
    }

    /// Which error it is is read out of the document, not out of what became of the connection.
    void theCodeIsTheDocuments()
    {
        RawAnswer raw = answerOf(409, R"({"errorCode":"X","parameters":["60dd00000000000000000001"]})");
        QCOMPARE(read(raw).errorCode, QStringLiteral("X"));
        raw.error = cut({}).error;
        const OrderAnswer answer = read(raw);
        QCOMPARE(answer.errorCode, QStringLiteral("X"));
        QVERIFY(answer.error.apiCode.isEmpty());
        QVERIFY(!answer.isWhole);
        QCOMPARE(answer.mentionedIds, QStringList{QString::fromLatin1(jobId)});
        QVERIFY(read(answerOf(409, "{\"errorCode\":\"X\",\"det")).errorCode.isEmpty());
    }

    void tellsWhatCameBack_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("seen");
        QTest::addColumn<bool>("document");
        QTest::addColumn<QStringList>("mentioned");
        QTest::addColumn<int>("jobs");
        const auto row = [](const char *name, int status, const QByteArray &body, bool document,
                            const QStringList &mentioned = {}, int jobs = 0, int seen = 0) {
            QTest::newRow(name) << status << body << (seen == 0 ? status : seen) << document << mentioned << jobs;
        };
        const QString one = QStringLiteral("5f0c00000000000000000001");
        const QString two = QStringLiteral("5f0c00000000000000000002");
        row("code", 409, R"({"errorCode":"X"})", true);
        row("error and detail", 400, R"({"error":400,"detail":"no"})", true);
        row("detail alone", 400, R"({"detail":"no"})", false);
        row("error alone", 400, R"({"error":400})", false);
        row("a proxy's error in words", 403, R"({"error":"denied","detail":"no"})", false);
        row("a number for a code", 403, R"({"errorCode":17})", false);
        row("OAuth's document", 401, R"({"error":"invalid_client","error_description":"no"})", false);
        row("in an envelope", 200, R"({"status":409,"content":{"errorCode":"X"}})", true, {}, 0, 409);
        row("in the older envelope", 409, R"({"status":409,"envelope":{"errorCode":"X"}})", true);
        row("half a document", 409, "{\"errorCode\":\"X\",\"det", false);
        row("page", 502, "<html>bad gateway</html>", false);
        row("no body", 409, {}, false);
        row("a gateway that failed", 504, R"({"status":200,"results":[{"id":"5f0c00000000000000000001"}]})", false);
        row("a document in the place of jobs", 200, R"({"errorCode":"X"})", true);
        row("2xx without a job", 200, R"({"results":[]})", false);
        row("2xx without a body", 201, {}, false);
        row("2xx with a page", 200, "<html>", false);
        row("2xx, whole to HTTP, cut by who wrote it", 200, "{\"results\":[{\"id\":\"5f0c00000000000000000001\"", false,
            {}, 1);
        row("201", 201, R"({"id":"5f0c00000000000000000001"})", false, {}, 1);
        row("a gateway's number for the request", 202, R"({"id":"req-123"})", false);
        row("a number of another length", 202, R"({"id":"5f0c000000000000000000011"})", false);
        row("an id in a document", 200, R"({"errorCode":"X","id":"5f0c00000000000000000001"})", true);
        row("an id in a document without a code", 200, R"({"error":409,"detail":"no","id":"5f0c00000000000000000001"})",
            true);
        row("an id in a document that was cut", 200, "{\"errorCode\":\"X\",\"id\":\"5f0c00000000000000000001\",\"det",
            false);
        row("list", 202, R"([{"id":"5f0c00000000000000000001"},{"id":"5f0c00000000000000000002"},{}])", false, {}, 2);
        row("ids in parameters", 409, R"({"errorCode":"X","parameters":["5f0c00000000000000000001",7,
                                          ["5f0c00000000000000000002"]]})",
            true, {one, two});
        row("ids in detail", 409, R"({"errorCode":"X","detail":"jobs 5f0c00000000000000000002,
                                      5f0c00000000000000000001 and 5f0c00000000000000000002."})",
            true, {two, one});
        row("ids in both, once", 409, R"({"errorCode":"X","parameters":["5f0c00000000000000000001"],
            "detail":"[5f0c00000000000000000002, 5F0C00000000000000000001]"})",
            true, {one, two});
        row("longer and shorter are none", 409, R"({"errorCode":"X","detail":
            "5f0c0000000000000000000 5f0c000000000000000000011 da303f3fec69b2100bacf10dd9e6d5e0"})",
            true);
        row("ids elsewhere are none", 409, R"({"errorCode":"X","reason":"5f0c00000000000000000001"})", true);
    }

    void tellsWhatCameBack()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, seen);
        QFETCH(bool, document);
        QFETCH(QStringList, mentioned);
        QFETCH(int, jobs);
        const OrderAnswer answer = read(answerOf(status, body), seen != status);
        QCOMPARE(answer.status, seen);
        QVERIFY(answer.left);
        QVERIFY(answer.isWhole);
        QCOMPARE(answer.hasErrorDocument, document);
        QCOMPARE(answer.mentionedIds, mentioned);
        QCOMPARE(static_cast<int>(answer.jobs.size()), jobs);
        const bool isPlain = jobs > 0 && QJsonDocument::fromJson(body) != QJsonDocument();
        QCOMPARE(answer.error.sentence.isEmpty(), isPlain);
        if (!isPlain)
            QCOMPARE(answer.error.httpStatus, seen);
    }
};

QTEST_GUILESS_MAIN(OrderAnswerTest)
#include "order_answer_test.moc"
