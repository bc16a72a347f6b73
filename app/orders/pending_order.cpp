#include "orders/pending_order.h"

#include "restore/point_json.h"
#include "restore/rules.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace tidemark {

namespace {

QString firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readLine(4096)).trimmed() : QString();
}

/// proc(5): field 22 of /proc/PID/stat. The second field may hold anything, so counting begins behind its bracket.
QString startOf(qint64 process)
{
    const QString line = firstLine(QStringLiteral("/proc/%1/stat").arg(process));
    const QStringList fields = line.mid(line.lastIndexOf(QLatin1Char(')')) + 1).split(u' ', Qt::SkipEmptyParts);
    constexpr qsizetype startTime = 22 - 3;
    return fields.value(startTime);
}

QString textOf(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QJsonValue &json)
{
    QDateTime time = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
    return time.isValid() ? time.toUTC() : QDateTime();
}

template<typename Ids>
QJsonArray idsJson(const Ids &ids)
{
    QJsonArray array;
    for (const JobId &id : ids)
        array.append(id.value);
    return array;
}

std::vector<JobId> idsOf(const QJsonValue &json)
{
    std::vector<JobId> ids;
    for (const QJsonValue id : json.toArray())
        ids.emplace_back(id.toString());
    return ids;
}

QJsonObject processJson(const ProcessMark &mark)
{
    return {{QLatin1String("host"), mark.host},
            {QLatin1String("boot"), mark.boot},
            {QLatin1String("space"), mark.space},
            {QLatin1String("process"), mark.process},
            {QLatin1String("started"), mark.started}};
}

ProcessMark processOf(const QJsonValue &json)
{
    return {json[QLatin1String("host")].toString(), json[QLatin1String("boot")].toString(),
            json[QLatin1String("space")].toString(), json[QLatin1String("process")].toInteger(),
            json[QLatin1String("started")].toString()};
}

} // namespace

ProcessMark thisProcess()
{
    return markOf(::getpid());
}

ProcessMark markOf(qint64 process)
{
    return {QSysInfo::machineHostName(), firstLine(QStringLiteral("/proc/sys/kernel/random/boot_id")),
            QFileInfo(QStringLiteral("/proc/self/ns/pid")).symLinkTarget().section(u'/', -1), process,
            startOf(process)};
}

Liveness livenessOf(const ProcessMark &mark)
{
    const ProcessMark here = thisProcess();
    if (mark.process <= 0 || mark.host.isEmpty())
        return Liveness::Gone;
    if (mark.boot != here.boot)
        return mark.host == here.host ? Liveness::Gone : Liveness::Elsewhere; // a home folder that two hosts share
    if (!mark.space.isEmpty() && mark.space != here.space)
        return Liveness::Elsewhere;
    if (::kill(static_cast<pid_t>(mark.process), 0) != 0 && errno == ESRCH)
        return Liveness::Gone;
    return startOf(mark.process) == mark.started ? Liveness::Alive : Liveness::Gone;
}

SendingState sendingOf(const PendingOrder &order, const QString &current, const QDateTime &now)
{
    if (order.isAnswered)
        return SendingState::Ended;
    if (order.process == thisProcess())
        return order.key == current ? SendingState::UnderWay : SendingState::Ended;
    switch (livenessOf(order.process)) {
    case Liveness::Gone:
        return SendingState::Ended;
    case Liveness::Alive:
        return SendingState::UnderWay;
    case Liveness::Elsewhere:
        break;
    }
    const QDateTime last = order.sendings.empty() ? order.since() : order.sendings.back().server;
    const bool isRecent = last.isValid() && std::abs(last.secsTo(now)) <= order.longestAnswer.count();
    return isRecent ? SendingState::UnderWay : SendingState::MayBeElsewhere;
}

QDateTime PendingOrder::since() const
{
    if (!sendings.empty() && sendings.front().server.isValid())
        return sendings.front().server;
    return writtenServer.isValid() ? writtenServer : written;
}

