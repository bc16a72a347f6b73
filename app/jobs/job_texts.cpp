#include "jobs/job_texts.h"

#include "base/log.h"
#include "base/text.h"
#include "restore/restore_request.h"

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

QString goalText(const JobGroup &group)
{
    const AgentsProgress &agents = group.agents;
    const QString all = QString::number(agents.processes.size());
    const QString there = QString::number(agents.processesAtGoal());
    const QString goal = QString::number(agents.goal);
    const QString before = group.goalBefore ? QString::number(*group.goalBefore) : QString();
    switch (agents.stage) {
    case AgentsStage::BeforeHandOver:
    case AgentsStage::HandedOver:
        break;
    case AgentsStage::GoalNotRisen:
        return Text::tr("Handed over to the agents; their goal is still version %1, as before the order").arg(goal);
    case AgentsStage::Working:
        if (group.goalBefore)
            return Text::tr("Handed over; %1 of %2 processes reached version %3 (it was %4 before the order)")
                .arg(there, all, goal, before);
        return Text::tr("Handed over; %1 of %2 processes at their goal (version %3)").arg(there, all, goal);
    case AgentsStage::AtUnknownGoal:
        return Text::tr("Handed over; all %1 processes at their goal; whether it is this restore's is not known "
                        "(version %2, the one before the order was not read)")
            .arg(all, goal);
    case AgentsStage::InPlace:
        return Text::tr("Data in place. All %1 processes reached version %2 (it was %3 before the order)")
            .arg(all, goal, before);
    }
    return Text::tr("Handed over to the agents");
}

QString errorText(const AgentError &error)
{
    if (error.hostname.isEmpty())
        return Text::tr("error of %1: %2").arg(error.process, error.words);
    return Text::tr("error of %1 on %2: %3").arg(error.process, error.hostname, error.words);
}

QString batchDownloadText(const JobGroup &group, const QDateTime &now)
{
    const auto isReady = [&now](const RestoreJob &job) {
        const bool expired = job.delivery.expires.isValid() && job.delivery.expires <= now;
        return job.delivery.status == DeliveryStatus::Ready && !expired;
    };
    const auto ready = static_cast<size_t>(std::count_if(group.jobs.begin(), group.jobs.end(), isReady));
    const bool allFinished = countOf(group, JobStatus::Finished) == group.jobs.size();
    if (ready == 0 && allFinished && group.isFinal(now))
        return Text::tr("Finished");
    return ofText(Text::tr("%1 of %2 ready"), ready, group.jobs.size());
}

} // namespace

QString kindText(const JobKind &kind)
{
    switch (kind.is) {
    case JobKind::Is::Download:
        return Text::tr("Download");
    case JobKind::Is::ToCluster:
        return kind.targetTold ? Text::tr("To a cluster") : Text::tr("To a cluster, which one is not told");
    case JobKind::Is::Queryable:
        return Text::tr("Queryable backup");
    case JobKind::Is::NotTold:
        return Text::tr("Kind not told");
    case JobKind::Is::Other:
        break;
    }
    return kind.word;
}

QString modeText(const JobGroup &group)
{
    return group.mode ? modeName(*group.mode) : kindText(group.kind);
}

QString targetText(const JobGroup &group)
{
    if (!group.targetClusterName.isEmpty())
        return group.targetProjectName.isEmpty()
                   ? group.targetClusterName
                   : Text::tr("%1 / %2").arg(group.targetProjectName, group.targetClusterName);
    switch (group.kind.is) {
    case JobKind::Is::Download:
        return Text::tr("Download");
    case JobKind::Is::ToCluster:
        if (group.kind.targetTold)
            return Text::tr("Cluster %1").arg(group.jobs.front().delivery.targetCluster.value);
        break;
    case JobKind::Is::Queryable:
        return {};
    case JobKind::Is::NotTold:
    case JobKind::Is::Other:
        break;
    }
    return Text::tr("Not told");
}

QString statusText(const RestoreJob &job, const JobKind &kind)
{
    switch (job.status) {
    case JobStatus::InProgress:
        return Text::tr("In progress");
    case JobStatus::Finished:
        if (kind.is == JobKind::Is::Download)
            return Text::tr("Finished");
        return kind.is == JobKind::Is::ToCluster ? Text::tr("Handed over to the agents")
                                                 : Text::tr("Server's part done");
    case JobStatus::Broken:
        return Text::tr("Broken");
    case JobStatus::Killed:
        return Text::tr("Cancelled");
    case JobStatus::Unknown:
        break;
    }
    return job.statusName.isEmpty() ? Text::tr("Not known") : job.statusName;
}

