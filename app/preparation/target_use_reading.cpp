#include "preparation/target_use_reading.h"

#include "cloud/cloud_client.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <utility>

namespace tidemark {

using namespace std::chrono_literals;

namespace {

/// What is measured of a partition and of a database is asked for without names: the server refuses a whole question
/// for one that it does not know.
MeasurementsQuery newestOf(std::chrono::seconds granularity, std::chrono::seconds period)
{
    MeasurementsQuery query;
    query.granularity = granularity;
    query.span = period;
    return query;
}

MeasurementsQuery writesOf(std::chrono::seconds granularity, std::chrono::seconds period)
{
    MeasurementsQuery query = newestOf(granularity, period);
    query.names = clientWriteNames();
    return query;
}

bool isOfServer(const QString &database)
{
    return database == QLatin1String("admin") || database == QLatin1String("config") ||
           database == QLatin1String("local");
}

Error untold(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Parse;
    error.sentence = sentence;
    return error;
}

} // namespace

TargetUseReading::TargetUseReading(CloudClient &client, ProjectId project, Cluster target, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_project(std::move(project))
    , m_target(std::move(target))
{
    whenDone(this, m_client.hosts(m_project), [this](const Result<std::vector<MonitoredHost>> &hosts) {
        if (hosts)
            takeHosts(*hosts);
        else
            m_result.resolve(failure(hosts.error()));
    });
}

TargetUseReading::~TargetUseReading() = default;

void TargetUseReading::takeHosts(const std::vector<MonitoredHost> &hosts)
{
    begin(); // this one: nothing ends before all are asked
    for (const MonitoredHost &host : hosts) {
        if (host.id.isEmpty() || !isOf(host, m_target) || !holdsData(host))
            continue;
        if (m_use.processes.size() >= MostProcessesAsked) {
            ++m_use.notAsked;
            continue;
        }
        ProcessUse process;
        process.name = host.name;
        process.replicaSet = host.replicaSetName;
        process.isConfigServer = isConfigServer(host);
        // Of one that monitoring has not heard of for long all is of then: another may be the primary now.
        const bool isSilent = host.lastPing.isValid() &&
                              host.lastPing < m_client.serverNow().addSecs(-std::chrono::seconds(OldestSample).count());
        process.isPrimary = isPrimary(host) && !isSilent;
        if (host.dataSizeBytes && !isSilent)
            process.dataBytes = std::clamp<qint64>(*host.dataSizeBytes, 0, MostBytes);
        m_use.processes.push_back(process);
        const size_t index = m_use.processes.size() - 1;
        readRoom(index, host.id);
        if (process.isPrimary && !process.isConfigServer) {
            readWrites(index, host.id);
            readDatabases(host.id);
        }
    }
    oneRead();
}

void TargetUseReading::readRoom(size_t process, const HostId &host)
{
    begin();
    whenDone(this, m_client.disks(m_project, host), [this, process, host](const Result<QStringList> &names) {
        if (names)
            readPartitions(process, host, *names);
        else
            m_use.processes[process].room = failure(names.error());
        oneRead();
    });
}

void TargetUseReading::readPartitions(size_t process, const HostId &host, const QStringList &names)
{
    if (names.size() > MostPartitionsAsked) {
        m_use.processes[process].room =
            failure(untold(tr("There are more than %1 partitions.").arg(MostPartitionsAsked)));
        return;
    }
    for (const QString &name : names) {
        begin();
        whenDone(this, m_client.measurements(m_project, host, MeasuredDisk{name}, newestOf(1min, 10min)),
                 [this, process, name](const Result<Measurements> &told) {
                     auto &room = m_use.processes[process].room;
                     if (!told)
                         room = failure(told.error());
                     else if (auto partition = partitionRoom(*told); partition && room) {
                         partition->name = name;
                         room->push_back(std::move(*partition));
                     } else {
                         ++m_use.processes[process].partitionsUntold;
                     }
                     oneRead();
                 });
    }
}

void TargetUseReading::readWrites(size_t process, const HostId &host)
{
    begin();
    whenDone(this, m_client.measurements(m_project, host, MeasuredProcess{}, writesOf(1min, 15min)),
             [this, process, host](const Result<Measurements> &recent) {
                 if (!recent) {
                     m_use.processes[process].writes = failure(recent.error());
                     oneRead();
                     return;
                 }
                 // Without the longer time it is known whether anything is written now, and that is what counts.
                 whenDone(this, m_client.measurements(m_project, host, MeasuredProcess{}, writesOf(5min, 24h)),
                          [this, process, recent = *recent](const Result<Measurements> &longer) {
                              m_use.processes[process].writes = clientWrites(recent, longer ? *longer : Measurements());
                              oneRead();
                          });
             });
}

void TargetUseReading::readDatabases(const HostId &host)
{
    begin();
    whenDone(this, m_client.databases(m_project, host), [this, host](const Result<QStringList> &names) {
        if (!names && !m_sizeError)
            m_sizeError = names.error();
        QStringList asked;
        if (names)
            std::ranges::copy_if(*names, std::back_inserter(asked),
                                 [](const QString &name) { return !isOfServer(name); });
        if (asked.size() > MostDatabasesAsked && !m_sizeError)
            m_sizeError = untold(tr("There are more than %1 databases.").arg(MostDatabasesAsked));
        else
            for (const QString &name : std::as_const(asked))
                readSize(host, name);
        oneRead();
    });
}

void TargetUseReading::readSize(const HostId &host, const QString &database)
{
    begin();
    // About every 20 minutes a size is measured.
    whenDone(this, m_client.measurements(m_project, host, MeasuredDatabase{database}, newestOf(5min, 2h)),
             [this, database](const Result<Measurements> &told) {
                 const std::optional<qint64> bytes =
                     told ? newestBytes(*told, QStringLiteral("DATABASE_DATA_SIZE")) : std::nullopt;
                 if (bytes)
                     m_sizes[database] += *bytes;
                 else if (!m_sizeError)
                     m_sizeError =
                         told ? untold(tr("The size of the database %1 is not told.").arg(database)) : told.error();
                 oneRead();
             });
}

void TargetUseReading::oneRead()
{
    if (--m_open > 0)
        return;
    if (m_sizeError) {
        m_use.databases = failure(*m_sizeError);
    } else {
        std::vector<DatabaseSize> sizes;
        for (const auto &[name, bytes] : m_sizes)
            sizes.push_back({name, bytes});
        std::ranges::stable_sort(sizes, std::greater(), &DatabaseSize::bytes);
        m_use.databases = std::move(sizes);
    }
    for (ProcessUse &process : m_use.processes) {
        if (process.room)
            std::ranges::sort(*process.room, {}, &PartitionRoom::name);
    }
    m_use.read = m_client.serverNow();
    m_result.resolve(std::move(m_use));
}

} // namespace tidemark
