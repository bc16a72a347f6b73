#include "session/catalogue.h"

#include "base/log.h"
#include "cloud/cloud_client.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

constexpr int callsAtOnce = 4;

qint64 steadyNow()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
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

template<typename Parts, typename Key>
auto *entryOf(Parts &parts, const Key &key)
{
    const auto found = parts.find(key);
    return found == parts.end() ? nullptr : &found->second;
}

} // namespace

std::optional<std::chrono::milliseconds> retryPause(const Error &error, int failures)
{
    if (!error.retryable)
        return {};
    using std::chrono::milliseconds;
    const milliseconds grown(std::min<qint64>(1000LL << std::clamp(failures - 1, 0, 10), 60000));
    return std::max(grown, error.retryAfter);
}

Catalogue::Catalogue(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_calls(callsAtOnce)
{
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer); // a coarse one may be early and find nothing to do
    connect(&m_retry, &QTimer::timeout, this, &Catalogue::tryAgain);
}

Catalogue::~Catalogue() = default;

void Catalogue::read()
{
    if (!m_state.isReading)
        readProjects();
}

void Catalogue::readProjects()
{
    if (m_list.isWanted)
        return;
    m_list.isWanted = true;
    m_calls.call<std::vector<Project>>(
        this, [this] { return m_client.projects(); },
        [this](const Result<std::vector<Project>> &result) {
            ended(m_list, result ? nullptr : &result.error());
            if (result)
                take(*result);
            else
                Q_EMIT projectsChanged();
            refreshState();
        });
    refreshState();
}

void Catalogue::take(const std::vector<Project> &projects)
{
    m_projects = projects;
    const auto isGone = [this](const ProjectId &id) { return project(id) == nullptr; };
    std::erase_if(m_byProject, [&](const auto &entry) { return isGone(entry.first); });
    std::erase_if(m_byCluster, [&](const auto &entry) { return isGone(entry.second.project); });
    for (const Project &project : m_projects)
        m_byProject.try_emplace(project.id);
    Q_EMIT projectsChanged();
    for (const Project &project : projects)
        readClusters(project);
}

void Catalogue::readClusters(const Project &project)
{
    ProjectPart *part = entryOf(m_byProject, project.id);
    if (part == nullptr || part->isWanted)
        return;
    part->isWanted = true;
    m_calls.call<std::vector<Cluster>>(
        this, [this, id = project.id] { return m_client.clusters(id); },
        [this, project](const Result<std::vector<Cluster>> &result) {
            ProjectPart *asked = entryOf(m_byProject, project.id);
            if (asked == nullptr)
                return; // the project went away meanwhile
            ended(*asked, result ? nullptr : &result.error());
            if (result)
                takeClusters(project, *result);
            else
                Q_EMIT clustersChanged(project.id);
            refreshState();
        },
        project.id.value);
}

void Catalogue::takeClusters(const Project &project, const std::vector<Cluster> &clusters)
{
    m_byProject[project.id].clusters = clusters;
    std::vector<Cluster> backedUp;
    std::copy_if(clusters.begin(), clusters.end(), std::back_inserter(backedUp), hasBackups);
    std::erase_if(m_byCluster, [&](const auto &entry) {
        return entry.second.project == project.id &&
               std::none_of(backedUp.begin(), backedUp.end(),
                            [&](const Cluster &cluster) { return cluster.id == entry.first; });
    });
    for (const Cluster &cluster : backedUp)
        m_byCluster[cluster.id].project = project.id;
    Q_EMIT backedUpClustersRead(project, backedUp);
    Q_EMIT clustersChanged(project.id);
    for (const Cluster &cluster : backedUp)
        readSnapshots(cluster.id);
}

void Catalogue::readSnapshots(const ClusterId &cluster)
{
    ClusterPart *part = entryOf(m_byCluster, cluster);
    if (part == nullptr || part->isWanted)
        return;
    part->isWanted = true;
    m_calls.call<std::vector<Snapshot>>(
        this, [this, project = part->project, cluster] { return m_client.snapshots(project, cluster); },
        [this, cluster](const Result<std::vector<Snapshot>> &result) {
            ClusterPart *asked = entryOf(m_byCluster, cluster);
            if (asked == nullptr)
                return;
            const bool isFirst = !asked->isKnown;
            ended(*asked, result ? nullptr : &result.error());
            if (result)
                takeSnapshots(cluster, *result, isFirst);
            else
                qCInfo(lcRestore, "The snapshots of cluster %s could not be read: %s", qUtf8Printable(cluster.value),
                       qUtf8Printable(result.error().sentence));
            refreshState();
        },
        part->project.value);
}

