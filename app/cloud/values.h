#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

/// What the Public API says, as plain values. Times are UTC, sizes are bytes. Fields that a server left out are empty,
/// zero or nullopt; see cloud/decode.h for how tolerant reading is. Field names follow the API's documentation.
namespace tidemark {

/// A BSON timestamp: seconds since the epoch and an ordinal within that second.
struct OplogTimestamp
{
    qint64 seconds = 0;
    quint32 increment = 0;

    QDateTime time() const { return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC); }
    bool operator==(const OplogTimestamp &) const = default;
    auto operator<=>(const OplogTimestamp &) const = default;
};

struct Project
{
    ProjectId id;
    QString name;
    QString organizationId;
    QStringList tags{};

    bool operator==(const Project &) const = default;
};

enum class ClusterType { ReplicaSet, ShardedCluster, ConfigServers, Standalone, Unknown };

/// One entry of GET groups/{id}/clusters, shards nested under their sharded cluster.
struct Cluster
{
    ClusterId id;
    ProjectId project;
    ClusterType type = ClusterType::Unknown;
    QString name;           ///< clusterName; for a shard the cluster's
    QString shardName;      ///< only for shards and config servers
    QString replicaSetName; ///< empty for a sharded cluster's own entry
    QDateTime lastHeartbeat;
    std::vector<Cluster> shards; ///< only for ShardedCluster: shards and config servers

    // From GET clusters, backupConfigs, hosts and automationConfig, as far as they could be read:
    QStringList versions;                       ///< mongod versions in use, ascending
    QString featureCompatibilityVersion;        ///< lowest of its processes; empty when unknown
    QString highestFeatureCompatibilityVersion; ///< of its processes; empty when unknown
    std::optional<bool> backupRunning;          ///< backup config STARTED; nullopt when it could not be read
    QString backupState;                        ///< statusName of the backup config, verbatim

    bool isSharded() const { return type == ClusterType::ShardedCluster; }
    bool operator==(const Cluster &) const = default;
};

struct SnapshotPart
{
    QString typeName;
    ClusterId cluster; ///< empty for a mirrored config server, which has a host instead
    HostId host{};     ///< typeName CONFIG_SERVER alone
    QString replicaSetName;
    QString mongodVersion;
    QString featureCompatibilityVersion; ///< newer Ops Manager only
    qint64 dataSizeBytes = 0;
    qint64 storageSizeBytes = 0;
    qint64 fileSizeBytes = 0; ///< files on disk; the archive is normally smaller. The only size known beforehand.
    std::optional<bool> encryptionEnabled; ///< nullopt: not told
    QString masterKeyUuid;

    bool operator==(const SnapshotPart &) const = default;
};

struct Snapshot
{
    SnapshotId id;
    ProjectId project;
    ClusterId cluster;
    OplogTimestamp created;
    std::optional<OplogTimestamp> lastOplogApplied;
    bool complete = false;
    bool doNotDelete = false;
    bool possiblyInconsistent = false;
    QDateTime expires; ///< invalid when it does not expire
    QStringList missingShards;
    QStringList namespaceFilter;          ///< empty when everything is in it
    bool namespaceFilterExcludes = false; ///< what namespaceFilter names was left out; false: only that is in it
    std::vector<SnapshotPart> parts;

    qint64 fileSizeBytes() const;
    bool isEncrypted() const;
    bool operator==(const Snapshot &) const = default;
};

struct Checkpoint
{
    CheckpointId id;
    ClusterId cluster;
    QDateTime timestamp; ///< the moment it restores to
    QDateTime started;
    QDateTime completed;
    bool restorable = false;
    int partCount = 0;

    bool operator==(const Checkpoint &) const = default;
};

/// Both ends belong to the range.
struct RestorableRange
{
    OplogTimestamp start;
    OplogTimestamp end;
    SnapshotId snapshot;

    bool operator==(const RestorableRange &) const = default;
};

struct SnapshotSchedule
{
    int snapshotIntervalHours = 0;
    int pointInTimeWindowHours = 24;

    bool operator==(const SnapshotSchedule &) const = default;
};

enum class JobStatus { InProgress, Finished, Broken, Killed, Unknown };
enum class DeliveryStatus {
    NotStarted,
    InProgress,
    Ready,
    Failed,
    Interrupted,
    Expired,
    MaxDownloadsExceeded,
    Unknown
};

struct FileHash
{
    QString fileName;
    QString hash;
    QString typeName; ///< "SHA1"

    bool operator==(const FileHash &) const = default;
};

struct Delivery
{
    QString methodName; ///< as answered: HTTP also for automated restores
    DeliveryStatus status = DeliveryStatus::Unknown;
    QString statusName; ///< verbatim
    QString url;        ///< v2 link: a secret
    QString urlV2;      ///< v3 link: worthless without the header below
    QString authHeader; ///< header's name
    QString authValue;  ///< the header's whole value, scheme included: a secret
    QDateTime expires;
    int expirationHours = 0;
    qint64 maxDownloads = 0; ///< 2147483647 means unlimited
    ProjectId targetProject;
    ClusterId targetCluster;

    bool hasLink() const { return !url.isEmpty() || !urlV2.isEmpty(); }
    bool operator==(const Delivery &) const = default;
};

constexpr qint64 UnlimitedDownloads = 2147483647;

