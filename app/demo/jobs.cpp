#include "demo/jobs.h"

#include "demo/crypto.h"

#include <algorithm>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

std::string newId(Time now)
{
    std::string id(4, '\0');
    const auto seconds = epochSeconds(now);
    for (unsigned i = 0; i < 4; ++i)
        id[i] = static_cast<char>((seconds >> (24U - 8U * i)) & 255);
    return hex(id + randomBytes(8));
}

/// The pattern of the names in the documentation's samples.
std::string archiveName(const ReplicaSet &set, const Job &job)
{
    const std::string tail = std::to_string(job.timestamp.seconds) + "-" + job.id + ".tar.gz";
    return set.config ? "config-" + set.name + "-" + set.id + "-" + tail : set.name + "-" + tail;
}

/// A key as it stands in a path: base64 with its padding, without the two characters a path would suffer from.
std::string newKey()
{
    for (;;) {
        const std::string key = base64(randomBytes(32));
        if (key.find_first_of("+/") == std::string::npos)
            return key;
    }
}

} // namespace

std::string jobStatus(const Job &job, Time now)
{
    if (now < job.readyAt)
        return "IN_PROGRESS";
    return job.endsAs.empty() ? "FINISHED" : job.endsAs;
}

std::string deliveryStatus(const Job &job, Time now)
{
    if (now < job.created + (job.readyAt - job.created) / 2)
        return "NOT_STARTED";
    if (now < job.readyAt)
        return "IN_PROGRESS";
    if (!job.endsAs.empty())
        return job.endsAs == "KILLED" ? "INTERRUPTED" : "FAILED";
    if (job.automated || job.method != "HTTP")
        return "READY";
    if (now >= job.expires)
        return "EXPIRED";
    if (job.downloads >= job.maxDownloads)
        return "MAX_DOWNLOADS_EXCEEDED";
    return "READY";
}

JobStore::JobStore(const World &world, const Options &options)
    : m_world(world)
    , m_options(options)
{
}

Job JobStore::makeJob(const RestoreOrder &order, const ReplicaSet &set, Time now, int position) const
{
    Job job;
    job.id = newId(now);
    job.projectId = order.source->projectId;
    job.clusterId = order.source->id;
    job.setId = set.id;
    job.created = now;
    const auto wait = m_options.jobSeconds * (1.0 + 0.25 * position);
    job.readyAt = now + milliseconds(static_cast<std::int64_t>(wait * 1000));
    job.automated = order.automated;
    job.handOverAt = job.readyAt;
    if (order.automated && !order.insideGap && m_options.finishedAtOnceSeconds) {
        job.readyAt = now;
        job.handOverAt = now + milliseconds(static_cast<std::int64_t>(*m_options.finishedAtOnceSeconds * 1000));
    }
    if (order.insideGap)
        job.endsAs = "BROKEN";
    if (order.snapshot) {
        job.timestamp = job.snapshotTime = order.snapshot->created;
        job.encrypted = order.snapshot->encrypted;
        for (const auto &part : order.snapshot->parts) {
            if (part.setId == set.id)
                job.snapshotId = part.snapshotId;
        }
    } else if (order.checkpoint) {
        job.checkpointId = order.checkpoint->id;
        job.timestamp = {epochSeconds(order.checkpoint->timestamp), 1};
    } else if (order.oplog) {
        job.pointInTime = true;
        job.oplogPoint = true;
        job.timestamp = *order.oplog;
    } else if (order.pointInTimeMillis) {
        // Up to the moment but not including it.
        job.pointInTime = true;
        job.timestamp = {(*order.pointInTimeMillis - 1) / 1000, 1};
    }
    if (order.automated) {
        job.targetProjectId = order.target->projectId;
        job.targetClusterId = order.target->id;
        return job;
    }
    job.expirationHours = order.expirationHours;
    job.maxDownloads = order.maxDownloads;
    job.expires = order.expires.value_or(fromEpochSeconds(epochSeconds(job.readyAt)) + hours(order.expirationHours));
    if (m_options.linkSeconds)
        job.expires = fromEpochSeconds(epochSeconds(job.readyAt + milliseconds(999)) + *m_options.linkSeconds);
    job.fileName = archiveName(set, job);
    job.key = newKey();
    job.bearer = hex(randomBytes(20));
    return job;
}

void JobStore::changed() const
{
    if (m_observer)
        m_observer(m_jobs);
}

