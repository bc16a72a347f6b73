#pragma once

#include "cloud/cloud_client.h"
#include "jobs/job_monitor.h"
#include "restore/audit_log.h"
#include "restore/submitter.h"

#include <QObject>

#include <map>
#include <optional>

namespace tidemark {

/// One open connection with everything that works on it: the client, the submitter, the job monitor, and the catalogue of
/// projects and clusters that the windows choose from. Opening another connection makes another session.
class Session : public QObject
{
    Q_OBJECT

public:
    /// `dataDir` gets the audit log and the monitor's state, per connection; created 0700 when missing.
    Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
            JobMonitor::Intervals intervals, QObject *parent = nullptr);
    ~Session() override;

    const Connection &connection() const;
    CloudClient &client();
    Submitter &submitter();
    JobMonitor &jobs();
    const Clock &clock() const;

    /// Reads projects, then every project's clusters, and watches the jobs of those with backups. Call again to refresh.
    void loadCatalogue();

    const std::vector<Project> &projects() const;
    /// nullopt while they are being read or could not be read (see clusterError).
    const std::vector<Cluster> *clusters(const ProjectId &project) const;
    const Error *clusterError(const ProjectId &project) const;
    const Error *projectsError() const;
    const Project *project(const ProjectId &id) const;
    const Cluster *cluster(const ClusterId &id) const; ///< shards too

    /// Newest snapshot of each cluster, read in the background for the Source page; nullptr while unknown.
    const Snapshot *latestSnapshot(const ClusterId &cluster) const;

Q_SIGNALS:
    void projectsChanged();
    void clustersChanged(const tidemark::ProjectId &project);
    void latestSnapshotChanged(const tidemark::ClusterId &cluster);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
