#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "cloud/cloud_client.h"
#include "restore/submitter.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace tidemark {

/// One restore as a person thinks of it: a single job, or a batch with a job for each shard and the config servers.
struct JobGroup
{
    QString key; ///< batch id, else job id: stable over refreshes
    BatchId batch;
    Project project;
    ClusterId cluster; ///< the top-level cluster whose list it came from
    QString clusterName;
    /// How it was ordered, where that is known: the API answers methodName HTTP for automated restores too, so mode and
    /// target are remembered from the submission. nullopt for jobs created elsewhere that do not tell.
    std::optional<RestoreMode> mode;
    QString pointText;
    QString targetProjectName;
    QString targetClusterName;
    ProjectId targetProject;
    std::vector<RestoreJob> jobs;           ///< never empty; shards by name, config servers last
    std::optional<AutomationStatus> agents; ///< of the target project, for automated restores

    bool isBatch() const { return !batch.isEmpty() && jobs.size() > 1; }
    /// No more change is to be expected: every job is final, its link expired or used up, and agents are at their goal.
    bool isFinal(const QDateTime &now) const;
    bool operator==(const JobGroup &) const = default;
};

/// Follows the restore jobs of the watched clusters: one list request for each cluster and interval, however many jobs
/// it has. What was submitted here appears at once; what was created elsewhere appears with the next list.
/// The interval is short while something is under way and long when all is final; after an error it backs off.
class JobMonitor : public QObject
{
    Q_OBJECT

public:
    struct Intervals
    {
        std::chrono::milliseconds active{5000};
        std::chrono::milliseconds idle{60000};
    };

    /// `stateFile` keeps what the API forgets (mode and target of submissions) over restarts; no secrets in it.
    JobMonitor(CloudClient &client, const Clock &clock, QString stateFile, Intervals intervals,
               QObject *parent = nullptr);
    ~JobMonitor() override;

    void watch(const Project &project, const Cluster &cluster);
    void watchAll(const Project &project, const std::vector<Cluster> &clusters);
    void addSubmission(const Submission &submission);
    void refreshNow();

    /// Newest first.
    const std::vector<JobGroup> &groups() const;
    const JobGroup *group(const QString &key) const;

Q_SIGNALS:
    /// After a refresh that changed something; `changedKeys` names new and changed groups.
    void groupsChanged(const QStringList &changedKeys);
    void refreshFailed(const tidemark::Error &error);
    void refreshed(const QDateTime &at);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
