#include "restore/target_facts.h"

#include "cloud/cluster_reader.h"

#include <algorithm>

namespace tidemark {

bool lacksRedactedConfig(const std::optional<Result<RedactedAutomationConfig>> &config)
{
    return config && !*config && isRedactedConfigUnknown(config->error());
}

bool lacksRedactedConfig(const TargetFacts &facts)
{
    return lacksRedactedConfig(facts.config) || lacksRedactedConfig(facts.sourceConfig);
}

bool isUnderWay(const RestoreJob &job)
{
    return job.status == JobStatus::InProgress || job.status == JobStatus::Unknown;
}

bool isRestoringInto(const RestoreJob &job, const ClusterId &target)
{
    return !target.isEmpty() && job.delivery.targetCluster == target && isUnderWay(job);
}

std::vector<RestoreJob> restoresInto(const ClusterId &target, const std::vector<RestoreJob> &jobs)
{
    std::vector<RestoreJob> found;
    std::ranges::copy_if(jobs, std::back_inserter(found),
                         [&target](const RestoreJob &job) { return isRestoringInto(job, target); });
    return found;
}

std::vector<Cluster> othersToList(std::vector<Cluster> clusters, const ClusterId &source, const ClusterId &target)
{
    std::erase_if(clusters, [&source](const Cluster &one) { return one.id == source; });
    std::ranges::stable_sort(clusters, {}, [&target](const Cluster &one) { return one.id == target ? 0 : 1; });
    return clusters;
}

} // namespace tidemark
