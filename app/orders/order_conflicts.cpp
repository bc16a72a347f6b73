#include "orders/order_conflicts.h"

#include "base/text.h"
#include "restore/target_facts.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace tidemark {

namespace {

using Kind = OrderConflict::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderConflict)
};

bool sameTarget(const PendingOrder &a, const PendingOrder &b)
{
    return a.isAutomatedRestore() && b.isAutomatedRestore() && a.targetCluster == b.targetCluster;
}

/// Of two downloads the link's limits are no difference that counts: whoever asks again after a lost answer may change
/// them, and it is the same archive.
bool sameWish(const PendingOrder &a, const PendingOrder &b)
{
    return a.cluster == b.cluster && a.mode == b.mode && a.point == b.point && a.targetCluster == b.targetCluster;
}

QString momentOf(const PendingOrder &order)
{
    return utcText(order.since());
}

void addPending(const PendingOrder &wanted, const std::vector<PendingOrder> &pending, std::vector<OrderConflict> &found)
{
    for (const PendingOrder &order : pending) {
        if (sameTarget(wanted, order))
            found.push_back({Kind::PendingTarget,
                             order.key,
                             Text::tr("A restore of “%1” was sent at %2, and whether it was ordered is not known yet.")
                                 .arg(order.targetClusterName, momentOf(order)),
                             {}});
        else if (sameWish(wanted, order))
            found.push_back({Kind::PendingSame,
                             order.key,
                             Text::tr("The same was sent for “%1” at %2, and whether it was ordered is not known yet.")
                                 .arg(order.clusterName, momentOf(order)),
                             {}});
    }
}

/// A job that was there when every pending order was written came of none of them.
void addJobs(const PendingOrder &wanted, const ConflictFacts &facts, std::vector<OrderConflict> &found)
{
    const auto appeared = [&](const RestoreJob &job) {
        return std::ranges::any_of(facts.pending, [&](const PendingOrder &order) {
            return order.cluster == wanted.cluster && !order.listedBefore.contains(job.id) &&
                   std::ranges::find(order.notMine, job.id) == order.notMine.end();
        });
    };
    std::vector<RestoreJob> since;
    std::ranges::copy_if(facts.sourceJobs, std::back_inserter(since), appeared);
    for (const OrderCandidate &candidate : candidatesOf(wanted, since)) {
        const QString created = utcText(candidate.jobs.front().created);
        found.push_back(
            {Kind::JobFits, candidate.key(),
             candidate.match == OrderMatch::Agrees
                 ? Text::tr("A restore job that agrees with this order has appeared since, created at %1.").arg(created)
                 : Text::tr("A restore job has appeared since, created at %1, and whether it came of the earlier order "
                            "cannot be told.")
                       .arg(created),
             candidate.jobs});
    }
}

void addJustOrdered(const PendingOrder &wanted, const ConflictFacts &facts, std::vector<OrderConflict> &found)
{
    for (const KnownRestore &restore : facts.known) {
        const bool isNew = !restore.order.isEmpty() && !facts.knownBefore.contains(restore.order);
        if (isNew && restore.cluster == wanted.cluster && restore.mode == wanted.mode &&
            restore.point == wanted.point && restore.targetCluster == wanted.targetCluster)
            found.push_back({Kind::JustOrdered,
                             restore.key,
                             Text::tr("The same was ordered at %1, while this order was being made ready.")
                                 .arg(utcText(restore.ordered)),
                             {}});
    }
}

/// What the lists that were just read say of it outweighs what was known: an answer names no target, so its jobs are
/// known by their ids. A job that was handed over says nothing of the agents.
bool isRunning(const KnownRestore &restore, const std::vector<RestoreJob> &read)
{
    size_t ended = 0;
    for (const RestoreJob &job : read) {
        if (!isJobOf(job, restore))
            continue;
        if (isUnderWay(job))
            return true;
        ended += job.status == JobStatus::Broken || job.status == JobStatus::Killed ? 1 : 0;
    }
    return restore.isRunning && (ended == 0 || ended < restore.jobs.size());
}

