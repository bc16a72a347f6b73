#include "base/clock.h"
#include "cloud/api_transport.h"
#include "cloud/digest_auth.h"
#include "support/scripted_server.h"
#include "support/waiting.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray publicKey = "pubkey01";
const QByteArray privateKey = "very-secret-private-key";
const QByteArray clientSecret = "mdb_sa_sk_very-secret";

Connection connectionTo(const QUrl &baseUrl)
{
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = baseUrl;
    connection.userName = QString::fromLatin1(publicKey);
    connection.timeout = 5s;
    return connection;
}

Credentials key()
{
    return {Secret(privateKey), {}};
}

ApiTransport::Policy fast()
{
    ApiTransport::Policy policy;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

QByteArray field(const RecordedRequest &request, const QByteArray &name)
{
    const auto challenges = digest::parseChallenges(request.header("Authorization"));
    return challenges.empty() ? QByteArray() : challenges.front().parameter(name).value_or(QByteArray());
}

ScriptedAnswer challenge(const QByteArray &header)
{
    return ScriptedAnswer::json("{}", 401).with("WWW-Authenticate", header);
}

ScriptedAnswer digestChallenge(const QByteArray &nonce, bool stale = false)
{
    return challenge(R"(Digest realm="MMS Public API", domain="", nonce=")" + nonce +
                     R"(", algorithm=MD5, qop="auth", stale=)" + (stale ? "true" : "false"));
}

/// As a server does: a challenge to who brings no answer or one of an unknown nonce, else `content`. The response
/// itself is checked too.
ScriptedServer::Handler digestServer(const QByteArray &nonce, const QByteArray &content,
                                     const QByteArray &algorithm = "MD5")
{
    return [=](const RecordedRequest &request) {
        const QByteArray header =
            R"(Digest realm="MMS Public API", nonce=")" + nonce + R"(", qop="auth", algorithm=)" + algorithm;
        const auto offered = digest::strongestDigest(digest::parseChallenges(header));
        const quint32 count = field(request, "nc").toUInt(nullptr, 16);
        const QByteArray right = digest::authorization(
            *offered, {publicKey, request.method, request.target, count, field(request, "cnonce")}, Secret(privateKey));
        if (request.header("Authorization") != right)
            return challenge(header);
        return ScriptedAnswer::json(content);
    };
}

const QByteArray someBody = R"({"a":1})";
const QByteArray jobPath = "/api/public/v1.0/groups/G/clusters/C/restoreJobs";
const QString relativeJobPath = QStringLiteral("groups/G/clusters/C/restoreJobs");

int countOf(const ScriptedServer &server, const QByteArray &method)
{
    int count = 0;
    for (const RecordedRequest &request : server.requests())
        count += request.method == method ? 1 : 0;
    return count;
}

} // namespace

