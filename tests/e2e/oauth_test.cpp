#include "cloud/cloud_client.h"
#include "e2e/token_server.h"
#include "support/demo_cloud.h"
#include "support/fixed_clock.h"
#include "support/waiting.h"

#include <QElapsedTimer>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

#define REQUIRE(expression)                                                                                            \
    do {                                                                                                               \
        const auto required = (expression);                                                                            \
        QVERIFY2(required.has_value(), required ? "" : qPrintable(required.error().sentence));                         \
    } while (false)

/// Client credentials over real sockets, with a server that counts and misbehaves, and with the stand-in.
class OAuthTest : public QObject
{
    Q_OBJECT

private:
    FixedClock m_clock{QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC)};

private Q_SLOTS:
    void asksAsDocumented()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        const auto requests = cloud.server.requests();
        QCOMPARE(requests.size(), size_t(2));
        QCOMPARE(requests[0].method, QByteArray("POST"));
        QCOMPARE(requests[0].target, tokenPath);
        QCOMPARE(requests[0].header("Authorization"), basicHeader);
        QCOMPARE(requests[0].header("Content-Type"), QByteArray("application/x-www-form-urlencoded"));
        QCOMPARE(requests[0].header("Accept"), QByteArray("application/json"));
        QCOMPARE(requests[0].header("Cache-Control"), QByteArray("no-cache"));
        QCOMPARE(requests[0].body, QByteArray("grant_type=client_credentials"));
        QCOMPARE(requests[1].header("Authorization"), QByteArray("Bearer t1"));
    }

    void oneTokenForAllThatWait()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 20; ++i)
            calls.push_back(transport.get(groups));
        for (const auto &call : calls)
            REQUIRE(resultOf(call));
        QCOMPARE(countOf(cloud.server, tokenPath), 1);
        QCOMPARE(tokensSeen(cloud.server).size(), 20);
        m_clock.set(m_clock.now().addSecs(3000)); // of 3600
        REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(countOf(cloud.server, tokenPath), 1);
    }

    void renewedBeforeItEnds()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        m_clock.set(m_clock.now().addSecs(3600 - 60));
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 20; ++i)
            calls.push_back(transport.get(groups));
        for (const auto &call : calls)
            REQUIRE(resultOf(call));
        QCOMPARE(countOf(cloud.server, tokenPath), 2);
        QCOMPARE(tokensSeen(cloud.server).count("t2"), 20);
    }

    /// A token that still serves is used while a new one cannot be had, and that is not tried with every call.
    void outlivesAFailedRenewal()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        m_clock.set(m_clock.now().addSecs(3600 - 60));
        cloud.server.enqueue(tokenError(500, "server_error", "later"));
        for (int i = 0; i < 5; ++i)
            REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(countOf(cloud.server, tokenPath), 2);
        QCOMPARE(tokensSeen(cloud.server), QList<QByteArray>(6, "t1"));
        m_clock.set(m_clock.now().addSecs(30));
        REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(tokensSeen(cloud.server).last(), QByteArray("t2"));
    }

    void atMostTenTokensAMinute()
    {
        TokenServer cloud;
        cloud.life = 1;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        for (int i = 0; i < 10; ++i) {
            REQUIRE(resultOf(transport.get(groups)));
            m_clock.set(m_clock.now().addMSecs(5900));
        }
        QCOMPARE(countOf(cloud.server, tokenPath), 10);
        // 59 seconds after the first: the eleventh has to wait for one more.
        QElapsedTimer waited;
        waited.start();
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(transport.get(groups));
        for (const auto &call : calls)
            REQUIRE(resultOf(call));
        QVERIFY2(waited.elapsed() > 700, qPrintable(QString::number(waited.elapsed())));
        QCOMPARE(countOf(cloud.server, tokenPath), 11);
    }

    void allClientsOfOneAccountCountTogether()
    {
        TokenServer cloud;
        // As a connection that is open, tested, and read for a download at the same time.
        for (int i = 0; i < 10; ++i) {
            ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
            REQUIRE(resultOf(transport.get(groups)));
        }
        QCOMPARE(countOf(cloud.server, tokenPath), 10);
        m_clock.set(m_clock.now().addMSecs(59200));
        ApiTransport eleventh(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        QElapsedTimer waited;
        waited.start();
        REQUIRE(resultOf(eleventh.get(groups)));
        QVERIFY2(waited.elapsed() > 500, qPrintable(QString::number(waited.elapsed())));
        QCOMPARE(countOf(cloud.server, tokenPath), 11);
    }

    void wordsTheErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const auto row = [](int status, const char *code, ErrorKind kind, const char *words) {
            QTest::newRow(code) << status << QByteArray(code) << kind << QString::fromLatin1(words);
        };
        row(401, "invalid_client", ErrorKind::Credentials, "client id or secret is wrong");
        row(400, "invalid_request", ErrorKind::Refused, "did not accept the request for a token");
        row(400, "unsupported_grant_type", ErrorKind::Refused, "does not offer client credentials");
        row(400, "invalid_grant", ErrorKind::Credentials, "did not grant a token");
        row(403, "access_denied", ErrorKind::Permission, "may not ask for a token from here");
        row(429, "rate_limited", ErrorKind::RateLimited, "ten a minute are allowed");
        row(500, "server_error", ErrorKind::Server, "unexpected error while making a token");
        row(400, "quite_new_error", ErrorKind::Refused, "quite_new_error");
    }

    void wordsTheErrors()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        ScriptedServer server;
        server.setHandler([=](const RecordedRequest &) { return tokenError(status, code, "The server's own words."); });
        ApiTransport transport(connectionTo(server.url()), secret(), m_clock, fast(1));
        const auto answer = resultOf(transport.get(groups));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, kind);
        QCOMPARE(answer.error().httpStatus, status);
        QCOMPARE(answer.error().apiCode, QString::fromLatin1(code));
        QVERIFY2(answer.error().sentence.contains(words), qPrintable(answer.error().sentence));
        QVERIFY(!answer.error().sentence.contains(QString::fromLatin1(clientSecret)));
        QCOMPARE(server.requestCount(), countOf(server, tokenPath)); // the API was not asked
    }

    /// Who is refused is not asked for again by every call that waits.
    void aRefusalIsRemembered_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("wrong secret") << 401 << QByteArray("invalid_client");
        QTest::newRow("too many") << 429 << QByteArray("rate_limited");
    }

    void aRefusalIsRemembered()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        ScriptedServer server;
        server.setHandler([=](const RecordedRequest &) { return tokenError(status, code, "no"); });
        ApiTransport transport(connectionTo(server.url()), secret(), m_clock, fast(1));
        for (int i = 0; i < 5; ++i)
            QVERIFY(!resultOf(transport.get(groups)));
        QCOMPARE(countOf(server, tokenPath), 1);
        m_clock.set(m_clock.now().addSecs(20));
        QVERIFY(!resultOf(transport.get(groups)));
        QCOMPARE(countOf(server, tokenPath), 2);
    }

    void waitsAsLongAsTheServerAsks()
    {
        TokenServer cloud;
        cloud.server.enqueue(tokenError(429, "rate_limited", "slowly").with("Retry-After", "40"));
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast(1));
        const auto first = resultOf(transport.get(groups));
        QVERIFY(!first);
        QCOMPARE(first.error().retryAfter, 40s);
        m_clock.set(m_clock.now().addSecs(30));
        const auto second = resultOf(transport.get(groups));
        QVERIFY(!second);
        QCOMPARE(second.error().retryAfter, 10s); // what is left of it
        QCOMPARE(countOf(cloud.server, tokenPath), 1);
        m_clock.set(m_clock.now().addSecs(11));
        REQUIRE(resultOf(transport.get(groups)));
    }

    /// A token may end before its time: revoked elsewhere, or the server was restarted.
    void aTokenThatEndedEarlyIsRenewedOnce_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no code") << QByteArray(R"({"detail":"You are not authorized.","error":401})");
        QTest::newRow("with a code") << QByteArray(R"({"detail":"No.","error":401,"errorCode":"USER_UNAUTHORIZED"})");
        QTest::newRow("not JSON") << QByteArray("<html>");
    }

    void aTokenThatEndedEarlyIsRenewedOnce()
    {
        QFETCH(QByteArray, body);
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        cloud.server.enqueue(invalidToken(body));
        REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(tokensSeen(cloud.server), (QList<QByteArray>{"t1", "t1", "t2"}));
        QCOMPARE(countOf(cloud.server, tokenPath), 2);
    }

    void aTokenThatIsNeverTakenMakesNoLoop()
    {
        TokenServer cloud;
        cloud.takes = [](const QByteArray &token) { return token == "t1"; };
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        cloud.takes = [](const QByteArray &) { return false; };
        for (int i = 0; i < 2; ++i) {
            const auto answer = resultOf(transport.get(groups));
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::Credentials);
        }
        // t1, once renewed; then a new one for the next call, and no second try with that.
        QVERIFY2(countOf(cloud.server, tokenPath) <= 3, qPrintable(QString::number(countOf(cloud.server, tokenPath))));
        QVERIFY(tokensSeen(cloud.server).size() <= 4);
    }

    void missingRightsAreNoReasonForANewToken()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        cloud.server.enqueue(
            ScriptedAnswer::json(R"({"detail":"Not in this group.","error":401,"errorCode":"NOT_IN_GROUP"})", 401));
        const auto answer = resultOf(transport.get(groups));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Permission);
        REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(countOf(cloud.server, tokenPath), 1);
    }

    /// invalid_token proves that it was not carried out.
    void aRefusedPostIsSentOnceMore()
    {
        const QString jobs = QStringLiteral("groups/G/clusters/C/restoreJobs");
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        cloud.server.enqueue(invalidToken());
        REQUIRE(resultOf(transport.change("POST", jobs, {}, "{}")));
        QCOMPARE(countOf(cloud.server, tokenPath), 2);
        QCOMPARE(countOf(cloud.server, "/api/public/v1.0/groups/G/clusters/C/restoreJobs"), 2);

        cloud.takes = [](const QByteArray &) { return false; };
        QVERIFY(!resultOf(transport.change("POST", jobs, {}, "{}")));
        QCOMPARE(countOf(cloud.server, "/api/public/v1.0/groups/G/clusters/C/restoreJobs"), 4);
    }

    void theStandInAgrees()
    {
        const DemoCloud cloud({QStringLiteral("--control"), QStringLiteral("--token-life"), QStringLiteral("2")});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        const SystemClock clock;
        Connection connection = connectionTo(cloud.baseUrl());
        connection.userName = cloud.clientId();
        CloudClient client(connection, {Secret(cloud.clientSecret()), {}}, clock);
        for (int round = 0; round < 3; ++round) {
            std::vector<Async<std::vector<Project>>> calls;
            for (int i = 0; i < 20; ++i)
                calls.push_back(client.projects());
            for (const auto &call : calls)
                REQUIRE(resultOf(call));
            QTest::qWait(1100);
        }
        const auto closed = resultOf(client.close());
        REQUIRE(closed);
        QVERIFY(*closed);
    }
};

QTEST_GUILESS_MAIN(OAuthTest)
#include "oauth_test.moc"
