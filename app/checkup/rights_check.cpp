#include "checkup/rights_check.h"

#include "cloud/api_error.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Of many projects the first ones are enough: each costs several calls.
constexpr std::size_t ProjectsTried = 5;

/// The cluster or its backup is not there (any more), which says nothing about rights.
bool isAboutTheCluster(const Error &error)
{
    return !error.apiCode.isEmpty() && (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Conflict);
}

/// 2: a backup runs; 1: it cannot be known; 0: none.
int promise(const Cluster &cluster)
{
    return cluster.backupRunning ? (*cluster.backupRunning ? 2 : 0) : 1;
}

} // namespace

RightsCheck::RightsCheck(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
}

Async<RightsCheck::Found> RightsCheck::run(std::vector<Project> projects)
{
    m_projects = std::move(projects);
    if (m_projects.size() > ProjectsTried)
        m_projects.resize(ProjectsTried);
    nextProject();
    return m_deferred.future();
}

void RightsCheck::nextProject()
{
    if (m_next >= m_projects.size()) {
        if (m_found.tried)
            readSnapshots();
        else
            end(m_found);
        return;
    }
    whenDone(this, m_client.clusters(m_projects[m_next].id), [this](const Result<std::vector<Cluster>> &clusters) {
        if (!clusters && !isAboutTheCluster(clusters.error())) {
            end(failure(clusters.error()));
            return;
        }
        chooseCluster(clusters.value_or(std::vector<Cluster>()));
    });
}

void RightsCheck::chooseCluster(const std::vector<Cluster> &clusters)
{
    const auto best = std::max_element(clusters.begin(), clusters.end(),
                                       [](const Cluster &a, const Cluster &b) { return promise(a) < promise(b); });
    const Project &project = m_projects[m_next++];
    const bool better = best != clusters.end() && (!m_found.tried || promise(*best) > 0);
    if (better) {
        m_found.tried = true;
        m_found.project = project.name;
        m_found.cluster = best->name.isEmpty() ? best->replicaSetName : best->name;
        m_project = project.id;
        m_cluster = best->id;
        m_hasBackup = promise(*best) > 0;
    }
    if (m_hasBackup)
        readSnapshots();
    else
        nextProject();
}

void RightsCheck::readSnapshots()
{
    whenDone(this, m_client.snapshots(m_project, m_cluster), [this](const Result<std::vector<Snapshot>> &snapshots) {
        if (!snapshots && !isAboutTheCluster(snapshots.error())) {
            end(failure(snapshots.error()));
            return;
        }
        m_found.snapshots = snapshots ? snapshots->size() : 0;
        readJobs();
    });
}

void RightsCheck::readJobs()
{
    whenDone(this, m_client.restoreJobs(m_project, m_cluster), [this](const Result<std::vector<RestoreJob>> &jobs) {
        if (!jobs && !isAboutTheCluster(jobs.error())) {
            end(failure(jobs.error()));
            return;
        }
        m_found.jobs = jobs ? jobs->size() : 0;
        readTimes();
    });
}

void RightsCheck::readTimes()
{
    whenDone(this, m_client.restorableRanges(m_project, m_cluster),
             [this](const Result<std::optional<std::vector<RestorableRange>>> &ranges) {
                 if (ranges || isAboutTheCluster(ranges.error())) {
                     m_found.knowsTimes = ranges && ranges->has_value();
                     end(m_found);
                     return;
                 }
                 Error error = ranges.error();
                 if (error.kind == ErrorKind::Permission && callerAddress(error).isEmpty()) {
                     error.sentence = tr("The key may read the snapshots of %1, but not the times it can be restored "
                                         "to: it lacks the role Project Backup Admin.")
                                          .arg(m_found.cluster);
                     error.hint = tr("Starting a restore takes that role, too. Ask a project owner to give the key the "
                                     "role, or use another key.");
                 }
                 end(failure(error));
             });
}

void RightsCheck::end(Result<Found> result)
{
    const Deferred<Found> deferred = m_deferred;
    deferred.resolve(std::move(result));
}

} // namespace tidemark
