#pragma once

#include "base/result.h"
#include "cloud/monitoring.h"

#include <functional>

/// What monitoring tells of the processes of a restore's target: how much they hold, what room there is for more, and
/// whether clients write to them. Sizes in bytes, times UTC.
namespace tidemark {

/// One partition of a host. Which of them holds the data is not told.
struct PartitionRoom
{
    QString name;
    qint64 freeBytes = 0;
    std::optional<qint64> usedBytes;

    bool operator==(const PartitionRoom &) const = default;
};

/// What clients write to a primary: inserts, updates and deletes.
struct ClientWrites
{
    QDateTime newest;       ///< the newest sample; invalid where there is none
    double mostPerSecond{}; ///< of the samples of the last minutes, see RecentWrites
    QDateTime last;         ///< end of the last interval with more than QuietPerSecond; invalid where there is none
    QDateTime since;        ///< how far back that was looked for

    bool operator==(const ClientWrites &) const = default;
};

/// A process that holds data.
struct ProcessUse
{
    QString name; ///< "host:port"
    QString replicaSet;
    bool isConfigServer = false;
    bool isPrimary = false;
    std::optional<qint64> dataBytes;
    Result<std::vector<PartitionRoom>> room;
    int partitionsUntold = 0;                   ///< of which nothing was measured
    std::optional<Result<ClientWrites>> writes; ///< of a primary that is no config server

    bool operator==(const ProcessUse &) const = default;
};

struct DatabaseSize
{
    QString name;
    qint64 bytes = 0;

    bool operator==(const DatabaseSize &) const = default;
};

struct TargetUse
{
    QDateTime read; ///< the server's clock
    std::vector<ProcessUse> processes;
    int notAsked = 0; ///< processes beyond MostProcessesAsked
    /// The largest first, of all primaries together; without admin, config and local. An error where any of them could
    /// not be read: a sum without it would be too small.
    Result<std::vector<DatabaseSize>> databases;

    bool operator==(const TargetUse &) const = default;
};

/// How many processes of a target are asked, how many partitions of a process, and how many databases of a primary.
constexpr int MostProcessesAsked = 60;
constexpr int MostPartitionsAsked = 20;
constexpr int MostDatabasesAsked = 20;

/// A measured value as a number of bytes; some file systems say that they have no end.
constexpr qint64 MostBytes = 1'000'000'000'000'000;
qint64 bytesOf(double value);

/// The time in which writes count as going on now.
constexpr std::chrono::minutes RecentWrites{5};
/// From so many on clients write, for certain.
constexpr double WritingPerSecond = 0.5;
/// Up to so many, three a minute, it is the server itself, which renews its sessions. What is between may be either.
constexpr double QuietPerSecond = 0.05;
/// How old the newest sample may be and still tell of now.
constexpr std::chrono::minutes OldestSample{10};

/// The target's replica sets that hold data of applications and of which no process `tells`, by name.
QStringList setsWithout(const Cluster &target, const TargetUse &use,
                        const std::function<bool(const ProcessUse &)> &tells);

/// Whether what was measured tells nothing of now.
bool isOld(const ClientWrites &writes, const QDateTime &now);

/// Reads the answers to two questions, the samples of the last minutes and those of a longer time; each has the rates
/// of inserts, updates and deletes by clients.
ClientWrites clientWrites(const Measurements &recent, const Measurements &longer);
/// The newest sample with this name; nullopt where none has a value.
std::optional<qint64> newestBytes(const Measurements &told, const QString &name);
/// The same of each kind; nullopt where no room was told.
std::optional<PartitionRoom> partitionRoom(const Measurements &told);

/// For the two questions above.
QStringList clientWriteNames();

} // namespace tidemark
