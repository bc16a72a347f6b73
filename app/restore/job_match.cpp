#include "restore/job_match.h"

#include <algorithm>
#include <cstdlib>

namespace tidemark {

namespace {

/// A job's `timestamp` is the latest oplog entry in the restored data, which on a quiet shard is a little older than
/// the moment that was asked for.
constexpr qint64 nearSeconds = 60;

bool isNear(const std::optional<OplogTimestamp> &timestamp, qint64 seconds)
{
    return timestamp && std::llabs(timestamp->seconds - seconds) <= nearSeconds;
}

bool deliveryContradicts(const Delivery &answered, const DownloadDelivery &asked)
{
    if (!answered.targetCluster.isEmpty())
        return true;
    if (answered.maxDownloads > 0 && answered.maxDownloads != asked.maxDownloads)
        return true;
    const int *hours = std::get_if<int>(&asked.life);
    return hours != nullptr && answered.expirationHours > 0 && answered.expirationHours != *hours;
}

bool deliveryContradicts(const Delivery &answered, const AutomatedDelivery &asked)
{
    return !answered.targetCluster.isEmpty() && answered.targetCluster != asked.cluster;
}

JobMatch matchPoint(const RestoreJob &job, const RestoreRequest &request, const SnapshotPoint &point)
{
    if (!job.checkpoint.isEmpty() || job.pointInTime.value_or(false))
        return JobMatch::Different;
    if (job.snapshot == point.snapshot)
        return JobMatch::Same;
    if (!job.snapshot.isEmpty() && !request.cluster().isSharded())
        return JobMatch::Different;
    if (!job.timestamp)
        return JobMatch::Unclear;
    return isNear(job.timestamp, request.pointTime().seconds) ? JobMatch::Same : JobMatch::Different;
}

JobMatch matchMoment(const RestoreJob &job, qint64 seconds)
{
    if (!job.checkpoint.isEmpty() || !job.pointInTime.value_or(true))
        return JobMatch::Different;
    return isNear(job.timestamp, seconds) ? JobMatch::Same : JobMatch::Unclear;
}

JobMatch matchPoint(const RestoreJob &job, const RestoreRequest &, const OplogPoint &point)
{
    return matchMoment(job, point.timestamp.seconds);
}

JobMatch matchPoint(const RestoreJob &job, const RestoreRequest &, const TimePoint &point)
{
    return matchMoment(job, point.utcMilliseconds / 1000);
}

JobMatch matchPoint(const RestoreJob &job, const RestoreRequest &, const CheckpointPoint &point)
{
    if (job.checkpoint == point.checkpoint)
        return JobMatch::Same;
    if (!job.checkpoint.isEmpty() || !job.snapshot.isEmpty() || job.pointInTime.value_or(false))
        return JobMatch::Different;
    return JobMatch::Unclear;
}

} // namespace

JobMatch matchJob(const RestoreJob &job, const RestoreRequest &request)
{
    const QString &method = job.delivery.methodName;
    if (method == QLatin1String("QUERY") || method == QLatin1String("SCP"))
        return JobMatch::Different;
    const bool contradicts = std::visit(
        [&job](const auto &delivery) { return deliveryContradicts(job.delivery, delivery); }, request.delivery());
    if (contradicts)
        return JobMatch::Different;
    return std::visit([&](const auto &point) { return matchPoint(job, request, point); }, request.point());
}

} // namespace tidemark