void Catalogue::takeSnapshots(const ClusterId &cluster, const std::vector<Snapshot> &snapshots, bool isFirst)
{
    std::optional<Snapshot> newest;
    for (const Snapshot &snapshot : snapshots) {
        if (snapshot.complete && (!newest || newest->created < snapshot.created))
            newest = snapshot;
    }
    ClusterPart &part = m_byCluster[cluster];
    if (part.latest == newest && !isFirst)
        return; // that there is none is news the first time
    part.latest = newest;
    Q_EMIT latestSnapshotChanged(cluster);
}

void Catalogue::ended(Part &part, const Error *error)
{
    part.isWanted = false;
    part.again = 0;
    if (error == nullptr) {
        part.isKnown = true;
        part.failures = 0;
        part.error.reset();
        return;
    }
    ++part.failures;
    part.error = *error;
    if (const auto pause = retryPause(*error, part.failures))
        part.again = steadyNow() + pause->count();
}

void Catalogue::tryAgain()
{
    const qint64 now = steadyNow();
    const auto isDue = [now](const Part &part) { return part.again > 0 && part.again <= now && !part.isWanted; };
    if (isDue(m_list))
        readProjects();
    for (const auto &[id, part] : m_byProject) {
        const Project *due = isDue(part) ? project(id) : nullptr;
        if (due != nullptr)
            readClusters(*due);
    }
    for (const auto &[id, part] : m_byCluster) {
        if (isDue(part))
            readSnapshots(id);
    }
    refreshState();
}

void Catalogue::refreshState()
{
    CatalogueState state;
    qint64 next = std::numeric_limits<qint64>::max();
    const auto count = [&](const Part &part, int &unread) {
        if (part.again > 0 && !part.isWanted)
            next = std::min(next, part.again);
        state.isReading = state.isReading || part.isWanted;
        if (part.error)
            state.lastError = part.error;
        if (!part.isKnown)
            ++unread;
    };
    int unreadList = 0;
    for (const auto &[id, part] : m_byCluster)
        count(part, state.unreadSnapshots);
    for (const auto &[id, part] : m_byProject)
        count(part, state.unreadProjects);
    count(m_list, unreadList);
    state.projects = static_cast<int>(m_projects.size());
    state.projectsRead = m_list.isKnown;
    state.isRepeated = next != std::numeric_limits<qint64>::max();
    if (state.isRepeated)
        m_retry.start(std::chrono::milliseconds(std::max<qint64>(1, next - steadyNow())));
    else
        m_retry.stop();
    if (state == m_state)
        return;
    m_state = std::move(state);
    Q_EMIT stateChanged();
}

const Error *Catalogue::projectsError() const
{
    return m_list.error ? &*m_list.error : nullptr;
}

const Project *Catalogue::project(const ProjectId &id) const
{
    const auto found =
        std::find_if(m_projects.begin(), m_projects.end(), [&id](const Project &known) { return known.id == id; });
    return found == m_projects.end() ? nullptr : &*found;
}

const std::vector<Cluster> *Catalogue::clusters(const ProjectId &project) const
{
    const ProjectPart *part = entryOf(m_byProject, project);
    return part == nullptr || !part->clusters ? nullptr : &*part->clusters;
}

const Error *Catalogue::clustersError(const ProjectId &project) const
{
    const ProjectPart *part = entryOf(m_byProject, project);
    return part == nullptr || !part->error ? nullptr : &*part->error;
}

const Cluster *Catalogue::cluster(const ClusterId &id) const
{
    for (const auto &[project, part] : m_byProject) {
        if (!part.clusters)
            continue;
        if (const Cluster *found = findCluster(*part.clusters, id))
            return found;
    }
    return nullptr;
}

const Snapshot *Catalogue::latestSnapshot(const ClusterId &cluster) const
{
    const ClusterPart *part = entryOf(m_byCluster, cluster);
    return part == nullptr || !part->latest ? nullptr : &*part->latest;
}

bool Catalogue::isLatestSnapshotKnown(const ClusterId &cluster) const
{
    const ClusterPart *part = entryOf(m_byCluster, cluster);
    return part != nullptr && part->isKnown;
}

} // namespace tidemark
