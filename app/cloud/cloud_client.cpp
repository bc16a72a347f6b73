#include "cloud/cloud_client.h"

#include "base/later.h"
#include "cloud/api_error.h"
#include "cloud/api_transport.h"
#include "cloud/capabilities.h"
#include "cloud/cluster_reader.h"
#include "cloud/decode.h"
#include "cloud/event_reader.h"
#include "cloud/typed_reads.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

QStringList clusterSegments(const ProjectId &project, const ClusterId &cluster)
{
    return {QStringLiteral("groups"), project.value, QStringLiteral("clusters"), cluster.value};
}

QString clusterPath(const ProjectId &project, const ClusterId &cluster, const QStringList &rest)
{
    return apiPath(clusterSegments(project, cluster) + rest);
}

QString projectPath(const ProjectId &project, const QStringList &rest)
{
    return apiPath(QStringList{QStringLiteral("groups"), project.value} + rest);
}

const QString snapshotsName = QStringLiteral("snapshots");
const QString jobsName = QStringLiteral("restoreJobs");

Async<std::vector<RestoreJob>> jobList(QObject *context, ApiTransport &transport, const QString &path,
                                       const QUrlQuery &query)
{
    // An order must know all of them: their pages bound the list, not their bytes, of which little is kept.
    return listOf<RestoreJob>(context, transport, path, query, &decode::restoreJob, &arrangeJobs,
                              {.bytes = std::numeric_limits<qint64>::max()});
}

ApiTransport::Policy policyOf(CloudClient::Retries retries, Traffic traffic = Traffic::Person)
{
    ApiTransport::Policy policy;
    policy.traffic = traffic;
    if (retries == CloudClient::Retries::None)
        policy.attempts = 1;
    return policy;
}

} // namespace

CloudClient::CloudClient(Connection connection, Credentials credentials, const Clock &clock, QObject *parent)
    : CloudClient(std::move(connection), std::move(credentials), clock, Retries::Usual, parent)
{
}

CloudClient::CloudClient(Connection connection, Credentials credentials, const Clock &clock, Retries retries,
                         QObject *parent)
    : CloudClient(
          std::make_unique<ApiTransport>(std::move(connection), std::move(credentials), clock, policyOf(retries)),
          clock, parent)
{
}

CloudClient::CloudClient(std::unique_ptr<ApiTransport> transport, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_transport(std::move(transport))
    , m_clusters(std::make_unique<ClusterReader>(*m_transport, clock))
{
    connect(m_transport.get(), &ApiTransport::serverInfoChanged, this, &CloudClient::serverInfoChanged);
    connect(m_transport.get(), &ApiTransport::lastErrorChanged, this, &CloudClient::lastErrorChanged);
    connect(m_transport.get(), &ApiTransport::callFailed, this, &CloudClient::callFailed);
    connect(m_transport.get(), &ApiTransport::paceChanged, this, &CloudClient::paceChanged);
    connect(m_transport.get(), &ApiTransport::busyChanged, this, &CloudClient::busyChanged);
}

std::unique_ptr<CloudClient> CloudClient::sibling(Retries retries, Traffic traffic) const
{
    ApiTransport::Policy policy = policyOf(retries, traffic);
    policy.sharesHandshake = traffic == Traffic::Polling;
    return std::unique_ptr<CloudClient>(new CloudClient(m_transport->sibling(policy), m_clock, nullptr));
}

CloudClient::~CloudClient() = default;

const Connection &CloudClient::connection() const
{
    return m_transport->connection();
}

const ServerInfo &CloudClient::serverInfo() const
{
    return m_transport->serverInfo();
}

Service CloudClient::service() const
{
    return answeringService(serverVersion(serverInfo().version), connection().service);
}

const RequestPace &CloudClient::pace() const
{
    return m_transport->pace();
}

QDateTime CloudClient::serverNow() const
{
    return m_clock.now().addMSecs(serverInfo().clockOffset.count());
}

Async<std::vector<Project>> CloudClient::projects()
{
    return listOf<Project>(this, *m_transport, QStringLiteral("groups"), {}, &decode::project);
}

Async<std::vector<Cluster>> CloudClient::clusters(const ProjectId &project)
{
    return m_clusters->read(project);
}

Async<std::vector<Snapshot>> CloudClient::snapshots(const ProjectId &project, const ClusterId &cluster)
{
    return listOf<Snapshot>(this, *m_transport, clusterPath(project, cluster, {snapshotsName}), {}, &decode::snapshot);
}

Async<std::vector<Snapshot>> CloudClient::allSnapshots(const ProjectId &project, const ClusterId &cluster)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("completed"), QStringLiteral("all"));
    return listOf<Snapshot>(this, *m_transport, clusterPath(project, cluster, {snapshotsName}), query,
                            &decode::snapshot);
}

Async<Snapshot> CloudClient::snapshot(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot)
{
    return entityOf<Snapshot>(this, *m_transport, clusterPath(project, cluster, {snapshotsName, snapshot.value}),
                              &decode::snapshot, &hasId<Snapshot>);
}

Async<std::vector<Checkpoint>> CloudClient::checkpoints(const ProjectId &project, const ClusterId &cluster)
{
    return listOf<Checkpoint>(this, *m_transport, clusterPath(project, cluster, {QStringLiteral("checkpoints")}), {},
                              &decode::checkpoint);
}

