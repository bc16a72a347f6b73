#include "orders/order_match.h"

#include <algorithm>
#include <cstdlib>

namespace tidemark {

namespace {

/// A job's `timestamp` is the latest oplog entry in the restored data, which on a quiet shard is a little older than
/// the moment that was asked for.
constexpr qint64 nearSeconds = 60;

bool isAmong(const std::vector<JobId> &ids, const JobId &id)
{
    return std::ranges::find(ids, id) != ids.end();
}

template<typename IdType>
bool contradicts(const IdType &told, const IdType &asked)
{
    return !told.isEmpty() && !asked.isEmpty() && told != asked;
}

/// A shard's job names the shard's own snapshot, so only a replica set's contradicts.
bool idsContradict(const RestoreJob &job, const PendingOrder &order)
{
    if (contradicts(job.batch, order.namedBatch))
        return true;
    if (order.isAutomatedRestore() && (contradicts(job.delivery.targetCluster, order.targetCluster) ||
                                       contradicts(job.delivery.targetProject, order.targetProject)))
        return true;
    if (const auto *point = std::get_if<SnapshotPoint>(&order.point))
        return !order.isSharded && contradicts(job.snapshot, point->snapshot);
    if (const auto *point = std::get_if<CheckpointPoint>(&order.point))
        return contradicts(job.checkpoint, point->checkpoint);
    return false;
}

qint64 secondsOf(const PendingOrder &order)
{
    if (const auto *oplog = std::get_if<OplogPoint>(&order.point))
        return oplog->timestamp.seconds;
    if (const auto *time = std::get_if<TimePoint>(&order.point))
        return time->utcMilliseconds / 1000;
    return order.pointTime.seconds;
}

bool isNear(const RestoreJob &job, const PendingOrder &order)
{
    return job.timestamp && std::llabs(job.timestamp->seconds - secondsOf(order)) <= nearSeconds;
}

bool pointAgrees(const RestoreJob &job, const PendingOrder &order)
{
    if (const auto *point = std::get_if<SnapshotPoint>(&order.point)) {
        if (!job.checkpoint.isEmpty() || job.pointInTime.value_or(false))
            return false;
        return order.isSharded ? isNear(job, order) : job.snapshot == point->snapshot;
    }
    if (const auto *point = std::get_if<CheckpointPoint>(&order.point))
        return job.checkpoint == point->checkpoint;
    return job.checkpoint.isEmpty() && job.pointInTime.value_or(false) && isNear(job, order);
}

bool deliveryAgrees(const RestoreJob &job, const PendingOrder &order)
{
    const Delivery &delivery = job.delivery;
    // Answers say HTTP for automated restores, too; queryable backups and the old SCP were not asked for here.
    if (!delivery.methodName.isEmpty() && delivery.methodName != QLatin1String("HTTP") &&
        delivery.methodName != QLatin1String("AUTOMATED_RESTORE"))
        return false;
    if (order.isAutomatedRestore())
        return !delivery.hasLink() && delivery.maxDownloads == 0 && delivery.expirationHours == 0;
    const int hours = linkHoursOf(order);
    return delivery.targetCluster.isEmpty() && delivery.targetProject.isEmpty() &&
           delivery.maxDownloads == maxDownloadsOf(order) && (hours == 0 || delivery.expirationHours == hours);
}

} // namespace

OrderMatch matchOrder(const RestoreJob &job, const PendingOrder &order)
{
    if (isAmong(order.notMine, job.id))
        return OrderMatch::Different;
    if (isAmong(order.named, job.id) || (!order.namedBatch.isEmpty() && job.batch == order.namedBatch))
        return OrderMatch::Same;
    if (order.listedBefore.contains(job.id) || idsContradict(job, order))
        return OrderMatch::Different;
    return pointAgrees(job, order) && deliveryAgrees(job, order) ? OrderMatch::Agrees : OrderMatch::Unclear;
}

std::vector<OrderCandidate> candidatesOf(const PendingOrder &order, const std::vector<RestoreJob> &list)
{
    std::vector<OrderCandidate> all;
    for (const RestoreJob &job : list) {
        const OrderMatch match = matchOrder(job, order);
        const auto known = job.batch.isEmpty() ? all.end() : std::ranges::find(all, job.batch, &OrderCandidate::batch);
        if (known == all.end()) {
            all.push_back({job.batch, {job}, match});
            continue;
        }
        known->jobs.push_back(job);
        const bool isSame = match == OrderMatch::Same || known->match == OrderMatch::Same;
        known->match = isSame ? OrderMatch::Same : std::min(known->match, match);
    }
    std::erase_if(all, [](const OrderCandidate &candidate) { return candidate.match == OrderMatch::Different; });
    return all;
}

} // namespace tidemark
