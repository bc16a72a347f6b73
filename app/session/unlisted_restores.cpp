#include "session/unlisted_restores.h"

#include "jobs/job_monitor.h"
#include "session/catalogue.h"

#include <algorithm>
#include <iterator>

namespace tidemark {

SourceList sourceList(const RememberedSubmission &restore, const JobsReading *reading, const CatalogueState &catalogue,
                      const QDateTime &now)
{
    if (reading) {
        const bool isSince = reading->lastGood > restore.ordered || restore.ordered > now;
        return reading->lastGood.isValid() && isSince ? SourceList::Read : SourceList::NotRead;
    }
    const bool areClustersKnown = catalogue.projectsRead && catalogue.unreadProjects == 0;
    return areClustersKnown ? SourceList::NotWatched : SourceList::NotRead;
}

bool isListed(const RememberedSubmission &restore, const std::vector<JobGroup> &groups)
{
    return std::ranges::any_of(groups, [&restore](const JobGroup &group) {
        return std::ranges::any_of(group.jobs, [&restore](const RestoreJob &job) {
            return (!restore.batch.isEmpty() && job.batch == restore.batch) ||
                   std::ranges::find(restore.jobs, job.id) != restore.jobs.end();
        });
    });
}

bool isUnlisted(const RememberedSubmission &restore, bool isListed, SourceList list, bool hasTarget)
{
    const bool runs = isAutomated(restore.mode) && !restore.stoppedFollowing && !restore.agents.isLastWord();
    if (!runs || isListed)
        return false;
    // One of another connection stands on a list that is read there; only its target makes it a matter of this one.
    return list == SourceList::Read || (list == SourceList::NotWatched && hasTarget);
}

std::vector<RememberedSubmission> unlistedRestores(const JobMonitor &jobs, const Catalogue &catalogue,
                                                   const QDateTime &now)
{
    const std::vector<JobsReading> readings = jobs.readings();
    const auto listOf = [&](const RememberedSubmission &restore) {
        const auto found = std::ranges::find(readings, restore.cluster, &JobsReading::cluster);
        const bool isWatched = !restore.cluster.isEmpty() && found != readings.end();
        return sourceList(restore, isWatched ? &*found : nullptr, catalogue.state(), now);
    };
    std::vector<RememberedSubmission> unlisted;
    std::ranges::copy_if(jobs.submissions(), std::back_inserter(unlisted), [&](const RememberedSubmission &restore) {
        return isUnlisted(restore, isListed(restore, jobs.groups()), listOf(restore),
                          catalogue.cluster(restore.targetCluster) != nullptr);
    });
    return unlisted;
}

} // namespace tidemark
