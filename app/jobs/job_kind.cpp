#include "jobs/job_kind.h"

#include "jobs/submission_memory.h"

namespace tidemark {

JobKind kindOf(const RestoreJob &job, const RememberedSubmission *remembered)
{
    using Is = JobKind::Is;
    const QString &method = job.delivery.methodName;
    const ClusterId &target =
        job.delivery.targetCluster.isEmpty() && remembered ? remembered->targetCluster : job.delivery.targetCluster;
    const JobKind toCluster{Is::ToCluster, !target.isEmpty(), {}};
    if (remembered)
        return isAutomated(remembered->mode) ? toCluster : JobKind{Is::Download, false, {}};
    if (method == QLatin1String("QUERY"))
        return {Is::Queryable, false, {}};
    if (method == QLatin1String("AUTOMATED_RESTORE") || !target.isEmpty() || !job.delivery.targetProject.isEmpty())
        return toCluster;
    if (!method.isEmpty() && method != QLatin1String("HTTP"))
        return {Is::Other, false, method};
    return job.pointInTime.value_or(false) ? toCluster : JobKind{};
}

} // namespace tidemark
