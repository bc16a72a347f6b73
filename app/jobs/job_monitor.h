#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "cloud/cloud_client.h"
#include "jobs/job_group.h"
#include "jobs/submission_memory.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace tidemark {

/// How the last reading of a job list, or of a project's agents, went.
struct JobsReading
{
    ProjectId project;
    ClusterId cluster;                     ///< empty: of the project's agents
    QString name;                          ///< the cluster's; for agents the project's id
    std::optional<Error> error;            ///< nothing when the last one was good
    QDateTime lastGood;                    ///< what is shown is from then; invalid: never read
    std::chrono::milliseconds interval{0}; ///< at which the list is read at present, failures apart; 0 for agents

    bool operator==(const JobsReading &) const = default;
};

/// Follows the restore jobs of the watched clusters: one list request for each cluster and interval, however many jobs
/// it has. What was submitted here appears at once; what was created elsewhere appears with the next list.
/// A cluster's interval is short while something is under way there, four times as long while links wait to be used,
/// and long when all is final or has not moved for a day; after an error it backs off. Beyond the lists it asks for
/// single jobs whose link is ready but not in the list, and once in each interval for the agents of each project into
/// which something was handed over. At most four lists are read at a time, so that many clusters cannot starve other
/// calls, and no more than a budget for the whole connection: with thousands of clusters the idle ones are read less
/// often than their interval says, and what runs before them. refreshNow() and refreshCluster(), which a person asks
/// for, are not held up by it: the one begins as after a pause, the other at once.
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
    /// The project's clusters as the catalogue has them now. One that is not there any more is no longer watched and
    /// its restores vanish, unless one that was ordered here still goes on.
    void watchAll(const Project &project, const std::vector<Cluster> &clusters);
    /// The projects of the catalogue: the clusters of others are no longer watched, as in watchAll().
    void keepProjects(const std::vector<Project> &projects);

    /// What was ordered here on the source `cluster`, remembered and shown at once. `submission` may leave its key,
    /// time and cluster empty; of batch and jobs it names at least one. `jobs` are those that the order's answer
    /// described, maybe none. Told again, of the same order key, batch or a job in common, it is the same restore,
    /// which nothing is taken from. Returns the key of its group.
    QString addSubmission(const RememberedSubmission &submission, const Project &project, const Cluster &cluster,
                          const std::vector<RestoreJob> &jobs);
    /// What is remembered of the pending order with this key; nullptr when nothing is.
    const RememberedSubmission *submissionOf(const QString &order) const;

    /// Takes over what these files of earlier versions remember; one whose content is in the state file is removed.
    void adopt(const QStringList &files);

    /// All that was ordered here, as far as this program knows.
    const std::vector<RememberedSubmission> &submissions() const;
    /// Of them the one with this key, of its group or its own; nullptr for what was not ordered here.
    const RememberedSubmission *remembered(const QString &key) const;
    /// The restore's agents are not read any more, nor after a restart. Only for what was ordered here, whether a list
    /// shows its jobs or not.
    void stopFollowing(const QString &key);
    /// All that was ordered here, also by other running programs: read anew from the state file. Fails where that
    /// cannot be read.
    Result<std::vector<RememberedSubmission>> submissionsOnDisk();
    /// State files that had to be put aside, by this or an earlier run, and still lie there.
    QStringList filesAside() const;
    /// Whether what is remembered of that pending order is on the disk, too.
    bool isSaved(const QString &order) const;
    /// Everything is read again at once, whatever the intervals say.
    void refreshNow();
    /// The same for the list of one cluster.
    void refreshCluster(const tidemark::ClusterId &cluster);

    /// Newest first.
    const std::vector<JobGroup> &groups() const;
    const JobGroup *group(const QString &key) const;
    /// Of each watched cluster's list, and of each project's agents that are or were followed in this run.
    std::vector<JobsReading> readings() const;
    /// What the agents of this project did at the last look; nullptr where they were not read in this run.
    const AutomationStatus *agentsOf(const ProjectId &project) const;
    /// What is wrong with the state file, as a sentence; empty when nothing is.
    QString trouble() const;

Q_SIGNALS:
    /// After a refresh that changed something; `changedKeys` names new, changed and vanished groups.
    void groupsChanged(const QStringList &changedKeys);
    /// A list or agents could not be read: `reading` says whose, why, and how old what is shown is.
    void refreshFailed(const tidemark::JobsReading &reading);
    void refreshed(const QDateTime &at);
    void troubleChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
