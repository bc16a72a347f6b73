#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cloud/values.h"
#include "connection/connection.h"

#include <QJsonObject>
#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

class ApiTransport;
class ClusterReader;

/// The answer of a POST that creates restore jobs.
struct CreatedJobs
{
    std::vector<RestoreJob> jobs; ///< as answered: one, or all of a batch
    bool operator==(const CreatedJobs &) const = default;
};

/// The Public API of one connection. All calls are asynchronous and return at once; continuations run where `.then`
/// says. Reads are repeated with backoff (and Retry-After) after network errors, 429 and 5xx; a POST is sent exactly
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

    const Connection &connection() const;
    const ServerInfo &serverInfo() const;
    /// The server's present time as well as it is known: this machine's clock and the offset of the last Date header.
    QDateTime serverNow() const;

    Async<std::vector<Project>> projects();
    /// Top-level clusters, shards nested, with versions, FCV and backup state merged in as far as they may be read.
    Async<std::vector<Cluster>> clusters(const ProjectId &project);
    Async<std::vector<Snapshot>> snapshots(const ProjectId &project, const ClusterId &cluster);
    Async<Snapshot> snapshot(const ProjectId &project, const ClusterId &cluster, const SnapshotId &snapshot);
    Async<std::vector<Checkpoint>> checkpoints(const ProjectId &project, const ClusterId &cluster);
    /// Empty optional where the server does not know the resource (older Ops Manager).
    Async<std::optional<std::vector<RestorableRange>>> restorableRanges(const ProjectId &project,
                                                                        const ClusterId &cluster);
    Async<SnapshotSchedule> snapshotSchedule(const ProjectId &project, const ClusterId &cluster);
    /// Newest first. One request for each page of 500.
    Async<std::vector<RestoreJob>> restoreJobs(const ProjectId &project, const ClusterId &cluster);
    Async<std::vector<RestoreJob>> restoreJobsOfBatch(const ProjectId &project, const ClusterId &cluster,
                                                      const BatchId &batch);
    Async<RestoreJob> restoreJob(const ProjectId &project, const ClusterId &cluster, const JobId &job);
    Async<AutomationStatus> automationStatus(const ProjectId &project);

    /// Sends exactly these bytes once. Only restore/Submitter calls it. Nothing was carried out when the error has a
    /// status from 300 to 499, or when its kind is Refused, Credentials, Permission or Tls. An error without a status
    /// (Network) leaves it open, and ErrorKind::Parse with a status of 200 to 299 means that it was carried out but
    /// nobody can read which jobs came of it.
    Async<CreatedJobs> createRestoreJobs(const ProjectId &project, const ClusterId &cluster, const QByteArray &body);

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

private:
    const Clock &m_clock;
    std::unique_ptr<ApiTransport> m_transport;
    std::unique_ptr<ClusterReader> m_clusters;
};

} // namespace tidemark
