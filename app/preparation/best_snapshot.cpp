#include "preparation/best_snapshot.h"

#include "restore/rules.h"

#include <algorithm>

namespace tidemark {

namespace {

bool isWhole(const Snapshot &snapshot, const QDateTime &now)
{
    return snapshot.complete && snapshot.missingShards.isEmpty() && snapshot.namespaceFilter.isEmpty() &&
           !snapshot.possiblyInconsistent && (!snapshot.expires.isValid() || snapshot.expires > now);
}

/// The last second that may have left something in it.
qint64 lastSecond(const Snapshot &snapshot)
{
    const qint64 applied = snapshot.lastOplogApplied ? snapshot.lastOplogApplied->seconds : 0;
    return std::max<qint64>(snapshot.created.seconds, applied);
}

} // namespace

std::optional<QDateTime> preparedMoment(const RestoreDraft &draft, const QDateTime &now)
{
    const bool hasOplog = !draft.oplogSeconds.trimmed().isEmpty();
    const bool hasPoint = !draft.pointInTime.trimmed().isEmpty();
    if (hasOplog && (!hasPoint || draft.momentMode == RestoreMode::OplogTimestamp)) {
        bool isNumber = false;
        const qint64 seconds = draft.oplogSeconds.trimmed().toUInt(&isNumber);
        return isNumber && seconds > 0 ? std::optional(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)) : std::nullopt;
    }
    const MomentAnswer answer = readPoint(draft, now);
    const auto *moment = std::get_if<Moment>(&answer);
    return moment ? std::optional(moment->time()) : std::nullopt;
}

const Snapshot *bestBefore(const std::vector<Snapshot> &snapshots, const QDateTime &moment, const QDateTime &now)
{
    const Snapshot *best = nullptr;
    for (const Snapshot &snapshot : snapshots) {
        const bool isBefore = lastSecond(snapshot) < moment.toSecsSinceEpoch();
        if (isBefore && isWhole(snapshot, now) && (!best || lastSecond(*best) < lastSecond(snapshot)))
            best = &snapshot;
    }
    return best;
}

} // namespace tidemark
