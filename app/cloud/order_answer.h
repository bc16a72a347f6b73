#pragma once

#include "base/result.h"
#include "cloud/values.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace tidemark {

struct RawAnswer;

/// What is known of one POST that orders a restore, as it was seen on the wire. Judged elsewhere (restore/order_end.h).
/// All but `sendings` tells of the last sending: one that followed a challenge starts from nothing again.
struct OrderAnswer
{
    /// A byte of the body of the last sending was handed to the network. False proves that the server could not carry
    /// it out; true proves nothing.
    bool left = false;
    int sendings = 0; ///< how often it was begun to be sent: 0, 1, or 2 after a challenge
    /// Of its answer, kept also when the body broke off or could not be read; where an answer of 200 to 299 is an
    /// envelope, the envelope's. 0: none came.
    int status = 0;
    bool hasChallenge = false;     ///< that answer had WWW-Authenticate
    bool isWhole = false;          ///< its body was read to its end
    bool hasErrorDocument = false; ///< the body has errorCode, or error and detail (also inside an envelope)
    QString errorCode;             ///< of that document, also where the answer broke off behind it
    /// Each id of 24 hexadecimal digits in parameters and detail of an error document, in order, once each:
    /// CONCURRENT_RESTORES_JOB_IDS does not say in which of the two it names the jobs.
    QStringList mentionedIds;
    /// That an answer of 200 to 299 named, as far as it could be read, also when it broke off: only ids of 24
    /// hexadecimal digits whose closing quote was seen count, and none in an error document. Of a job that was cut the
    /// other fields may be missing.
    std::vector<RestoreJob> jobs;
    BatchId batch; ///< that such an answer named, also where no job's id could be read; empty for none
    /// Why it is not a plain success; empty sentence when a whole answer of 200 to 299 names jobs. Where `sendings` is
    /// 0 it says why nothing was sent (kind Cancelled: beforeSending did not want it).
    Error error;

    bool operator==(const OrderAnswer &) const = default;
};

/// Called at once before the n-th sending (1, 2) leaves; when it returns false nothing (more) is sent.
using BeforeSending = std::function<bool(int sending)>;

/// What came back from one sending, `sendings` of them by now. `now` is for a Retry-After that names a date. Blocks
/// for as long as a body of that size takes to read.
OrderAnswer readOrderAnswer(const RawAnswer &raw, int sendings, bool envelopeAsked, const QDateTime &now);

} // namespace tidemark