QString deliveryText(const RestoreJob &job, const JobKind &kind, const QDateTime &now)
{
    const Delivery &delivery = job.delivery;
    const bool isDownload = kind.is == JobKind::Is::Download;
    if (kind.is == JobKind::Is::ToCluster)
        return Text::tr("To the cluster's agents");
    switch (delivery.status) {
    case DeliveryStatus::NotStarted:
        return isDownload ? Text::tr("Waiting") : Text::tr("Not started");
    case DeliveryStatus::InProgress:
        return isDownload ? Text::tr("Being prepared") : Text::tr("In progress");
    case DeliveryStatus::Ready:
        if (delivery.expires.isValid() && delivery.expires <= now)
            return Text::tr("Link expired");
        if (delivery.hasLink())
            return Text::tr("Ready");
        return isDownload ? Text::tr("Ready, waiting for the link") : Text::tr("No link");
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

QString agentsText(const JobGroup &group)
{
    const AgentsProgress &agents = group.agents;
    QStringList parts{goalText(group)};
    if (agents.stage >= AgentsStage::Working) {
        if (!agents.ofTarget)
            parts.append(Text::tr("all processes of the target's project are counted"));
        if (agents.goalIsOurs && !group.goalBefore)
            parts.append(Text::tr("the project's configuration names this restore"));
        if (!agents.goalIsOurs && group.goalBefore)
            parts.append(Text::tr("another change may have raised it"));
    }
    for (const AgentError &error : agents.errors)
        parts.append(errorText(error));
    if (group.stoppedFollowing && !agents.isLastWord())
        parts.append(Text::tr("no longer followed"));
    return parts.join(QStringLiteral("; "));
}

QString groupStatusText(const JobGroup &group, const QDateTime &now)
{
    const size_t all = group.jobs.size();
    if (const size_t broken = countOf(group, JobStatus::Broken); broken > 0)
        return all == 1 ? Text::tr("Broken") : ofText(Text::tr("%1 of %2 broken"), broken, all);
    if (const size_t killed = countOf(group, JobStatus::Killed); killed > 0)
        return all == 1 ? Text::tr("Cancelled") : ofText(Text::tr("%1 of %2 cancelled"), killed, all);
    const size_t finished = countOf(group, JobStatus::Finished);
    if (group.isAutomatedRestore() && (finished == all || group.agents.stage != AgentsStage::BeforeHandOver))
        return agentsText(group);
    if (all == 1 || (finished == all && group.kind.is != JobKind::Is::Download))
        return statusText(group.jobs.front(), group.kind);
    if (group.kind.is == JobKind::Is::Download)
        return batchDownloadText(group, now);
    return ofText(group.isAutomatedRestore() ? Text::tr("%1 of %2 handed over")
                                             : Text::tr("%1 of %2 done by the server"),
                  finished, all);
}

QString groupDeliveryText(const JobGroup &group, const QDateTime &now)
{
    if (group.isAutomatedRestore())
        return group.targetClusterName.isEmpty() ? Text::tr("To the cluster's agents")
                                                 : Text::tr("To cluster “%1”").arg(group.targetClusterName);
    std::vector<std::pair<QString, int>> counts;
    for (const RestoreJob &job : group.jobs) {
        const QString text = deliveryText(job, group.kind, now);
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

QString allowedDownloadsText(qint64 maxDownloads)
{
    if (maxDownloads <= 0)
        return {};
    return maxDownloads >= UnlimitedDownloads ? Text::tr("any number of downloads")
                                              : Text::tr("up to %n downloads", nullptr, static_cast<int>(maxDownloads));
}

QString expiryText(const QDateTime &expires, const QDateTime &now)
{
    if (!expires.isValid())
        return {};
    if (expires <= now)
        return Text::tr("expired");
    return Text::tr("in %1").arg(durationText(std::chrono::seconds(now.secsTo(expires))));
}

QString partName(const RestoreJob &job)
{
    if (!job.clusterName.isEmpty())
        return job.clusterName;
    return job.host.isEmpty() ? job.cluster.value : Text::tr("config server %1").arg(job.host.value);
}

QString encryptionText(const RestoreJob &job)
{
    if (!job.encryptionEnabled)
        return job.masterKeyUuid.isEmpty() ? QString() : Text::tr("master key %1").arg(job.masterKeyUuid);
    if (!*job.encryptionEnabled)
        return Text::tr("none");
    return job.masterKeyUuid.isEmpty() ? Text::tr("encrypted")
                                       : Text::tr("encrypted, master key %1").arg(job.masterKeyUuid);
}

QString maskedLink(const Delivery &delivery)
{
    const QString &link = delivery.url.isEmpty() ? delivery.urlV2 : delivery.url;
    return link.isEmpty() ? QString() : redactedUrl(QUrl(link));
}

} // namespace tidemark