PendingOrder pendingOrderOf(const RestoreRequest &request)
{
    PendingOrder order;
    order.project = request.project();
    order.cluster = request.cluster().id;
    order.clusterName = confirmationName(request.cluster());
    order.isSharded = request.cluster().isSharded();
    order.mode = request.mode();
    order.point = request.point();
    order.pointTime = request.pointTime();
    order.body = request.json();
    order.expectedJobs = request.expectedJobs();
    if (const auto *target = std::get_if<AutomatedDelivery>(&request.delivery())) {
        order.targetProject = target->project;
        order.targetProjectName = target->projectName;
        order.targetCluster = target->cluster;
        order.targetClusterName = target->clusterName;
    }
    return order;
}

QString serverKey(const Connection &connection)
{
    QUrl url = connection.baseUrl.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                                           QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    const int usual = url.scheme() == QLatin1String("https") ? 443 : 80;
    if (url.port() == usual)
        url.setPort(-1);
    if (url.path() == QLatin1String("/"))
        url.setPath({});
    return url.toString(QUrl::FullyEncoded);
}

bool isOf(const PendingOrder &order, const Connection &connection)
{
    return order.server == serverKey(connection) || (!order.connection.isEmpty() && order.connection == connection.id);
}

QJsonObject auditDetails(const PendingOrder &order)
{
    QJsonObject details{{QLatin1String("order"), order.key},
                        {QLatin1String("server"), order.server},
                        {QLatin1String("user"), order.user},
                        {QLatin1String("project"), order.project.name},
                        {QLatin1String("projectId"), order.project.id.value},
                        {QLatin1String("cluster"), order.clusterName},
                        {QLatin1String("clusterId"), order.cluster.value},
                        {QLatin1String("point"), pointText(order.point, order.pointTime)},
                        {QLatin1String("body"), QJsonDocument::fromJson(order.body).object()}};
    if (order.isAutomatedRestore()) {
        details.insert(QLatin1String("targetProject"), order.targetProjectName);
        details.insert(QLatin1String("targetCluster"), order.targetClusterName);
    }
    return details;
}

int linkHoursOf(const PendingOrder &order)
{
    return QJsonDocument::fromJson(order.body)[QLatin1String("delivery")][QLatin1String("expirationHours")].toInt();
}

qint64 maxDownloadsOf(const PendingOrder &order)
{
    return QJsonDocument::fromJson(order.body)[QLatin1String("delivery")][QLatin1String("maxDownloads")].toInteger();
}

QJsonObject toJson(const PendingOrder &order)
{
    QJsonArray sendings;
    for (const PendingOrder::Sending &sending : order.sendings)
        sendings.append(QJsonObject{{QLatin1String("machine"), textOf(sending.machine)},
                                    {QLatin1String("server"), textOf(sending.server)}});
    QJsonObject json{{QLatin1String("key"), order.key},
                     {QLatin1String("connection"), order.connection.value},
                     {QLatin1String("server"), order.server},
                     {QLatin1String("user"), order.user},
                     {QLatin1String("project"), order.project.id.value},
                     {QLatin1String("projectName"), order.project.name},
                     {QLatin1String("cluster"), order.cluster.value},
                     {QLatin1String("clusterName"), order.clusterName},
                     {QLatin1String("sharded"), order.isSharded},
                     {QLatin1String("mode"), modeWord(order.mode)},
                     {QLatin1String("point"), pointJson(order.point)},
                     {QLatin1String("pointTime"), momentJson(order.pointTime)},
                     {QLatin1String("body"), QString::fromUtf8(order.body)},
                     {QLatin1String("targetProject"), order.targetProject.value},
                     {QLatin1String("targetProjectName"), order.targetProjectName},
                     {QLatin1String("targetCluster"), order.targetCluster.value},
                     {QLatin1String("targetClusterName"), order.targetClusterName},
                     {QLatin1String("expectedJobs"), order.expectedJobs},
                     {QLatin1String("longestAnswer"), qint64(order.longestAnswer.count())},
                     {QLatin1String("listedBefore"), idsJson(order.listedBefore)},
                     {QLatin1String("process"), processJson(order.process)},
                     {QLatin1String("written"), textOf(order.written)},
                     {QLatin1String("writtenServer"), textOf(order.writtenServer)},
                     {QLatin1String("sendings"), sendings},
                     {QLatin1String("answered"), order.isAnswered},
                     {QLatin1String("status"), order.status},
                     {QLatin1String("seen"), order.seen},
                     {QLatin1String("mentioned"), QJsonArray::fromStringList(order.mentioned)},
                     {QLatin1String("named"), idsJson(order.named)},
                     {QLatin1String("namedBatch"), order.namedBatch.value},
                     {QLatin1String("notMine"), idsJson(order.notMine)}};
    if (order.goalBefore)
        json.insert(QLatin1String("goalBefore"), *order.goalBefore);
    if (!order.record.isEmpty())
        json.insert(QLatin1String("record"), recordJson(order.record));
    return json;
}

