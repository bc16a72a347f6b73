#include "jobs/job_monitor.h"

#include "base/log.h"
#include "jobs/agent_progress.h"
#include "jobs/job_grouping.h"
#include "jobs/job_list.h"
#include "jobs/link_reader.h"
#include "jobs/poller.h"

#include <QSet>

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

constexpr int listsAtOnce = 4;
constexpr int statusesAtOnce = 2;
constexpr int openLinksFactor = 4; ///< of the active interval, while links only wait to be used

} // namespace

class JobMonitor::Private
{
public:
    struct Watched
    {
        Project project;
        Cluster cluster;
        JobList list = std::make_shared<std::vector<RestoreJob>>(); ///< as last read
        std::vector<RestoreJob> submitted;                          ///< ordered here and not in a list yet
        QSet<QString> keys;                                         ///< of its groups
    };

    Private(JobMonitor *monitor, CloudClient &cloud, const Clock &machineClock, const QString &stateFile,
            Intervals pollIntervals);

    void watch(const Project &project, const Cluster &cluster);
    void listRead(const ClusterId &id, const Result<ListRead> &result);
    void statusRead(const ProjectId &project, const Result<AutomationStatus> &result);
    void rebuild(Watched &watched);
    void update(Watched &watched, const QSet<QString> &touched);
    std::vector<JobGroup> makeGroups(const Watched &watched, std::vector<RestoreJob> jobs) const;
    void replaceGroups(const Watched &watched, std::vector<JobGroup> fresh);
    void indexGroups();
    void adjustPace(const Watched &watched);
    void askForLinks(const Watched &watched);
    bool isWaitingForAgents(const JobGroup &group) const;
    void followAgents();

    JobMonitor *q;
    CloudClient &client;
    const Clock &clock;
    const Intervals intervals;
    SubmissionMemory memory;
    AgentProgress progress;
    std::map<ClusterId, Watched> watchedClusters;
    std::vector<JobGroup> groups;  ///< newest first
    QHash<QString, size_t> places; ///< key → place in groups
    QSet<QString> projectsWithAgents;
    LinkReader links;
    Poller<ClusterId, ListRead> lists;
    Poller<ProjectId, AutomationStatus> statuses;
};

JobMonitor::Private::Private(JobMonitor *monitor, CloudClient &cloud, const Clock &machineClock,
                             const QString &stateFile, Intervals pollIntervals)
    : q(monitor)
    , client(cloud)
    , clock(machineClock)
    , intervals(pollIntervals)
    , memory(stateFile)
    , links(cloud)
    , lists(
          listsAtOnce, pollIntervals.idle,
          [this](const ClusterId &id) {
              const Watched &watched = watchedClusters.at(id);
              return readJobList(q, client, watched.project.id, id, watched.list);
          },
          [this](const ClusterId &id, const auto &result) { listRead(id, result); })
    , statuses(
          statusesAtOnce, pollIntervals.idle, [this](const ProjectId &id) { return client.automationStatus(id); },
          [this](const ProjectId &id, const auto &result) { statusRead(id, result); })
{
    for (const RememberedSubmission &submission : memory.all()) {
        if (submission.agentsAtEnd)
            progress.setSettled(submission.key, *submission.agentsAtEnd);
    }
}

void JobMonitor::Private::watch(const Project &project, const Cluster &cluster)
{
    Watched &watched = watchedClusters[cluster.id];
    const bool isNew = watched.cluster.id.isEmpty();
    if (!isNew && watched.project == project && watched.cluster == cluster)
        return;
    watched.project = project;
    watched.cluster = cluster;
    if (isNew)
        lists.add(cluster.id, intervals.idle);
    else
        rebuild(watched); // names may have changed
}

void JobMonitor::Private::listRead(const ClusterId &id, const Result<ListRead> &result)
{
    Watched &watched = watchedClusters.at(id);
    if (!result) {
        qCInfo(lcJobs, "The restore jobs of cluster %s could not be read: %s", qUtf8Printable(id.value),
               qUtf8Printable(result.error().sentence));
        Q_EMIT q->refreshFailed(result.error());
        return;
    }
    const bool hasSubmitted = !watched.submitted.empty();
    const auto changed = hasSubmitted ? std::nullopt : result->changed;
    if (hasSubmitted) {
        QSet<JobId> listed;
        for (const RestoreJob &job : *result->jobs)
            listed.insert(job.id);
        std::erase_if(watched.submitted, [&listed](const RestoreJob &job) { return listed.contains(job.id); });
    }
    if (!changed) {
        forget(std::exchange(watched.list, result->jobs));
        rebuild(watched);
    } else if (!changed->isEmpty()) {
        forget(std::exchange(watched.list, result->jobs));
        update(watched, *changed);
    }
    adjustPace(watched);
    askForLinks(watched);
    followAgents();
    Q_EMIT q->refreshed(clock.now());
}

