#include "restore/target_use.h"

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

const Measurement *find(const Measurements &told, const QString &name)
{
    const auto found =
        std::ranges::find_if(told.measurements, [&name](const Measurement &one) { return one.name == name; });
    return found == told.measurements.end() ? nullptr : &*found;
}

struct Writes
{
    double perSecond = 0; ///< all that is told
    qsizetype rates = 0;  ///< of how many kinds
};

/// The sum of the three rates at each time; a time without a value for one of them counts what the others tell.
std::map<QDateTime, Writes> writesByTime(const Measurements &told)
{
    std::map<QDateTime, Writes> sums;
    for (const QString &name : clientWriteNames()) {
        const Measurement *measurement = find(told, name);
        if (!measurement)
            continue;
        for (const DataPoint &point : measurement->points) {
            if (!point.value)
                continue;
            Writes &at = sums[point.time];
            at.perSecond += std::max(*point.value, 0.0);
            ++at.rates;
        }
    }
    return sums;
}

} // namespace

QStringList setsWithout(const Cluster &target, const TargetUse &use,
                        const std::function<bool(const ProcessUse &)> &tells)
{
    QStringList sets;
    for (const Cluster &shard : target.shards) {
        if (shard.type != ClusterType::ConfigServers && !shard.replicaSetName.isEmpty())
            sets.append(shard.replicaSetName);
    }
    if (target.shards.empty() && !target.replicaSetName.isEmpty())
        sets.append(target.replicaSetName);
    for (const ProcessUse &process : use.processes) {
        if (!process.isConfigServer && !process.replicaSet.isEmpty())
            sets.append(process.replicaSet);
    }
    sets.removeDuplicates();
    sets.removeIf([&](const QString &set) {
        return std::ranges::any_of(
            use.processes, [&](const ProcessUse &process) { return process.replicaSet == set && tells(process); });
    });
    return sets;
}

qint64 bytesOf(double value)
{
    return static_cast<qint64>(std::clamp(value, 0.0, static_cast<double>(MostBytes)));
}

std::optional<qint64> newestBytes(const Measurements &told, const QString &name)
{
    const Measurement *measurement = find(told, name);
    if (!measurement)
        return std::nullopt;
    const DataPoint *newest = nullptr;
    for (const DataPoint &point : measurement->points) {
        if (point.value && *point.value >= 0 && (!newest || newest->time < point.time))
            newest = &point;
    }
    return newest ? std::optional(bytesOf(*newest->value)) : std::nullopt;
}

QStringList clientWriteNames()
{
    return {QStringLiteral("OPCOUNTER_INSERT"), QStringLiteral("OPCOUNTER_UPDATE"), QStringLiteral("OPCOUNTER_DELETE")};
}

bool isOld(const ClientWrites &writes, const QDateTime &now)
{
    return !writes.newest.isValid() || writes.newest < now.addSecs(-std::chrono::seconds(OldestSample).count());
}

ClientWrites clientWrites(const Measurements &recent, const Measurements &longer)
{
    ClientWrites writes;
    const std::map<QDateTime, Writes> now = writesByTime(recent);
    const std::map<QDateTime, Writes> before = writesByTime(longer);
    for (const auto &[time, told] : now) {
        if (told.rates == clientWriteNames().size())
            writes.newest = time; // of what is told in part nothing follows that is quiet
    }
    // The minutes before that sample, which are told in full, and all that is newer.
    const QDateTime end = writes.newest.isValid() || now.empty() ? writes.newest : now.rbegin()->first;
    for (const auto &[time, told] : now) {
        if (time > end.addSecs(-std::chrono::seconds(RecentWrites).count()))
            writes.mostPerSecond = std::max(writes.mostPerSecond, told.perSecond);
    }
    if (!before.empty())
        writes.since = before.begin()->first;
    else if (!now.empty())
        writes.since = now.begin()->first;
    for (const auto *samples : {&before, &now}) {
        for (const auto &[time, told] : *samples) {
            if (told.perSecond > QuietPerSecond && (!writes.last.isValid() || writes.last < time))
                writes.last = time;
        }
    }
    return writes;
}

std::optional<PartitionRoom> partitionRoom(const Measurements &told)
{
    const auto free = newestBytes(told, QStringLiteral("DISK_PARTITION_SPACE_FREE"));
    if (!free)
        return std::nullopt;
    return PartitionRoom{told.partitionName, *free, newestBytes(told, QStringLiteral("DISK_PARTITION_SPACE_USED"))};
}

} // namespace tidemark
