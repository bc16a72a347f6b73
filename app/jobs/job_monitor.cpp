#include "jobs/job_monitor.h"

#include "base/log.h"
#include "cloud/paging.h"
#include "jobs/agents_look.h"
#include "jobs/job_grouping.h"
#include "jobs/job_monitor_private.h"
#include "jobs/job_paces.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int listsAtOnce = 4;
constexpr int asksForAnExpectedLink = 5;
// Of a connection, however many clusters it has: 4 a second while nothing runs and 10 while something does.
constexpr double QuietRequests = 240; ///< in an idle interval
constexpr double BusyRequests = 50;   ///< in an active one
/// How long what was ordered here is read ahead of all others when it is watched again.
constexpr std::chrono::hours ProbablyGoingOn{24};

RequestBudget::Rates ratesOf(const JobMonitor::Intervals &intervals)
{
    const auto perSecond = [](double requests, std::chrono::milliseconds interval) {
        return requests / std::chrono::duration<double>(std::max(interval, std::chrono::milliseconds(1))).count();
    };
    const double quiet = perSecond(QuietRequests, intervals.idle);
    return {quiet, std::max(quiet, perSecond(BusyRequests, intervals.active))};
}

} // namespace

JobMonitor::Private::Private(JobMonitor *monitor, CloudClient &cloud, const Clock &machineClock,
                             const QString &stateFile, Intervals pollIntervals)
    : q(monitor)
    , client(cloud)
    , clock(machineClock)
    , intervals(pollIntervals)
    , memory(stateFile)
    , toldTrouble(memory.trouble())
    , links(cloud)
    , budget(ratesOf(pollIntervals), RequestBudget::Time::clock::now())
    , lists(
          listsAtOnce, pollIntervals.idle, &budget,
          [this](const ClusterId &id) {
              const Watched &watched = watchedClusters.at(id);
              return readJobList(q, client, watched.project.id, id, watched.list);
          },
          [this](const ClusterId &id, const auto &result) { listRead(id, result); })
    , agents(
          cloud, pollIntervals.idle, &budget,
          [this](const ProjectId &project, qint64 goal) {
              return needsConfiguration(board.groups(), project, goal, client.serverNow());
          },
          [this](const ProjectId &project, const auto &result) { agentsRead(project, result); })
{
}

void JobMonitor::Private::watch(const Project &project, const Cluster &cluster)
{
    Watched &watched = watchedClusters[cluster.id];
    const bool isNew = watched.cluster.id.isEmpty();
    if (!isNew && watched.project == project && watched.cluster == cluster)
        return;
    watched.project = project;
    watched.cluster = cluster;
    watched.reading.project = project.id;
    watched.reading.cluster = cluster.id;
    watched.reading.name = cluster.name;
    if (isNew) {
        lists.add(cluster.id, intervals.idle);
        if (mayGoOn(cluster.id))
            lists.readNow(cluster.id);
    } else {
        rebuild(watched); // names may have changed
    }
}

/// Before its list was read: what was ordered here lately is not made to wait for all that is idle.
bool JobMonitor::Private::mayGoOn(const ClusterId &cluster) const
{
    const QDateTime since = clock.now().addSecs(-std::chrono::seconds(ProbablyGoingOn).count());
    return std::ranges::any_of(
        memory.all(), [&](const RememberedSubmission &one) { return one.cluster == cluster && one.ordered > since; });
}

/// What was ordered here is followed to its end, whatever the catalogue says.
void JobMonitor::Private::unwatch(const std::function<bool(const Watched &)> &isGone)
{
    const QDateTime now = client.serverNow();
    QSet<ClusterId> goingOn;
    for (const JobGroup &group : board.groups()) {
        if (group.isOrderedHere() && !group.isFinal(now))
            goingOn.insert(group.cluster);
    }
    QStringList changed;
    std::erase_if(watchedClusters, [&](auto &entry) {
        if (goingOn.contains(entry.first) || !isGone(entry.second))
            return false;
        lists.remove(entry.first);
        changed += board.put(entry.first, {});
        forget(std::move(entry.second.list));
        return true;
    });
    adjustPaces();
    tell(changed);
}

void JobMonitor::Private::note(JobsReading &reading, const Error *error)
{
    if (error == nullptr) {
        reading.error.reset();
        reading.lastGood = clock.now();
        return;
    }
    reading.error = *error;
    qCInfo(lcJobs, "%s %s could not be read: %s", reading.cluster.isEmpty() ? "The agents of" : "The restore jobs of",
           qUtf8Printable(reading.name), qUtf8Printable(error->sentence));
    Q_EMIT q->refreshFailed(JobsReading(reading));
}

