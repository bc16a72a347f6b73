#include "jobs/job_texts.h"

#include "base/log.h"
#include "base/text.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobTexts)
};

size_t countOf(const JobGroup &group, JobStatus status)
{
    return static_cast<size_t>(std::count_if(group.jobs.begin(), group.jobs.end(),
                                             [status](const RestoreJob &job) { return job.status == status; }));
}

QString ofText(const QString &pattern, size_t count, size_t all)
{
    return pattern.arg(QString::number(count), QString::number(all));
}

QString handedOverText(const JobGroup &group)
{
    if (!group.agents || group.agents->processes.empty())
        return Text::tr("Handed over to the agents");
    const QString pattern = group.agents->isAtGoal() ? Text::tr("Handed over; all agents at the goal (%1 of %2)")
                                                     : Text::tr("Handed over; agents %1 of %2 at the goal");
    return ofText(pattern, static_cast<size_t>(group.agents->processesAtGoal()), group.agents->processes.size());
}

QString batchDownloadText(const JobGroup &group, const QDateTime &now)
{
    const auto isReady = [&now](const RestoreJob &job) {
        const bool expired = job.delivery.expires.isValid() && job.delivery.expires <= now;
        return job.delivery.status == DeliveryStatus::Ready && !expired;
    };
    const auto ready = static_cast<size_t>(std::count_if(group.jobs.begin(), group.jobs.end(), isReady));
    const bool allFinished = countOf(group, JobStatus::Finished) == group.jobs.size();
    if (ready == 0 && allFinished && groupPhase(group, now) == JobPhase::Final)
        return Text::tr("Finished");
    return ofText(Text::tr("%1 of %2 ready"), ready, group.jobs.size());
}

} // namespace

QString statusText(const RestoreJob &job)
{
    switch (job.status) {
    case JobStatus::InProgress:
        return Text::tr("In progress");
    case JobStatus::Finished:
        return job.delivery.targetCluster.isEmpty() ? Text::tr("Finished") : Text::tr("Handed over to the agents");
    case JobStatus::Broken:
        return Text::tr("Broken");
    case JobStatus::Killed:
        return Text::tr("Cancelled");
    case JobStatus::Unknown:
        break;
    }
    return job.statusName.isEmpty() ? Text::tr("Not known") : job.statusName;
}

QString deliveryText(const RestoreJob &job, const QDateTime &now)
{
    const Delivery &delivery = job.delivery;
    if (!delivery.targetCluster.isEmpty())
        return Text::tr("To the cluster's agents");
    switch (delivery.status) {
    case DeliveryStatus::NotStarted:
        return Text::tr("Waiting");
    case DeliveryStatus::InProgress:
        return Text::tr("Being prepared");
    case DeliveryStatus::Ready:
        if (delivery.expires.isValid() && delivery.expires <= now)
            return Text::tr("Link expired");
        return delivery.hasLink() ? Text::tr("Ready") : Text::tr("Ready, waiting for the link");
    case DeliveryStatus::Failed:
        return Text::tr("Failed");
    case DeliveryStatus::Interrupted:
        return Text::tr("Interrupted");
    case DeliveryStatus::Expired:
        return Text::tr("Link expired");
    case DeliveryStatus::MaxDownloadsExceeded:
        return Text::tr("Link used up");
    case DeliveryStatus::Unknown:
        break;
    }
    return delivery.statusName.isEmpty() ? Text::tr("Not known") : delivery.statusName;
}

QString groupStatusText(const JobGroup &group, const QDateTime &now)
{
    const size_t all = group.jobs.size();
    if (const size_t broken = countOf(group, JobStatus::Broken); broken > 0)
        return all == 1 ? Text::tr("Broken") : ofText(Text::tr("%1 of %2 broken"), broken, all);
    if (const size_t killed = countOf(group, JobStatus::Killed); killed > 0)
        return all == 1 ? Text::tr("Cancelled") : ofText(Text::tr("%1 of %2 cancelled"), killed, all);
    if (!group.isAutomatedRestore())
        return all == 1 ? statusText(group.jobs.front()) : batchDownloadText(group, now);
    const size_t finished = countOf(group, JobStatus::Finished);
    if (finished == all)
        return handedOverText(group);
    return all == 1 ? statusText(group.jobs.front()) : ofText(Text::tr("%1 of %2 handed over"), finished, all);
}

QString groupDeliveryText(const JobGroup &group, const QDateTime &now)
{
    if (group.isAutomatedRestore())
        return group.targetClusterName.isEmpty() ? Text::tr("To the cluster's agents")
                                                 : Text::tr("To cluster “%1”").arg(group.targetClusterName);
    std::vector<std::pair<QString, int>> counts;
    for (const RestoreJob &job : group.jobs) {
        const QString text = deliveryText(job, now);
        const auto known =
            std::find_if(counts.begin(), counts.end(), [&text](const auto &entry) { return entry.first == text; });
        if (known == counts.end())
            counts.emplace_back(text, 1);
        else
            ++known->second;
    }
    if (counts.size() == 1)
        return counts.front().first;
    QStringList parts;
    for (const auto &[text, count] : counts)
        parts.append(Text::tr("%1: %2").arg(text, QString::number(count)));
    return parts.join(QStringLiteral(", "));
}

QString maxDownloadsText(qint64 maxDownloads)
{
    if (maxDownloads <= 0)
        return {};
    return maxDownloads >= UnlimitedDownloads ? Text::tr("unlimited") : QString::number(maxDownloads);
}

QString expiryText(const QDateTime &expires, const QDateTime &now)
{
    if (!expires.isValid())
        return {};
    if (expires <= now)
        return Text::tr("expired");
    return Text::tr("in %1").arg(durationText(std::chrono::seconds(now.secsTo(expires))));
}

QString maskedLink(const Delivery &delivery)
{
    const QString &link = delivery.url.isEmpty() ? delivery.urlV2 : delivery.url;
    return link.isEmpty() ? QString() : redactedUrl(QUrl(link));
}

} // namespace tidemark
