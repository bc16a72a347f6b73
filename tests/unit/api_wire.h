#pragma once

#include "base/clock.h"
#include "cloud/api_transport.h"
#include "cloud/digest_auth.h"
#include "support/scripted_server.h"
#include "support/waiting.h"

#include <QJsonObject>

/// What the tests of ApiTransport on real sockets share.
namespace tidemark::test {

using namespace std::chrono_literals;

inline const QByteArray publicKey = "pubkey01";
inline const QByteArray privateKey = "very-secret-private-key";
inline const QByteArray clientSecret = "mdb_sa_sk_very-secret";

inline Connection connectionTo(const QUrl &baseUrl)
{
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = baseUrl;
    connection.userName = QString::fromLatin1(publicKey);
    connection.timeout = 5s;
    return connection;
}

inline Credentials key()
{
    return {Secret(privateKey), {}};
}

inline ApiTransport::Policy fast()
{
    ApiTransport::Policy policy;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

inline QByteArray field(const RecordedRequest &request, const QByteArray &name)
{
    const auto challenges = digest::parseChallenges(request.header("Authorization"));
    return challenges.empty() ? QByteArray() : challenges.front().parameter(name).value_or(QByteArray());
}

inline ScriptedAnswer challenge(const QByteArray &header)
{
    return ScriptedAnswer::json("{}", 401).with("WWW-Authenticate", header);
}

inline ScriptedAnswer digestChallenge(const QByteArray &nonce, bool stale = false)
{
    return challenge(R"(Digest realm="MMS Public API", domain="", nonce=")" + nonce +
                     R"(", algorithm=MD5, qop="auth", stale=)" + (stale ? "true" : "false"));
}

/// As a server does: a challenge to who brings no answer or one of an unknown nonce, else `content`. The response
/// itself is checked too.
inline ScriptedServer::Handler digestServer(const QByteArray &nonce, const QByteArray &content,
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

inline const QByteArray someBody = R"({"a":1})";
inline const QByteArray jobPath = "/api/public/v1.0/groups/G/clusters/C/restoreJobs";
inline const QString relativeJobPath = QStringLiteral("groups/G/clusters/C/restoreJobs");

inline int countOf(const ScriptedServer &server, const QByteArray &method)
{
    int count = 0;
    for (const RecordedRequest &request : server.requests())
        count += request.method == method ? 1 : 0;
    return count;
}

} // namespace tidemark::test
