#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace tidemark {

/// What went wrong, by who can do something about it. Which kind an API error is, and its sentence, is decided in one
/// place: cloud/api_error.h.
enum class ErrorKind {
    Network,     ///< no answer: name, connection, time limit, connection lost
    Tls,         ///< the server's certificate or the TLS handshake
    Proxy,       ///< the proxy refused or wants credentials
    Credentials, ///< 401 without an API error code: wrong key, secret or expired token
    Permission,  ///< the key is right but may not do this (401 or 403 with an API error code, access lists)
    RateLimited, ///< 429
    NotFound,    ///< 404
    Conflict,    ///< 409
    Refused,     ///< other 4xx: the request was understood and refused
    Server,      ///< 5xx
    Parse,       ///< the answer is not what the API documents
    Disk,        ///< local file, folder, space
    Hash,        ///< bytes differ from the published hash
    LinkExpired, ///< the download link's time is over
    LinkUsedUp,  ///< the download link was used as often as allowed
    Cancelled,   ///< the person ended it
    Uncertain,   ///< a POST got no answer and the job list could not settle whether it was carried out
    Internal
};

/// A failure as a value. `sentence` says what happened and `hint` what a DBA can do about it; both are complete
/// sentences without a secret in them. Never thrown.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    int httpStatus = 0; ///< 0 when there was no HTTP answer
    QString apiCode{};  ///< `errorCode` of the API's error document, verbatim; empty when there was none
    QString sentence{};
    QString hint{};                          ///< may be empty
    bool retryable = false;                  ///< the same request may succeed later without anyone changing anything
    std::chrono::milliseconds retryAfter{0}; ///< from Retry-After; 0 when the server named none
    QStringList parameters{};                ///< of the API's error document, for example the caller's address

    bool operator==(const Error &) const = default;
};

} // namespace tidemark
