#include "ui/downloads/download_starter.h"

#include "base/later.h"
#include "session/session.h"

#include <algorithm>

namespace tidemark {

namespace {

/// The size of the job's share of its snapshot: the part of its shard, or all of a replica set's snapshot.
qint64 expectedSize(const RestoreJob &job, const std::vector<Snapshot> &snapshots)
{
    const auto snapshot = std::ranges::find(snapshots, job.snapshot, &Snapshot::id);
    if (snapshot == snapshots.end())
        return 0;
    const QString fileName = archiveFileName(job.delivery);
    for (const SnapshotPart &part : snapshot->parts) {
        const bool sameCluster = !job.cluster.isEmpty() && part.cluster == job.cluster;
        const bool sameName = !part.replicaSetName.isEmpty() && fileName.startsWith(part.replicaSetName + u'-');
        if (sameCluster || sameName)
            return part.fileSizeBytes;
    }
    return snapshot->parts.size() == 1 ? snapshot->parts.front().fileSizeBytes : 0;
}

/// In a batch each job names the snapshot of its own shard, which is read under the shard.
std::vector<std::pair<ClusterId, SnapshotId>> snapshotsOf(const JobGroup &group)
{
    std::vector<std::pair<ClusterId, SnapshotId>> wanted;
    for (const RestoreJob &job : group.jobs) {
        if (!job.snapshot.isEmpty())
            wanted.emplace_back(job.cluster.isEmpty() ? group.cluster : job.cluster, job.snapshot);
    }
    return wanted;
}

} // namespace

bool hasUsableLink(const RestoreJob &job, const QDateTime &now)
{
    const Delivery &delivery = job.delivery;
    return delivery.status == DeliveryStatus::Ready && delivery.hasLink() &&
           (!delivery.expires.isValid() || delivery.expires > now);
}

std::vector<DownloadSource> downloadSources(const JobGroup &group, const ConnectionId &connection,
                                            const std::vector<Snapshot> &snapshots)
{
    std::vector<DownloadSource> sources;
    for (const RestoreJob &job : group.jobs) {
        if (!job.delivery.hasLink())
            continue;
        DownloadSource source;
        source.connection = connection;
        source.project = group.project.id;
        source.cluster = group.cluster;
        source.job = job.id;
        source.batch = group.isBatch() ? group.batch : BatchId();
        source.batchTitle = group.isBatch()
                                ? DownloadStarter::tr("%1, %n archives", nullptr, static_cast<int>(group.jobs.size()))
                                      .arg(group.clusterName)
                                : QString();
        source.fileName = archiveFileName(job.delivery);
        source.snapshot = job.snapshot;
        source.expectedFileSizeBytes = expectedSize(job, snapshots);
        source.maxDownloads = job.delivery.maxDownloads;
        sources.push_back(std::move(source));
    }
    return sources;
}

DownloadStarter::DownloadStarter(Session &session, DownloadQueue &queue, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_queue(queue)
{
    connect(&session.jobs(), &JobMonitor::groupsChanged, this, [this](const QStringList &changedKeys) {
        for (const QString &key : changedKeys) {
            if (m_waiting.contains(key))
                addReady(key);
        }
    });
}

void DownloadStarter::start(const QString &groupKey, const QString &folder)
{
    const JobGroup *group = m_session.jobs().group(groupKey);
    if (!group || m_waiting.contains(groupKey))
        return;
    readSnapshots(groupKey, folder, {}, snapshotsOf(*group));
}

/// One after the other; a snapshot that cannot be read costs only the estimate.
void DownloadStarter::readSnapshots(const QString &groupKey, const QString &folder, std::vector<Snapshot> known,
                                    std::vector<std::pair<ClusterId, SnapshotId>> wanted)
{
    const JobGroup *group = m_session.jobs().group(groupKey);
    if (!group)
        return;
    if (wanted.empty()) {
        m_waiting.insert(groupKey, {folder, std::move(known), {}});
        addReady(groupKey);
        return;
    }
    const auto [cluster, snapshotId] = wanted.back();
    wanted.pop_back();
    const auto read = m_session.client().snapshot(group->project.id, cluster, snapshotId);
    whenDone(this, read,
             [this, groupKey, folder, known = std::move(known),
              wanted = std::move(wanted)](const Result<Snapshot> &snapshot) mutable {
                 if (snapshot)
                     known.push_back(*snapshot);
                 readSnapshots(groupKey, folder, std::move(known), std::move(wanted));
             });
}

void DownloadStarter::addReady(const QString &groupKey)
{
    const JobGroup *group = m_session.jobs().group(groupKey);
    if (!group) {
        m_waiting.remove(groupKey);
        return;
    }
    Order &order = m_waiting[groupKey];
    const QDateTime now = m_session.client().serverNow();
    int added = 0;
    for (const DownloadSource &source : downloadSources(*group, m_session.connection().id, order.snapshots)) {
        const auto job = std::ranges::find(group->jobs, source.job, &RestoreJob::id);
        if (order.done.contains(source.job) || !hasUsableLink(*job, now))
            continue;
        order.done.insert(source.job);
        const Result<DownloadId> result = m_queue.add(source, order.folder);
        if (result)
            ++added;
        else
            Q_EMIT failed(result.error());
    }
    const bool nothingMoreToCome = group->isFinal(now) || static_cast<size_t>(order.done.size()) >= group->jobs.size();
    if (nothingMoreToCome)
        m_waiting.remove(groupKey);
    if (added > 0)
        Q_EMIT started(groupKey, added);
}

} // namespace tidemark
