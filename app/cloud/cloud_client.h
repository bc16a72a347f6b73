#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cloud/log_collection.h"
#include "cloud/monitoring.h"
#include "cloud/order_answer.h"
#include "cloud/request_pace.h"
#include "cloud/snapshot_change.h"
#include "cloud/values.h"
#include "connection/connection.h"

#include <QJsonObject>
#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

class ApiTransport;
class BytePipe;
class ClusterReader;

/// The Public API of one connection. All calls are asynchronous and return at once; continuations run where `.then`
/// says. Reads are repeated with backoff (and Retry-After) after network errors, 429 and 5xx; an order is sent exactly
/// once. Lists are read to their last page. Errors are worded by cloud/api_error.h.
class CloudClient : public QObject
{
    Q_OBJECT

public:
    CloudClient(Connection connection, Credentials credentials, const Clock &clock, QObject *parent = nullptr);
    /// How patient reads are. A test of the connection wants its first failure, not its fourth.
    enum class Retries { Usual, None };
    CloudClient(Connection connection, Credentials credentials, const Clock &clock, Retries retries,
                QObject *parent = nullptr);
    ~CloudClient() override;
    /// A client of the same connection with network connections of its own: what it sends never waits behind the calls
    /// of this one, however many of them hang. Both share the sign-in (Digest's nonce; a service account's token, which
    /// is given back when the last of them goes), serverInfo() and the pace. May outlive this one.
    std::unique_ptr<CloudClient> sibling(Retries retries, Traffic traffic = Traffic::Person) const;

    const Connection &connection() const;
    const ServerInfo &serverInfo() const;
    /// Which of the two products answers.
    Service service() const;
    /// How fast the server lets this connection ask, and for how long it has been silent.
    const RequestPace &pace() const;
    /// The server's present time as well as it is known: this machine's clock and the offset of the last Date header.
    QDateTime serverNow() const;

    Async<std::vector<Project>> projects();
    /// Top-level clusters, shards nested, with versions, FCV and backup state merged in as far as they may be read.
    Async<std::vector<Cluster>> clusters(const ProjectId &project);
    /// Complete ones alone, as far as the server tells them apart.
    Async<std::vector<Snapshot>> snapshots(const ProjectId &project, const ClusterId &cluster);
    /// The same with those that are not complete (completed=all).
    Async<std::vector<Snapshot>> allSnapshots(const ProjectId &project, const ClusterId &cluster);
    Async<Snapshot> snapshot(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot);
    Async<std::vector<Checkpoint>> checkpoints(const ProjectId &project, const ClusterId &cluster);
    /// Empty optional where the server does not know the resource (older Ops Manager).
    Async<std::optional<std::vector<RestorableRange>>> restorableRanges(const ProjectId &project,
                                                                        const ClusterId &cluster);
    Async<SnapshotSchedule> snapshotSchedule(const ProjectId &project, const ClusterId &cluster);
    /// Newest first. One request for each page of 500. All of them or an error: a list that cannot be read to its end,
    /// or has more than 200 pages, is never cut.
    Async<std::vector<RestoreJob>> restoreJobs(const ProjectId &project, const ClusterId &cluster);
    Async<std::vector<RestoreJob>> restoreJobsOfBatch(const ProjectId &project, const ClusterId &cluster,
                                                      const BatchId &batch);
    Async<RestoreJob> restoreJob(const ProjectId &project, const ClusterId &cluster, const JobId &job);
    /// Of a mirrored config server (SCCC, before MongoDB 3.4), whose jobs have a host in place of a cluster.
    Async<std::vector<RestoreJob>> restoreJobsOfHost(const ProjectId &project, const HostId &host);
    Async<RestoreJob> restoreJobOfHost(const ProjectId &project, const HostId &host, const JobId &job);
    Async<AutomationStatus> automationStatus(const ProjectId &project);
    /// Cloud Manager; Ops Manager from 8.0.12 and 7.0.18 on, older ones give ErrorKind::NotFound. Needs the role
    /// Project Automation Admin. Never reads the full configuration in its place.
    Async<RedactedAutomationConfig> redactedAutomationConfig(const ProjectId &project);
    /// The same out of the full configuration, which comes with key files and passwords' hashes: only after a person
    /// agreed. Nothing else of it is kept.
    Async<RedactedAutomationConfig> fullAutomationConfig(const ProjectId &project);
    /// Of these types (all when empty) since `minDate`, that second included; newest first, 2500 events at most.
    Async<std::vector<ProjectEvent>> events(const ProjectId &project, const QStringList &types,
                                            const QDateTime &minDate);

