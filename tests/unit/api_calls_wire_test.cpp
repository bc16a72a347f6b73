#include "unit/api_wire.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// Redirects, posts and repeated reads of ApiTransport, on real sockets.
class ApiCallsWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void followsNoRedirectToAnotherOrigin_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d", status) << status;
    }

    void followsNoRedirectToAnotherOrigin()
    {
        QFETCH(int, status);
        ScriptedServer other;
        other.setHandler([](const RecordedRequest &) { return challenge(R"(Basic realm="MMS Public API")"); });
        ScriptedServer server;
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::text({}, status).with("Location", other.url(QStringLiteral("/x")).toEncoded()));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Refused);
        QVERIFY(answer.error().sentence.contains(QString::number(other.port())));
        QCOMPARE(other.connectionCount(), 0);
    }

    void followsARedirectWithinTheOrigin()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::text({}, 302).with("Location", "/api/public/v1.0/elsewhere?x=1"));
        server.enqueue(ScriptedAnswer::json(R"({"id":"1"})"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t(3));
        QCOMPARE(requests[2].target, QByteArray("/api/public/v1.0/elsewhere?x=1"));
        QCOMPARE(field(requests[2], "uri"), requests[2].target);
        QCOMPARE(field(requests[2], "nc"), QByteArray("00000002"));
    }

    void redirectsHaveAnEnd()
    {
        ScriptedServer server;
        server.setHandler(
            [](const RecordedRequest &) { return ScriptedAnswer::text({}, 302).with("Location", "/again"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(!resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(server.requestCount(), 6);
    }

    void aPostIsSentOnceWithItsBytes()
    {
        ScriptedServer server;
        server.setHandler(digestServer("n1", R"({"results":[]})"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const QByteArray body = R"({"delivery":{"methodName":"HTTP"},"snapshotId":"5"})";
        const auto answer = resultOf(transport.change("POST", relativeJobPath, {}, body));
        QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().sentence));
        // A read fetched the nonce, so that the POST never went out without one.
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t(3));
        QCOMPARE(requests[0].method, QByteArray("GET"));
        QCOMPARE(requests[1].method, QByteArray("GET"));
        QCOMPARE(requests[2].method, QByteArray("POST"));
        QCOMPARE(requests[2].target, jobPath);
        QCOMPARE(requests[2].body, body);
        QCOMPARE(requests[2].header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(requests[2].header("Content-Length"), QByteArray::number(body.size()));
        QVERIFY(!requests[2].header("Authorization").isEmpty());
    }

    void aChallengedPostIsSentOnceMore_data()
    {
        QTest::addColumn<bool>("stale");
        QTest::addColumn<int>("refusals");
        QTest::newRow("stale") << true << 1;
        QTest::newRow("not stale") << false << 1;
        QTest::newRow("stale for ever") << true << 9;
        QTest::newRow("not stale for ever") << false << 9;
    }

    void aChallengedPostIsSentOnceMore()
    {
        QFETCH(bool, stale);
        QFETCH(int, refusals);
        ScriptedServer server;
        server.setHandler([=, n = std::make_shared<std::atomic<int>>(0),
                           ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            if (request.method != "POST")
                return ready(request);
            return ++*n <= refusals ? digestChallenge("n2", stale) : ScriptedAnswer::json("{}");
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QCOMPARE(resultOf(transport.change("POST", relativeJobPath, {}, someBody)).has_value(), refusals == 1);
        QCOMPARE(countOf(server, "POST"), 2);
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n2"));
        QCOMPARE(server.requests().back().body, someBody);
    }

    void nothingIsPostedWhenTheProbeFails()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) { return digestChallenge("n"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.change("POST", relativeJobPath, {}, "{}"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Credentials);
        QCOMPARE(countOf(server, "POST"), 0);
    }

    void readsAreRepeated_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::newRow("lost") << ScriptedAnswer::lost();
        QTest::newRow("429") << ScriptedAnswer::json("{}", 429);
        QTest::newRow("500") << ScriptedAnswer::json("{}", 500);
        QTest::newRow("502 page") << ScriptedAnswer::text("<html>", 502, "text/html");
        QTest::newRow("503") << ScriptedAnswer::text({}, 503);
    }

    void readsAreRepeated()
    {
        QFETCH(ScriptedAnswer, answer);
        ScriptedServer server;
        server.setHandler([answer, n = std::make_shared<std::atomic<int>>(0)](const RecordedRequest &) {
            // Qt itself repeats a lost read a few times on kept connections; more than that must be ours.
            return ++*n <= 2 ? answer : ScriptedAnswer::json(R"({"id":"1"})");
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(server.requestCount(), 3);
    }

    void readsAreNotRepeatedForEver()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json("{}", 503); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().httpStatus, 503);
        QVERIFY(answer.error().retryable);
        QCOMPARE(server.requestCount(), 4);
    }

    void refusalsAreNotRepeated_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 402, 403, 404, 405, 409, 410})
            QTest::addRow("%d", status) << status;
    }

    void refusalsAreNotRepeated()
    {
        QFETCH(int, status);
        ScriptedServer server;
        server.setHandler([status](const RecordedRequest &) { return ScriptedAnswer::json("{}", status); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().httpStatus, status);
        QCOMPARE(server.requestCount(), 1);
    }

    void waitsAsLongAsTheServerAsks()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"errorCode":"RATE_LIMITED"})", 429).with("Retry-After", "1"));
        server.enqueue(ScriptedAnswer::json("{}"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto requests = server.requests();
        QVERIFY(requests[1].at - requests[0].at >= 990ms);
    }

    void handsOnAWaitThatIsTooLong()
    {
        ScriptedServer server;
        server.setHandler(
            [](const RecordedRequest &) { return ScriptedAnswer::json("{}", 429).with("Retry-After", "600"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().retryAfter, 600s);
        QCOMPARE(server.requestCount(), 1);
    }
};

QTEST_GUILESS_MAIN(ApiCallsWireTest)
#include "api_calls_wire_test.moc"
