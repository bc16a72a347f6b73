#include "unit/api_wire.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Takes each nonce once, whatever count it comes with.
ScriptedServer::Handler oneTimeServer()
{
    const auto issued = std::make_shared<QSet<QByteArray>>();
    return [issued, n = std::make_shared<int>(0)](const RecordedRequest &request) {
        const QByteArray nonce = field(request, "nonce");
        if (!nonce.isEmpty() && issued->remove(nonce))
            return digestServer(nonce, "{}")(request);
        const QByteArray fresh = "n" + QByteArray::number(++*n);
        issued->insert(fresh);
        return digestChallenge(fresh);
    };
}

} // namespace

/// How ApiTransport signs in with Digest, on real sockets.
class ApiDigestWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void answersADigestChallenge_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        QTest::newRow("MD5") << QByteArray("MD5");
        QTest::newRow("SHA-256 only") << QByteArray("SHA-256");
        QTest::newRow("MD5-sess") << QByteArray("MD5-sess");
        QTest::newRow("SHA-256-sess") << QByteArray("SHA-256-sess");
    }

    void answersADigestChallenge()
    {
        QFETCH(QByteArray, algorithm);
        ScriptedServer server;
        server.setHandler(digestServer("n1", R"({"name":"Shop"})", algorithm));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("pageNum"), QStringLiteral("1"));
        for (int i = 0; i < 3; ++i) {
            const auto answer = resultOf(transport.get(QStringLiteral("groups/a%2Fb"), query));
            QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().sentence));
            QCOMPARE(answer->content.toObject().value(QLatin1String("name")).toString(), QStringLiteral("Shop"));
        }
        // One handshake for all three, and the count rises.
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t(4));
        QCOMPARE(requests[0].target, QByteArray("/api/public/v1.0/groups/a%2Fb?pageNum=1"));
        QVERIFY(requests[0].header("Authorization").isNull());
        QCOMPARE(requests[0].header("Accept"), QByteArray("application/json"));
        QVERIFY(requests[0].header("User-Agent").startsWith("Tidemark/"));
        QCOMPARE(field(requests[1], "nc"), QByteArray("00000001"));
        QCOMPARE(field(requests[2], "nc"), QByteArray("00000002"));
        QCOMPARE(field(requests[3], "nc"), QByteArray("00000003"));
        QVERIFY(!server.everythingReceived().contains(privateKey));
    }

    void answersTheDocumentedOpInTheOldForm()
    {
        ScriptedServer server;
        server.enqueue(
            challenge(R"(Digest realm="MMS Public API", domain="", nonce="n", algorithm=MD5, op="auth", stale=false)"));
        server.enqueue(ScriptedAnswer::json("{}"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t(2));
        QVERIFY(field(requests[1], "qop").isNull());
        QVERIFY(field(requests[1], "nc").isNull());
        QVERIFY(!field(requests[1], "response").isEmpty());
    }

    void parallelRequestsShareOneHandshake()
    {
        ScriptedServer server;
        server.setHandler(digestServer("n1", "{}"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 12; ++i)
            calls.push_back(transport.get(QStringLiteral("groups/%1").arg(i)));
        for (const auto &call : calls)
            QVERIFY(resultOf(call));
        QSet<QByteArray> counts;
        int challenged = 0;
        for (const RecordedRequest &request : server.requests()) {
            if (request.header("Authorization").isNull())
                ++challenged;
            else
                counts.insert(field(request, "nc"));
        }
        QCOMPARE(challenged, 1);
        QCOMPARE(counts.size(), 12);
    }

    void renewsAStaleNonceOnce()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        server.enqueue(digestChallenge("n2", true));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), size_t(4));
        QCOMPARE(field(requests[3], "nonce"), QByteArray("n2"));
        QCOMPARE(field(requests[3], "nc"), QByteArray("00000001"));
    }

    void renewsANonceThatExpiredWithoutAWord()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        server.enqueue(digestChallenge("n2", false));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(server.requestCount(), 4);
    }

    void takesTheNextNonce()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::json("{}").with("Authentication-Info", R"(nextnonce="n2", qop=auth)"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(field(server.requests().at(2), "nonce"), QByteArray("n2"));
    }

    void aSecondRefusalEnds_data()
    {
        QTest::addColumn<bool>("stale");
        QTest::addColumn<int>("requests");
        QTest::newRow("wrong key") << false << 2;
        QTest::newRow("stale for ever") << true << 3;
    }

    void aSecondRefusalEnds()
    {
        QFETCH(bool, stale);
        QFETCH(int, requests);
        ScriptedServer server;
        server.setHandler([stale, n = std::make_shared<std::atomic<int>>(0)](const RecordedRequest &) {
            return digestChallenge("n" + QByteArray::number(++*n), stale);
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Credentials);
        QCOMPARE(answer.error().httpStatus, 401);
        QCOMPARE(server.requestCount(), requests);
    }

    void aRefusalWithACodeIsAboutRights()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        ScriptedAnswer refusal = digestChallenge("n2");
        refusal.body =
            R"({"detail":"The specified group could not be accessed.","error":401,"errorCode":"NOT_IN_GROUP"})";
        server.enqueue(refusal);
        const auto answer = resultOf(transport.get(QStringLiteral("groups/G")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Permission);
        QCOMPARE(answer.error().apiCode, QStringLiteral("NOT_IN_GROUP"));
        QCOMPARE(server.requestCount(), 2);
        // The key was recognized, so its nonce is as good as before.
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(server.requestCount(), 3);
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n1"));
    }

    void neverAnswersAnythingButDigest_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("Basic") << QByteArray(R"(Basic realm="MMS Public API")");
        QTest::newRow("Bearer") << QByteArray(R"(Bearer realm="MMS Public API")");
        QTest::newRow("NTLM") << QByteArray("NTLM");
        QTest::newRow("unknown algorithm") << QByteArray(R"(Digest realm="r", nonce="n", algorithm=ROT13)");
    }

    void neverAnswersAnythingButDigest()
    {
        QFETCH(QByteArray, header);
        ScriptedServer server;
        server.setHandler([header](const RecordedRequest &) { return challenge(header); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Credentials);
        QCOMPARE(server.requestCount(), 1);
        QVERIFY(!server.everythingReceived().contains("Authorization"));
    }

    void neverAnswersAnotherRealm()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        server.enqueue(challenge(R"(Digest realm="Router", nonce="x", qop="auth", stale=true)"));
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Credentials);
        QCOMPARE(server.requestCount(), 3);
    }

    /// Each nonce is good for one request, and no 401 says stale.
    void worksWithNoncesForOneRequestEach()
    {
        ScriptedServer server;
        server.setHandler(oneTimeServer());
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        for (int round = 0; round < 2; ++round) {
            std::vector<Async<ApiAnswer>> calls;
            for (int i = 0; i < 12; ++i)
                calls.push_back(transport.get(QStringLiteral("groups/%1").arg(i)));
            for (const auto &call : calls) {
                const auto answer = resultOf(call);
                QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().sentence));
            }
        }
        QVERIFY(resultOf(transport.change("POST", relativeJobPath, {}, someBody)));
        QVERIFY(countOf(server, "POST") <= 2);
    }

    void answersTheChallengeOfTheRealmItKnows()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(
            challenge(R"(Negotiate, Basic realm="b", Digest realm="MMS Public API", nonce="n1", qop="auth")"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        server.enqueue(challenge(R"(Digest realm="Router", nonce="x", algorithm=SHA-256, qop="auth", stale=true,)"
                                 R"( Digest realm="MMS Public API", nonce="n2", qop="auth", stale=true)"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n2"));
    }

    /// Of a nonce that the server named itself nobody knows yet whether it still counts.
    void aNextNonceThatEndedIsReplaced()
    {
        ScriptedServer server;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        server.enqueue(ScriptedAnswer::json("{}").with("Authentication-Info", R"(nextnonce="n2")"));
        server.enqueue(digestChallenge("n3"));
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n3"));
    }

    void aRefusalInAnEnvelopeIsAboutRights()
    {
        ScriptedServer server;
        Connection connection = connectionTo(server.url());
        connection.envelope = true;
        ApiTransport transport(connection, key(), m_clock, fast());
        server.enqueue(digestChallenge("n1"));
        ScriptedAnswer refusal = digestChallenge("n2");
        refusal.body = R"({"status":401,"content":{"detail":"no","error":401,"errorCode":"NOT_IN_GROUP"}})";
        server.enqueue(refusal);
        const auto answer = resultOf(transport.get(QStringLiteral("groups/G")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Permission);
        QCOMPARE(answer.error().apiCode, QStringLiteral("NOT_IN_GROUP"));
        QCOMPARE(server.requestCount(), 2);
        // The key was recognized, so its nonce is as good as before.
        server.enqueue(ScriptedAnswer::json("{}"));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(server.requestCount(), 3);
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n1"));
    }
};

QTEST_GUILESS_MAIN(ApiDigestWireTest)
#include "api_digest_wire_test.moc"
