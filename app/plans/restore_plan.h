#pragma once

#include "base/result.h"
#include "connection/connection.h"
#include "restore/restore_draft.h"
#include "restore/restore_request.h"

#include <QByteArray>
#include <QJsonObject>

/// A restore that is prepared now and ordered later, perhaps by someone else: what it restores, into what, and what
/// both were like when it was written. A plan orders nothing and proves nothing about today: whoever opens it goes
/// through the wizard, where everything is judged anew.
namespace tidemark {

/// A cluster as the plan's author saw it.
struct PlannedCluster
{
    Project project;
    ClusterId id;
    QString name;                        ///< what has to be typed to confirm
    int shards = 0;                      ///< of a sharded cluster, without its config servers; 0 for a replica set
    QStringList versions;                ///< of mongod
    QString featureCompatibilityVersion; ///< empty where it was not told

    bool operator==(const PlannedCluster &) const = default;
};

struct RestorePlan
{
    Service service = Service::CloudManager;
    QString server;    ///< the address, without anything secret
    QString author;    ///< the public key or the name under which its author was signed in
    QDateTime written; ///< UTC, whole seconds
    QString note;      ///< in the author's words
    RestoreMode mode = RestoreMode::DownloadSnapshot;
    RestorePoint point;
    QDateTime pointTime; ///< of a snapshot or checkpoint: the moment it stands for; invalid where it was not told
    PlannedCluster source;
    std::optional<PlannedCluster> target; ///< of an automated restore
    std::optional<DownloadDelivery> link; ///< of a download
    QStringList warnings;                 ///< what was found when it was written, and accepted

    bool operator==(const RestorePlan &) const = default;
};

/// The connection's address as a plan has it.
QString planServer(const Connection &connection);

/// The plan of a draft that nothing stands against; else why there is none. A moment that was counted from now is
/// written as the moment it was.
Result<RestorePlan> planOf(const RestoreDraft &draft, const RestoreFacts &facts, const Connection &connection,
                           const QDateTime &now, const QString &note);

/// Whether both ask for the same restore: its source, point, target and link. What was known of them is not asked.
bool isSameRestore(const RestorePlan &one, const RestorePlan &other);

/// The bytes that are signed: JSON without space, its keys in the order of their code points. Two plans are the same if
/// and only if their bytes are.
QByteArray planBytes(const RestorePlan &plan);

/// Somebody's signature over planBytes(), as ssh-keygen or gpg writes it (text in armour).
struct PlanSignature
{
    enum class Kind { Ssh, OpenPgp };
    Kind kind = Kind::Ssh;
    QString signer; ///< who it claims to be of: a principal of the allowed signers; nothing until it is verified
    QByteArray armour;

    bool operator==(const PlanSignature &) const = default;
};

struct PlanFile
{
    RestorePlan plan;
    std::vector<PlanSignature> signatures;

    bool operator==(const PlanFile &) const = default;
};

constexpr int PlanVersion = 1;
constexpr qint64 LargestPlanFile = 1024 * 1024; ///< bytes

QByteArray planFileBytes(const PlanFile &file);

/// Takes nothing that it does not know: a member of another version could change what is meant, unseen.
Result<PlanFile> readPlanFile(const QByteArray &bytes);

/// What the wizard opens with. Projects and clusters are those of the plan; whoever opens it looks them up anew.
RestoreDraft draftOf(const RestorePlan &plan);

} // namespace tidemark