/// What ApiTransport does on real sockets.
class ApiWireTest : public QObject
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

    void aPostFollowsNoRedirect()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            return request.method == "POST"
                       ? ScriptedAnswer::text({}, 307).with("Location", "/api/public/v1.0/elsewhere")
                       : ScriptedAnswer::json("{}");
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(!resultOf(transport.post(relativeJobPath, someBody)));
        QCOMPARE(countOf(server, "POST"), 1);
    }

    void aPostIsSentOnceWithItsBytes()
    {
        ScriptedServer server;
        server.setHandler(digestServer("n1", R"({"results":[]})"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const QByteArray body = R"({"delivery":{"methodName":"HTTP"},"snapshotId":"5"})";
        const auto answer = resultOf(transport.post(relativeJobPath, body));
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

    void aPostIsNeverSentAgain_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("connection lost") << ScriptedAnswer::lost() << ErrorKind::Network;
        ScriptedAnswer cut = ScriptedAnswer::json(R"({"results":[{"id":"1"}]})");
        cut.end = ScriptedAnswer::End::Drop;
        cut.dropAfter = 5;
        QTest::newRow("answer cut") << cut << ErrorKind::Network;
        QTest::newRow("500") << ScriptedAnswer::json("{}", 500) << ErrorKind::Server;
        QTest::newRow("502") << ScriptedAnswer::text("<html>bad gateway</html>", 502) << ErrorKind::Server;
        QTest::newRow("503 with Retry-After")
            << ScriptedAnswer::json("{}", 503).with("Retry-After", "0") << ErrorKind::Server;
        QTest::newRow("429") << ScriptedAnswer::json(R"({"errorCode":"RATE_LIMITED"})", 429) << ErrorKind::RateLimited;
        QTest::newRow("401 without stale") << digestChallenge("n2") << ErrorKind::Credentials;
        QTest::newRow("200 that is no JSON") << ScriptedAnswer::text("<html>", 200) << ErrorKind::Parse;
    }

    void aPostIsNeverSentAgain()
    {
        QFETCH(ScriptedAnswer, answer);
        QFETCH(ErrorKind, kind);
        ScriptedServer server;
        server.setHandler([answer, ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            return request.method == "POST" ? answer : ready(request);
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        // The kept connection is the case in which Qt by itself would send a lost request again.
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        const auto result = resultOf(transport.post(relativeJobPath, someBody));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        QTest::qWait(100);
        QCOMPARE(countOf(server, "POST"), 1);
    }

    void aPostWithoutABodyIsNotSentAgain()
    {
        ScriptedServer server;
        server.setHandler([ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            return request.method == "POST" ? ScriptedAnswer::lost() : ready(request);
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(!resultOf(transport.post(relativeJobPath + QStringLiteral("/restorableTimeRanges"), {})));
        QTest::qWait(100);
        QCOMPARE(countOf(server, "POST"), 1);
        QCOMPARE(server.requests().back().header("Content-Length"), QByteArray("0"));
    }

    void aStalePostIsSentOnceMore()
    {
        ScriptedServer server;
        server.setHandler([n = std::make_shared<std::atomic<int>>(0),
                           ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            if (request.method != "POST")
                return ready(request);
            return ++*n == 1 ? digestChallenge("n2", true) : ScriptedAnswer::json("{}");
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.post(relativeJobPath, someBody)));
        QCOMPARE(countOf(server, "POST"), 2);
        QCOMPARE(field(server.requests().back(), "nonce"), QByteArray("n2"));
        QCOMPARE(server.requests().back().body, someBody);
    }

    void nothingIsPostedWhenTheProbeFails()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) { return digestChallenge("n"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto answer = resultOf(transport.post(relativeJobPath, "{}"));
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

    void opensTheEnvelope_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status"); ///< that comes out
        QTest::newRow("content") << QByteArray(R"({"status":200,"content":{"id":"x"}})") << 200;
        QTest::newRow("envelope") << QByteArray(R"({"status":200,"envelope":{"id":"x"}})") << 200;
        QTest::newRow("status beside") << QByteArray(R"({"status":200,"id":"x","results":[]})") << 200;
        QTest::newRow("ignored by the server") << QByteArray(R"({"id":"x"})") << 200;
        QTest::newRow("status as text") << QByteArray(R"({"status":"201","content":{"id":"x"}})") << 201;
        QTest::newRow("failure") << QByteArray(R"({"status":404,"content":{"errorCode":"SNAPSHOT_NOT_FOUND"}})") << 404;
        QTest::newRow("failure beside") << QByteArray(R"({"status":404,"errorCode":"SNAPSHOT_NOT_FOUND"})") << 404;
    }

    void opensTheEnvelope()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(body));
        Connection connection = connectionTo(server.url());
        connection.envelope = true;
        ApiTransport transport(connection, key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QCOMPARE(server.requests().at(0).target, QByteArray("/api/public/v1.0/groups?envelope=true"));
        if (status < 300) {
            QVERIFY(answer);
            QCOMPARE(answer->status, status);
            QCOMPARE(answer->content.toObject().value(QLatin1String("id")).toString(), QStringLiteral("x"));
        } else {
            QVERIFY(!answer);
            QCOMPARE(answer.error().apiCode, QStringLiteral("SNAPSHOT_NOT_FOUND"));
            QCOMPARE(answer.error().httpStatus, status);
        }
    }

    void keepsAStatusFieldThatIsNoEnvelope()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"status":404,"content":{}})"));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
    }

    void refusesAnEndlessBody()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer endless = ScriptedAnswer::json({});
            endless.generator = [](qint64, qint64 length) { return QByteArray(static_cast<qsizetype>(length), 'x'); };
            endless.size = std::numeric_limits<qint64>::max() / 2;
            endless.framing = ScriptedAnswer::Framing::Chunked;
            return endless;
        });
        ApiTransport::Policy policy = fast();
        policy.bodyBytes = 4 * 1024 * 1024;
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, policy);
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Parse);
        QCOMPARE(server.requestCount(), 1);
    }

    void givesUpOnSilence()
    {
        ScriptedServer server;
        ScriptedAnswer silent = ScriptedAnswer::json(R"({"a":"b"})");
        silent.end = ScriptedAnswer::End::Stall;
        silent.dropAfter = 3;
        server.setHandler([silent](const RecordedRequest &) { return silent; });
        Connection connection = connectionTo(server.url());
        connection.timeout = 1s;
        ApiTransport::Policy policy = fast();
        policy.attempts = 1;
        ApiTransport transport(connection, key(), m_clock, policy);
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Network);
        QCOMPARE(answer.error().httpStatus, 0);
        QVERIFY(answer.error().sentence.contains(QLatin1String("in time")));
    }

    void saysWhatIsNoJson_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::newRow("a page") << ScriptedAnswer::text("<html>hotel login</html>", 200, "text/html");
        QTest::newRow("nothing") << ScriptedAnswer::json({});
        QTest::newRow("cut JSON") << ScriptedAnswer::json(R"({"results":[)");
    }

    void saysWhatIsNoJson()
    {
        QFETCH(ScriptedAnswer, answer);
        ScriptedServer server;
        server.enqueue(answer);
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto result = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Parse);
        QCOMPARE(result.error().httpStatus, 200);
    }

    void readsLatin1ErrorDocuments()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json("{\"detail\":\"Gr\xfc\xdf\",\"errorCode\":\"NEW_CODE\"}", 400));
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto result = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!result);
        QCOMPARE(result.error().apiCode, QStringLiteral("NEW_CODE"));
        QVERIFY(result.error().sentence.contains(QStringLiteral(u"Gr\u00fc\u00df")));
    }

    void learnsAboutTheServer()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            return ScriptedAnswer::json("{}")
                .with("X-MongoDB-Service-Version", "gitHash=abc; versionString=8.0.4.500.20250101T0000Z")
                .with("Date", "Tue, 24 Nov 2026 07:00:00 GMT");
        });
        class FixedClock final : public Clock
        {
        public:
            QDateTime now() const override { return QDateTime(QDate(2026, 11, 24), QTime(6, 59), Qt::UTC); }
        } clock;
        ApiTransport transport(connectionTo(server.url()), key(), clock, fast());
        QSignalSpy changes(&transport, &ApiTransport::serverInfoChanged);
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QCOMPARE(transport.serverInfo().version, QStringLiteral("8.0.4.500.20250101T0000Z"));
        QCOMPARE(transport.serverInfo().clockOffset, 60500ms);
        QCOMPARE(changes.size(), 1);
    }

    void sendsNothingOverPlainHttp()
    {
        Connection connection = connectionTo(QUrl(QStringLiteral("http://opsmanager.example.net:8080")));
        ApiTransport transport(connection, key(), m_clock, fast());
        const auto answer = resultOf(transport.get(QStringLiteral("groups")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Refused);
        QVERIFY(answer.error().sentence.contains(QLatin1String("Plain HTTP")));
    }

    void keepsNoCookies()
    {
        ScriptedServer server;
        server.setHandler(
            [](const RecordedRequest &) { return ScriptedAnswer::json("{}").with("Set-Cookie", "session=1"); });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
        QVERIFY(!server.everythingReceived().contains("Cookie"));
    }

    void closingEndsWhatIsUnderWay()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer slow = ScriptedAnswer::json("{}");
            slow.delay = 10s;
            return slow;
        });
        ApiTransport transport(connectionTo(server.url()), key(), m_clock, fast());
        const auto first = transport.get(QStringLiteral("groups"));
        const auto second = transport.get(QStringLiteral("clusters"));
        QTRY_COMPARE(server.requestCount(), 1);
        QVERIFY(resultOf(transport.close()));
        QCOMPARE(resultOf(first, 1s).error().kind, ErrorKind::Cancelled);
        QCOMPARE(resultOf(second, 1s).error().kind, ErrorKind::Cancelled);
        QCOMPARE(resultOf(transport.get(QStringLiteral("groups")), 1s).error().kind, ErrorKind::Cancelled);
    }

    void deletingEndsWhatIsUnderWay()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            ScriptedAnswer slow = ScriptedAnswer::json("{}");
            slow.delay = 10s;
            return slow;
        });
        auto transport = std::make_unique<ApiTransport>(connectionTo(server.url()), key(), m_clock, fast());
        const auto call = transport->get(QStringLiteral("groups"));
        QTRY_COMPARE(server.requestCount(), 1);
        transport.reset();
        QCOMPARE(resultOf(call, 1s).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(ApiWireTest)
#include "api_wire_test.moc"
