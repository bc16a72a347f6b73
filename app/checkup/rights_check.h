#pragma once

#include "base/later.h"
#include "cloud/cloud_client.h"

#include <QObject>

#include <optional>
#include <vector>

namespace tidemark {

/// Tries with reads what a restore needs: a cluster's snapshots, its restore jobs, and the times it can be restored to,
/// which take the role Project Backup Admin. Nothing is created, so whether a restore may be started stays open.
class RightsCheck final : public QObject
{
    Q_OBJECT

public:
    struct Found
    {
        bool tried = false; ///< false where no project has a cluster
        QString project;
        QString cluster;
        std::size_t snapshots = 0;
        std::size_t jobs = 0;
        bool knowsTimes = false; ///< false on an older Ops Manager, or without a running backup
    };

    /// The client must live longer.
    RightsCheck(CloudClient &client, QObject *parent);

    /// `projects` in the order to look for a cluster with a backup.
    Async<Found> run(std::vector<Project> projects);

private:
    void nextProject();
    void chooseCluster(const std::vector<Cluster> &clusters);
    void readSnapshots();
    void readJobs();
    void readTimes();
    void end(Result<Found> result);

    CloudClient &m_client;
    std::vector<Project> m_projects;
    std::size_t m_next = 0;
    ProjectId m_project;
    ClusterId m_cluster;
    bool m_hasBackup = false;
    Found m_found;
    Deferred<Found> m_deferred;
};

} // namespace tidemark
