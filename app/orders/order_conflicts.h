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
        JustOrdered,   ///< another running Tidemark ordered the same while this was being made ready
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

/// A restore that was ordered on this machine, through whichever connection, in this or another running program, and is
/// known by id.
struct KnownRestore
{
    QString order; ///< key of the pending order that it came from
    QString key;   ///< of its job group
    ClusterId cluster;
    BatchId batch;
    std::vector<JobId> jobs;
    RestoreMode mode = RestoreMode::DownloadSnapshot;
    RestorePoint point;
    ClusterId targetCluster;
    QString targetClusterName;
    QDateTime ordered;      ///< this machine's clock
    bool isRunning = false; ///< as far as is known, it still overwrites its target; nothing is known of its end

    bool operator==(const KnownRestore &) const = default;
};

bool isJobOf(const RestoreJob &job, const KnownRestore &restore);

/// The jobs that are not those of another order: what came of one order came of no other.
std::vector<RestoreJob> withoutOthers(const std::vector<RestoreJob> &jobs, const QString &order,
                                      const std::vector<KnownRestore> &known);

/// What an order is compared with. Jobs are those that were read for this order, from the source's list and the lists
/// of the clusters of the target's project.
struct ConflictFacts
{
    std::vector<PendingOrder> pending; ///< not the order itself
    QStringList unread;                ///< files of orders that nobody could read
    std::vector<RestoreJob> sourceJobs;
    std::vector<RestoreJob> targetJobs;
    std::vector<KnownRestore> known;
    QSet<QString> knownBefore;      ///< orders of `known` that were there when this one was begun
    std::vector<OrderEvent> events; ///< of this key, since the oldest pending order
};

/// In the order in which they should be read: pending orders first. `wanted` is what is about to be sent.
std::vector<OrderConflict> conflictsOf(const PendingOrder &wanted, const ConflictFacts &facts);

/// Whether they ask about a restore that runs, or may run, into the target of the order already. A job of the lists
/// that does is among them, under whichever kind.
bool askAboutTarget(const std::vector<OrderConflict> &conflicts);

/// The earliest moment at which a byte of any of these orders may have left, by the server's clock; invalid for none.
QDateTime oldestSince(const std::vector<PendingOrder> &pending);

} // namespace tidemark