void JobMonitor::Private::rebuild(Watched &watched)
{
    std::vector<RestoreJob> jobs = watched.submitted;
    jobs.insert(jobs.end(), watched.list->begin(), watched.list->end());
    std::vector<JobGroup> fresh = makeGroups(watched, std::move(jobs));
    QStringList changed;
    QSet<QString> keys;
    bool isRearranged = false;
    for (JobGroup &group : fresh) {
        keys.insert(group.key);
        const auto place = places.constFind(group.key);
        if (place == places.cend()) {
            isRearranged = true;
            changed.append(group.key);
        } else if (groups[*place] != group) {
            changed.append(group.key);
            groups[*place] = group;
        }
    }
    for (const QString &key : std::as_const(watched.keys)) {
        if (!keys.contains(key)) {
            isRearranged = true;
            changed.append(key);
        }
    }
    watched.keys = keys;
    if (isRearranged)
        replaceGroups(watched, std::move(fresh));
    if (!changed.isEmpty())
        Q_EMIT q->groupsChanged(changed);
}

/// As rebuild(), for a list whose jobs are those that are known, in groups that are known.
void JobMonitor::Private::update(Watched &watched, const QSet<QString> &touched)
{
    std::vector<RestoreJob> jobs;
    for (const RestoreJob &job : *watched.list) {
        if (touched.contains(groupKey(job)))
            jobs.push_back(job);
    }
    QStringList changed;
    for (JobGroup &group : makeGroups(watched, std::move(jobs))) {
        JobGroup &known = groups[places.value(group.key)];
        if (known == group)
            continue;
        changed.append(group.key);
        known = std::move(group);
    }
    if (!changed.isEmpty())
        Q_EMIT q->groupsChanged(changed);
}

std::vector<JobGroup> JobMonitor::Private::makeGroups(const Watched &watched, std::vector<RestoreJob> jobs) const
{
    for (RestoreJob &job : jobs)
        links.complete(job);
    std::vector<JobGroup> made = groupJobs(watched.project, watched.cluster, jobs, memory);
    for (JobGroup &group : made) {
        if (const auto agents = progress.shown(group.key))
            group.agents = agents;
    }
    return made;
}