void JobMonitor::Private::listRead(const ClusterId &id, const Result<ListRead> &result)
{
    Watched &watched = watchedClusters.at(id);
    if (!result) {
        note(watched.reading, &result.error());
        return;
    }
    note(watched.reading, nullptr);
    budget.spend(static_cast<int>(result->jobs->size() / PageSize), RequestBudget::Time::clock::now()); // further pages
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
    adjustPaces();
    if (const auto still = watchedClusters.find(id); still != watchedClusters.end())
        askForLinks(still->second);
    Q_EMIT q->refreshed(clock.now());
}

void JobMonitor::Private::rebuild(const Watched &watched)
{
    std::vector<RestoreJob> jobs = watched.submitted;
    jobs.insert(jobs.end(), watched.list->begin(), watched.list->end());
    tell(board.put(watched.cluster.id, makeGroups(watched, std::move(jobs))));
}

/// As rebuild(), for a list whose jobs are those that are known, in groups that are known.
void JobMonitor::Private::update(const Watched &watched, const QSet<JobId> &touched)
{
    tell(board.change(watched.cluster.id,
                      makeGroups(watched, board.withSiblings(watched.cluster.id, *watched.list, touched))));
}

std::vector<JobGroup> JobMonitor::Private::makeGroups(const Watched &watched, std::vector<RestoreJob> jobs) const
{
    for (RestoreJob &job : jobs)
        links.complete(job);
    return groupJobs(watched.project, watched.cluster, jobs, memory);
}

void JobMonitor::Private::tell(const QStringList &changed)
{
    if (!changed.isEmpty())
        Q_EMIT q->groupsChanged(changed);
    if (toldTrouble == memory.trouble())
        return;
    toldTrouble = memory.trouble();
    Q_EMIT q->troubleChanged();
}

void JobMonitor::Private::adjustPaces()
{
    const JobPaces paces = pacesOf(board.groups(), intervals.active, intervals.idle, client.serverNow());
    budget.setBusy(paces.anyBelow(intervals.idle), RequestBudget::Time::clock::now());
    for (auto &[id, watched] : watchedClusters) {
        const auto pace = paces.lists.find(id);
        const auto interval = pace == paces.lists.end() ? intervals.idle : pace->second;
        lists.setInterval(id, interval);
        // A list is not late because it is read more often from now on: what is there was read for the longer one.
        const bool isReadAnew = watched.paced != watched.reading.lastGood;
        watched.reading.interval = isReadAnew ? interval : std::max(watched.reading.interval, interval);
        watched.paced = watched.reading.lastGood;
    }
    agents.follow(paces.agents);
}

/// A download is asked for until it has its link. What may be one is asked for once: it is not waited for.
void JobMonitor::Private::askForLinks(const Watched &watched)
{
    const QDateTime now = client.serverNow();
    const ClusterId id = watched.cluster.id;
    for (const JobGroup *group : board.of(id)) {
        const bool isExpected = group->kind.is == JobKind::Is::Download;
        const JobPhase waiting = isExpected ? JobPhase::UnderWay : JobPhase::Slow;
        if (!isExpected && group->kind.is != JobKind::Is::NotTold)
            continue;
        for (const RestoreJob &job : group->jobs) {
            const bool lacksLink = job.delivery.status == DeliveryStatus::Ready && !job.delivery.hasLink();
            if (!lacksLink || jobPhase(*group, job, now) != waiting)
                continue;
            links.ask(q, group->project.id, id, job, isExpected ? asksForAnExpectedLink : 1, [this, id] {
                if (const auto still = watchedClusters.find(id); still != watchedClusters.end())
                    rebuild(still->second);
            });
        }
    }
}