void JobStore::restore(std::vector<Job> jobs)
{
    const std::lock_guard lock(m_mutex);
    m_jobs = std::move(jobs);
    for (auto &job : m_jobs)
        job.begunBefore = job.downloads > 0;
}

std::vector<Job> JobStore::create(const RestoreOrder &order, const Orderer &orderer, Time now)
{
    std::vector<Job> made;
    const auto &sets = order.source->sets;
    for (const auto &set : sets) {
        if (order.shard && order.shard->id != set.id)
            continue;
        const bool inSnapshot =
            !order.snapshot || std::any_of(order.snapshot->parts.begin(), order.snapshot->parts.end(),
                                           [&](const SnapshotPart &part) { return part.setId == set.id; });
        if (inSnapshot)
            made.push_back(makeJob(order, set, now, static_cast<int>(made.size())));
    }
    for (auto &job : made)
        job.orderer = orderer;
    if ((order.source->sharded && !order.shard) || m_options.answers == "documented") {
        const std::string batch = newId(now);
        for (auto &job : made)
            job.batchId = batch;
    }
    const std::lock_guard lock(m_mutex);
    m_jobs.insert(m_jobs.end(), made.begin(), made.end());
    changed();
    return made;
}

std::vector<Job> JobStore::list(const std::string &anyClusterId, const std::string &batchId, Time now) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Job> found;
    for (const auto &job : m_jobs) {
        if (job.created <= now && (job.clusterId == anyClusterId || job.setId == anyClusterId) &&
            (batchId.empty() || job.batchId == batchId))
            found.push_back(job);
    }
    std::stable_sort(found.begin(), found.end(), [](const Job &a, const Job &b) { return a.created > b.created; });
    return found;
}

std::vector<Job> JobStore::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs;
}

std::optional<Job> JobStore::find(const std::string &id, Time now) const
{
    const std::lock_guard lock(m_mutex);
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job &job) { return job.id == id && job.created <= now; });
    return found == m_jobs.end() ? std::nullopt : std::optional(*found);
}

bool JobStore::startDownload(const std::string &id, Time now)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job &job) { return job.id == id; });
    if (found == m_jobs.end() || deliveryStatus(*found, now) != "READY")
        return false;
    ++found->downloads;
    changed();
    return true;
}

void JobStore::countDownload(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    for (auto &job : m_jobs)
        job.downloads += job.id == id ? 1 : 0;
    changed();
}

void JobStore::setHash(const std::string &id, const std::string &hash, Time visibleAt)
{
    const std::lock_guard lock(m_mutex);
    for (auto &job : m_jobs) {
        // The first hash stays: a second download of the same bytes does not hide it again.
        if (job.id == id && job.hash != hash) {
            job.hash = hash;
            job.hashAt = visibleAt;
        }
    }
    changed();
}

void JobStore::cancel(const std::string &id, Time now)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job &job) { return job.id == id; });
    if (found == m_jobs.end())
        return;
    const std::string batch = found->batchId;
    for (auto &job : m_jobs) {
        if (job.id == id || (!batch.empty() && job.batchId == batch)) {
            job.endsAs = "KILLED";
            job.readyAt = std::min(job.readyAt, now);
        }
    }
    changed();
}

ArchiveSpec archiveSpecFor(const World &world, const Job &job)
{
    const Cluster &cluster = *world.cluster(job.clusterId);
    const ReplicaSet &set = *world.replicaSet(job.setId);
    ArchiveSpec spec;
    spec.directory = job.fileName.substr(0, job.fileName.size() - std::string_view(".tar.gz").size());
    spec.seed = job.snapshotId;
    spec.bytes = set.archiveBytes;
    spec.modified = fromEpochSeconds(job.timestamp.seconds);
    spec.groupName = world.project(job.projectId)->name;
    spec.clusterId = set.id;
    spec.setName = set.name;
    spec.version = cluster.version;
    spec.fcv = cluster.fcv;
    spec.snapshotSeconds = job.snapshotTime.seconds;
    spec.restoreSeconds = job.timestamp.seconds;
    spec.restoreIncrement = job.timestamp.increment + 1;
    spec.appliedSeconds = job.timestamp.seconds;
    spec.appliedIncrement = job.timestamp.increment;
    spec.encrypted = job.encrypted;
    return spec;
}

} // namespace tidemark::demo
