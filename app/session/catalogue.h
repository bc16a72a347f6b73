#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "session/call_queue.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <vector>

namespace tidemark {

class CloudClient;

/// How much of the catalogue is known.
struct CatalogueState
{
    int projects = 0;               ///< the list's length; 0 until it is read
    int unreadProjects = 0;         ///< whose clusters are not known yet
    int unreadSnapshots = 0;        ///< clusters whose newest snapshot is not known yet
    bool projectsRead = false;      ///< the list of projects was read once
    bool isReading = false;         ///< something is under way or waits for its turn
    bool isRepeated = false;        ///< what failed is tried again by itself
    std::optional<Error> lastError; ///< of a part that is not known, or old

    bool isComplete() const { return projectsRead && unreadProjects == 0 && unreadSnapshots == 0; }
    bool operator==(const CatalogueState &) const = default;
};

/// After how long a part that could not be read is tried again: 1 s, doubled with each failure to 60 s, or later where
/// the server asks for that. nullopt where another try gives the same: it waits for a person's Try again.
std::optional<std::chrono::milliseconds> retryPause(const Error &error, int failures);

/// The projects of one connection, their clusters and the newest snapshot of each cluster that has backups. Each part
/// is asked for once at a time and, where it fails, again by itself until it is there: what is not known is counted,
/// never left out silently.
class Catalogue final : public QObject
{
    Q_OBJECT

public:
    /// Each call of `client` should be a single attempt: the catalogue repeats what failed.
    explicit Catalogue(CloudClient &client, QObject *parent = nullptr);
    ~Catalogue() override;

    /// Reads everything anew, what waits for its next try too; what is known stays until the new answer is there. Does
    /// nothing while it is reading.
    void read();
    const CatalogueState &state() const { return m_state; }
    /// What a person looks at: what is still to be read of these projects goes before all others, in this order.
    void prefer(const QStringList &projectIds) { m_calls.prefer(projectIds); }

    const std::vector<Project> &projects() const { return m_projects; }
    const Error *projectsError() const;
    const Project *project(const ProjectId &id) const;
    /// nullptr while they are being read or could not be read (see clustersError).
    const std::vector<Cluster> *clusters(const ProjectId &project) const;
    const Error *clustersError(const ProjectId &project) const;
    const Cluster *cluster(const ClusterId &id) const; ///< shards too
    const Snapshot *latestSnapshot(const ClusterId &cluster) const;
    /// Whether that is known: a cluster that was read without one has none.
    bool isLatestSnapshotKnown(const ClusterId &cluster) const;

Q_SIGNALS:
    void projectsChanged();
    void clustersChanged(const tidemark::ProjectId &project);
    /// Those of `clusters` that have backups, or may have some.
    void backedUpClustersRead(const tidemark::Project &project, const std::vector<tidemark::Cluster> &clusters);
    void latestSnapshotChanged(const tidemark::ClusterId &cluster);
    void stateChanged();

private:
    /// A part of the catalogue on its way.
    struct Part
    {
        bool isWanted = false; ///< waits for its turn or its answer
        bool isKnown = false;
        int failures = 0;
        std::optional<Error> error;
        qint64 again = 0; ///< steady milliseconds of the next try; 0: none
    };
    struct ProjectPart : Part
    {
        std::optional<std::vector<Cluster>> clusters;
    };
    struct ClusterPart : Part
    {
        ProjectId project;
        std::optional<Snapshot> latest;
    };

    void readProjects();
    void readClusters(const Project &project);
    void readSnapshots(const ClusterId &cluster);
    void take(const std::vector<Project> &projects);
    void takeClusters(const Project &project, const std::vector<Cluster> &clusters);
    void takeSnapshots(const ClusterId &cluster, const std::vector<Snapshot> &snapshots, bool isFirst);
    void ended(Part &part, const Error *error);
    void tryAgain();
    void refreshState();

    CloudClient &m_client;
    CallQueue m_calls;
    Part m_list;
    std::vector<Project> m_projects;
    std::map<ProjectId, ProjectPart> m_byProject;
    std::map<ClusterId, ClusterPart> m_byCluster;
    CatalogueState m_state;
    QTimer m_retry;
};

} // namespace tidemark
