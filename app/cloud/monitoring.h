#pragma once

#include "cloud/values.h"

#include <QUrlQuery>

#include <variant>

/// What a project's agents and hosts tell of themselves ("Agents", "Measurements", "Disks", "Databases" in the API's
/// documentation). Times are UTC; units of a measurement as the server names them.
namespace tidemark {

enum class AgentType { Automation, Backup, Monitoring };

/// The word in the API's path: "AUTOMATION".
QString agentTypeName(AgentType type);

/// An entry of agents/{TYPE}. Versions are not in it.
struct Agent
{
    QString typeName;  ///< verbatim
    QString hostname;  ///< the best name that the server knows
    QString stateName; ///< verbatim: ACTIVE, STANDBY, NO_PROCESSES
    std::optional<qint64> configurationCalls;
    QDateTime lastConfiguration; ///< the life sign of an automation agent; invalid where none was told
    std::optional<qint64> pings; ///< of monitoring agents
    QDateTime lastPing;
    std::optional<bool> isManaged; ///< of backup and monitoring agents
    QString tag;

    bool operator==(const Agent &) const = default;
};

/// An entry of agents/versions. Its times are numbers there, of seconds or of milliseconds: no page says which.
struct AgentVersion
{
    QString hostname;
    QString version;
    std::optional<bool> isOld;
    std::optional<bool> isDeprecated;
    QDateTime lastConfiguration;
    QDateTime lastPing;

    bool operator==(const AgentVersion &) const = default;
};

struct AgentVersions
{
    QString minimum; ///< the oldest version that the server takes
    std::vector<AgentVersion> agents;

    bool operator==(const AgentVersions &) const = default;
};

/// A process that is monitored: an entry of hosts.
struct MonitoredHost
{
    HostId id;
    ClusterId cluster; ///< its replica set's own; a mongos's is the sharded cluster's
    QString name;      ///< "host:port"
    QString replicaSetName;
    QString typeName;                      ///< verbatim: REPLICA_PRIMARY, SHARD_MONGOS, NO_DATA, …
    QString stateName;                     ///< verbatim: PRIMARY, SECONDARY, …; empty where it was not told
    QDateTime lastPing{};                  ///< when monitoring heard of it last; invalid where it was not told
    std::optional<qint64> dataSizeBytes{}; ///< uncompressed, without indexes and without the database local

    bool operator==(const MonitoredHost &) const = default;
};

bool isConfigServer(const MonitoredHost &host);
/// Config servers do; mongos and arbiters do not.
bool holdsData(const MonitoredHost &host);
/// Its state is of now, its type of the last time that it was looked at. A standalone is one.
bool isPrimary(const MonitoredHost &host);
/// Of the cluster itself or of one of its shards.
bool isOf(const MonitoredHost &host, const Cluster &cluster);

/// What is measured: a process, one of its databases, or a partition of its host.
struct MeasuredProcess
{
    bool operator==(const MeasuredProcess &) const = default;
};

struct MeasuredDatabase
{
    QString name;

    bool operator==(const MeasuredDatabase &) const = default;
};

struct MeasuredDisk
{
    QString partition;

    bool operator==(const MeasuredDisk &) const = default;
};

using Measured = std::variant<MeasuredProcess, MeasuredDatabase, MeasuredDisk>;

/// Both ends inside.
struct TimeSpan
{
    QDateTime start;
    QDateTime end;

    bool operator==(const TimeSpan &) const = default;
};

/// Which measurements are asked for. A name that is not valid for the host makes the whole call fail.
struct MeasurementsQuery
{
    std::chrono::seconds granularity{60}; ///< between points; servers take 10 s, 1 min, 5 min,
                                          ///< 1 h and 1 d, and may refuse any of them
    std::variant<std::chrono::seconds, TimeSpan> span{std::chrono::hours(1)}; ///< back from now, or from … to …
    QStringList names;                                                        ///< all that there are when empty

    bool operator==(const MeasurementsQuery &) const = default;
};

QUrlQuery measurementsQuery(const MeasurementsQuery &query);
/// ISO 8601: 90 s → "PT1M30S", 36 h → "P1DT12H".
QString isoDuration(std::chrono::seconds duration);

struct DataPoint
{
    QDateTime time;
    std::optional<double> value; ///< nullopt: none then; the first of a rate never has one

    bool operator==(const DataPoint &) const = default;
};

struct Measurement
{
    QString name;
    QString units;                 ///< verbatim: SCALAR_PER_SECOND, BYTES, …
    std::vector<DataPoint> points; ///< none is normal: the server keeps no data of this granularity that far back

    bool operator==(const Measurement &) const = default;
};

struct Measurements
{
    QDateTime start; ///< invalid where it was not told
    QDateTime end;
    QString granularity; ///< verbatim
    HostId host;
    QString processId; ///< "host:port"
    QString databaseName;
    QString partitionName;
    std::vector<Measurement> measurements;

    bool operator==(const Measurements &) const = default;
};

} // namespace tidemark
