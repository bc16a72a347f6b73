#include "restore/restore_texts.h"

#include "base/text.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::RestoreRequest)
};

QString clusterText(const Cluster &cluster)
{
    if (!cluster.name.isEmpty())
        return cluster.name;
    return cluster.replicaSetName.isEmpty() ? cluster.id.value : cluster.replicaSetName;
}

void planDownload(const RestoreRequest &request, const DownloadDelivery &delivery, const QString &point, TimeWords time,
                  QStringList &plan)
{
    plan.append(request.expectedJobs() == 1
                    ? Text::tr("The backup service packs one archive from cluster “%1” of project “%2”: %3.")
                          .arg(clusterText(request.cluster()), request.project().name, point)
                    : Text::tr("The backup service packs %1 archives, one for each shard and one for the config "
                               "servers, from cluster “%2” of project “%3”: %4.")
                          .arg(QString::number(request.expectedJobs()), clusterText(request.cluster()),
                               request.project().name, point));
    if (const int *hours = std::get_if<int>(&delivery.life))
        plan.append(*hours == 1 ? Text::tr("Each link works for 1 hour after its archive is ready.")
                                : Text::tr("Each link works for %1 hours after its archive is ready.").arg(*hours));
    else
        plan.append(Text::tr("Each link works until %1.").arg(time(std::get<QDateTime>(delivery.life))));
    if (delivery.maxDownloads == UnlimitedDownloads)
        plan.append(Text::tr("Each archive may be downloaded any number of times."));
    else if (delivery.maxDownloads == 1)
        plan.append(Text::tr("Each archive may be downloaded once."));
    else
        plan.append(Text::tr("Each archive may be downloaded %1 times.").arg(delivery.maxDownloads));
    plan.append(Text::tr("No cluster is changed."));
}

QString boundaryText(const RestorePoint &point)
{
    if (std::holds_alternative<OplogPoint>(point))
        return Text::tr("The operation with this oplog timestamp is included; everything after it is not.");
    if (std::holds_alternative<TimePoint>(point))
        return Text::tr("The restore stops just before the chosen moment: operations of that very second and later are "
                        "not included.");
    return {};
}

QString lostText(const RestoreRequest &request, const AutomatedDelivery &delivery)
{
    const bool onItself = delivery.cluster == request.cluster().id;
    return onItself ? Text::tr("The target is the source itself: everything written to it after that is lost.")
                    : Text::tr("Everything that is in “%1” now is lost.").arg(delivery.clusterName);
}

QString erasedText(const AutomatedDelivery &delivery)
{
    return Text::tr("Cluster “%1” of project “%2” is ERASED: its agents first delete all data on all of its members.")
        .arg(delivery.clusterName, delivery.projectName);
}

QString noWayBackText()
{
    return Text::tr("The API has no call that stops a restore once it has been ordered.");
}

void planAutomated(const RestoreRequest &request, const AutomatedDelivery &delivery, const QString &point,
                   QStringList &plan)
{
    plan.append(erasedText(delivery));
    plan.append(Text::tr("It is then filled with the data of cluster “%1” of project “%2”: %3.")
                    .arg(clusterText(request.cluster()), request.project().name, point));
    const QString boundary = boundaryText(request.point());
    if (!boundary.isEmpty())
        plan.append(boundary);
    plan.append(lostText(request, delivery));
    if (request.expectedJobs() > 1)
        plan.append(Text::tr("The server makes %1 jobs of it, one for each shard and one for the config servers.")
                        .arg(request.expectedJobs()));
    plan.append(Text::tr("A job that is FINISHED has been handed over to the agents; the data is there when the agents "
                         "have reached their goal."));
    plan.append(noWayBackText());
}

} // namespace

QString modeName(RestoreMode mode)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
        return Text::tr("Download a snapshot");
    case RestoreMode::AutomatedSnapshot:
        return Text::tr("Restore a snapshot to a cluster");
    case RestoreMode::OplogTimestamp:
        return Text::tr("Restore to an oplog timestamp");
    case RestoreMode::PointInTime:
        return Text::tr("Restore to a point in time");
    case RestoreMode::Checkpoint:
        return Text::tr("Restore to a checkpoint");
    }
    return {};
}

QString pointText(const RestorePoint &point, const OplogTimestamp &snapshotTime, TimeWords time)
{
    const QString moment = time(snapshotTime.time());
    if (std::holds_alternative<SnapshotPoint>(point))
        return snapshotTime.seconds > 0 ? Text::tr("snapshot of %1").arg(moment) : Text::tr("a snapshot");
    if (std::holds_alternative<CheckpointPoint>(point))
        return snapshotTime.seconds > 0 ? Text::tr("checkpoint of %1").arg(moment) : Text::tr("a checkpoint");
    if (const auto *oplog = std::get_if<OplogPoint>(&point))
        return Text::tr("up to and including oplog timestamp %1, %2 (%3)")
            .arg(QString::number(oplog->timestamp.seconds), QString::number(oplog->timestamp.increment),
                 time(oplog->timestamp.time()));
    return Text::tr("just before %1")
        .arg(time(QDateTime::fromMSecsSinceEpoch(std::get<TimePoint>(point).utcMilliseconds, Qt::UTC)));
}

QString pointText(const RestorePoint &point, const OplogTimestamp &snapshotTime)
{
    return pointText(point, snapshotTime, utcText);
}

QStringList planOf(const RestoreRequest &request, TimeWords time)
{
    QStringList sentences;
    const QString point = pointText(request.point(), request.pointTime(), time);
    if (const auto *download = std::get_if<DownloadDelivery>(&request.delivery()))
        planDownload(request, *download, point, time, sentences);
    else
        planAutomated(request, std::get<AutomatedDelivery>(request.delivery()), point, sentences);
    return sentences;
}

QStringList RestoreRequest::plan() const
{
    return planOf(*this, utcText);
}

QStringList RestoreRequest::losses() const
{
    const auto *automated = std::get_if<AutomatedDelivery>(&m_delivery);
    if (automated == nullptr)
        return {};
    return {erasedText(*automated), lostText(*this, *automated), noWayBackText()};
}

} // namespace tidemark