Async<std::optional<std::vector<RestorableRange>>> CloudClient::restorableRanges(const ProjectId &project,
                                                                                 const ClusterId &cluster)
{
    using Ranges = std::vector<RestorableRange>;
    const Deferred<std::optional<Ranges>> deferred;
    const QString path = clusterPath(project, cluster, {jobsName, QStringLiteral("restorableTimeRanges")});
    whenDone(this, m_transport->readByPost(path), [deferred](const Result<ApiAnswer> &answer) {
        if (!answer) {
            // An older Ops Manager does not know the resource; a cluster that is gone has a code of its own.
            const Error &error = answer.error();
            const bool unknown = error.httpStatus == 405 ||
                                 (error.httpStatus == 404 && error.apiCode != QLatin1String("CLUSTER_NOT_FOUND") &&
                                  error.apiCode != QLatin1String("GROUP_NOT_FOUND"));
            if (unknown)
                deferred.resolve(std::optional<Ranges>());
            else
                deferred.resolve(failure(error));
            return;
        }
        Ranges ranges;
        for (const QJsonObject &item : decode::page(answer->content).items) {
            if (const RestorableRange range = decode::restorableRange(item); range.end.seconds > 0)
                ranges.push_back(range);
        }
        std::stable_sort(ranges.begin(), ranges.end(),
                         [](const RestorableRange &a, const RestorableRange &b) { return a.start < b.start; });
        deferred.resolve(std::optional<Ranges>(std::move(ranges)));
    });
    return deferred.future();
}

Async<SnapshotSchedule> CloudClient::snapshotSchedule(const ProjectId &project, const ClusterId &cluster)
{
    const QString path =
        projectPath(project, {QStringLiteral("backupConfigs"), cluster.value, QStringLiteral("snapshotSchedule")});
    return entityOf<SnapshotSchedule>(this, *m_transport, path, &decode::snapshotSchedule,
                                      [](const SnapshotSchedule &) { return true; });
}

Async<std::vector<RestoreJob>> CloudClient::restoreJobs(const ProjectId &project, const ClusterId &cluster)
{
    return jobList(this, *m_transport, clusterPath(project, cluster, {jobsName}), {});
}

Async<std::vector<RestoreJob>> CloudClient::restoreJobsOfBatch(const ProjectId &project, const ClusterId &cluster,
                                                               const BatchId &batch)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("batchId"), batch.value);
    return jobList(this, *m_transport, clusterPath(project, cluster, {jobsName}), query);
}

Async<RestoreJob> CloudClient::restoreJob(const ProjectId &project, const ClusterId &cluster, const JobId &job)
{
    return entityOf<RestoreJob>(this, *m_transport, clusterPath(project, cluster, {jobsName, job.value}),
                                &decode::restoreJob, &hasId<RestoreJob>);
}

Async<AutomationStatus> CloudClient::automationStatus(const ProjectId &project)
{
    const Deferred<AutomationStatus> deferred;
    whenDone(this, m_transport->get(projectPath(project, {QStringLiteral("automationStatus")})),
             [deferred](const Result<ApiAnswer> &answer) {
                 if (answer)
                     deferred.resolve(decode::automationStatus(answer->content));
                 else
                     deferred.resolve(failure(answer.error()));
             });
    return deferred.future();
}

Async<RedactedAutomationConfig> CloudClient::redactedAutomationConfig(const ProjectId &project)
{
    const Deferred<RedactedAutomationConfig> deferred;
    const QString path = projectPath(project, {QStringLiteral("automationConfig"), QStringLiteral("noSecrets")});
    whenDone(
        this, m_transport->get(path, {}, ApiTransport::Report::No), [this, deferred](const Result<ApiAnswer> &answer) {
            if (answer) {
                deferred.resolve(decode::redactedAutomationConfig(answer->content.toObject()));
                return;
            }
            deferred.resolve(
                failure(wordedFor(Capability::RedactedConfig, serverVersion(serverInfo().version), answer.error())));
        });
    return deferred.future();
}

Async<RedactedAutomationConfig> CloudClient::fullAutomationConfig(const ProjectId &project)
{
    const Deferred<RedactedAutomationConfig> deferred;
    const QString path = projectPath(project, {QStringLiteral("automationConfig")});
    whenDone(this, m_transport->get(path, {}, ApiTransport::Report::No), [deferred](const Result<ApiAnswer> &answer) {
        deferred.resolve(
            answer ? Result<RedactedAutomationConfig>(decode::redactedAutomationConfig(answer->content.toObject()))
                   : failure(answer.error()));
    });
    return deferred.future();
}

Async<std::vector<ProjectEvent>> CloudClient::events(const ProjectId &project, const QStringList &types,
                                                     const QDateTime &minDate)
{
    return readEvents(this, *m_transport, project, types, minDate);
}

Async<OrderAnswer> CloudClient::createRestoreJobs(const ProjectId &project, const ClusterId &cluster,
                                                  const QByteArray &body, BeforeSending beforeSending)
{
    return m_transport->order(clusterPath(project, cluster, {jobsName}), body, std::move(beforeSending));
}

Async<bool> CloudClient::signIn()
{
    return m_transport->signIn();
}

bool CloudClient::credentialsWereTaken() const
{
    return m_transport->credentialsWereTaken();
}

Async<bool> CloudClient::close()
{
    return m_transport->close();
}

} // namespace tidemark
