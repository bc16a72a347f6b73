#pragma once

#include "cloud/values.h"
#include "connection/connection.h"

#include <QByteArray>

/// Collecting logs of a deployment ("Log Collections" in the API's documentation). What is collected holds data of the
/// deployment: never into this program's log.
namespace tidemark {

using LogJobId = Id<struct LogJobTag>;

enum class LogSource { Cluster, ReplicaSet, Process };

struct LogRequest
{
    LogSource source = LogSource::ReplicaSet;
    QString name; ///< of the cluster (or its id), the replica set, or the process in the automation configuration
    qint64 bytesPerFile = 0;                      ///< required, more than 0; no maximum is documented
    QStringList types{QStringLiteral("MONGODB")}; ///< AUTOMATION_AGENT, BACKUP_AGENT, MONITORING_AGENT, MONGODB, FTDC
    /// Host names, addresses, mails and namespaces replaced by random text: what happened to a collection is then not
    /// to be found by its name.
    bool redacted = true;
    QDateTime from; ///< both or none; invalid for the newest
    QDateTime to;

    bool operator==(const LogRequest &) const = default;
};

/// The body of the PATCH.
QByteArray logExpiryBody(const QDateTime &until);

/// The body of the POST. The same field is ISO 8601 text to Cloud Manager and a number of milliseconds to Ops Manager.
QByteArray logRequestBody(const LogRequest &request, Service service);

enum class LogJobStatus { InProgress, Success, Failed, Expired, Unknown };

/// The part of it that one agent carries out.
struct LogJobPart
{
    QString hostName;
    QString type; ///< verbatim: one of LogRequest::types
    QString path;
    LogJobStatus status = LogJobStatus::Unknown;
    QString statusName;   ///< verbatim
    QString errorMessage; ///< empty: none
    qint64 sizeBytes = 0; ///< uncompressed
    QDateTime started;
    QDateTime finished;

    bool operator==(const LogJobPart &) const = default;
};

struct LogJob
{
    LogJobId id;
    LogJobStatus status = LogJobStatus::Unknown;
    QString statusName; ///< verbatim
    QDateTime created;
    QDateTime expires;
    QString sourceType; ///< verbatim, in any case: "REPLICASET" or "replicaset"
    QString sourceName;
    QStringList types;
    std::optional<bool> redacted;
    qint64 bytesPerFile = 0;
    qint64 sizeBytes = 0; ///< uncompressed
    std::vector<LogJobPart> parts;

    bool operator==(const LogJob &) const = default;
};

/// SUCCESS, IN_PROGRESS, EXPIRED and MARKED_FOR_EXPIRY, FAILURE or FAILED: the pages do not agree.
LogJobStatus logJobStatusFromName(const QString &name);

} // namespace tidemark
