#pragma once

#include "base/error.h"
#include "cloud/values.h"

#include <chrono>
#include <optional>
#include <set>
#include <variant>
#include <vector>

/// A snapshot of the target that is taken before a restore erases it ("Take an On-Demand Snapshot" of Ops Manager 8.0):
/// what was asked for, and where it stands. The answer to the request names no snapshot, so it is looked for in the
/// cluster's list, incomplete ones included. All times are the server's clock, UTC.
namespace tidemark {

/// One request, as it is kept on disk from before its POST leaves.
struct SafetySnapshot
{
    QString key;    ///< a UUID of this program's own
    QString server; ///< serverKey() of the connection
    Project project;
    ClusterId cluster;
    QString clusterName;
    int expectedParts = 0; ///< replica sets of the cluster, config servers included; 0: not known
    int retentionDays = 0;
    QDateTime asked;                        ///< when it left
    bool isAnswered = false;                ///< the server said that it has taken the request up
    std::optional<OplogTimestamp> answered; ///< of its answer, which may be without one
    // What was found in the list.
    SnapshotId snapshot;
    OplogTimestamp created;
    QDateTime expires;    ///< invalid: without an end
    bool isWhole = false; ///< it was complete with all parts when it was last seen
    // The restore that was ordered after it.
    QString order; ///< its key; empty: none yet
    QDateTime ordered;
    std::vector<JobId> jobs;

    bool operator==(const SafetySnapshot &) const = default;
};

/// What has been seen of it in this run.
struct SafetyLook
{
    bool isAsking = false;                     ///< its POST is under way
    std::optional<Error> refused;              ///< it is certain that it was not taken, and why
    std::optional<std::vector<Snapshot>> list; ///< as it was last read
    std::optional<Error> trouble;              ///< of the reading since, which failed

    bool operator==(const SafetyLook &) const = default;
};

struct SafetyAsking
{
    bool operator==(const SafetyAsking &) const = default;
};

struct SafetyRefused
{
    Error error;

    bool operator==(const SafetyRefused &) const = default;
};

/// No snapshot since then is listed.
struct SafetyNotListed
{
    bool isCertain = true; ///< false: whether the server has taken it up is not known
    bool isLate = false;   ///< for longer than SafetyIsLate

    bool operator==(const SafetyNotListed &) const = default;
};

struct SafetyMaking
{
    OplogTimestamp created;
    int parts = 0;
    int expected = 0; ///< 0: not known

    bool operator==(const SafetyMaking &) const = default;
};

/// The server calls it complete, and not every replica set is in it: the cluster cannot be brought back by it.
struct SafetyPartial
{
    OplogTimestamp created;
    int parts = 0;
    int expected = 0;

    bool operator==(const SafetyPartial &) const = default;
};

struct SafetyWhole
{
    SnapshotId snapshot;
    OplogTimestamp created;
    QDateTime expires;      ///< invalid: without an end
    bool hasOthers = false; ///< more than one was created since it was asked for: this is the earliest

    bool operator==(const SafetyWhole &) const = default;
};

struct SafetyGone
{
    OplogTimestamp created;
    QDateTime expired; ///< invalid: it is no longer listed although it had not expired

    bool operator==(const SafetyGone &) const = default;
};

using SafetyState =
    std::variant<SafetyAsking, SafetyRefused, SafetyNotListed, SafetyMaking, SafetyPartial, SafetyWhole, SafetyGone>;

/// One that is not listed for longer is worth a look on the server. The documentation names no time.
constexpr std::chrono::minutes SafetyIsLate{10};
/// A request that is older belongs to no restore that is prepared now: what was written since would not be in it.
constexpr std::chrono::hours SafetyIsFresh{24};

/// The replica sets that a snapshot of it has to have; 0 where they are not known.
int expectedParts(const Cluster &cluster);

/// Which one of the list it is: the one that was found before, else the earliest that was created at the answer's
/// timestamp or later. Without a timestamp that of the request counts, less the uncertainty of the server's clock. None
/// that was created after the restore was ordered: what it holds is what the restore has made. nullptr for none, and
/// once a whole one has gone, since another one is not the same.
const Snapshot *safetyIn(const std::vector<Snapshot> &list, const SafetySnapshot &kept);

SafetyState safetyState(const SafetySnapshot &kept, const SafetyLook &look, const QDateTime &now);

/// `kept` with what the list newly tells of it.
SafetySnapshot found(SafetySnapshot kept, const std::vector<Snapshot> &list);

/// Until the next look at the list: longer the longer it has been going on. nullopt: nothing more is to be seen.
std::optional<std::chrono::milliseconds> safetyPause(const SafetyState &state, const SafetySnapshot &kept,
                                                     const QDateTime &now);

/// What was written since is in no older one: another may be asked for, and that it is not in it has to be ticked.
constexpr std::chrono::minutes SafetyIsRecent{15};
bool isOlderWhole(const SafetyState &state, const QDateTime &now);

/// Whether another one may be asked for: this one cannot do, is not recent, or has not appeared for long.
bool mayAskAgain(const SafetyState &state, const QDateTime &now);

/// Of a list what concerns it: the rest is not held.
std::vector<Snapshot> concerning(const SafetySnapshot &kept, const std::vector<Snapshot> &list);

/// Whether it is the one of a restore that is prepared now: of no other, and fresh.
bool isForNextRestore(const SafetySnapshot &kept, const QDateTime &now);

/// It belongs to this order from now on. What was found is forgotten where it was created later.
SafetySnapshot boundTo(SafetySnapshot kept, const QString &order, const QDateTime &ordered, std::vector<JobId> jobs);

/// `one` with what is known `elsewhere` of it: the server's answer, and the order that it belongs to, of which the
/// first counts.
SafetySnapshot mergedWith(const SafetySnapshot &elsewhere, SafetySnapshot one);

/// A restore of which nobody knows yet whether it was ordered.
struct UnsettledOrder
{
    QString key;
    ClusterId target;
    QDateTime since; ///< when it was sent

    bool operator==(const UnsettledOrder &) const = default;
};

/// Whether it was taken for the restore that was sent then: before it, and of no other. Of several each is: the newest
/// may never become whole.
bool isTakenFor(const SafetySnapshot &kept, const ClusterId &target, const QDateTime &sent);

/// Which of them (their keys) are such an order's, should it have been carried out. Nothing is written down: when it is
/// settled, they are bound or free.
std::set<QString> reserved(const std::vector<SafetySnapshot> &kept, const std::vector<UnsettledOrder> &unsettled);

/// Whether it is to be kept on disk: nothing came of it within a day, or it expired a week ago.
bool isOver(const SafetySnapshot &kept, const QDateTime &now);

} // namespace tidemark