std::optional<PendingOrder> pendingOrderFromJson(const QJsonObject &json)
{
    const auto mode = modeFromWord(json[QLatin1String("mode")].toString());
    PendingOrder order;
    order.key = json[QLatin1String("key")].toString();
    if (!mode || order.key.isEmpty())
        return std::nullopt;
    order.connection = ConnectionId(json[QLatin1String("connection")].toString());
    order.server = json[QLatin1String("server")].toString();
    order.user = json[QLatin1String("user")].toString();
    order.project.id = ProjectId(json[QLatin1String("project")].toString());
    order.project.name = json[QLatin1String("projectName")].toString();
    order.cluster = ClusterId(json[QLatin1String("cluster")].toString());
    order.clusterName = json[QLatin1String("clusterName")].toString();
    order.isSharded = json[QLatin1String("sharded")].toBool();
    order.mode = *mode;
    order.point = pointFromJson(json[QLatin1String("point")]);
    order.pointTime = momentFromJson(json[QLatin1String("pointTime")]);
    order.body = json[QLatin1String("body")].toString().toUtf8();
    order.targetProject = ProjectId(json[QLatin1String("targetProject")].toString());
    order.targetProjectName = json[QLatin1String("targetProjectName")].toString();
    order.targetCluster = ClusterId(json[QLatin1String("targetCluster")].toString());
    order.targetClusterName = json[QLatin1String("targetClusterName")].toString();
    order.expectedJobs = json[QLatin1String("expectedJobs")].toInt(1);
    order.longestAnswer = std::chrono::seconds(json[QLatin1String("longestAnswer")].toInteger(600));
    order.record = recordFromJson(json[QLatin1String("record")].toObject());
    for (const JobId &id : idsOf(json[QLatin1String("listedBefore")]))
        order.listedBefore.insert(id);
    if (json.contains(QLatin1String("goalBefore")))
        order.goalBefore = json[QLatin1String("goalBefore")].toInteger();
    order.process = processOf(json[QLatin1String("process")]);
    order.written = timeOf(json[QLatin1String("written")]);
    order.writtenServer = timeOf(json[QLatin1String("writtenServer")]);
    for (const QJsonValue sending : json[QLatin1String("sendings")].toArray())
        order.sendings.push_back({timeOf(sending[QLatin1String("machine")]), timeOf(sending[QLatin1String("server")])});
    order.isAnswered = json[QLatin1String("answered")].toBool();
    order.status = json[QLatin1String("status")].toInt();
    order.seen = json[QLatin1String("seen")].toString();
    for (const QJsonValue id : json[QLatin1String("mentioned")].toArray())
        order.mentioned.append(id.toString());
    order.named = idsOf(json[QLatin1String("named")]);
    order.namedBatch = BatchId(json[QLatin1String("namedBatch")].toString());
    order.notMine = idsOf(json[QLatin1String("notMine")]);
    return order;
}

} // namespace tidemark
