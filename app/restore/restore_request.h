#pragma once

#include "base/result.h"
#include "connection/connection.h"
#include "restore/restore_draft.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace tidemark {

/// HTTP delivery: how long and how often the archive may be fetched.
struct DownloadDelivery
{
    std::variant<int, QDateTime> life; ///< expirationHours, or expires (UTC)
    qint64 maxDownloads = 1;
    bool operator==(const DownloadDelivery &) const = default;
};

/// AUTOMATED_RESTORE: the cluster that is erased and filled anew.
struct AutomatedDelivery
{
    ProjectId project;
    ClusterId cluster;
    QString projectName;
    QString clusterName;
    bool operator==(const AutomatedDelivery &) const = default;
};

/// A restore that satisfies every rule. Only rules.h makes one, so an invalid request cannot be built.
class RestoreRequest
{
public:
    const Project &project() const { return m_project; }
    const Cluster &cluster() const { return m_cluster; }
    RestoreMode mode() const { return m_mode; }
    const RestorePoint &point() const { return m_point; }
    const std::variant<DownloadDelivery, AutomatedDelivery> &delivery() const { return m_delivery; }
    /// How many jobs the server will make: one, or one for each shard and the config servers.
    int expectedJobs() const { return m_expectedJobs; }
    /// The snapshot's or checkpoint's moment, for pointText(); zero in the other modes.
    const OplogTimestamp &pointTime() const { return m_pointTime; }
    bool operator==(const RestoreRequest &) const = default;

    /// The body that is posted: exactly these bytes. Keys as documented, no other.
    QByteArray json() const;
    /// The same, indented, for the Review page.
    QByteArray prettyJson() const;
    /// A command for the shell that posts the same body; the private key is asked for by curl, never in the text.
    QString curl(const Connection &connection) const;
    /// The mongocli command for the same restore, or a comment that says why mongocli cannot do it (it drops
    /// --checkpointId silently).
    QString mongocli(const Connection &connection) const;
    /// The plan in plain sentences: what will happen, to which cluster, from which moment, what is lost.
    QStringList plan() const;
    /// Those of its sentences that say what is lost, for good; empty where no cluster is erased.
    QStringList losses() const;

private:
    friend tl::expected<RestoreRequest, std::vector<struct Finding>>
    buildRequest(const RestoreDraft &, const RestoreFacts &, const QDateTime &);
    RestoreRequest() = default;

    Project m_project;
    Cluster m_cluster;
    RestoreMode m_mode = RestoreMode::DownloadSnapshot;
    RestorePoint m_point;
    std::variant<DownloadDelivery, AutomatedDelivery> m_delivery;
    int m_expectedJobs = 1;
    OplogTimestamp m_pointTime; ///< the snapshot's or checkpoint's moment, for the plan
};

/// "Download a snapshot", …: the modes' names, one place for all screens.
QString modeName(RestoreMode mode);

/// "snapshot of 2026-11-24 06:00:03 UTC", "just before 2026-11-24 14:03:07 UTC", …: begins with a small letter, to
/// stand inside sentences and in table cells.
QString pointText(const RestorePoint &point, const OplogTimestamp &snapshotTime);

} // namespace tidemark
