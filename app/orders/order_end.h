#pragma once

#include "cloud/order_answer.h"

#include <QSet>

namespace tidemark {

/// The three ends of an order; there is no fourth. The same in words, audit log and code.
enum class OrderEnd {
    Ordered,    ///< its job or batch is known by id
    NotOrdered, ///< proven: it never left this machine, or the server refused it in its own words
    NotKnownYet ///< everything else
};

/// "ordered", "not ordered", "not known yet": for the audit log and for sentences.
QString orderEndWord(OrderEnd end);

struct OrderJudgement
{
    OrderEnd end = OrderEnd::NotKnownYet;
    std::vector<RestoreJob> jobs; ///< the order's own, where the answer named them; empty unless Ordered
    QString seen;                 ///< what was seen of the answer, a sentence

    bool operator==(const OrderJudgement &) const = default;
};

/// What the answer to the POST proves. `listedBefore`: the ids of all jobs that stood on the source's list, read to its
/// end before the POST.
///
/// Not ordered is only what is proven: nothing of the body left this machine, or a 4xx with the API's own error
/// document (errorCode, or error and detail), or a 401 with a challenge, whatever its body. Gateways answer 407, 408,
/// 425 and 499 for requests that were carried out, so these prove nothing with any body. CONCURRENT_RESTORES_JOB_IDS
/// may be about our own job, where a gateway sent the POST twice: it proves something only when it names jobs and each
/// of them was there before.
OrderJudgement judgeOrder(const OrderAnswer &answer, const QSet<JobId> &listedBefore);

} // namespace tidemark
