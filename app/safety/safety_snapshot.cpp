#include "safety/safety_snapshot.h"

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

/// A Date header has whole seconds, and the request took its time.
constexpr qint64 ClockSeconds = 2;
constexpr std::chrono::milliseconds ShortestPause{2000};
constexpr std::chrono::milliseconds LongestPause{60000};
constexpr std::chrono::minutes WhenWhole{15}; ///< it may be deleted or kept for longer
constexpr int ToldAfterDays = 7;              ///< for which one that has expired is still told of

OplogTimestamp since(const SafetySnapshot &kept)
{
    return kept.answered.value_or(OplogTimestamp{kept.asked.toSecsSinceEpoch() - ClockSeconds, 0});
}

bool canBeIt(const Snapshot &one, const SafetySnapshot &kept)
{
    const bool isBeforeRestore = !kept.ordered.isValid() || one.created.seconds <= kept.ordered.toSecsSinceEpoch();
    return one.created >= since(kept) && isBeforeRestore;
}

bool isExpired(const QDateTime &expires, const QDateTime &now)
{
    return expires.isValid() && expires <= now;
}

/// Without any parts in the answer only the server's own word counts.
int partsOf(const Snapshot &one)
{
    return static_cast<int>(one.parts.size());
}

bool hasAllParts(const Snapshot &one, int expected)
{
    return one.missingShards.isEmpty() && (one.parts.empty() || partsOf(one) >= expected);
}

SafetyState stateIn(const std::vector<Snapshot> &list, const Snapshot &one, const SafetySnapshot &kept,
                    const QDateTime &now)
{
    const QDateTime expires = one.doNotDelete ? QDateTime() : one.expires;
    if (isExpired(expires, now))
        return SafetyGone{one.created, expires};
    if (!one.complete)
        return SafetyMaking{one.created, partsOf(one), kept.expectedParts};
    if (!hasAllParts(one, kept.expectedParts))
        return SafetyPartial{one.created, partsOf(one), kept.expectedParts};
    const auto candidates = std::ranges::count_if(list, [&kept](const Snapshot &s) { return canBeIt(s, kept); });
    return SafetyWhole{one.id, one.created, expires, candidates > 1};
}

} // namespace

int expectedParts(const Cluster &cluster)
{
    return cluster.type == ClusterType::ReplicaSet ? 1 : static_cast<int>(cluster.shards.size());
}

const Snapshot *safetyIn(const std::vector<Snapshot> &list, const SafetySnapshot &kept)
{
    const Snapshot *earliest = nullptr;
    for (const Snapshot &one : list) {
        if (!kept.snapshot.isEmpty() && one.id == kept.snapshot)
            return &one;
        if (canBeIt(one, kept) && (!earliest || one.created < earliest->created))
            earliest = &one;
    }
    return kept.isWhole ? nullptr : earliest;
}

SafetyState safetyState(const SafetySnapshot &kept, const SafetyLook &look, const QDateTime &now)
{
    if (look.refused)
        return SafetyRefused{*look.refused};
    if (look.isAsking)
        return SafetyAsking{};
    if (look.list) {
        if (const Snapshot *one = safetyIn(*look.list, kept))
            return stateIn(*look.list, *one, kept, now);
    }
    if (kept.isWhole && isExpired(kept.expires, now))
        return SafetyGone{kept.created, kept.expires};
    if (kept.isWhole && look.list)
        return SafetyGone{kept.created, {}};
    if (kept.isWhole)
        return SafetyWhole{kept.snapshot, kept.created, kept.expires, false}; // as it was seen in an earlier run
    const bool isLate = kept.asked.secsTo(now) >= std::chrono::seconds(SafetyIsLate).count();
    return SafetyNotListed{kept.isAnswered, isLate};
}

SafetySnapshot found(SafetySnapshot kept, const std::vector<Snapshot> &list)
{
    const Snapshot *one = safetyIn(list, kept);
    if (!one)
        return kept;
    kept.snapshot = one->id;
    kept.created = one->created;
    kept.expires = one->doNotDelete ? QDateTime() : one->expires;
    kept.isWhole = one->complete && hasAllParts(*one, kept.expectedParts);
    return kept;
}

