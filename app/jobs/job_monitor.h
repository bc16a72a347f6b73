#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "cloud/cloud_client.h"
#include "jobs/job_group.h"
#include "restore/submitter.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace tidemark {

/// Follows the restore jobs of the watched clusters: one list request for each cluster and interval, however many jobs
/// it has. What was submitted here appears at once; what was created elsewhere appears with the next list.
/// A cluster's interval is short while something is under way there, four times as long while links wait to be used,
/// and long when all is final; after an error it backs off. Beyond the lists it asks for single jobs whose link is
/// ready but not in the list, and once in each short interval for the agents of each project into which something is
/// restored. At most four lists are read at a time, so that many clusters cannot starve other calls.
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
    /// Everything is read again at once, whatever the intervals say.
    void refreshNow();

    /// Newest first.
    const std::vector<JobGroup> &groups() const;
    const JobGroup *group(const QString &key) const;

Q_SIGNALS:
    /// After a refresh that changed something; `changedKeys` names new, changed and vanished groups.
    void groupsChanged(const QStringList &changedKeys);
    void refreshFailed(const tidemark::Error &error);
    void refreshed(const QDateTime &at);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
