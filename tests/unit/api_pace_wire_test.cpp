#include "unit/api_wire.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// How a server's "too many requests", and its silence, hold for all requests of a connection, on real sockets.
class ApiPaceWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

    static std::chrono::milliseconds between(const RecordedRequest &first, const RecordedRequest &second)
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(second.at - first.at);
    }

private Q_SLOTS:
    void retryAfterHoldsForTheWholeConnection()
    {
        ScriptedServer server;
        std::atomic<int> count = 0;
        server.setHandler([&count](const RecordedRequest &) {
            if (count++ == 0)
                return ScriptedAnswer::json(R"({"error":429,"errorCode":"RATE_LIMITED"})", 429)
                    .with("Retry-After", "1");
            ScriptedAnswer answer = ScriptedAnswer::json(someBody);
            answer.delay = 60ms;
            return answer;
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto sibling = transport.sibling(fast());
        const auto first = transport.get(QStringLiteral("first"));
        QTRY_VERIFY(transport.pace().isSlowed());
        QVERIFY(transport.pace().rest() > 0ms);
        std::vector<Async<ApiAnswer>> others;
        for (int i = 0; i < 3; ++i) {
            others.push_back(transport.get(QStringLiteral("other")));
            others.push_back(sibling->get(QStringLiteral("sibling")));
        }
        for (const Async<ApiAnswer> &other : others)
            QVERIFY(resultOf(other));
        QVERIFY(resultOf(first));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t{8});
        QVERIFY2(between(requests[0], requests[1]) >= 1000ms, "something left in the rest");
        QVERIFY2(between(requests[0], requests[1]) < 1900ms, "the rest was far longer than was asked for");
        for (size_t i = 2; i < requests.size(); ++i)
            QVERIFY2(between(requests[i - 1], requests[i]) >= 60ms, "two were under way at once");
    }

    void a429OnEverythingEndsInOneRequestAtATime()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer answer = ScriptedAnswer::json(R"({"error":429})", 429);
            answer.delay = 30ms;
            return answer;
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(transport.get(QStringLiteral("groups")));
        for (const Async<ApiAnswer> &call : calls)
            QCOMPARE(resultOf(call).error().kind, ErrorKind::RateLimited);
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t{5 * 4});
        for (size_t i = 6; i < requests.size(); ++i)
            QVERIFY2(between(requests[i - 1], requests[i]) >= 30ms, qPrintable(QString::number(i)));
    }

    void anEnvelopesStatusCountsToo()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"status":429,"content":{"error":429}})").with("Retry-After", "1"));
        server.setHandler(
            [](const RecordedRequest &) { return ScriptedAnswer::json(R"({"status":200,"content":{"a":1}})"); });
        Connection connection = connectionTo(server.url());
        connection.envelope = true;
        ApiTransport transport(connection, key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(between(server.requests()[0], server.requests()[1]) >= 1000ms);
    }

    void anOrderWaitsForTheEndOfARest()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json("{}", 429).with("Retry-After", "1"));
        server.setHandler([](const RecordedRequest &request) {
            return request.method == "POST" ? ScriptedAnswer::json(R"({"results":[]})", 200)
                                            : ScriptedAnswer::json(someBody);
        });
        ApiTransport::Policy once = fast();
        once.attempts = 1;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, once);
        QVERIFY(!resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.order(relativeJobPath, someBody, {})));
        QVERIFY(between(server.requests().front(), server.requests()[1]) >= 1000ms);
    }

    void anOrdersRefusalHoldsForTheReadsAfterIt()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            return request.method == "POST" ? ScriptedAnswer::json(R"({"error":429})", 429).with("Retry-After", "1")
                                            : ScriptedAnswer::json(someBody);
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto sibling = transport.sibling(fast());
        QVERIFY(resultOf(transport.order(relativeJobPath, someBody, {})));
        QVERIFY(resultOf(sibling->get(QStringLiteral("groups"))));
        const auto requests = server.requests();
        QCOMPARE(countOf(server, "POST"), 1);
        QVERIFY2(between(requests[requests.size() - 2], requests.back()) >= 1000ms, "the read left in the rest");
    }

    void aReadInTheShapeOfAPostIsRepeated_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {429, 500, 502, 503, 504})
            QTest::addRow("%d", status) << status;
    }

    void aReadInTheShapeOfAPostIsRepeated()
    {
        QFETCH(int, status);
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json("{}", status));
        server.enqueue(ScriptedAnswer::lost());
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json(someBody); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.readByPost(QStringLiteral("groups/G/clusters/C/restoreJobs/restorableTimeRanges"))));
        QCOMPARE(countOf(server, "POST"), 3);
        QCOMPARE(countOf(server, "GET"), 0);
    }

    void aDeadServerIsAdmittedAfterOneSilence()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer answer = ScriptedAnswer::json(someBody);
            answer.end = ScriptedAnswer::End::Stall;
            answer.dropAfter = 0;
            answer.delay = 60s;
            return answer;
        });
        Connection connection = connectionTo(server.url());
        connection.timeout = 1s;
        ApiTransport::Policy policy = fast();
        policy.longestCall = 900ms;
        ApiTransport transport(connection, key(), m_clock, policy);
        QCOMPARE(resultOf(transport.get(QStringLiteral("groups"))).error().kind, ErrorKind::Network);
        QCOMPARE(server.requestCount(), 1);
        // The same holds of the times that are used: no second attempt follows a silence of the usual length.
        QVERIFY(ApiTransport::Policy().longestCall < Connection().timeout);
        QVERIFY(Connection().timeout <= 30s);
    }
};

QTEST_GUILESS_MAIN(ApiPaceWireTest)
#include "api_pace_wire_test.moc"
