#include "unit/order_wire.h"

#include "support/fixed_clock.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// A POST that orders a restore, on real sockets: how often it leaves, and what is told of it.
class ApiOrderWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReadMakesANonceReady()
    {
        Orders orders;
        orders.server.setHandler(digestServer("n1", oneJob));
        const auto answer = orders.order(connectionTo(orders.server.url()));
        QVERIFY(answer);
        QCOMPARE(answer->error, Error());
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->sendings, 1);
        QVERIFY(answer->left && answer->isWhole && !answer->hasChallenge && !answer->hasErrorDocument);
        QCOMPARE(answer->jobs.size(), size_t(1));
        QCOMPARE(orders.asked, Sendings({1}));
        const auto requests = orders.server.requests();
        QCOMPARE(requests.size(), size_t(3));
        QCOMPARE(requests[0].method, QByteArray("GET"));
        QCOMPARE(requests[1].method, QByteArray("GET"));
        QCOMPARE(requests[2].method, QByteArray("POST"));
        QCOMPARE(requests[2].target, jobPath);
        QCOMPARE(requests[2].body, someBody);
        QCOMPARE(requests[2].header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(requests[2].header("Content-Length"), QByteArray::number(someBody.size()));
    }

    void aNonceThatWasTakenJustNowIsReady()
    {
        Orders orders;
        orders.server.setHandler(digestServer("n1", oneJob));
        FixedClock clock(QDateTime::currentDateTimeUtc());
        ApiTransport transport(connectionTo(orders.server.url()), key(), clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(orders.order(transport));
        QCOMPARE(orders.server.requestCount(), 3);
        clock.set(clock.now().addSecs(6));
        QVERIFY(orders.order(transport));
        QCOMPARE(orders.server.requestCount(), 5);
        QCOMPARE(orders.server.requests()[3].method, QByteArray("GET"));
    }

    /// Whatever comes back: one sending, and its status.
    void itLeavesOnceAndItsStatusIsKept_data()
    {
        QTest::addColumn<ScriptedAnswer>("scripted");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isWhole");
        QTest::addColumn<int>("jobs");
        const auto row = [](const QByteArray &name, const ScriptedAnswer &scripted, int status, bool isWhole = true,
                            int jobs = 0) { QTest::newRow(name.constData()) << scripted << status << isWhole << jobs; };
        row("closed without a byte", ScriptedAnswer::lost(), 0, false);
        for (const int status : {400, 402, 403, 404, 405, 408, 409, 410, 418, 425, 429, 499, 500, 502, 503, 504}) {
            const QByteArray name = QByteArray::number(status);
            row(name + " with a document", ScriptedAnswer::json(R"({"errorCode":"X"})", status), status);
            row(name + " with a page", ScriptedAnswer::text("<html>no</html>", status, "text/html"), status);
            row(name + " broken off", cutAfter(ScriptedAnswer::json(R"({"errorCode":"X"})", status), 5), status, false);
            row(name + " before its body", cutAfter(ScriptedAnswer::json(R"({"errorCode":"X"})", status), 0), status,
                false);
        }
        // Qt takes it for the end of the connection to a proxy and gives up its body.
        const ScriptedAnswer proxy = ScriptedAnswer::json("{}", 407);
        row("407", proxy, 407, false);
        row("407 with Basic", proxy.with("Proxy-Authenticate", R"(Basic realm="proxy")"), 407, false);
        row("407 with Digest", proxy.with("Proxy-Authenticate", R"(Digest realm="p", nonce="x", qop="auth")"), 407,
            false);
        row("401 without a challenge", ScriptedAnswer::json("{}", 401), 401);
        row("503 with Retry-After", ScriptedAnswer::json("{}", 503).with("Retry-After", "0"), 503);
        for (const int status : {300, 301, 302, 303, 304, 305, 307, 308}) {
            const QByteArray name = QByteArray::number(status);
            const bool hasBody = status != 304;
            const bool isWhole = status < 307; // Qt wants to send the body again, and may not
            row(name, ScriptedAnswer::text({}, status).with("Location", "/api/public/v1.0/elsewhere"), status, isWhole);
            row(name + " without Location", ScriptedAnswer::text(hasBody ? "x" : "", status), status, isWhole);
            row(name + " to itself", ScriptedAnswer::text({}, status).with("Location", jobPath), status, isWhole);
        }
        row("201", ScriptedAnswer::json(oneJob, 201), 201, true, 1);
        row("204", ScriptedAnswer::text({}, 204), 204);
        row("200 with a page", ScriptedAnswer::text("<html>", 200), 200);
        row("200 broken off before its body", cutAfter(ScriptedAnswer::json(oneJob), 0), 200, false);
        row("200 broken off before the id", cutAfter(ScriptedAnswer::json(oneJob), 40), 200, false);
        row("200 broken off after the id", cutAfter(ScriptedAnswer::json(oneJob), oneJob.size() - 1), 200, false, 1);
        ScriptedAnswer chunked = ScriptedAnswer::json(oneJob);
        chunked.framing = ScriptedAnswer::Framing::Chunked;
        row("200 in chunks", chunked, 200, true, 1);
        row("200 in chunks, broken off", cutAfter(chunked, oneJob.size() - 1), 200, false, 1);
        ScriptedAnswer untilClose = ScriptedAnswer::json(oneJob.left(oneJob.size() - 1));
        untilClose.framing = ScriptedAnswer::Framing::UntilClose;
        row("200 that ends with the connection", untilClose, 200, false, 1);
        ScriptedAnswer raw;
        raw.raw = "\x16\x03nothing of HTTP\r\n\r\n";
        raw.end = ScriptedAnswer::End::Close;
        row("no HTTP", raw, 0, false);
        raw.raw = "HTTP/1.1 504";
        row("half a status line", raw, 0, false);
        raw.raw = "HTTP/1.1 504 Gateway Timeout\r\nContent-Type: text";
        row("half a head", raw, 0, false);
        raw.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n";
        row("after 100 Continue", raw, 504);
        row("gzip that is none", ScriptedAnswer::json(oneJob, 200).with("Content-Encoding", "gzip"), 200);
    }

    void itLeavesOnceAndItsStatusIsKept()
    {
        QFETCH(ScriptedAnswer, scripted);
        QFETCH(int, status);
        QFETCH(bool, isWhole);
        QFETCH(int, jobs);
        Orders orders;
        orders.server.setHandler(ordersBy([scripted](int) { return scripted; }));
        const auto answer = orders.order(connectionTo(orders.server.url()));
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QVERIFY2(answer->isWhole == isWhole, qPrintable(answer->error.sentence));
        QVERIFY(answer->left);
        QCOMPARE(answer->sendings, 1);
        QCOMPARE(static_cast<int>(answer->jobs.size()), jobs);
        const bool isPlain = isWhole && jobs > 0 && scripted.body == oneJob;
        QCOMPARE(answer->error.sentence.isEmpty(), isPlain);
        QCOMPARE(answer->error.httpStatus, isPlain ? 0 : status);
        QCOMPARE(orders.asked, Sendings({1}));
        QTest::qWait(50); // Qt would send it again at once
        QCOMPARE(countOf(orders.server, "POST"), 1);
    }

    void aStatusThatWasSeenOutlivesATimeout_data()
    {
        QTest::addColumn<ScriptedAnswer>("scripted");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("jobs");
        using End = ScriptedAnswer::End;
        QTest::newRow("409") << cutAfter(ScriptedAnswer::json(R"({"errorCode":"X"})", 409), 5, End::Stall) << 409 << 0;
        QTest::newRow("504") << cutAfter(ScriptedAnswer::json("{}", 504), 0, End::Stall) << 504 << 0;
        QTest::newRow("200") << cutAfter(ScriptedAnswer::json(oneJob), oneJob.size() - 2, End::Stall) << 200 << 1;
        ScriptedAnswer silent;
        silent.delay = 1h;
        QTest::newRow("silence") << silent << 0 << 0;
    }

    void aStatusThatWasSeenOutlivesATimeout()
    {
        QFETCH(ScriptedAnswer, scripted);
        QFETCH(int, status);
        QFETCH(int, jobs);
        Orders orders;
        orders.server.setHandler(ordersBy([scripted](int) { return scripted; }));
        Connection connection = connectionTo(orders.server.url());
        connection.timeout = 1s;
        const auto answer = orders.order(connection);
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QVERIFY(!answer->isWhole && answer->left);
        QCOMPARE(static_cast<int>(answer->jobs.size()), jobs);
        QVERIFY(!answer->error.sentence.isEmpty());
        QCOMPARE(countOf(orders.server, "POST"), 1);
    }

    void aStatusThatWasSeenOutlivesATooLargeBody()
    {
        Orders orders;
        orders.server.setHandler(
            ordersBy([](int) { return ScriptedAnswer::json(oneJob + QByteArray(300000, ' '), 200); }));
        ApiTransport::Policy policy = fast();
        policy.bodyBytes = 200000;
        ApiTransport transport(connectionTo(orders.server.url()), key(), orders.clock, policy);
        const auto answer = orders.order(transport);
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QVERIFY(!answer->isWhole);
        QCOMPARE(answer->jobs.size(), size_t(1));
        QCOMPARE(answer->error.kind, ErrorKind::Parse);
    }

    void nothingLeavesWhenNoNonceCanBeHad()
    {
        Orders orders;
        orders.server.setHandler([](const RecordedRequest &) { return digestChallenge("n"); });
        const auto answer = orders.order(connectionTo(orders.server.url()));
        QVERIFY(answer);
        QVERIFY(orders.asked.empty());
        QVERIFY(!answer->left);
        QCOMPARE(answer->sendings, 0);
        QCOMPARE(answer->status, 0);
        QCOMPARE(answer->error.kind, ErrorKind::Credentials);
        QCOMPARE(countOf(orders.server, "POST"), 0);
    }

    void nothingLeftWhereNobodyListensAnyMore()
    {
        Orders orders;
        auto server = std::make_unique<ScriptedServer>();
        server->setHandler([ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            ScriptedAnswer answer = ready(request);
            answer.end = ScriptedAnswer::End::Close;
            return answer;
        });
        ApiTransport transport(connectionTo(server->url()), key(), orders.clock, fast());
        const auto answer = resultOf(transport.order(relativeJobPath, someBody, [&server](int) {
            server.reset();
            return true;
        }));
        QVERIFY(answer);
        QCOMPARE(answer->sendings, 1);
        QCOMPARE(answer->status, 0);
        QVERIFY(!answer->left);
        QCOMPARE(answer->error.kind, ErrorKind::Network);
    }

    void aTransportThatGoesAwayCancels()
    {
        Orders orders;
        ScriptedAnswer silent;
        silent.delay = 1h;
        orders.server.setHandler(ordersBy([silent](int) { return silent; }));
        auto transport = std::make_unique<ApiTransport>(connectionTo(orders.server.url()), key(), orders.clock, fast());
        const auto underWay = transport->order(relativeJobPath, someBody, {});
        QTRY_COMPARE(countOf(orders.server, "POST"), 1);
        transport.reset();
        const auto answer = resultOf(underWay);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);

        auto other = std::make_unique<ApiTransport>(connectionTo(orders.server.url()), key(), orders.clock, fast());
        const auto asked = resultOf(other->order(relativeJobPath, someBody, [&other](int) {
            other.reset();
            return true;
        }));
        QVERIFY(!asked);
        QCOMPARE(asked.error().kind, ErrorKind::Cancelled);
        QCOMPARE(countOf(orders.server, "POST"), 1);
    }
};

QTEST_GUILESS_MAIN(ApiOrderWireTest)
#include "api_order_wire_test.moc"
