#include "session/session.h"

#include "base/background.h"
#include "base/log.h"
#include "base/private_file.h"
#include "session/call_queue.h"
#include "session/order_memory.h"

#include <QDir>

#include <algorithm>
#include <map>
#include <optional>

namespace tidemark {

namespace {

constexpr int callsAtOnce = 4;

/// The folder's path, made for its owner alone.
QString privateFolder(const QString &path)
{
    if (!makePrivateFolder(path))
        qCWarning(lcRestore, "The folder %s cannot be made private", qUtf8Printable(path));
    return path;
}

bool hasBackups(const Cluster &cluster)
{
    // A stopped backup still has snapshots and jobs; where the state could not be read there may be some.
    return cluster.backupRunning.value_or(true) || !cluster.backupState.isEmpty();
}

const Cluster *findCluster(const std::vector<Cluster> &clusters, const ClusterId &id)
{
    for (const Cluster &cluster : clusters) {
        if (cluster.id == id)
            return &cluster;
        if (const Cluster *shard = findCluster(cluster.shards, id))
            return shard;
    }
    return nullptr;
}

} // namespace

class Session::Private
{
public:
    struct ProjectClusters
    {
        std::optional<std::vector<Cluster>> clusters;
        std::optional<Error> error;
    };

    Private(Session *session, Connection connection, Credentials credentials, const Clock &usedClock,
            const QString &dataDir, Timing timing, const QString &pendingFile);

    bool remember(const PendingOrder &order, const std::vector<RestoreJob> &found);
    void projectsRead(const Result<std::vector<Project>> &result);
    void clustersRead(const Project &project, const Result<std::vector<Cluster>> &result);
    void readLatestSnapshot(const Project &project, const Cluster &cluster);
    void snapshotsRead(const ClusterId &cluster, const Result<std::vector<Snapshot>> &result);

    Session *q;
    const Clock &clock;
    const QString folder;
    CloudClient client;
    AuditLog audit;
    JobMonitor jobs;
    std::unique_ptr<CloudClient> orderClient; ///< orders are never queued behind polling
    OrderDesk orders;
    OrderAudit orderAudit;
    CallQueue calls{callsAtOnce};
    std::vector<Project> projects;
    std::optional<Error> projectsError;
    std::map<ProjectId, ProjectClusters> byProject;
    std::map<ClusterId, Snapshot> latest;
};

Session::Private::Private(Session *session, Connection connection, Credentials credentials, const Clock &usedClock,
                          const QString &dataDir, Timing timing, const QString &pendingFile)
    : q(session)
    , clock(usedClock)
    , folder(privateFolder(dataDir))
    , client(std::move(connection), std::move(credentials), usedClock)
    , audit(QDir(folder).filePath(QStringLiteral("audit.jsonl")), usedClock)
    , jobs(client, usedClock, QDir(folder).filePath(QStringLiteral("restores.json")), timing.intervals)
    , orderClient(client.sibling(CloudClient::Retries::Usual))
    , orders(
          {*orderClient, audit, usedClock,
           pendingFile.isEmpty() ? QDir(folder).filePath(QStringLiteral("orders.json")) : pendingFile, timing.reading,
           timing.following,
           [this](const PendingOrder &order, const std::vector<RestoreJob> &found) { return remember(order, found); },
           [this](const QString &key) { return jobs.submissionOf(key) != nullptr; },
           [this] { return knownRestores(jobs, client.serverNow(), clock.now()); }})
    , orderAudit(jobs, audit, client)
{
    QObject::connect(&orders, &OrderDesk::newJobsSeen, &jobs, &JobMonitor::refreshCluster);
}

bool Session::Private::remember(const PendingOrder &order, const std::vector<RestoreJob> &found)
{
    const Cluster *known = q->cluster(order.cluster);
    Cluster source;
    source.id = order.cluster;
    source.project = order.project.id;
    source.name = order.clusterName;
    source.type = order.isSharded ? ClusterType::ShardedCluster : ClusterType::ReplicaSet;
    jobs.addSubmission(submissionOf(order, found), order.project, known ? *known : source, found);
    return jobs.isSaved(order.key);
}

void Session::Private::projectsRead(const Result<std::vector<Project>> &result)
{
    if (!result) {
        projectsError = result.error();
        Q_EMIT q->projectsChanged();
        return;
    }
    projectsError.reset();
    projects = *result;
    std::erase_if(byProject, [this](const auto &entry) {
        return std::none_of(projects.begin(), projects.end(),
                            [&entry](const Project &project) { return project.id == entry.first; });
    });
    jobs.keepProjects(projects);
    Q_EMIT q->projectsChanged();
    for (const Project &project : std::as_const(projects)) {
        calls.call<std::vector<Cluster>>(
            q, [this, id = project.id] { return client.clusters(id); },
            [this, project](const auto &clusters) { clustersRead(project, clusters); });
    }
}

void Session::Private::clustersRead(const Project &project, const Result<std::vector<Cluster>> &result)
{
    ProjectClusters &known = byProject[project.id];
    if (!result) {
        known.error = result.error();
        Q_EMIT q->clustersChanged(project.id);
        return;
    }
    known.error.reset();
    known.clusters = *result;
    std::vector<Cluster> backedUp;
    std::copy_if(result->begin(), result->end(), std::back_inserter(backedUp), hasBackups);
    jobs.watchAll(project, backedUp);
    Q_EMIT q->clustersChanged(project.id);
    for (const Cluster &cluster : backedUp)
        readLatestSnapshot(project, cluster);
}

void Session::Private::readLatestSnapshot(const Project &project, const Cluster &cluster)
{
    calls.call<std::vector<Snapshot>>(
        q, [this, project = project.id, id = cluster.id] { return client.snapshots(project, id); },
        [this, id = cluster.id](const auto &snapshots) { snapshotsRead(id, snapshots); });
}

void Session::Private::snapshotsRead(const ClusterId &cluster, const Result<std::vector<Snapshot>> &result)
{
    if (!result) {
        qCInfo(lcRestore, "The snapshots of cluster %s could not be read: %s", qUtf8Printable(cluster.value),
               qUtf8Printable(result.error().sentence));
        return;
    }
    const Snapshot *newest = nullptr;
    for (const Snapshot &snapshot : *result) {
        if (snapshot.complete && (newest == nullptr || newest->created < snapshot.created))
            newest = &snapshot;
    }
    const auto known = latest.find(cluster);
    if (newest == nullptr) {
        if (latest.erase(cluster) > 0)
            Q_EMIT q->latestSnapshotChanged(cluster);
        return;
    }
    if (known != latest.end() && known->second == *newest)
        return;
    latest.insert_or_assign(cluster, *newest);
    Q_EMIT q->latestSnapshotChanged(cluster);
}

Session::Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
                 Timing timing, QString pendingFile, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(connection), std::move(credentials), clock, dataDir, timing,
                                  pendingFile))
{
}

