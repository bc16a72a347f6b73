#pragma once

#include "cloud/api_transport.h"
#include "support/scripted_server.h"

#include <QDateTime>

#include <atomic>

/// What the tests of a service account's tokens share: a server that gives them out, and what it saw.
namespace tidemark::test {

inline const QByteArray clientId = "mdb_sa_id_1234";
inline const QByteArray clientSecret = "mdb_sa_sk_very:secret";
/// Encoded as in a form first: RFC 6749 section 2.3.1.
inline const QByteArray basicHeader = "Basic " + (clientId + ":mdb_sa_sk_very%3Asecret").toBase64();
inline const QByteArray tokenPath = "/api/oauth/token";
inline const QByteArray revokePath = "/api/oauth/revoke";
inline const QString groups = QStringLiteral("groups");

inline Connection connectionTo(const QUrl &baseUrl)
{
    Connection connection;
    connection.baseUrl = baseUrl;
    connection.authentication = Authentication::ServiceAccount;
    connection.userName = QString::fromLatin1(clientId);
    connection.timeout = std::chrono::seconds(5);
    return connection;
}

inline Credentials secret()
{
    return {Secret(clientSecret), {}};
}

inline ApiTransport::Policy fast(int attempts = 4)
{
    ApiTransport::Policy policy;
    policy.attempts = attempts;
    policy.firstPause = std::chrono::milliseconds(5);
    policy.longestPause = std::chrono::milliseconds(20);
    return policy;
}

inline ScriptedAnswer tokenAnswer(const QByteArray &token, int life = 3600)
{
    return ScriptedAnswer::json(R"({"access_token":")" + token + R"(","expires_in":)" + QByteArray::number(life) +
                                R"(,"token_type":"Bearer"})");
}

inline ScriptedAnswer tokenError(int status, const QByteArray &code, const QByteArray &description)
{
    return ScriptedAnswer::json(R"({"error":")" + code + R"(","error_description":")" + description + R"("})", status);
}

inline ScriptedAnswer invalidToken(const QByteArray &body = R"({"detail":"You are not authorized.","error":401})")
{
    return ScriptedAnswer::json(body, 401).with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
}

inline int countOf(const ScriptedServer &server, const QByteArray &path)
{
    int count = 0;
    for (const RecordedRequest &request : server.requests())
        count += request.path() == path ? 1 : 0;
    return count;
}

/// Which tokens were brought to the API, in order.
inline QList<QByteArray> tokensSeen(const ScriptedServer &server)
{
    QList<QByteArray> tokens;
    for (const RecordedRequest &request : server.requests()) {
        if (request.path().startsWith("/api/public/"))
            tokens << request.header("Authorization").mid(int(qstrlen("Bearer ")));
    }
    return tokens;
}

/// Gives out t1, t2, …; the API takes what `takes` says.
struct TokenServer
{
    ScriptedServer server;
    std::atomic<int> given{0};
    std::atomic<int> life{3600};
    std::function<bool(const QByteArray &token)> takes = [](const QByteArray &) { return true; };

    TokenServer()
    {
        server.setHandler([this](const RecordedRequest &request) {
            if (request.path() == tokenPath)
                return tokenAnswer("t" + QByteArray::number(++given), life);
            if (request.path() == revokePath)
                return ScriptedAnswer::text({});
            const QByteArray header = request.header("Authorization");
            return header.startsWith("Bearer t") && takes(header.mid(7)) ? ScriptedAnswer::json("{}") : invalidToken();
        });
    }
};

} // namespace tidemark::test