void JobMonitor::Private::replaceGroups(const Watched &watched, std::vector<JobGroup> fresh)
{
    std::erase_if(groups, [&watched](const JobGroup &group) { return group.cluster == watched.cluster.id; });
    groups.insert(groups.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    sortByAge(groups);
    indexGroups();
}

void JobMonitor::Private::indexGroups()
{
    places.clear();
    places.reserve(static_cast<qsizetype>(groups.size()));
    for (size_t place = 0; place < groups.size(); ++place)
        places.insert(groups[place].key, place);
}

void JobMonitor::Private::adjustPace(const Watched &watched)
{
    const QDateTime now = client.serverNow();
    JobPhase phase = JobPhase::Final;
    for (const QString &key : watched.keys) {
        const JobGroup &group = groups[places.value(key)];
        phase = std::min(phase, isWaitingForAgents(group) ? JobPhase::UnderWay : groupPhase(group, now));
    }
    auto interval = intervals.idle;
    if (phase == JobPhase::UnderWay)
        interval = intervals.active;
    else if (phase == JobPhase::Open)
        interval = std::min(intervals.idle, intervals.active * openLinksFactor);
    lists.setInterval(watched.cluster.id, interval);
}

void JobMonitor::Private::askForLinks(const Watched &watched)
{
    const QDateTime now = client.serverNow();
    const ClusterId id = watched.cluster.id;
    for (const QString &key : watched.keys) {
        const JobGroup &group = groups[places.value(key)];
        for (const RestoreJob &job : group.jobs) {
            const bool lacksLink = job.delivery.status == DeliveryStatus::Ready && !job.delivery.hasLink();
            if (!lacksLink || jobPhase(job, group.isAutomatedRestore(), now) != JobPhase::UnderWay)
                continue;
            links.ask(q, group.project.id, id, job, [this, id] { rebuild(watchedClusters.at(id)); });
        }
    }
}

bool JobMonitor::Private::isWaitingForAgents(const JobGroup &group) const
{
    if (group.targetProject.isEmpty() || !group.isAutomatedRestore() || progress.isSettled(group.key))
        return false;
    // Without its last agents' status the group is under way as long as any job may still reach the agents.
    JobGroup unanswered = group;
    unanswered.agents.reset();
    return groupPhase(unanswered, client.serverNow()) == JobPhase::UnderWay;
}

void JobMonitor::Private::followAgents()
{
    QSet<QString> wanted;
    for (const JobGroup &group : groups) {
        if (isWaitingForAgents(group))
            wanted.insert(group.targetProject.value);
    }
    for (const QString &project : std::as_const(projectsWithAgents)) {
        if (!wanted.contains(project))
            statuses.remove(ProjectId(project));
    }
    projectsWithAgents = wanted;
    for (const QString &project : std::as_const(wanted))
        statuses.add(ProjectId(project), intervals.active);
}

void JobMonitor::Private::statusRead(const ProjectId &project, const Result<AutomationStatus> &result)
{
    if (!result) {
        qCInfo(lcJobs, "The agents of project %s could not be read: %s", qUtf8Printable(project.value),
               qUtf8Printable(result.error().sentence));
        return;
    }
    QStringList changed;
    for (JobGroup &group : groups) {
        if (group.targetProject != project || !isWaitingForAgents(group))
            continue;
        const auto shown = progress.judge(group, *result);
        if (progress.isSettled(group.key))
            memory.setAgentsAtEnd(group.key, *shown);
        if (group.agents == shown)
            continue;
        group.agents = shown;
        changed.append(group.key);
    }
    followAgents();
    for (const auto &[id, watched] : watchedClusters)
        adjustPace(watched);
    if (!changed.isEmpty())
        Q_EMIT q->groupsChanged(changed);
}

JobMonitor::JobMonitor(CloudClient &client, const Clock &clock, QString stateFile, Intervals intervals, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, client, clock, stateFile, intervals))
{
}

JobMonitor::~JobMonitor() = default;

void JobMonitor::watch(const Project &project, const Cluster &cluster)
{
    d->watch(project, cluster);
}

void JobMonitor::watchAll(const Project &project, const std::vector<Cluster> &clusters)
{
    for (const Cluster &cluster : clusters)
        d->watch(project, cluster);
}

void JobMonitor::addSubmission(const Submission &submission)
{
    const RestoreRequest &request = submission.request;
    RememberedSubmission remembered;
    remembered.batch = submission.batch;
    for (const RestoreJob &job : submission.jobs)
        remembered.jobs.push_back(job.id);
    remembered.key = submission.batch.isEmpty() ? submission.jobs.front().id.value : submission.batch.value;
    remembered.ordered = d->clock.now();
    remembered.mode = request.mode();
    remembered.point = request.point();
    remembered.pointTime = request.pointTime();
    if (const auto *target = std::get_if<AutomatedDelivery>(&request.delivery())) {
        remembered.targetProject = target->project;
        remembered.targetProjectName = target->projectName;
        remembered.targetCluster = target->cluster;
        remembered.targetClusterName = target->clusterName;
    }
    d->memory.add(remembered);

    if (!d->watchedClusters.contains(request.cluster().id))
        d->watch(request.project(), request.cluster());
    Private::Watched &watched = d->watchedClusters.at(request.cluster().id);
    for (const RestoreJob &job : submission.jobs) {
        const auto isJob = [&job](const RestoreJob &known) { return known.id == job.id; };
        const bool isKnown = std::any_of(watched.list->begin(), watched.list->end(), isJob) ||
                             std::any_of(watched.submitted.begin(), watched.submitted.end(), isJob);
        if (!isKnown)
            watched.submitted.push_back(job);
    }
    d->rebuild(watched);
    d->adjustPace(watched);
    d->followAgents();
}

void JobMonitor::refreshNow()
{
    d->lists.readAllNow();
    d->statuses.readAllNow();
}

const std::vector<JobGroup> &JobMonitor::groups() const
{
    return d->groups;
}

const JobGroup *JobMonitor::group(const QString &key) const
{
    const auto place = d->places.constFind(key);
    return place == d->places.cend() ? nullptr : &d->groups[*place];
}

} // namespace tidemark
