#pragma once

#include "base/error.h"
#include "connection/connection.h"

#include <QString>

#include <compare>
#include <optional>

namespace tidemark {

/// What a server says it is, from versionString of X-MongoDB-Service-Version: "8.0.17.500.20251208T1355Z" is Ops
/// Manager 8.0.17, "v20261111" a release of Cloud Manager (letter v and a date, as MongoDB's own Kubernetes operators
/// read it). Anything else, and none, is unknown.
struct ServerVersion
{
    enum class Product { Unknown, CloudManager, OpsManager };
    Product product = Product::Unknown;
    int major = 0; ///< of Ops Manager
    int minor = 0;
    int patch = 0;

    auto operator<=>(const ServerVersion &) const = default;
};

ServerVersion serverVersion(const QString &versionString);
/// Which of the two products answers: what the server says it is counts more than what the connection was set up as.
Service answeringService(const ServerVersion &version, Service configured);
/// "Ops Manager 8.0.17", "Cloud Manager", "This server".
QString productText(const ServerVersion &version);

/// What not every server can. Minimum versions after the release notes of Ops Manager 7.0, 8.0 and 9.0 ("Ops Manager
/// Server Changelog") and the pages of the single calls.
enum class Capability {
    RestorableRanges,   ///< POST restoreJobs/restorableTimeRanges ("Get Restorable Time Ranges for One Cluster")
    RedactedConfig,     ///< GET automationConfig/noSecrets
    OnDemandSnapshot,   ///< POST snapshots/onDemandSnapshot ("Take an On-Demand Snapshot")
    SnapshotFcv,        ///< parts[].fcv, completedTime and machineId of snapshots
    ConcurrentJobIds,   ///< job ids in CONCURRENT_RESTORES_JOB_IDS
    CancelledJobStatus, ///< the right statusName of a job that was cancelled
    StatusErrors,       ///< errorCode and its like in automationStatus
    Agents,             ///< GET agents/{TYPE} ("Get Agents by Type")
    Events,             ///< GET events ("Get All Events for a Project")
    Measurements,       ///< GET hosts/{H}/measurements, databases, disks ("Measurements")
    LogCollection,      ///< logCollectionJobs ("Log Collections")
    SnapshotProtection, ///< PATCH of a snapshot ("Change the Expiry of One Snapshot")
};

/// Unknown: the documentation does not say, or the version is not told. Then the call is worth a try.
enum class Offer { Unknown, Yes, No };

Offer offer(Capability capability, const ServerVersion &version);

/// What cannot be done or told, and from which version on it can: two sentences for a person. For Offer::No, and for a
/// server that answered 404 or 405 whatever its version is.
struct Missing
{
    QString sentence;
    QString hint; ///< may be empty
};

Missing missingText(Capability capability, const ServerVersion &version);

/// `error` of a call that needs the capability. Where the server does not know the call at all (405, or 404 without a
/// code that names what was not found) it says so, kind NotFound; any other error stays as it is.
Error wordedFor(Capability capability, const ServerVersion &version, Error error);

} // namespace tidemark
