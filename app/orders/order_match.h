#pragma once

#include "orders/pending_order.h"

#include <vector>

namespace tidemark {

/// Whether a job came of an order, judged by what the API's answers tell. They tell little: an automated restore's
/// answer has neither method nor target, and no field of the API is unique to one request.
enum class OrderMatch {
    Different, ///< proven: an id contradicts, or the job was there before, or a person said so
    Unclear,   ///< something disagrees or is missing, and that proves nothing
    Agrees,    ///< everything agrees; a colleague's same request in the same minute would, too
    Same       ///< the POST's own answer named it, or a person said so
};

/// Time never proves anything: the Date header has whole seconds, and the clocks of gateways differ.
OrderMatch matchOrder(const RestoreJob &job, const PendingOrder &order);

/// Jobs that came of one restore, as far as can be told: a batch, or a job alone.
struct OrderCandidate
{
    BatchId batch;
    std::vector<RestoreJob> jobs; ///< never empty
    OrderMatch match = OrderMatch::Unclear;

    QString key() const { return batch.isEmpty() ? jobs.front().id.value : batch.value; }
    bool operator==(const OrderCandidate &) const = default;
};

/// Everything on the list that is not different, newest first as the list is. One job that is different speaks for its
/// whole batch; one that is the same does, too, and outweighs it.
std::vector<OrderCandidate> candidatesOf(const PendingOrder &order, const std::vector<RestoreJob> &list);

} // namespace tidemark
