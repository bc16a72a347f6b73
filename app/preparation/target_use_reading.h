#pragma once

#include "base/later.h"
#include "cloud/values.h"
#include "restore/target_use.h"

namespace tidemark {

class CloudClient;

/// Asks once what the processes of a target hold, what room they have and what is written to them. All of them at once.
/// What one process does not tell is said in its place; the whole fails only where the project's hosts cannot be read.
/// Ends with this object.
class TargetUseReading : public QObject
{
    Q_OBJECT

public:
    TargetUseReading(CloudClient &client, ProjectId project, Cluster target, QObject *parent = nullptr);
    ~TargetUseReading() override;

    Async<TargetUse> result() const { return m_result.future(); }

private:
    void takeHosts(const std::vector<MonitoredHost> &hosts);
    void readRoom(size_t process, const HostId &host);
    void readPartitions(size_t process, const HostId &host, const QStringList &names);
    void readWrites(size_t process, const HostId &host);
    void readDatabases(const HostId &host);
    void readSize(const HostId &host, const QString &database);
    void begin() { ++m_open; }
    void oneRead();

    CloudClient &m_client;
    ProjectId m_project;
    Cluster m_target;
    TargetUse m_use;
    std::map<QString, qint64> m_sizes; ///< bytes by database
    std::optional<Error> m_sizeError;  ///< the first one
    int m_open = 0;                    ///< reads under way
    Deferred<TargetUse> m_result;
};

} // namespace tidemark