Session::Session(Connection connection, Credentials credentials, const Clock &clock, const QString &dataDir,
                 JobMonitor::Intervals intervals, QObject *parent)
    : Session(std::move(connection), std::move(credentials), clock, dataDir, Timing{intervals, {}, {}}, {}, parent)
{
}

Session::~Session() = default;

const Connection &Session::connection() const
{
    return d->client.connection();
}

CloudClient &Session::client()
{
    return d->client;
}

OrderDesk &Session::orders()
{
    return d->orders;
}

JobMonitor &Session::jobs()
{
    return d->jobs;
}

const Clock &Session::clock() const
{
    return d->clock;
}

void Session::loadCatalogue()
{
    if (!d->calls.isIdle())
        return;
    d->calls.call<std::vector<Project>>(
        this, [this] { return d->client.projects(); }, [this](const auto &projects) { d->projectsRead(projects); });
}

void Session::checkFiles()
{
    if (const auto &aside = d->orders.pending().setAside())
        Q_EMIT fileTrouble(*aside);
    if (const QString sentence = d->jobs.trouble(); !sentence.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = sentence;
        Q_EMIT fileTrouble(error);
    }
    inOwnThread(
        this, [path = d->audit.path()] { return AuditLog::verify(path); },
        [this](const AuditLog::Verdict &verdict) {
            if (verdict.trouble)
                Q_EMIT fileTrouble(*verdict.trouble);
        });
}

const std::vector<Project> &Session::projects() const
{
    return d->projects;
}

const std::vector<Cluster> *Session::clusters(const ProjectId &project) const
{
    const auto found = d->byProject.find(project);
    return found == d->byProject.end() || !found->second.clusters ? nullptr : &*found->second.clusters;
}

const Error *Session::clusterError(const ProjectId &project) const
{
    const auto found = d->byProject.find(project);
    return found == d->byProject.end() || !found->second.error ? nullptr : &*found->second.error;
}

const Error *Session::projectsError() const
{
    return d->projectsError ? &*d->projectsError : nullptr;
}

const Project *Session::project(const ProjectId &id) const
{
    const auto found = std::find_if(d->projects.begin(), d->projects.end(),
                                    [&id](const Project &project) { return project.id == id; });
    return found == d->projects.end() ? nullptr : &*found;
}

const Cluster *Session::cluster(const ClusterId &id) const
{
    for (const auto &[project, known] : d->byProject) {
        if (!known.clusters)
            continue;
        if (const Cluster *found = findCluster(*known.clusters, id))
            return found;
    }
    return nullptr;
}

const Snapshot *Session::latestSnapshot(const ClusterId &cluster) const
{
    const auto found = d->latest.find(cluster);
    return found == d->latest.end() ? nullptr : &found->second;
}

} // namespace tidemark
