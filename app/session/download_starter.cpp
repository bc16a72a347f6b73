#include "session/download_starter.h"

#include "base/later.h"
#include "downloads/link_judgement.h"
#include "session/session.h"

#include <algorithm>
#include <optional>

namespace tidemark {

namespace {

/// The job's share of its snapshot: the part of its shard, or all of a replica set's snapshot.
const SnapshotPart *partOf(const RestoreJob &job, const Snapshot &snapshot)
{
    const QString fileName = archiveFileName(job.delivery);
    for (const SnapshotPart &part : snapshot.parts) {
        const bool sameCluster = !job.cluster.isEmpty() && part.cluster == job.cluster;
        const bool sameName = !part.replicaSetName.isEmpty() && fileName.startsWith(part.replicaSetName + u'-');
        if (sameCluster || sameName)
            return &part;
    }
    return snapshot.parts.size() == 1 ? &snapshot.parts.front() : nullptr;
}

void noteSnapshot(DownloadSource &source, const RestoreJob &job, const std::vector<Snapshot> &snapshots)
{
    if (job.timestamp)
        source.ordered.momentSeconds = job.timestamp->seconds;
    const auto snapshot = std::ranges::find(snapshots, job.snapshot, &Snapshot::id);
    if (snapshot == snapshots.end())
        return;
    if (!job.timestamp)
        source.ordered.momentSeconds = snapshot->created.seconds;
    if (const SnapshotPart *part = partOf(job, *snapshot)) {
        source.expectedFileSizeBytes = part->fileSizeBytes;
        source.ordered.replicaSetName = part->replicaSetName;
        source.ordered.mongodbVersion = part->mongodVersion;
    }
}

DownloadSource sourceOf(const JobGroup &group, const RestoreJob &job, const ConnectionId &connection,
                        const std::vector<Snapshot> &snapshots)
{
    DownloadSource source;
    source.connection = connection;
    source.project = group.project.id;
    source.cluster = group.cluster;
    source.job = job.id;
    if (group.isBatch()) {
        source.batch = group.batch;
        source.batchArchives = static_cast<int>(group.jobs.size());
        source.batchTitle =
            DownloadStarter::tr("%1, %n archives", nullptr, source.batchArchives).arg(group.clusterName);
    }
    source.fileName = archiveFileName(job.delivery);
    source.snapshot = job.snapshot;
    source.maxDownloads = job.delivery.maxDownloads;
    noteSnapshot(source, job, snapshots);
    return source;
}

/// Why the server will not deliver this job's archive; nullopt where it does or still may.
std::optional<std::pair<DownloadState, Error>> whyMissing(const RestoreJob &job, const QDateTime &now)
{
    LinkJudgement judgement = judgeJob(job);
    const bool isOver = job.delivery.expires.isValid() && job.delivery.expires <= now;
    if (judgement.kind == LinkJudgement::Kind::Usable && isOver)
        judgement = judgeRefusal({}, job.delivery, 0, now);
    switch (judgement.kind) {
    case LinkJudgement::Kind::Expired:
        return std::pair{DownloadState::LinkExpired, judgement.error};
    case LinkJudgement::Kind::UsedUp:
        return std::pair{DownloadState::UsedUp, judgement.error};
    case LinkJudgement::Kind::Failed:
        return std::pair{DownloadState::Failed, judgement.error};
    default:
        return std::nullopt;
    }
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
        if (job.delivery.hasLink())
            sources.push_back(sourceOf(group, job, connection, snapshots));
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
    if (!group || m_reading.contains(groupKey))
        return;
    if (m_waiting.contains(groupKey)) {
        // When the press is over: it may come from a menu, which shows the tab of its action last.
        QMetaObject::invokeMethod(
            this,
            [this, groupKey, folder] {
                const JobGroup *known = m_session.jobs().group(groupKey);
                if (known && m_waiting.contains(groupKey))
                    startAgain(*known, folder);
            },
            Qt::QueuedConnection);
        return;
    }
    m_reading.insert(groupKey);
    readSnapshots(groupKey, folder, {}, snapshotsOf(*group));
}

void DownloadStarter::startAgain(const JobGroup &group, const QString &folder)
{
    Order &order = m_waiting[group.key];
    order.folder = folder;
    order.hasStarted = false;
    QSet<JobId> listed;
    for (const Download &download : m_queue.downloads()) {
        if (download.source.connection == m_session.connection().id)
            listed.insert(download.source.job);
    }
    order.done.intersect(listed);
    const QString name = group.clusterName; // the group may be another one by then
    if (addReady(group.key) > 0)
        return;
    Error error;
    error.kind = ErrorKind::NotFound;
    error.sentence = tr("Nothing more of %1 can be downloaded yet.").arg(name);
    error.hint = tr("What is ready is on the list of downloads. The other archives are being prepared, and are "
                    "downloaded as soon as their links are there.");
    Q_EMIT failed(error);
}

/// One after the other; a snapshot that cannot be read costs only the estimate.
void DownloadStarter::readSnapshots(const QString &groupKey, const QString &folder, std::vector<Snapshot> known,
                                    std::vector<std::pair<ClusterId, SnapshotId>> wanted)
{
    const JobGroup *group = m_session.jobs().group(groupKey);
    if (!group) {
        m_reading.remove(groupKey);
        return;
    }
    if (wanted.empty()) {
        m_reading.remove(groupKey);
        m_waiting.insert(groupKey, {folder, std::move(known), {}, false});
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

int DownloadStarter::addReady(const QString &groupKey)
{
    const JobGroup *group = m_session.jobs().group(groupKey);
    if (!group) {
        m_waiting.remove(groupKey);
        return 0;
    }
    Order &order = m_waiting[groupKey];
    const QDateTime now = m_session.client().serverNow();
    int added = 0;
    int said = 0;
    for (const RestoreJob &job : group->jobs) {
        if (order.done.contains(job.id))
            continue;
        const DownloadSource source = sourceOf(*group, job, m_session.connection().id, order.snapshots);
        const auto missing = group->isBatch() ? whyMissing(job, now) : std::nullopt;
        if (missing) {
            // A row of its own: what is left of the batch must not look like all of it.
            const QString &name = source.fileName.isEmpty() ? job.clusterName : source.fileName;
            m_queue.addMissing(source, order.folder, name, missing->first, missing->second);
            order.done.insert(job.id);
            ++said;
            continue;
        }
        if (!hasUsableLink(job, now))
            continue;
        order.done.insert(job.id);
        const Result<DownloadId> result = m_queue.add(source, order.folder);
        if (result) {
            ++added;
        } else {
            ++said;
            Q_EMIT failed(result.error());
        }
    }
    const bool anythingEver = added + said > 0 || !order.done.empty();
    const bool nothingMoreToCome = group->isFinal(now) || static_cast<size_t>(order.done.size()) >= group->jobs.size();
    const bool isFirst = !order.hasStarted;
    order.hasStarted = order.hasStarted || added > 0;
    if (nothingMoreToCome)
        m_waiting.remove(groupKey);
    if (nothingMoreToCome && !anythingEver) {
        Error error;
        error.kind = ErrorKind::NotFound;
        error.sentence = tr("Nothing of %1 can be downloaded now.").arg(group->clusterName);
        error.hint = tr("Its links have expired or were used up: repeat it as a new restore.");
        ++said;
        Q_EMIT failed(error);
    }
    if (added > 0)
        Q_EMIT started(groupKey, added, isFirst);
    return added + said;
}

} // namespace tidemark