std::optional<std::chrono::milliseconds> safetyPause(const SafetyState &state, const SafetySnapshot &kept,
                                                     const QDateTime &now)
{
    if (std::holds_alternative<SafetyAsking>(state) || std::holds_alternative<SafetyRefused>(state))
        return std::nullopt;
    if (const auto *gone = std::get_if<SafetyGone>(&state); gone && gone->expired.isValid())
        return std::nullopt;
    if (!std::holds_alternative<SafetyNotListed>(state) && !std::holds_alternative<SafetyMaking>(state))
        return WhenWhole;
    // A person looks at it while it is fresh; one that takes hours is not made sooner by being asked about.
    const std::chrono::milliseconds age(kept.asked.msecsTo(now));
    return std::clamp(age / 8, ShortestPause, LongestPause);
}

bool isOlderWhole(const SafetyState &state, const QDateTime &now)
{
    const auto *whole = std::get_if<SafetyWhole>(&state);
    return whole && whole->created.time().secsTo(now) > std::chrono::seconds(SafetyIsRecent).count();
}

std::vector<Snapshot> concerning(const SafetySnapshot &kept, const std::vector<Snapshot> &list)
{
    std::vector<Snapshot> found;
    std::ranges::copy_if(list, std::back_inserter(found),
                         [&kept](const Snapshot &one) { return one.id == kept.snapshot || canBeIt(one, kept); });
    return found;
}

bool mayAskAgain(const SafetyState &state, const QDateTime &now)
{
    if (isOlderWhole(state, now))
        return true;
    const auto *notListed = std::get_if<SafetyNotListed>(&state);
    return std::holds_alternative<SafetyRefused>(state) || std::holds_alternative<SafetyPartial>(state) ||
           std::holds_alternative<SafetyGone>(state) || (notListed && notListed->isLate);
}

bool isForNextRestore(const SafetySnapshot &kept, const QDateTime &now)
{
    return kept.order.isEmpty() && kept.asked.secsTo(now) <= std::chrono::seconds(SafetyIsFresh).count();
}

SafetySnapshot boundTo(SafetySnapshot kept, const QString &order, const QDateTime &ordered, std::vector<JobId> jobs)
{
    kept.order = order;
    kept.ordered = ordered;
    kept.jobs = std::move(jobs);
    if (kept.created.seconds > ordered.toSecsSinceEpoch()) {
        kept.snapshot = {};
        kept.created = {};
        kept.expires = {};
        kept.isWhole = false;
    }
    return kept;
}

SafetySnapshot mergedWith(const SafetySnapshot &elsewhere, SafetySnapshot one)
{
    if (elsewhere.isAnswered && !one.isAnswered) {
        one.isAnswered = true;
        one.answered = elsewhere.answered;
    }
    const bool isOthers = !elsewhere.order.isEmpty() && elsewhere.order != one.order;
    return isOthers ? boundTo(std::move(one), elsewhere.order, elsewhere.ordered, elsewhere.jobs) : one;
}

bool isTakenFor(const SafetySnapshot &kept, const ClusterId &target, const QDateTime &sent)
{
    return kept.cluster == target && kept.asked <= sent && isForNextRestore(kept, sent);
}

std::set<QString> reserved(const std::vector<SafetySnapshot> &kept, const std::vector<UnsettledOrder> &unsettled)
{
    std::set<QString> keys;
    for (const SafetySnapshot &one : kept) {
        const bool isTaken = std::ranges::any_of(
            unsettled, [&one](const UnsettledOrder &order) { return isTakenFor(one, order.target, order.since); });
        if (isTaken)
            keys.insert(one.key);
    }
    return keys;
}

bool isOver(const SafetySnapshot &kept, const QDateTime &now)
{
    if (kept.snapshot.isEmpty())
        return kept.asked.secsTo(now) > std::chrono::seconds(SafetyIsFresh).count();
    return kept.expires.isValid() && kept.expires.addDays(ToldAfterDays) < now;
}

} // namespace tidemark
