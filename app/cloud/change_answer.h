#pragma once

#include "base/result.h"
#include "cloud/order_answer.h"

namespace tidemark {

struct ApiAnswer;

/// What came back from one sending of a request that changes something else than a restore: its error, as wordy as that
/// of a read, and what was seen of it. No job is looked for in it. See readOrderAnswer for the parameters.
OrderAnswer readChangeAnswer(const RawAnswer &raw, int sendings, bool envelopeAsked, const QDateTime &now);

/// What became of the request in the end, as ApiTransport::change tells it. `raw` is of the last sending. Only what a
/// server says itself, in an answer below 500, counts as a refusal: an answer from 500 on (or 408) may come of a
/// gateway that had passed the request on.
Result<ApiAnswer> changeOutcome(const OrderAnswer &answer, const RawAnswer &raw, bool envelopeAsked);

} // namespace tidemark