    // What a server may be without, or a key may not do: an error of these is not the connection's last one, and where
    // the server does not know the call it says what it cannot do and which version can (cloud/capabilities.h).
    Async<std::vector<Agent>> agents(const ProjectId &project, AgentType type);
    Async<AgentVersions> agentVersions(const ProjectId &project);
    Async<std::vector<MonitoredHost>> hosts(const ProjectId &project);
    Async<Measurements> measurements(const ProjectId &project, const HostId &host, const Measured &what,
                                     const MeasurementsQuery &query);
    /// Names; local, admin and config are among them. Sizes are measurements.
    Async<QStringList> databases(const ProjectId &project, const HostId &host);
    Async<QStringList> disks(const ProjectId &project, const HostId &host);
    /// With its parts.
    Async<LogJob> logJob(const ProjectId &project, const LogJobId &job);
    Async<std::vector<LogJob>> logJobs(const ProjectId &project);
    /// A .tar.gz of what was collected, of a failed job what some of its parts brought, into the pipe as it comes; also
    /// its end is told there. It holds data of the deployment: it is held nowhere, and a call that broke off is not
    /// repeated. Closing the pipe ends it.
    Async<bool> logArchive(const ProjectId &project, const LogJobId &job, std::shared_ptr<BytePipe> into);

    // What changes something. Sent once, and once more after a challenge alone; see ApiTransport::change for what an
    // error tells: ErrorKind::Uncertain is the one after which nobody knows.
    /// Ops Manager from 8.0.0 on, with the role Global Backup Admin; `retentionDays` from 1 on.
    Async<RequestedSnapshot> takeSnapshot(const ProjectId &project, const ClusterId &cluster, int retentionDays);
    /// Gives the snapshot as it is then.
    Async<Snapshot> changeSnapshot(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot,
                                   const SnapshotChange &change);
    /// The id under which it can be looked at.
    Async<LogJobId> collectLogs(const ProjectId &project, const LogRequest &request);
    /// Keeps it until then; six months after it was made at most, and not once it has expired.
    Async<bool> keepLogs(const ProjectId &project, const LogJobId &job, const QDateTime &until);
    /// Only a failed one.
    Async<bool> collectLogsAgain(const ProjectId &project, const LogJobId &job);
    Async<bool> deleteLogs(const ProjectId &project, const LogJobId &job);

    /// Sends exactly these bytes, once, and once more only after a challenge. Only restore/ calls it. Never fails but
    /// with ErrorKind::Cancelled, when this client goes away.
    Async<OrderAnswer> createRestoreJobs(const ProjectId &project, const ClusterId &cluster, const QByteArray &body,
                                         BeforeSending beforeSending);

    /// For a test of the connection: gets a service account's token; an API key is judged with the first request.
    Async<bool> signIn();
    /// Whether any answer but a refusal came to a request with credentials. A server that asked for none took none.
    bool credentialsWereTaken() const;

    /// Ends what is under way (ErrorKind::Cancelled) and, for a service account, revokes its token: resolves when that
    /// is done, after a few seconds at the latest. A client that is deleted does the same behind the scenes, see
    /// cloud/farewells.h.
    Async<bool> close();

Q_SIGNALS:
    void serverInfoChanged(const tidemark::ServerInfo &info);
    /// The last error of any call, for the status bar; empty sentence after a success.
    void lastErrorChanged(const tidemark::Error &error);
    /// Each call of the connection that failed: its method and path, and why. Cancelled ones and those that a person's
    /// own probe makes are not told.
    void callFailed(const QString &request, const tidemark::Error &error);
    void paceChanged();
    /// Whether any request of the connection is under way.
    void busyChanged(bool isBusy);

private:
    CloudClient(std::unique_ptr<ApiTransport> transport, const Clock &clock, QObject *parent);

    const Clock &m_clock;
    std::unique_ptr<ApiTransport> m_transport;
    std::unique_ptr<ClusterReader> m_clusters;
};

} // namespace tidemark
