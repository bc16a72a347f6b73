#include "jobs/job_list.h"

#include "base/background.h"
#include "base/later.h"
#include "cloud/cloud_client.h"

namespace tidemark {

namespace {

std::optional<QSet<JobId>> changedIn(const std::vector<RestoreJob> &before, const std::vector<RestoreJob> &after)
{
    if (before.size() != after.size())
        return std::nullopt;
    QSet<JobId> changed;
    for (size_t place = 0; place < after.size(); ++place) {
        if (before[place].id != after[place].id || before[place].batch != after[place].batch)
            return std::nullopt;
        if (before[place] != after[place])
            changed.insert(after[place].id);
    }
    return changed;
}

} // namespace

Async<ListRead> readJobList(QObject *context, CloudClient &client, const ProjectId &project, const ClusterId &cluster,
                            const JobList &before)
{
    const Deferred<ListRead> deferred;
    whenTaken(context, client.restoreJobs(project, cluster),
              [context, deferred, before](Result<std::vector<RestoreJob>> result) mutable {
                  if (!result) {
                      deferred.resolve(failure(result.error()));
                      return;
                  }
                  auto compare = [before = std::move(before), jobs = std::move(*result)]() mutable {
                      ListRead read;
                      read.jobs = std::make_shared<std::vector<RestoreJob>>(std::move(jobs));
                      read.changed = changedIn(*before, *read.jobs);
                      return read;
                  };
                  inBackground(context, std::move(compare),
                               [deferred](ListRead read) { deferred.resolve(std::move(read)); });
              });
    return deferred.future();
}

void forget(JobList list)
{
    QThreadPool::globalInstance()->start([list = std::move(list)]() mutable { list.reset(); });
}

} // namespace tidemark
