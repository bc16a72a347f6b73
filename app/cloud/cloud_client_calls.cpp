#include "base/byte_pipe.h"
#include "cloud/capabilities.h"
#include "cloud/cloud_client.h"
#include "cloud/decode_monitoring.h"
#include "cloud/typed_reads.h"

// The calls of CloudClient about agents, hosts, logs and snapshots on demand.
namespace tidemark {

namespace {

/// What to say of an error, once it has come: the server may have told its version with it.
using Word = std::function<Error(const Error &)>;

QString hostPath(const ProjectId &project, const HostId &host, const QStringList &rest)
{
    return apiPath(QStringList{QStringLiteral("groups"), project.value, QStringLiteral("hosts"), host.value} + rest);
}

QString logPath(const ProjectId &project, const QStringList &rest = {})
{
    return apiPath(QStringList{QStringLiteral("groups"), project.value, QStringLiteral("logCollectionJobs")} + rest);
}

QStringList measuredSegments(const Measured &what)
{
    if (const auto *database = std::get_if<MeasuredDatabase>(&what))
        return {QStringLiteral("databases"), database->name};
    if (const auto *disk = std::get_if<MeasuredDisk>(&what))
        return {QStringLiteral("disks"), disk->partition};
    return {};
}

/// Every entry of a list, those without an id too.
template<typename Values, typename T>
Async<Values> everyOf(QObject *context, ApiTransport &transport, const QString &path,
                      T (*decodeOne)(const QJsonObject &), const Word &word)
{
    const Deferred<Values> deferred;
    whenDone(context, readAllPages(context, transport, path, {}, ApiTransport::Report::No),
             [deferred, decodeOne, word](const Result<std::vector<QJsonObject>> &items) {
                 if (!items) {
                     deferred.resolve(failure(word(items.error())));
                     return;
                 }
                 Values values;
                 for (const QJsonObject &item : *items)
                     values.push_back(decodeOne(item));
                 deferred.resolve(std::move(values));
             });
    return deferred.future();
}

/// What `decodeOne` makes of the answer's object; an error where `isValid` finds nothing in it.
template<typename T>
Async<T> valueOf(QObject *context, const Async<ApiAnswer> &call, T (*decodeOne)(const QJsonObject &),
                 bool (*isValid)(const T &), const Word &word)
{
    const Deferred<T> deferred;
    whenDone(context, call, [deferred, decodeOne, isValid, word](const Result<ApiAnswer> &answer) {
        if (!answer) {
            deferred.resolve(failure(word(answer.error())));
            return;
        }
        T value = decodeOne(answer->content.toObject());
        if (isValid(value)) {
            deferred.resolve(std::move(value));
            return;
        }
        Error error = unexpectedAnswer(CloudClient::tr("what was asked for is not in it."));
        error.httpStatus = answer->status;
        deferred.resolve(failure(error));
    });
    return deferred.future();
}

Word wordFor(const ApiTransport &transport, Capability capability)
{
    return [&transport, capability](const Error &error) {
        return wordedFor(capability, serverVersion(transport.serverInfo().version), error);
    };
}

/// A change of which only that it was done matters: what a 2xx has in it is nowhere promised.
Async<bool> done(QObject *context, const Async<ApiAnswer> &call, const Word &word)
{
    const Deferred<bool> deferred;
    whenDone(context, call, [deferred, word](const Result<ApiAnswer> &answer) {
        deferred.resolve(answer ? Result<bool>(true) : Result<bool>(failure(word(answer.error()))));
    });
    return deferred.future();
}

Error refused(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    return error;
}

} // namespace

Async<std::vector<Agent>> CloudClient::agents(const ProjectId &project, AgentType type)
{
    const QString path =
        apiPath({QStringLiteral("groups"), project.value, QStringLiteral("agents"), agentTypeName(type)});
    return everyOf<std::vector<Agent>>(this, *m_transport, path, &decode::agent,
                                       wordFor(*m_transport, Capability::Agents));
}

Async<AgentVersions> CloudClient::agentVersions(const ProjectId &project)
{
    const QString path =
        apiPath({QStringLiteral("groups"), project.value, QStringLiteral("agents"), QStringLiteral("versions")});
    return valueOf<AgentVersions>(
        this, m_transport->get(path, {}, ApiTransport::Report::No), &decode::agentVersions,
        [](const AgentVersions &) { return true; }, wordFor(*m_transport, Capability::Agents));
}

Async<std::vector<MonitoredHost>> CloudClient::hosts(const ProjectId &project)
{
    const QString path = apiPath({QStringLiteral("groups"), project.value, QStringLiteral("hosts")});
    return everyOf<std::vector<MonitoredHost>>(this, *m_transport, path, &decode::monitoredHost,
                                               wordFor(*m_transport, Capability::Measurements));
}

Async<Measurements> CloudClient::measurements(const ProjectId &project, const HostId &host, const Measured &what,
                                              const MeasurementsQuery &query)
{
    const QString path = hostPath(project, host, measuredSegments(what) + QStringList{QStringLiteral("measurements")});
    return valueOf<Measurements>(
        this, m_transport->get(path, measurementsQuery(query), ApiTransport::Report::No), &decode::measurements,
        [](const Measurements &read) { return !read.measurements.empty() || !read.host.isEmpty(); },
        wordFor(*m_transport, Capability::Measurements));
}

Async<QStringList> CloudClient::databases(const ProjectId &project, const HostId &host)
{
    return everyOf<QStringList>(this, *m_transport, hostPath(project, host, {QStringLiteral("databases")}),
                                &decode::databaseName, wordFor(*m_transport, Capability::Measurements));
}

Async<QStringList> CloudClient::disks(const ProjectId &project, const HostId &host)
{
    return everyOf<QStringList>(this, *m_transport, hostPath(project, host, {QStringLiteral("disks")}),
                                &decode::partitionName, wordFor(*m_transport, Capability::Measurements));
}

Async<LogJob> CloudClient::logJob(const ProjectId &project, const LogJobId &job)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("verbose"), QStringLiteral("true"));
    return valueOf<LogJob>(this, m_transport->get(logPath(project, {job.value}), query, ApiTransport::Report::No),
                           &decode::logJob, &hasId<LogJob>, wordFor(*m_transport, Capability::LogCollection));
}

