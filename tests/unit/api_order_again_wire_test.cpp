#include "unit/order_wire.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// When a POST that orders a restore leaves a second time, on real sockets, and that it never leaves a third time.
class ApiOrderAgainWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A 401 with a challenge proves that nothing was ordered; one more sending, and only one.
    void aChallengeIsAnsweredOnce_data()
    {
        QTest::addColumn<ScriptedAnswer>("first");
        QTest::addColumn<ScriptedAnswer>("second");
        QTest::addColumn<int>("sendings");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("hasChallenge");
        const ScriptedAnswer created = ScriptedAnswer::json(oneJob);
        ScriptedAnswer rights = digestChallenge("n2");
        rights.body = R"({"errorCode":"NOT_IN_GROUP","error":401,"detail":"no"})";
        ScriptedAnswer wrapped = rights;
        wrapped.body = "{\"status\":401,\"content\":" + rights.body + '}';
        QTest::newRow("stale") << digestChallenge("n2", true) << created << 2 << 200 << false;
        QTest::newRow("not stale") << digestChallenge("n2") << created << 2 << 200 << false;
        QTest::newRow("the same nonce") << digestChallenge("n1") << created << 2 << 200 << false;
        QTest::newRow("again") << digestChallenge("n2") << digestChallenge("n3") << 2 << 401 << true;
        QTest::newRow("stale again") << digestChallenge("n2", true) << digestChallenge("n3", true) << 2 << 401 << true;
        QTest::newRow("then lost") << digestChallenge("n2") << ScriptedAnswer::lost() << 2 << 0 << false;
        QTest::newRow("then 504") << digestChallenge("n2") << ScriptedAnswer::json("{}", 504) << 2 << 504 << false;
        QTest::newRow("then a bare 401") << digestChallenge("n2") << ScriptedAnswer::json("{}", 401) << 2 << 401
                                         << false;
        QTest::newRow("about rights") << rights << created << 1 << 401 << true;
        QTest::newRow("about rights, in an envelope") << wrapped << created << 1 << 401 << true;
        QTest::newRow("Basic") << challenge(R"(Basic realm="x")") << created << 1 << 401 << true;
        QTest::newRow("another realm") << challenge(R"(Digest realm="x", nonce="y", qop="auth")") << created << 1 << 401
                                       << true;
    }

    void aChallengeIsAnsweredOnce()
    {
        QFETCH(ScriptedAnswer, first);
        QFETCH(ScriptedAnswer, second);
        QFETCH(int, sendings);
        QFETCH(int, status);
        QFETCH(bool, hasChallenge);
        Orders orders;
        orders.server.setHandler(ordersBy([first, second](int sending) { return sending == 1 ? first : second; }));
        const auto answer = orders.order(connectionTo(orders.server.url()));
        QVERIFY(answer);
        QCOMPARE(answer->sendings, sendings);
        QCOMPARE(answer->status, status);
        QCOMPARE(answer->hasChallenge, hasChallenge);
        QCOMPARE(answer->jobs.size(), size_t(status == 200 ? 1 : 0));
        QCOMPARE(orders.asked, sendings == 2 ? Sendings({1, 2}) : Sendings({1}));
        QTest::qWait(50);
        QCOMPARE(countOf(orders.server, "POST"), sendings);
        if (sendings == 2)
            QCOMPARE(orders.server.requests().back().body, someBody);
    }

    /// Of a 401 whose body does not end Qt tells the status sometimes. Without it nothing is proven, which is the
    /// cautious side; with it and its challenge it is proven, whatever the body.
    void aChallengeThatBreaksOff_data()
    {
        QTest::addColumn<ScriptedAnswer::End>("end");
        QTest::newRow("broken off") << ScriptedAnswer::End::Drop;
        QTest::newRow("silent") << ScriptedAnswer::End::Stall;
    }

    void aChallengeThatBreaksOff()
    {
        QFETCH(ScriptedAnswer::End, end);
        Orders orders;
        orders.server.setHandler(ordersBy([end](int) { return cutAfter(digestChallenge("n2"), 1, end); }));
        Connection connection = connectionTo(orders.server.url());
        connection.timeout = 1s;
        const auto answer = orders.order(connection);
        QVERIFY(answer);
        QVERIFY(answer->status == 401 || answer->status == 0);
        QCOMPARE(answer->hasChallenge, answer->status == 401);
        QVERIFY(answer->left);
        QVERIFY(answer->sendings <= 2);
        QCOMPARE(countOf(orders.server, "POST"), answer->sendings);
    }

    void nothingLeavesThatWasNotWanted()
    {
        Orders orders;
        orders.server.setHandler(ordersBy([](int) { return digestChallenge("n2"); }));
        const auto none = orders.order(connectionTo(orders.server.url()), 0);
        QVERIFY(none);
        QCOMPARE(none->sendings, 0);
        QCOMPARE(none->status, 0);
        QVERIFY(!none->left);
        QCOMPARE(none->error.kind, ErrorKind::Cancelled);
        QCOMPARE(countOf(orders.server, "POST"), 0);

        orders.asked.clear();
        const auto once = orders.order(connectionTo(orders.server.url()), 1);
        QVERIFY(once);
        QCOMPARE(orders.asked, Sendings({1, 2}));
        QCOMPARE(once->sendings, 1);
        QCOMPARE(once->status, 401);
        QVERIFY(once->hasChallenge && once->left);
        QCOMPARE(countOf(orders.server, "POST"), 1);
    }

    void aTokenThatEndedIsReplacedOnce_data()
    {
        QTest::addColumn<int>("refusals");
        QTest::addColumn<bool>("challenged");
        QTest::addColumn<int>("sendings");
        QTest::newRow("once") << 1 << true << 2;
        QTest::newRow("for ever") << 9 << true << 2;
        QTest::newRow("without a challenge") << 9 << false << 1;
    }

    void aTokenThatEndedIsReplacedOnce()
    {
        QFETCH(int, refusals);
        QFETCH(bool, challenged);
        QFETCH(int, sendings);
        Orders orders;
        orders.server.setHandler([=, n = std::make_shared<std::atomic<int>>(0),
                                  tokens = std::make_shared<std::atomic<int>>(0)](const RecordedRequest &request) {
            if (request.target.endsWith("/oauth/token"))
                return ScriptedAnswer::json("{\"access_token\":\"t" + QByteArray::number(++*tokens) + "\"}");
            if (request.method == "GET" || request.target.endsWith("/oauth/revoke"))
                return ScriptedAnswer::json("{}");
            if (++*n > refusals)
                return ScriptedAnswer::json(oneJob);
            return challenged ? challenge(R"(Bearer realm="x", error="invalid_token")")
                              : ScriptedAnswer::json("{}", 401);
        });
        Connection connection = connectionTo(orders.server.url());
        connection.service = Service::CloudManager;
        connection.authentication = Authentication::ServiceAccount;
        ApiTransport transport(connection, {Secret(clientSecret), {}}, orders.clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto answer = orders.order(transport);
        QVERIFY(answer);
        QCOMPARE(answer->sendings, sendings);
        QCOMPARE(answer->status, refusals == 1 ? 200 : 401);
        int posts = 0;
        for (const RecordedRequest &request : orders.server.requests())
            posts += request.method == "POST" && request.target == jobPath ? 1 : 0;
        QCOMPARE(posts, sendings);
        if (sendings == 2)
            QCOMPARE(orders.server.requests().back().header("Authorization"), QByteArray("Bearer t2"));
    }
};

QTEST_GUILESS_MAIN(ApiOrderAgainWireTest)
#include "api_order_again_wire_test.moc"
