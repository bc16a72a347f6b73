#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkReply>

/// Answers that are failures → Error, with a sentence and a hint that a DBA can act on. The table of the API's error
/// codes is error_codes.cpp; a code that is not in it is shown verbatim with what the server said.
namespace tidemark {

/// For an answer with a status outside 200–299. The body is an error document as documented under "Errors"
/// ({detail, error, errorCode, parameters, reason}), or anything else a proxy may put there, or empty.
Error errorFromAnswer(int httpStatus, const QByteArray &body, std::chrono::milliseconds retryAfter = {});

/// The same for the token endpoint, whose documents have OAuth's shape ({error, error_description}).
Error errorFromTokenAnswer(int httpStatus, const QByteArray &body, std::chrono::milliseconds retryAfter = {});

/// For a request without an answer. `server` is named in the sentence; `detail` is Qt's own text, shown where there is
/// nothing better to say. `proxy` is the proxy between, if there is one: then it may be what cannot be reached.
Error errorFromNetwork(QNetworkReply::NetworkError code, const QString &server, const QString &detail,
                       const QString &proxy = {});

/// The answer came but is not what is documented.
Error unexpectedAnswer(const QString &what);

/// The server redirected an API call to somewhere else; nothing was sent there.
Error refusedRedirect(const QString &target);

/// The caller's address as the server saw it, for the errors about API access lists; else empty.
QString callerAddress(const Error &error);

/// Retry-After: seconds or an HTTP date. 0 when it is missing, unreadable or past; never more than an hour.
std::chrono::milliseconds retryAfterOf(const QByteArray &header, const QDateTime &now);

/// An HTTP date (IMF-fixdate, RFC 850 or asctime, RFC 9110 section 5.6.7) in UTC, or invalid.
QDateTime httpDate(const QByteArray &text);

} // namespace tidemark
