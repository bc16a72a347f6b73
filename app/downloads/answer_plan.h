#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace tidemark {

/// What was asked of the archive's server.
struct AskedRange
{
    qint64 offset = 0;      ///< bytes already here; 0: the whole file was asked for, without Range
    qint64 knownTotal = -1; ///< from the answer that the bytes here come from
    QByteArray knownEtag;   ///< of that answer
};

/// The head of an HTTP answer, as far as it decides what happens to the body.
struct AnswerHead
{
    int status = 0;
    QByteArray contentRange;
    QByteArray contentLength;
    QByteArray transferEncoding;
    QByteArray acceptRanges;
    QByteArray etag;
    QByteArray retryAfter;
};

/// How a body's end is known.
enum class Framing {
    Length,    ///< Content-Length
    Chunked,   ///< the last chunk
    UntilClose ///< not at all: a cut connection looks like the end (only gzip and tar can tell)
};

/// What to do with an answer. A body is taken only under Append and FromStart.
struct AnswerPlan
{
    enum class Action {
        Append,              ///< the bytes follow those that are here
        FromStart,           ///< the bytes replace those that are here
        AlreadyComplete,     ///< 416 to a part that is as long as the file
        MaybeComplete,       ///< 416 that names no length: the bytes must say whether they are all
        RestartWithoutRange, ///< the server answers ranges wrongly, or the file has changed
        Redirect,
        RereadJob,  ///< the link is refused: only the job can say why
        RetryLater, ///< the server is busy or broken for now
        Refuse      ///< no archive, and asking again is of no use
    };
    Action action = Action::Refuse;
    qint64 bodyBytes = -1;  ///< how many bytes the body brings; -1: not said
    qint64 totalBytes = -1; ///< of the whole file; -1: not said
    QByteArray etag;
    bool resumable = false; ///< the server has shown or said that it can send the rest alone
    Framing framing = Framing::UntilClose;
    std::chrono::milliseconds retryAfter{0}; ///< as the server asked; 0: not said
    Error error;                             ///< for every action without a body
};

/// Content-Range decides before the status (RFC 9110, 14.4 and 15.3.7): a 200 that names its range is that range, a 206
/// that names none is worth nothing. Never splices: bytes that do not begin exactly where the file ends, or come from a
/// file of another length or ETag, replace what is here or are not taken.
AnswerPlan planAnswer(const AskedRange &asked, const AnswerHead &head, const QDateTime &now);

/// "bytes 0-99/200" → {0, 99, 200}; "bytes */200" → {-1, -1, 200}; an unknown length is -1.
struct ContentRange
{
    qint64 first = -1;
    qint64 last = -1;
    qint64 total = -1;
    bool operator==(const ContentRange &) const = default;
};
std::optional<ContentRange> parseContentRange(const QByteArray &value);

/// Seconds or a date (RFC 9110, 10.2.3); 0 when it says nothing usable; at most a day.
std::chrono::milliseconds parseRetryAfter(const QByteArray &value, const QDateTime &now);

/// Whether If-Range may use it: a weak ETag says nothing about bytes.
bool isStrongEtag(const QByteArray &etag);

/// Whether the first bytes of a body are text (HTML, JSON, XML, a plain message) and so cannot begin an archive.
/// The Content-Type decides nothing: archives come labelled as anything.
bool looksLikeText(const QByteArray &firstBytes);

} // namespace tidemark
