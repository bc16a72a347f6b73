#include "cloud/farewells.h"
#include "e2e/token_server.h"
#include "support/fixed_clock.h"
#include "support/waiting.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

#define REQUIRE(expression)                                                                                            \
    do {                                                                                                               \
        const auto required = (expression);                                                                            \
        QVERIFY2(required.has_value(), required ? "" : qPrintable(required.error().sentence));                         \
    } while (false)

/// Where tokens do not go, and how they end.
class OAuthEndsTest : public QObject
{
    Q_OBJECT

private:
    FixedClock m_clock{QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC)};

private Q_SLOTS:
    void goesToNoOtherOrigin_data()
    {
        QTest::addColumn<QByteArray>("from"); ///< which request is redirected
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308}) {
            QTest::addRow("token request, %d", status) << tokenPath << status;
            QTest::addRow("call, %d", status) << QByteArray("/api/public/v1.0/groups") << status;
        }
    }

    void goesToNoOtherOrigin()
    {
        QFETCH(QByteArray, from);
        QFETCH(int, status);
        ScriptedServer other;
        other.setHandler([](const RecordedRequest &) { return tokenAnswer("stolen"); });
        ScriptedServer server;
        const QByteArray target = other.url(QStringLiteral("/catch")).toEncoded();
        server.setHandler([=](const RecordedRequest &request) {
            if (request.path() == from)
                return ScriptedAnswer::json("{}", status).with("Location", target);
            return request.path() == tokenPath ? tokenAnswer("t1") : ScriptedAnswer::json("{}");
        });
        ApiTransport transport(connectionTo(server.url()), secret(), m_clock, fast());
        const auto answer = resultOf(transport.get(groups));
        QVERIFY(!answer);
        // Qt keeps the target of a 307 or 308 to a POST to itself, since these ask for the body once more.
        const bool isTold = from != tokenPath || status < 307;
        QCOMPARE(answer.error().kind, isTold ? ErrorKind::Refused : ErrorKind::Network);
        QVERIFY2(answer.error().sentence.contains(isTold ? QLatin1String("/catch") : QLatin1String("redirects")),
                 qPrintable(answer.error().sentence));
        QCOMPARE(other.connectionCount(), 0);
    }

    void keepsTheTokenWithinTheOrigin()
    {
        TokenServer cloud;
        cloud.server.enqueue(tokenAnswer("t1"));
        cloud.server.enqueue(ScriptedAnswer::json("{}", 302).with("Location", "/api/public/v1.0/elsewhere"));
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        QCOMPARE(tokensSeen(cloud.server), (QList<QByteArray>{"t1", "t1"}));
        // The same machine under another name is another origin.
        cloud.server.enqueue(
            ScriptedAnswer::json("{}", 302).with("Location", cloud.server.urlByName(QStringLiteral("/x")).toEncoded()));
        QVERIFY(!resultOf(transport.get(groups)));
        QCOMPARE(countOf(cloud.server, "/x"), 0);
    }

    void neverAnswersADigestOrBasicChallenge()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        for (const char *challenge :
             {R"(Basic realm="x")", R"(Digest realm="x", nonce="n", qop="auth", algorithm=MD5)"}) {
            cloud.server.clearRequests();
            cloud.server.setHandler([challenge](const RecordedRequest &request) {
                return request.path() == tokenPath
                           ? tokenAnswer("t1")
                           : ScriptedAnswer::json("{}", 401).with("WWW-Authenticate", challenge);
            });
            QVERIFY(!resultOf(transport.get(groups)));
            int challenged = 0;
            for (const RecordedRequest &request : cloud.server.requests()) {
                if (request.path() == tokenPath)
                    continue;
                ++challenged;
                QVERIFY(request.header("Authorization").startsWith("Bearer "));
            }
            QVERIFY(challenged > 0);
        }
    }

    void givesTheTokenBack()
    {
        TokenServer cloud;
        ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
        REQUIRE(resultOf(transport.get(groups)));
        const auto closed = resultOf(transport.close());
        REQUIRE(closed);
        QVERIFY(*closed);
        const RecordedRequest request = cloud.server.requests().back();
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.target, revokePath);
        QCOMPARE(request.header("Authorization"), basicHeader);
        QCOMPARE(request.body, QByteArray("token=t1&token_type_hint=access_token"));
    }

    /// A client that simply goes, as when another connection is opened, gives its token back too.
    void givesTheTokenBackWhenDeleted()
    {
        TokenServer cloud;
        {
            ApiTransport transport(connectionTo(cloud.server.url()), secret(), m_clock, fast());
            REQUIRE(resultOf(transport.get(groups)));
        }
        QTRY_VERIFY(Farewells::instance().isEmpty());
        QCOMPARE(countOf(cloud.server, revokePath), 1);
    }

    void givesATokenBackThatWasStillOnItsWay()
    {
        ScriptedServer server;
        ScriptedAnswer late = tokenAnswer("late");
        late.delay = 300ms;
        server.enqueue(late);
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::text({}); });
        {
            ApiTransport transport(connectionTo(server.url()), secret(), m_clock, fast());
            const auto call = transport.get(groups);
            QTRY_COMPARE(countOf(server, tokenPath), 1);
        }
        QVERIFY(!Farewells::instance().isEmpty());
        QTRY_VERIFY(Farewells::instance().isEmpty());
        QCOMPARE(countOf(server, revokePath), 1);
        QCOMPARE(server.requests().back().body, QByteArray("token=late&token_type_hint=access_token"));
    }

    void endsWhereNobodyTakesTheTokenBack()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            if (request.path() == tokenPath)
                return tokenAnswer("t1");
            ScriptedAnswer answer = ScriptedAnswer::json("{}");
            if (request.path() == revokePath)
                answer.delay = 60s;
            return answer;
        });
        {
            ApiTransport transport(connectionTo(server.url()), secret(), m_clock, fast());
            REQUIRE(resultOf(transport.get(groups)));
        }
        QTRY_VERIFY_WITH_TIMEOUT(Farewells::instance().isEmpty(), 5000);
    }
};

QTEST_GUILESS_MAIN(OAuthEndsTest)
#include "oauth_ends_test.moc"
