#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "restore/order_record.h"
#include "restore/restore_request.h"

#include <QJsonObject>
#include <QSet>

#include <chrono>
#include <optional>

namespace tidemark {

/// Which running program an order belongs to, so that one that is still being sent elsewhere can be told from one that
/// was left behind by a crash.
struct ProcessMark
{
    QString host;
    QString boot;       ///< the kernel's boot id
    QString space;      ///< of process ids; one of a container or sandbox has its own
    qint64 process = 0; ///< pid
    QString started;    ///< start time of that pid, in the kernel's clock ticks since boot

    bool operator==(const ProcessMark &) const = default;
};

ProcessMark thisProcess();
/// Of one that runs on this machine.
ProcessMark markOf(qint64 process);

/// Gone only where it is certain. A machine is known by its boot, whatever it is called now.
enum class Liveness { Gone, Alive, Elsewhere };
Liveness livenessOf(const ProcessMark &mark);

/// An order of a restore that is on disk before its POST leaves, and stays there until it is settled. No secret and no
/// link is in it.
struct PendingOrder
{
    struct Sending
    {
        QDateTime machine; ///< by this machine's clock
        QDateTime server;  ///< by the server's, as well as it is known

        bool operator==(const Sending &) const = default;
    };

    QString key; ///< a UUID of this program's own
    // Where
    ConnectionId connection;
    QString server; ///< the connection's base URL
    QString user;   ///< public key, or client id
    Project project;
    ClusterId cluster;
    QString clusterName;
    bool isSharded = false;
    // What
    RestoreMode mode = RestoreMode::DownloadSnapshot;
    RestorePoint point;
    OplogTimestamp pointTime; ///< the snapshot's or checkpoint's moment
    QByteArray body;          ///< what is sent, to the byte
    ProjectId targetProject;  ///< of an automated restore
    QString targetProjectName;
    ClusterId targetCluster;
    QString targetClusterName;
    int expectedJobs = 1;
    std::chrono::seconds longestAnswer{600}; ///< after which its sender waits no more
    OrderRecord record;                      ///< what people said beside it
    // Before
    QSet<JobId> listedBefore;         ///< all jobs of the source's list, which was read to its end
    std::optional<qint64> goalBefore; ///< goal version of the target's project
    ProcessMark process;
    QDateTime written; ///< this machine's clock
    QDateTime writtenServer;
    // Since
    std::vector<Sending> sendings; ///< each is there before it leaves
    bool isAnswered = false;       ///< the POST has come to its end, known or not
    int status = 0;                ///< the last HTTP status that was seen; 0: none
    QString seen;                  ///< what was seen of the answer
    QStringList mentioned;         ///< ids that a refusal named
    std::vector<JobId> named;      ///< jobs that the POST's own answer named, or that a person said are its own
    BatchId namedBatch;
    std::vector<JobId> notMine; ///< jobs that a person said are not its own

    bool isAutomatedRestore() const { return isAutomated(mode); }
    bool isNamed() const { return !named.empty() || !namedBatch.isEmpty(); }
    /// The first moment at which a byte of it may have left, by the server's clock; when it was written before that.
    QDateTime since() const;
    bool operator==(const PendingOrder &) const = default;
};

/// An order that is about to be made of a request; everything but key, clocks, process and what was there before.
PendingOrder pendingOrderOf(const RestoreRequest &request);

/// Whether its POST may be under way.
enum class SendingState {
    Ended,
    UnderWay,      ///< in a program that runs
    MayBeElsewhere ///< in a program that cannot be looked at, which would have to have hung for long: it can be settled
};
/// `current` is the key of the order that this program itself is sending, empty for none; `now` the server's clock.
SendingState sendingOf(const PendingOrder &order, const QString &current, const QDateTime &now);

/// What connections to the same server have in common, whoever signs in: the base URL in one spelling.
QString serverKey(const Connection &connection);

/// Whether it was sent to this connection's server, through whichever profile, or through this connection, wherever its
/// URL led then.
bool isOf(const PendingOrder &order, const Connection &connection);

/// What each line of the audit log says of an order.
QJsonObject auditDetails(const PendingOrder &order);

/// Link limits of the body, for comparison; zero where it has none.
int linkHoursOf(const PendingOrder &order);
qint64 maxDownloadsOf(const PendingOrder &order);

QJsonObject toJson(const PendingOrder &order);
/// nullopt for what has no key or no mode.
std::optional<PendingOrder> pendingOrderFromJson(const QJsonObject &json);

} // namespace tidemark
