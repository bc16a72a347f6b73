#include "jobs/job_grouping.h"

#include "base/natural_order.h"
#include "base/text.h"
#include "jobs/job_texts.h"
#include "restore/restore_request.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobGrouping)
};

const Cluster *partOf(const Cluster &cluster, const RestoreJob &job)
{
    const auto found = std::find_if(cluster.shards.begin(), cluster.shards.end(),
                                    [&job](const Cluster &shard) { return shard.id == job.cluster; });
    return found == cluster.shards.end() ? nullptr : &*found;
}

/// Config servers' archives are named config-…, see the API's documentation of restore jobs.
bool isConfigServers(const Cluster *part, const RestoreJob &job)
{
    if (!job.host.isEmpty())
        return true; // the only parts that have a host
    if (part != nullptr)
        return part->type == ClusterType::ConfigServers;
    return archiveFileName(job.delivery).startsWith(QLatin1String("config-"));
}

void orderParts(const Cluster &cluster, std::vector<RestoreJob> &jobs)
{
    using Place = std::tuple<bool, QString, QString>;
    std::vector<std::pair<Place, RestoreJob>> placed;
    placed.reserve(jobs.size());
    for (RestoreJob &job : jobs) {
        const Cluster *part = partOf(cluster, job);
        if (part != nullptr)
            job.clusterName = part->shardName.isEmpty() ? part->replicaSetName : part->shardName;
        else if (job.clusterName.isEmpty() && !job.host.isEmpty())
            job.clusterName = partName(job);
        placed.emplace_back(Place(isConfigServers(part, job), job.clusterName, job.id.value), job);
    }
    std::sort(placed.begin(), placed.end(), [](const auto &a, const auto &b) {
        const auto &[aIsConfig, aName, aId] = a.first;
        const auto &[bIsConfig, bName, bId] = b.first;
        if (aIsConfig != bIsConfig)
            return bIsConfig;
        const int byName = compareNaturally(aName, bName);
        return byName != 0 ? byName < 0 : aId < bId;
    });
    std::transform(placed.begin(), placed.end(), jobs.begin(), [](auto &entry) { return std::move(entry.second); });
}

QString answeredPointText(const RestoreJob &job)
{
    const OplogTimestamp moment = job.timestamp.value_or(OplogTimestamp{});
    if (!job.checkpoint.isEmpty())
        return pointText(CheckpointPoint{job.checkpoint}, moment);
    if (job.pointInTime.value_or(false))
        return job.timestamp ? Text::tr("up to %1").arg(utcText(moment.time())) : Text::tr("a point in time");
    return pointText(SnapshotPoint{job.snapshot}, moment);
}

/// What the answer itself tells. Only one that names a target tells how it was ordered.
std::optional<RestoreMode> answeredMode(const RestoreJob &job)
{
    if (job.delivery.targetCluster.isEmpty())
        return std::nullopt;
    if (!job.checkpoint.isEmpty())
        return RestoreMode::Checkpoint;
    if (!job.pointInTime)
        return std::nullopt;
    return *job.pointInTime ? RestoreMode::PointInTime : RestoreMode::AutomatedSnapshot;
}

/// A batch goes where any of its jobs is known to go.
JobKind answeredKind(const std::vector<RestoreJob> &jobs)
{
    for (const RestoreJob &job : jobs) {
        const JobKind kind = kindOf(job, nullptr);
        if (kind.is == JobKind::Is::ToCluster)
            return kind;
    }
    return kindOf(jobs.front(), nullptr);
}

void applyAnswer(JobGroup &group)
{
    const RestoreJob &first = group.jobs.front();
    group.kind = answeredKind(group.jobs);
    group.mode = answeredMode(first);
    group.pointText = answeredPointText(first);
    group.targetProject = first.delivery.targetProject;
}

void applyMemory(JobGroup &group, const RememberedSubmission &submission)
{
    group.kind = kindOf(group.jobs.front(), &submission);
    group.mode = submission.mode;
    group.point = submission.point;
    group.pointText = pointText(submission.point, submission.pointTime);
    group.targetProject = submission.targetProject;
    group.targetProjectName = submission.targetProjectName;
    group.targetClusterName = submission.targetClusterName;
    group.ordered = submission.ordered;
    group.goalBefore = submission.goalBefore;
    group.agents = submission.agents;
    group.stoppedFollowing = submission.stoppedFollowing;
    group.record = submission.record;
    if (submission.targetCluster.isEmpty())
        return;
    for (RestoreJob &job : group.jobs) {
        job.delivery.targetProject = submission.targetProject;
        job.delivery.targetCluster = submission.targetCluster;
    }
}

/// What a restore is found by over refreshes. A job that was ordered here takes its whole batch with it, also where
/// only the list, and not the answer to the order, tells that it has one; and jobs of one order belong together where
/// no batch is told at all.
class Keys
{
public:
    Keys(const std::vector<RestoreJob> &list, const SubmissionMemory &memory, const ClusterId &cluster)
        : m_memory(memory)
        , m_cluster(cluster)
    {
        for (const RestoreJob &job : list) {
            const RememberedSubmission *submission = memory.find(job, cluster);
            if (submission != nullptr && !job.batch.isEmpty())
                m_ofBatch.insert(job.batch.value, submission->key);
        }
    }

    QString of(const RestoreJob &job) const
    {
        if (!job.batch.isEmpty())
            return m_ofBatch.value(job.batch.value, job.batch.value);
        const RememberedSubmission *submission = m_memory.find(job, m_cluster);
        return submission != nullptr ? submission->key : job.id.value;
    }

private:
    const SubmissionMemory &m_memory;
    const ClusterId &m_cluster;
    QHash<QString, QString> m_ofBatch; ///< of batches with a job that was ordered here
};

QDateTime createdOf(const JobGroup &group)
{
    return group.jobs.front().created;
}

} // namespace

std::vector<JobGroup> groupJobs(const Project &project, const Cluster &cluster, const std::vector<RestoreJob> &list,
                                const SubmissionMemory &memory)
{
    const Keys keys(list, memory, cluster.id);
    std::vector<JobGroup> groups;
    QHash<QString, size_t> places; // key → place in groups
    QSet<JobId> seen;              // a list that moves on while its pages are read tells a job twice
    for (const RestoreJob &job : list) {
        if (seen.contains(job.id))
            continue;
        seen.insert(job.id);
        const QString key = keys.of(job);
        const auto known = places.constFind(key);
        if (known != places.cend()) {
            JobGroup &group = groups[*known];
            if (group.batch.isEmpty())
                group.batch = job.batch;
            group.jobs.push_back(job);
            continue;
        }
        JobGroup group;
        group.key = key;
        group.batch = job.batch;
        group.project = project;
        group.cluster = cluster.id;
        group.clusterName = cluster.name;
        group.jobs.push_back(job);
        places.insert(key, groups.size());
        groups.push_back(std::move(group));
    }
    for (JobGroup &group : groups) {
        if (group.isBatch())
            orderParts(cluster, group.jobs);
        applyAnswer(group);
        if (const RememberedSubmission *submission = memory.find(group.jobs, cluster.id))
            applyMemory(group, *submission);
    }
    return groups;
}

void sortByAge(std::vector<JobGroup> &groups)
{
    std::stable_sort(groups.begin(), groups.end(), [](const JobGroup &a, const JobGroup &b) {
        if (createdOf(a) != createdOf(b))
            return createdOf(a) > createdOf(b);
        return a.key > b.key; // ids grow with time
    });
}

} // namespace tidemark