/// Bytes of JSON that are kept of one job; a job of a cluster has about 1 KiB.
constexpr qsizetype LongestDocument = 64 * 1024;
/// The same of all jobs of one list together, the newest first.
constexpr qsizetype DocumentBytesOfList = 8 * 1024 * 1024;

struct RestoreJob
{
    JobId id;
    ProjectId project;
    ClusterId cluster; ///< inside a batch the shard's replica set; empty for a mirrored config server
    HostId host{};     ///< that config server ("Create Restore Job for SCCC"), before MongoDB 3.4; else empty
    QString clusterName;
    BatchId batch; ///< empty for most replica set jobs
    SnapshotId snapshot;
    CheckpointId checkpoint;
    QDateTime created;
    std::optional<OplogTimestamp> timestamp;
    std::optional<bool> pointInTime;
    JobStatus status = JobStatus::Unknown;
    QString statusName; ///< verbatim
    Delivery delivery;
    std::vector<FileHash> hashes;
    std::optional<bool> encryptionEnabled; ///< nullopt: not told
    QString masterKeyUuid;                 ///< empty: not told
    /// What the server sent, all of it, `links` and fields unknown to this program included: compact JSON, the fields
    /// in alphabetical order. Secrets are in it, so it is shown through jobs/job_json.h alone. Empty where it was
    /// longer than LongestDocument, or there were too many (DocumentBytesOfList).
    QByteArray document;

    bool operator==(const RestoreJob &) const = default;
};

/// An automation agent's progress towards the goal version of the project's automation configuration.
struct AutomationProcess
{
    QString name;
    QString hostname;
    qint64 lastGoalVersionAchieved = 0;
    QStringList plan;

    // The agent's error. A server that leaves these out does not tell: that is not "no error".
    std::optional<qint64> errorCode{}; ///< 0 where there is none
    std::optional<QString> errorCodeHumanReadable{};
    std::optional<QString> errorCodeDescription{};
    std::optional<QString> errorString{}; ///< the agent's own line in its log: long, with paths and host names

    /// nullopt where the server does not tell. An error may stand beside a goal that was reached.
    std::optional<bool> hasError() const;
    bool operator==(const AutomationProcess &) const = default;
};

struct AutomationStatus
{
    qint64 goalVersion = 0; ///< from 1; 0 where the server did not tell
    std::vector<AutomationProcess> processes;

    bool isAtGoal() const;
    int processesAtGoal() const;
    bool operator==(const AutomationStatus &) const = default;
};

/// How a mongod keeps its data, as its configuration says. What is not in there is the default of mongod since 4.2
/// ("Configuration File Options" in the server's manual).
struct StorageSettings
{
    QString engine = QStringLiteral("wiredTiger");
    QString blockCompressor = QStringLiteral("snappy");
    bool directoryPerDb = false;
    bool directoryForIndexes = false;
    std::optional<bool> isEncrypted = false; ///< security.enableEncryption; nullopt where it is not told

    bool operator==(const StorageSettings &) const = default;
};

/// A process in the automation configuration.
struct ConfiguredProcess
{
    QString name; ///< as in automationStatus
    QString hostname;
    QString clusterName;      ///< of the sharded cluster it is part of, config servers included; else empty
    QString replicaSetName;   ///< empty for a mongos and a standalone
    JobId backupRestoreJobId; ///< the restore that it was last told to carry out
    std::optional<bool> disabled;
    std::optional<StorageSettings> storage{}; ///< nullopt: it keeps no data, or its settings are not told
    QString tlsMode{};     ///< "disabled", "allowTLS", "preferTLS", "requireTLS"; empty where it is not told
    bool keepsData = true; ///< no mongos and no arbiter

    bool operator==(const ConfiguredProcess &) const = default;
};

/// GET automationConfig/noSecrets: what it is that the goal version stands for.
struct RedactedAutomationConfig
{
    std::optional<qint64> version;
    std::vector<ConfiguredProcess> processes;
    std::optional<bool> authentication{}; ///< whether clients have to sign in; nullopt where it is not told

    bool operator==(const RedactedAutomationConfig &) const = default;
};

/// What the project's activity feed says. There is no field that names a job, a snapshot or a target.
struct ProjectEvent
{
    QString id;
    QDateTime created;
    QString typeName; ///< verbatim; spellings differ from version to version
    ProjectId project;
    QString publicKey; ///< of the API key; else there is a user's name
    QString userName;
    QString remoteAddress;
    ClusterId clusterId;
    QString clusterName;

    bool operator==(const ProjectEvent &) const = default;
};

/// What any answer tells about the server.
struct ServerInfo
{
    QString version;                          ///< versionString of X-MongoDB-Service-Version
    QDateTime dateHeader;                     ///< the server's clock
    std::chrono::milliseconds clockOffset{0}; ///< server minus this machine

    bool operator==(const ServerInfo &) const = default;
};

/// The name of a job's archive: the last part of the link's path, percent-decoded. Empty without a link.
QString archiveFileName(const Delivery &delivery);

/// Newest first; of these the first ones keep their documents, as far as DocumentBytesOfList reaches.
void arrangeJobs(std::vector<RestoreJob> &jobs);

/// The statuses' own words in the API, verbatim ("IN_PROGRESS").
JobStatus jobStatusFromName(const QString &name);
DeliveryStatus deliveryStatusFromName(const QString &name);

} // namespace tidemark