void JobMonitor::Private::agentsRead(const ProjectId &project, const Result<AgentsRead> &result)
{
    JobsReading &reading =
        agentReadings.try_emplace(project, JobsReading{project, {}, project.value, {}, {}}).first->second;
    note(reading, result ? nullptr : &result.error());
    if (!result)
        return;
    const QDateTime now = client.serverNow();
    tell(board.editAgents([&](const JobGroup &group, AgentsProgress &progress) {
        if (group.targetProject != project || !needsAgents(group, now))
            return;
        const auto target = watchedClusters.find(group.jobs.front().delivery.targetCluster);
        const AgentsLook look = lookAt(group, result->status, result->config.get(),
                                       target == watchedClusters.end() ? nullptr : &target->second.cluster);
        progress = judgeAgents(std::move(progress), look);
        if (const RememberedSubmission *known = memory.find(group.jobs, group.cluster))
            memory.setAgents(known->key, progress);
    }));
    adjustPaces();
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
    d->unwatch([&](const Private::Watched &watched) {
        return watched.project.id == project.id &&
               std::none_of(clusters.begin(), clusters.end(),
                            [&](const Cluster &cluster) { return cluster.id == watched.cluster.id; });
    });
}

void JobMonitor::keepProjects(const std::vector<Project> &projects)
{
    d->unwatch([&](const Private::Watched &watched) {
        return std::none_of(projects.begin(), projects.end(),
                            [&](const Project &project) { return project.id == watched.project.id; });
    });
}

QString JobMonitor::addSubmission(const RememberedSubmission &submission, const Project &project,
                                  const Cluster &cluster, const std::vector<RestoreJob> &jobs)
{
    RememberedSubmission complete = submission;
    complete.cluster = cluster.id;
    if (!complete.ordered.isValid())
        complete.ordered = d->clock.now();
    const QString key = d->memory.add(std::move(complete)).key;
    if (!d->watchedClusters.contains(cluster.id))
        d->watch(project, cluster);
    Private::Watched &watched = d->watchedClusters.at(cluster.id);
    for (const RestoreJob &job : jobs) {
        const auto isJob = [&job](const RestoreJob &known) { return known.id == job.id; };
        const bool isKnown = std::any_of(watched.list->begin(), watched.list->end(), isJob) ||
                             std::any_of(watched.submitted.begin(), watched.submitted.end(), isJob);
        if (!isKnown)
            watched.submitted.push_back(job);
    }
    d->rebuild(watched);
    d->adjustPaces();
    return key;
}

const RememberedSubmission *JobMonitor::submissionOf(const QString &order) const
{
    return d->memory.findOrder(order);
}

const std::vector<RememberedSubmission> &JobMonitor::submissions() const
{
    return d->memory.all();
}

const RememberedSubmission *JobMonitor::remembered(const QString &key) const
{
    const JobGroup *group = d->board.find(key);
    return group == nullptr ? d->memory.findKey(key) : d->memory.find(group->jobs, group->cluster);
}

void JobMonitor::stopFollowing(const QString &key)
{
    const RememberedSubmission *known = remembered(key);
    if (known == nullptr)
        return;
    const JobGroup *group = d->board.find(key);
    const ClusterId cluster = group == nullptr ? known->cluster : group->cluster;
    d->memory.stopFollowing(QString(known->key));
    if (const auto watched = d->watchedClusters.find(cluster); watched != d->watchedClusters.end())
        d->rebuild(watched->second);
    d->adjustPaces();
}

void JobMonitor::refreshNow()
{
    d->budget.fill(RequestBudget::Time::clock::now());
    d->lists.readAllNow();
    d->agents.readAllNow();
}

Result<std::vector<RememberedSubmission>> JobMonitor::submissionsOnDisk()
{
    if (const auto trouble = d->memory.readAgain())
        return failure(*trouble);
    return d->memory.all();
}

QStringList JobMonitor::filesAside() const
{
    return d->memory.filesAside();
}

void JobMonitor::adopt(const QStringList &files)
{
    for (const QString &file : files)
        d->memory.adopt(file);
}

bool JobMonitor::isSaved(const QString &order) const
{
    return d->memory.isSaved(order);
}

void JobMonitor::refreshCluster(const ClusterId &cluster)
{
    d->lists.readNow(cluster);
}

const std::vector<JobGroup> &JobMonitor::groups() const
{
    return d->board.groups();
}

const JobGroup *JobMonitor::group(const QString &key) const
{
    return d->board.find(key);
}

std::vector<JobsReading> JobMonitor::readings() const
{
    std::vector<JobsReading> all;
    for (const auto &[id, watched] : d->watchedClusters)
        all.push_back(watched.reading);
    for (const auto &[project, reading] : d->agentReadings)
        all.push_back(reading);
    return all;
}

const AutomationStatus *JobMonitor::agentsOf(const ProjectId &project) const
{
    return d->agents.lastRead(project);
}

QString JobMonitor::trouble() const
{
    return d->memory.trouble();
}

} // namespace tidemark
