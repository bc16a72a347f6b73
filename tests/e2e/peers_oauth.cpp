#include "cloud/api_transport.h"
#include "cloud/farewells.h"
#include "cloud/oauth_session.h"
#include "e2e/peers_tests.h"
#include "support/waiting.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

namespace tidemark::test {

namespace {

// Characters that a form encodes: RFC 6749 section 2.3.1 wants them encoded before Basic does.
const QString account = QStringLiteral("mdb_sa_id_5ff5a1b2");
const QString accountSecret = QStringLiteral("mdb_sa_sk_a:b+c%d e/f&g");

Connection serviceAccount(const QString &baseUrl, const QString &user = account)
{
    Connection connection = connectionTo(baseUrl, user);
    connection.authentication = Authentication::ServiceAccount;
    return connection;
}

qsizetype count(const QStringList &log, const char *line)
{
    return log.count(QLatin1String(line));
}

} // namespace

void PeersOAuthTest::signsIn_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("passes");
    QTest::newRow("right secret") << account << accountSecret << true;
    QTest::newRow("wrong secret") << account << QStringLiteral("mdb_sa_sk_wrong") << false;
    QTest::newRow("unknown client") << QStringLiteral("mdb_sa_id_unknown") << accountSecret << false;
}

void PeersOAuthTest::signsIn()
{
    QFETCH(QString, user);
    QFETCH(QString, secret);
    QFETCH(bool, passes);
    peers::OAuthServer server(account, accountSecret);
    QVERIFY2(server.start(), server.peer().output().constData());
    const Projects outcome = readProjects(serviceAccount(server.baseUrl(), user), {Secret(secret), {}});
    record(QString::fromLatin1(QTest::currentDataTag()), outcomeText(outcome));
    const Expected expected = passes ? Expected::projects() : Expected{ErrorKind::Credentials, {}};
    QCOMPARE(objectionTo(outcome, expected), QString());
    QTRY_VERIFY(Farewells::instance().isEmpty());
    QCOMPARE(count(server.log(), "POST /api/oauth/token 200"), passes ? 1 : 0);
    QCOMPARE(count(server.log(), "POST /api/oauth/token 401"), passes ? 0 : 1);
    QCOMPARE(count(server.log(), "POST /api/oauth/revoke 200"), passes ? 1 : 0);
}

void PeersOAuthTest::parallelCallsShareOneToken()
{
    peers::OAuthServer server(account, accountSecret);
    QVERIFY2(server.start(), server.peer().output().constData());
    const SystemClock clock;
    {
        ApiTransport transport(serviceAccount(server.baseUrl()), {Secret(accountSecret), {}}, clock, {});
        std::vector<Async<ApiAnswer>> calls;
        for (int i = 0; i < 20; ++i)
            calls.push_back(transport.get(QStringLiteral("groups")));
        for (const auto &call : calls) {
            const auto answer = resultOf(call);
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().sentence));
        }
    }
    QTRY_VERIFY(Farewells::instance().isEmpty());
    const QStringList log = server.log();
    QCOMPARE(count(log, "POST /api/oauth/token 200"), 1);
    QCOMPARE(count(log, "GET /api/public/v1.0/groups 200"), 20);
    QCOMPARE(count(log, "POST /api/oauth/revoke 200"), 1);
    record(QStringLiteral("20 calls at once"), QStringLiteral("one token, given back once at the end"));
}

void PeersOAuthTest::aTokenEnds()
{
    constexpr int life = 5; // seconds; a crowded machine may take two for one call
    peers::OAuthServer server(account, accountSecret, life);
    QVERIFY2(server.start(), server.peer().output().constData());
    const SystemClock clock;
    {
        ApiTransport transport(serviceAccount(server.baseUrl()), {Secret(accountSecret), {}}, clock, {});
        for (int round = 0; round < 3; ++round) {
            const auto answer = resultOf(transport.get(QStringLiteral("groups")));
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().sentence));
            if (round < 2)
                QTest::qWait(life * 1000 + 100);
        }
    }
    QTRY_VERIFY(Farewells::instance().isEmpty());
    const QStringList log = server.log();
    // A crowded machine may take a token past its end on the way: then it is renewed once more.
    const auto tokens = count(log, "POST /api/oauth/token 200");
    QVERIFY(tokens >= 3);
    QVERIFY2(count(log, "GET /api/public/v1.0/groups 200") == 3, qPrintable(log.join(QLatin1Char('\n'))));
    QVERIFY(count(log, "GET /api/public/v1.0/groups 401") <= tokens - 3);
    record(QStringLiteral("token life of 5 s"), QStringLiteral("renewed before each call, none refused"));
}

/// The server's word that what was given back is worth nothing: without it, revoking might be a request like any other.
void PeersOAuthTest::aTokenGivenBackIsWorthNothing()
{
    peers::OAuthServer server(account, accountSecret);
    QVERIFY2(server.start(), server.peer().output().constData());
    QNetworkAccessManager manager;
    const SystemClock clock;
    const Connection connection = serviceAccount(server.baseUrl());
    OAuthSession session(std::make_unique<QNetworkAccessManager>(), {}, connection, Secret(accountSecret), clock);
    const QUrl groups(server.baseUrl() + QStringLiteral("/api/public/v1.0/groups"));
    const auto grant = resultOf(session.grant({"GET", groups}));
    QVERIFY2(grant, grant ? "" : qPrintable(grant.error().sentence));
    const auto statusWithToken = [&] {
        QNetworkRequest request(groups);
        request.setRawHeader("Authorization", grant->authorization);
        const std::unique_ptr<QNetworkReply> reply(manager.get(request));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait();
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    };
    QCOMPARE(statusWithToken(), 200);
    const auto closed = resultOf(session.close());
    QVERIFY(closed && *closed);
    QCOMPARE(statusWithToken(), 401);
    record(QStringLiteral("token given back"), QStringLiteral("the server refuses it from then on"));
}

} // namespace tidemark::test
