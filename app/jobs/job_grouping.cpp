#include "jobs/job_grouping.h"

#include "base/text.h"
#include "restore/restore_request.h"

#include <QCoreApplication>
#include <QHash>

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
        placed.emplace_back(Place(isConfigServers(part, job), job.clusterName, job.id.value), job);
    }
    std::sort(placed.begin(), placed.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
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

/// What the answer itself tells. A download has a link's limits, which automated restores lack.
std::optional<RestoreMode> answeredMode(const RestoreJob &job)
{
    const Delivery &delivery = job.delivery;
    if (!delivery.targetCluster.isEmpty()) {
        if (!job.checkpoint.isEmpty())
            return RestoreMode::Checkpoint;
        if (!job.pointInTime)
            return std::nullopt;
        return *job.pointInTime ? RestoreMode::PointInTime : RestoreMode::AutomatedSnapshot;
    }
    if (delivery.hasLink() || delivery.maxDownloads > 0 || delivery.expirationHours > 0)
        return RestoreMode::DownloadSnapshot;
    return std::nullopt;
}

void applyAnswer(JobGroup &group)
{
    const RestoreJob &first = group.jobs.front();
    group.mode = answeredMode(first);
    group.pointText = answeredPointText(first);
    group.targetProject = first.delivery.targetProject;
}

void applyMemory(JobGroup &group, const RememberedSubmission &submission)
{
    group.key = submission.key;
    group.mode = submission.mode;
    group.point = submission.point;
    group.pointText = pointText(submission.point, submission.pointTime);
    group.targetProject = submission.targetProject;
    group.targetProjectName = submission.targetProjectName;
    group.targetClusterName = submission.targetClusterName;
    group.agents = submission.agentsAtEnd;
    if (submission.targetCluster.isEmpty())
        return;
    for (RestoreJob &job : group.jobs) {
        job.delivery.targetProject = submission.targetProject;
        job.delivery.targetCluster = submission.targetCluster;
    }
}

QDateTime createdOf(const JobGroup &group)
{
    return group.jobs.front().created;
}

} // namespace

std::vector<JobGroup> groupJobs(const Project &project, const Cluster &cluster, const std::vector<RestoreJob> &list,
                                const SubmissionMemory &memory)
{
    std::vector<JobGroup> groups;
    QHash<QString, size_t> places; // batch id → place in groups
    for (const RestoreJob &job : list) {
        const auto known = job.batch.isEmpty() ? places.cend() : places.constFind(job.batch.value);
        if (known != places.cend()) {
            groups[*known].jobs.push_back(job);
            continue;
        }
        JobGroup group;
        group.key = job.batch.isEmpty() ? job.id.value : job.batch.value;
        group.batch = job.batch;
        group.project = project;
        group.cluster = cluster.id;
        group.clusterName = cluster.name;
        group.jobs.push_back(job);
        if (!job.batch.isEmpty())
            places.insert(job.batch.value, groups.size());
        groups.push_back(std::move(group));
    }
    for (JobGroup &group : groups) {
        if (group.isBatch())
            orderParts(cluster, group.jobs);
        applyAnswer(group);
        for (const RestoreJob &job : group.jobs) {
            if (const RememberedSubmission *submission = memory.find(job)) {
                applyMemory(group, *submission);
                break;
            }
        }
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
