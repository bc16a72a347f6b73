#pragma once

#include "orders/order_match.h"

#include <vector>

namespace tidemark {

/// Why an order may be a second one of the same restore, or meets another restore of the same target. Each stops it
/// until a person, with both on the screen, decides for a second restore.
struct OrderConflict
{
    enum class Kind {
        PendingSame,   ///< an order that is not settled asks for the same
        PendingTarget, ///< an order that is not settled is about to overwrite the same cluster
        PendingUnread, ///< orders may be pending that cannot be read any more
        JobFits,       ///< a job that appeared since the oldest pending order fits what is about to be sent
        EventSeen,     ///< the project's events name a restore that this key ordered since
        TargetBusy     ///< a restore of the same target is known to run
    };

    Kind kind = Kind::PendingSame;
    QString key;                  ///< stable: of the pending order, the job or batch, or the event
    QString sentence;             ///< what it is
    std::vector<RestoreJob> jobs; ///< to be shown beside it; may be empty

    bool operator==(const OrderConflict &) const = default;
};

/// "restore.requested" of the project's events, see the API documentation of events.
struct OrderEvent
{
    QString id;
    QDateTime created; ///< the server's clock
    QString clusterName;

    bool operator==(const OrderEvent &) const = default;
};

/// A restore that is known to overwrite a cluster now, from this program's own memory.
struct RunningRestore
{
    QString key; ///< of its job group
    ProjectId targetProject;
    ClusterId targetCluster;
    QString sentence;

    bool operator==(const RunningRestore &) const = default;
};

/// What an order is compared with. Jobs are those that were read for this order, from the source's list and the lists
/// of the clusters of the target's project.
struct ConflictFacts
{
    std::vector<PendingOrder> pending; ///< of this server; not the order itself
    bool pendingUnread = false;        ///< a file of pending orders had to be put aside in this run
    std::vector<RestoreJob> sourceJobs;
    std::vector<RestoreJob> targetJobs;
    std::vector<RunningRestore> running;
    std::vector<OrderEvent> events; ///< of this key, since the oldest pending order
};

/// In the order in which they should be read: pending orders first. `wanted` is what is about to be sent.
std::vector<OrderConflict> conflictsOf(const PendingOrder &wanted, const ConflictFacts &facts);

/// The earliest moment at which a byte of any of these orders may have left, by the server's clock; invalid for none.
QDateTime oldestSince(const std::vector<PendingOrder> &pending);

} // namespace tidemark
