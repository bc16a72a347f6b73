#include "ui/jobs/job_cells.h"

#include "base/text.h"
#include "jobs/job_texts.h"
#include "ui/jobs/jobs_model.h"
#include "ui/widgets/time_text.h"

#include <algorithm>

namespace tidemark {

QString hashText(const RestoreJob &job)
{
    const QString file = archiveFileName(job.delivery);
    if (file.isEmpty())
        return job.hashes.size() == 1 ? job.hashes.front().hash : QString();
    const auto own = std::ranges::find(job.hashes, file, &FileHash::fileName);
    return own == job.hashes.end() ? QString() : own->hash;
}

namespace {

/// The earliest end of a link after `after`, which may be invalid for any.
QDateTime earliestExpiryAfter(const JobGroup &group, const QDateTime &after)
{
    QDateTime earliest;
    for (const RestoreJob &job : group.jobs) {
        const QDateTime expires = job.delivery.expires;
        const bool counts = expires.isValid() && (!after.isValid() || expires > after);
        if (counts && (!earliest.isValid() || expires < earliest))
            earliest = expires;
    }
    return earliest;
}

} // namespace

QDateTime earliestExpiry(const JobGroup &group)
{
    return earliestExpiryAfter(group, {});
}

QDateTime nextChange(const JobGroup &group, const QDateTime &now)
{
    return earliestExpiryAfter(group, now);
}

QString groupCell(const JobGroup &group, int column, const QDateTime &now)
{
    const RestoreJob &first = group.jobs.front();
    switch (column) {
    case JobsModel::ClusterColumn:
        return group.project.name.isEmpty() ? group.clusterName
                                            : JobsModel::tr("%1 / %2").arg(group.project.name, group.clusterName);
    case JobsModel::ModeColumn:
        return modeText(group);
    case JobsModel::PointColumn:
        return group.pointText;
    case JobsModel::TargetColumn:
        return targetText(group);
    case JobsModel::StatusColumn:
        return groupStatusText(group, now);
    case JobsModel::DeliveryColumn:
        return groupDeliveryText(group, now);
    case JobsModel::ExpiryColumn:
        return expiryText(earliestExpiry(group), now);
    case JobsModel::DownloadsColumn:
        return maxDownloadsText(first.delivery.maxDownloads);
    case JobsModel::HashColumn: {
        if (!group.isBatch())
            return hashText(first);
        const auto known =
            std::ranges::count_if(group.jobs, [](const RestoreJob &job) { return !hashText(job).isEmpty(); });
        return known == 0 ? QString() : JobsModel::tr("%1 of %2 known").arg(known).arg(group.jobs.size());
    }
    case JobsModel::CreatedColumn:
        return utcText(first.created);
    default:
        return {};
    }
}

QString jobCell(const JobGroup &group, const RestoreJob &job, int column, const QDateTime &now)
{
    switch (column) {
    case JobsModel::ClusterColumn:
        return partName(job);
    case JobsModel::PointColumn:
        return job.timestamp ? utcText(job.timestamp->time()) : QString();
    case JobsModel::StatusColumn:
        return statusText(job, group.kind);
    case JobsModel::DeliveryColumn:
        return deliveryText(job, group.kind, now);
    case JobsModel::ExpiryColumn:
        return expiryText(job.delivery.expires, now);
    case JobsModel::DownloadsColumn:
        return maxDownloadsText(job.delivery.maxDownloads);
    case JobsModel::HashColumn:
        return hashText(job);
    case JobsModel::CreatedColumn:
        return utcText(job.created);
    default:
        return {};
    }
}

} // namespace tidemark
