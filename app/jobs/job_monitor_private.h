#pragma once

#include "jobs/agents_reader.h"
#include "jobs/job_board.h"
#include "jobs/job_list.h"
#include "jobs/job_monitor.h"
#include "jobs/link_reader.h"

#include <QSet>

#include <map>

namespace tidemark {

class JobMonitor::Private
{
public:
    struct Watched
    {
        Project project;
        Cluster cluster;
        JobList list = std::make_shared<std::vector<RestoreJob>>(); ///< as last read
        std::vector<RestoreJob> submitted;                          ///< ordered here and not in a list yet
        JobsReading reading;
        QDateTime paced; ///< the reading by which `reading.interval` was set
    };

    Private(JobMonitor *monitor, CloudClient &cloud, const Clock &machineClock, const QString &stateFile,
            Intervals pollIntervals);

    void watch(const Project &project, const Cluster &cluster);
    void unwatch(const std::function<bool(const Watched &)> &isGone);
    void listRead(const ClusterId &id, const Result<ListRead> &result);
    void agentsRead(const ProjectId &project, const Result<AgentsRead> &result);
    void note(JobsReading &reading, const Error *error);
    void rebuild(const Watched &watched);
    void update(const Watched &watched, const QSet<JobId> &touched);
    std::vector<JobGroup> makeGroups(const Watched &watched, std::vector<RestoreJob> jobs) const;
    void tell(const QStringList &changed);
    void adjustPaces();
    bool mayGoOn(const ClusterId &cluster) const;
    void askForLinks(const Watched &watched);

    JobMonitor *q;
    CloudClient &client;
    const Clock &clock;
    const Intervals intervals;
    SubmissionMemory memory;
    QString toldTrouble;
    std::map<ClusterId, Watched> watchedClusters;
    std::map<ProjectId, JobsReading> agentReadings;
    JobBoard board;
    LinkReader links;
    RequestBudget budget; ///< of all that is read by itself
    Poller<ClusterId, ListRead> lists;
    AgentsReader agents;
};

} // namespace tidemark
