#pragma once

#include "base/secret.h"

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

/// HTTP Digest access authentication as pure functions: RFC 7616 (MD5, SHA-256 and their -sess forms, qop=auth) and the
/// RFC 2069 form for challenges without qop. The API's documentation prints `op="auth"` in its challenge: that is no
/// qop, so it is answered in the RFC 2069 form.
namespace tidemark::digest {

enum class Algorithm { Md5, Md5Sess, Sha256, Sha256Sess };

/// One challenge of a WWW-Authenticate header: scheme and parameters (names in lower case, values unquoted).
struct Challenge
{
    QByteArray scheme; ///< in lower case
    std::vector<std::pair<QByteArray, QByteArray>> parameters;

    std::optional<QByteArray> parameter(const QByteArray &name) const;
    bool operator==(const Challenge &) const = default;
};

/// All challenges of a WWW-Authenticate header; several headers are joined by ", " as Qt does. What cannot be
/// understood is passed over.
std::vector<Challenge> parseChallenges(const QByteArray &header);

/// A Digest challenge that can be answered.
struct DigestChallenge
{
    QByteArray realm;
    QByteArray nonce;
    std::optional<QByteArray> opaque;
    Algorithm algorithm = Algorithm::Md5;
    QByteArray algorithmName; ///< as the server spelled it; empty when it named none
    bool qopAuth = false;
    bool stale = false;
    bool userhash = false;
    bool utf8 = false;

    bool operator==(const DigestChallenge &) const = default;
};

/// The strongest of the Digest challenges: SHA-256 before MD5, with qop before without, else the server's order.
/// nullopt when there is none that can be answered; Basic never is one.
std::optional<DigestChallenge> strongestDigest(const std::vector<Challenge> &challenges);

struct Answer
{
    QByteArray user;
    QByteArray method;
    QByteArray uri; ///< request target as it goes over the wire: path and query
    quint32 nonceCount = 1;
    QByteArray clientNonce;
};

/// The value of the Authorization header.
QByteArray authorization(const DigestChallenge &challenge, const Answer &answer, const Secret &password);

} // namespace tidemark::digest