void addRunning(const PendingOrder &wanted, const ConflictFacts &facts, std::vector<OrderConflict> &found)
{
    if (!wanted.isAutomatedRestore())
        return;
    std::vector<RestoreJob> read = facts.sourceJobs;
    read.insert(read.end(), facts.targetJobs.begin(), facts.targetJobs.end());
    for (const KnownRestore &restore : facts.known) {
        if (restore.targetCluster == wanted.targetCluster && isRunning(restore, read))
            found.push_back(
                {Kind::TargetBusy,
                 restore.key,
                 Text::tr("A restore of “%1” that was ordered at %2 is still under way, as far as is known.")
                     .arg(restore.targetClusterName, utcText(restore.ordered)),
                 {}});
    }
    for (const RestoreJob &job : read) {
        const QString key = job.batch.isEmpty() ? job.id.value : job.batch.value;
        const auto isKnown = [&key](const OrderConflict &conflict) { return conflict.key == key; };
        if (!isRestoringInto(job, wanted.targetCluster) || std::ranges::any_of(found, isKnown))
            continue;
        found.push_back({Kind::TargetBusy,
                         key,
                         Text::tr("A restore of “%1” that was created at %2 is still running.")
                             .arg(wanted.targetClusterName, utcText(job.created)),
                         {job}});
    }
}

} // namespace

std::vector<OrderConflict> conflictsOf(const PendingOrder &wanted, const ConflictFacts &facts)
{
    std::vector<OrderConflict> found;
    for (const QString &file : facts.unread)
        found.push_back({Kind::PendingUnread,
                         file,
                         Text::tr("A file of orders could not be read: there may be one for this restore in it. Look "
                                  "into %1, and take it away when that is settled.")
                             .arg(QDir::toNativeSeparators(file)),
                         {}});
    addPending(wanted, facts.pending, found);
    addJobs(wanted, facts, found);
    for (const OrderEvent &event : facts.events)
        found.push_back({Kind::EventSeen,
                         event.id,
                         event.clusterName.isEmpty()
                             ? Text::tr("The project's events say that this key requested a restore at %1.")
                                   .arg(utcText(event.created))
                             : Text::tr("The project's events say that this key requested a restore of “%1” at %2.")
                                   .arg(event.clusterName, utcText(event.created)),
                         {}});
    addJustOrdered(wanted, facts, found);
    addRunning(wanted, facts, found);
    return found;
}

bool askAboutTarget(const std::vector<OrderConflict> &conflicts)
{
    return std::ranges::any_of(conflicts, [](const OrderConflict &conflict) {
        switch (conflict.kind) {
        case Kind::PendingTarget:
        case Kind::JobFits:
        case Kind::JustOrdered:
        case Kind::TargetBusy:
            return true;
        case Kind::PendingSame:
        case Kind::PendingUnread:
        case Kind::EventSeen:
            break;
        }
        return false;
    });
}

bool isJobOf(const RestoreJob &job, const KnownRestore &restore)
{
    return (!restore.batch.isEmpty() && job.batch == restore.batch) ||
           std::ranges::find(restore.jobs, job.id) != restore.jobs.end();
}

std::vector<RestoreJob> withoutOthers(const std::vector<RestoreJob> &jobs, const QString &order,
                                      const std::vector<KnownRestore> &known)
{
    std::vector<RestoreJob> own;
    std::ranges::copy_if(jobs, std::back_inserter(own), [&](const RestoreJob &job) {
        return std::ranges::none_of(
            known, [&](const KnownRestore &restore) { return restore.order != order && isJobOf(job, restore); });
    });
    return own;
}

QDateTime oldestSince(const std::vector<PendingOrder> &pending)
{
    QDateTime oldest;
    for (const PendingOrder &order : pending) {
        const QDateTime since = order.since();
        if (since.isValid() && (!oldest.isValid() || since < oldest))
            oldest = since;
    }
    return oldest;
}

} // namespace tidemark