Async<std::vector<LogJob>> CloudClient::logJobs(const ProjectId &project)
{
    return everyOf<std::vector<LogJob>>(this, *m_transport, logPath(project), &decode::logJob,
                                        wordFor(*m_transport, Capability::LogCollection));
}

Async<RequestedSnapshot> CloudClient::takeSnapshot(const ProjectId &project, const ClusterId &cluster,
                                                   int retentionDays)
{
    if (retentionDays < 1)
        return resolved<RequestedSnapshot>(failure(refused(tr("A snapshot is kept for one day at least."))));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("retentionDays"), QString::number(retentionDays));
    const QString path = apiPath({QStringLiteral("groups"), project.value, QStringLiteral("clusters"), cluster.value,
                                  QStringLiteral("snapshots"), QStringLiteral("onDemandSnapshot")});
    // A 2xx is the success: what is in it is nowhere promised.
    return valueOf<RequestedSnapshot>(
        this, m_transport->change("POST", path, query, {}), &decode::requestedSnapshot,
        [](const RequestedSnapshot &) { return true; }, wordFor(*m_transport, Capability::OnDemandSnapshot));
}

Async<Snapshot> CloudClient::changeSnapshot(const ProjectId &project, const ClusterId &cluster,
                                            const SnapshotId &snapshot, const SnapshotChange &change)
{
    const QString path = apiPath({QStringLiteral("groups"), project.value, QStringLiteral("clusters"), cluster.value,
                                  QStringLiteral("snapshots"), snapshot.value});
    return valueOf<Snapshot>(this, m_transport->change("PATCH", path, {}, snapshotChangeBody(change)),
                             &decode::snapshot, &hasId<Snapshot>,
                             wordFor(*m_transport, Capability::SnapshotProtection));
}

Async<LogJobId> CloudClient::collectLogs(const ProjectId &project, const LogRequest &request)
{
    if (request.bytesPerFile < 1)
        return resolved<LogJobId>(failure(refused(tr("At least one byte of each log has to be asked for."))));
    if (request.from.isValid() != request.to.isValid() || request.to < request.from)
        return resolved<LogJobId>(failure(refused(tr("Logs are collected from one moment to a later one."))));
    return valueOf<LogJobId>(
        this, m_transport->change("POST", logPath(project), {}, logRequestBody(request, service())),
        [](const QJsonObject &fields) { return decode::logJob(fields).id; },
        [](const LogJobId &id) { return !id.isEmpty(); }, wordFor(*m_transport, Capability::LogCollection));
}

Async<bool> CloudClient::logArchive(const ProjectId &project, const LogJobId &job, std::shared_ptr<BytePipe> into)
{
    const Deferred<bool> deferred;
    const Async<ApiAnswer> call = m_transport->getFile(logPath(project, {job.value, QStringLiteral("download")}),
                                                       QByteArrayLiteral("application/gzip"), into);
    whenDone(
        this, call,
        [deferred, into, word = wordFor(*m_transport, Capability::LogCollection)](const Result<ApiAnswer> &answer) {
            Result<bool> outcome = true;
            if (!answer)
                outcome = failure(word(answer.error()));
            else if (!into->beginning().startsWith("\x1f\x8b"))
                outcome = failure(unexpectedAnswer(tr("it is no gzip archive.")));
            into->end(outcome ? std::nullopt : std::optional(outcome.error()));
            deferred.resolve(outcome);
        });
    return deferred.future();
}

Async<bool> CloudClient::keepLogs(const ProjectId &project, const LogJobId &job, const QDateTime &until)
{
    if (until <= serverNow())
        return resolved<bool>(failure(refused(tr("Collected logs are kept until a moment that is yet to come."))));
    return done(this, m_transport->change("PATCH", logPath(project, {job.value}), {}, logExpiryBody(until)),
                wordFor(*m_transport, Capability::LogCollection));
}

Async<bool> CloudClient::collectLogsAgain(const ProjectId &project, const LogJobId &job)
{
    return done(this, m_transport->change("PUT", logPath(project, {job.value, QStringLiteral("retry")}), {}, {}),
                wordFor(*m_transport, Capability::LogCollection));
}

Async<bool> CloudClient::deleteLogs(const ProjectId &project, const LogJobId &job)
{
    return done(this, m_transport->change("DELETE", logPath(project, {job.value}), {}, {}),
                wordFor(*m_transport, Capability::LogCollection));
}

Async<std::vector<RestoreJob>> CloudClient::restoreJobsOfHost(const ProjectId &project, const HostId &host)
{
    return listOf<RestoreJob>(this, *m_transport, hostPath(project, host, {QStringLiteral("restoreJobs")}), {},
                              &decode::restoreJob, &arrangeJobs);
}

Async<RestoreJob> CloudClient::restoreJobOfHost(const ProjectId &project, const HostId &host, const JobId &job)
{
    return entityOf<RestoreJob>(this, *m_transport, hostPath(project, host, {QStringLiteral("restoreJobs"), job.value}),
                                &decode::restoreJob, &hasId<RestoreJob>);
}

} // namespace tidemark
