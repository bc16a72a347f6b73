#include "base/text.h"
#include "moment/moment_texts.h"
#include "restore/rules_parts.h"
#include "restore/snapshot_keeping.h"

#include <algorithm>
#include <limits>

namespace tidemark::rules {

namespace {

/// Seconds since the epoch have 10 digits until the year 2286, milliseconds have 13 since 2001.
constexpr qint64 smallestMilliseconds = 100'000'000'000;
constexpr qint64 largestMilliseconds = 100'000'000'000'000;

QString momentText(const OplogTimestamp &moment)
{
    return Text::tr("%1 (%2, %3)")
        .arg(utcText(moment.time()), QString::number(moment.seconds), QString::number(moment.increment));
}

void checkSnapshot(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    if (draft.snapshot.isEmpty()) {
        block(findings, Field::Snapshot, Text::tr("Choose a snapshot."));
        return;
    }
    if (!facts.snapshots) {
        block(findings, Field::Snapshot, Text::tr("The cluster's snapshots have not been read yet."));
        return;
    }
    const Snapshot *snapshot = chosenSnapshot(draft, facts);
    if (snapshot == nullptr) {
        block(findings, Field::Snapshot, Text::tr("The cluster has no such snapshot any more. Choose another one."));
        return;
    }
    if (draft.cluster && !snapshot->cluster.isEmpty() && snapshot->cluster != draft.cluster->id)
        block(findings, Field::Snapshot, Text::tr("This snapshot belongs to another cluster. Choose it again."));
    if (!snapshot->complete)
        block(findings, Field::Snapshot, Text::tr("This snapshot is not complete yet. Choose a complete one."));
    if (!snapshot->missingShards.isEmpty())
        warn(findings, Field::Snapshot,
             Text::tr("The snapshot lacks these shards: %1. Their data will be missing.")
                 .arg(snapshot->missingShards.join(QStringLiteral(", "))));
    if (snapshot->possiblyInconsistent)
        warn(findings, Field::Snapshot,
             Text::tr("The snapshot may be inconsistent: the balancer could not be stopped while it was taken."));
    if (!snapshot->namespaceFilter.isEmpty())
        warn(findings, Field::Snapshot,
             Text::tr("The snapshot was taken with a namespace filter (%1): it does not hold everything.")
                 .arg(snapshot->namespaceFilter.join(QStringLiteral(", "))));
    if (snapshot->expires.isValid() && snapshot->expires <= now)
        warn(findings, Field::Snapshot,
             Text::tr("The snapshot expired at %1 and may be deleted at any moment.").arg(utcText(snapshot->expires)));
    else if (mayGoBeforeItIsRead(*snapshot, now))
        warn(findings, Field::Snapshot,
             Text::tr(
                 "The snapshot expires at %1, within the %2 hours that a restore may take: it may be deleted before "
                 "it has been read.")
                 .arg(utcText(snapshot->expires))
                 .arg(ExpectedRestoreHours));
    if (snapshot->isEncrypted())
        note(findings, Field::Snapshot,
             Text::tr("The snapshot is encrypted. Whoever opens it needs the key management server that holds its "
                      "master key."));
}

/// What is still to be said about a moment that can be restored.
void warnInsideRange(Field field, const OplogTimestamp &moment, const RestoreFacts &facts, const QDateTime &now,
                     Findings &findings)
{
    const int hours = facts.schedule ? facts.schedule->pointInTimeWindowHours : DocumentedWindowHours;
    if (facts.rangesError) {
        leaveOpen(
            findings, field,
            Text::tr(
                "The restorable ranges could not be read, the window of %1 hours applies: gaps in the oplog cannot "
                "be seen beforehand. %2")
                .arg(QString::number(hours), facts.rangesError->sentence));
        return;
    }
    if (!facts.ranges->has_value()) {
        leaveOpen(
            findings, field,
            Text::tr("This server does not say which ranges can be restored. The moment is inside the window of the "
                     "last hours, but gaps in the oplog cannot be seen beforehand."));
        return;
    }
    if (hours <= 0 || moment.seconds >= now.addSecs(-qint64{hours} * 3600).toSecsSinceEpoch())
        return;
    warn(findings, field,
         facts.schedule
             ? Text::tr("The server names this moment as restorable, but the window of the cluster's schedule is %1 "
                        "hours: it may refuse the restore.")
                   .arg(hours)
             : Text::tr("The server names this moment as restorable, but its documentation allows only the last %1 "
                        "hours: it may refuse the restore.")
                   .arg(hours));
}

void checkRange(Field field, const OplogTimestamp &moment, bool withIncrement, const RestoreFacts &facts,
                const QDateTime &now, Findings &findings)
{
    if (!facts.ranges) {
        block(findings, field, Text::tr("The restorable ranges of time have not been read yet."));
        return;
    }
    const bool isWindow = !facts.ranges->has_value();
    const auto text = [withIncrement](const OplogTimestamp &end) {
        return withIncrement ? momentText(end) : utcText(end.time());
    };
    std::vector<RestorableRange> ranges = effectiveRanges(facts, now);
    if (!withIncrement) {
        // A point in time is the beginning of its second: where a range begins within one, the next is the first.
        for (RestorableRange &range : ranges) {
            if (range.start.increment > 0)
                range.start = {range.start.seconds + 1, 0};
        }
    }
    std::optional<OplogTimestamp> endBefore;
    std::optional<OplogTimestamp> startAfter;
    for (const RestorableRange &range : ranges) {
        if (moment < range.start) {
            if (!startAfter)
                startAfter = range.start;
        } else if (range.end < moment) {
            if (!endBefore || *endBefore < range.end)
                endBefore = range.end;
        } else {
            warnInsideRange(field, moment, facts, now, findings);
            return;
        }
    }
    if (endBefore && startAfter)
        block(findings, field,
              Text::tr("%1 lies in a gap of the oplog: one restorable range ends at %2 and the next begins at %3.")
                  .arg(text(moment), text(*endBefore), text(*startAfter)));
    else if (startAfter)
        block(findings, field,
              isWindow ? Text::tr("%1 is too long ago: the backups' window reaches back to %2.")
                             .arg(text(moment), utcText(startAfter->time()))
                       : Text::tr("%1 is too long ago: the oldest restorable moment is %2.")
                             .arg(text(moment), text(*startAfter)));
    else if (endBefore)
        block(findings, field,
              Text::tr("%1 is later than the newest restorable moment, %2.").arg(text(moment), text(*endBefore)));
    else
        block(findings, field, Text::tr("There is no range of time to which this cluster can be restored."));
}

void checkOplog(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    const bool noSeconds = draft.oplogSeconds.trimmed().isEmpty();
    const bool noIncrement = draft.oplogIncrement.trimmed().isEmpty();
    const auto seconds = typedNumber(draft.oplogSeconds);
    const auto increment = typedNumber(draft.oplogIncrement);
    bool secondsGood = false;
    if (noSeconds)
        block(findings, Field::OplogSeconds,
              noIncrement ? Text::tr("Enter the oplog timestamp's seconds since the epoch.")
                          : Text::tr("The increment means nothing without the seconds: enter both."));
    else if (!seconds)
        block(findings, Field::OplogSeconds,
              Text::tr("The oplog timestamp is a whole number of seconds since the epoch, digits only."));
    else if (*seconds >= largestMilliseconds)
        block(findings, Field::OplogSeconds, Text::tr("This number is too large for seconds since the epoch."));
    else if (*seconds >= smallestMilliseconds)
        block(findings, Field::OplogSeconds,
              Text::tr("This looks like milliseconds. In seconds it would be %1, which is %2.")
                  .arg(QString::number(*seconds / 1000),
                       utcText(QDateTime::fromSecsSinceEpoch(*seconds / 1000, Qt::UTC))));
    else if (*seconds > now.toSecsSinceEpoch())
        block(findings, Field::OplogSeconds,
              Text::tr("%1 is in the future: by the server's clock it is %2.")
                  .arg(utcText(QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC)), utcText(now)));
    else
        secondsGood = true;

    bool incrementGood = false;
    if (noIncrement)
        block(findings, Field::OplogIncrement,
              noSeconds ? Text::tr("Enter the oplog timestamp's increment, 1 or more.")
                        : Text::tr("The seconds alone are not enough: enter the increment too, 1 or more."));
    else if (!increment || *increment < 1)
        block(findings, Field::OplogIncrement, Text::tr("The increment is a whole number, 1 or more."));
    else if (*increment > std::numeric_limits<quint32>::max())
        block(findings, Field::OplogIncrement,
              Text::tr("The increment is a 32-bit number: at most %1.").arg(std::numeric_limits<quint32>::max()));
    else
        incrementGood = true;

    if (secondsGood && incrementGood)
        checkRange(Field::OplogSeconds, {*seconds, static_cast<quint32>(*increment)}, true, facts, now, findings);
}

void checkPointInTime(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    const MomentAnswer answer = readPoint(draft, now);
    if (const auto *question = std::get_if<MomentQuestion>(&answer))
        return block(findings, Field::PointInTime, question->sentence);
    if (const auto *refusal = std::get_if<MomentRefusal>(&answer))
        return block(findings, Field::PointInTime, refusalText(*refusal));
    const auto *moment = std::get_if<Moment>(&answer);
    if (moment == nullptr)
        block(findings, Field::PointInTime, Text::tr("Choose the moment to restore to, in UTC."));
    else if (!moment->isWholeSecond())
        block(findings, Field::PointInTime, Text::tr("The moment must be in whole seconds."));
    else if (moment->time() > now)
        block(findings, Field::PointInTime,
              Text::tr("%1 is in the future: by the server's clock it is %2.")
                  .arg(utcText(moment->time()), utcText(now)));
    else
        checkRange(Field::PointInTime, {moment->seconds(), 0}, false, facts, now, findings);
}

void checkCheckpoint(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    if (draft.checkpoint.isEmpty()) {
        block(findings, Field::Checkpoint, Text::tr("Choose a checkpoint."));
        return;
    }
    if (!facts.checkpoints) {
        block(findings, Field::Checkpoint, Text::tr("The cluster's checkpoints have not been read yet."));
        return;
    }
    const Checkpoint *checkpoint = chosenCheckpoint(draft, facts);
    if (checkpoint == nullptr) {
        block(findings, Field::Checkpoint, Text::tr("The cluster has no such checkpoint any more. Choose another."));
        return;
    }
    if (draft.cluster && !checkpoint->cluster.isEmpty() && checkpoint->cluster != draft.cluster->id)
        block(findings, Field::Checkpoint, Text::tr("This checkpoint belongs to another cluster. Choose it again."));
    if (!checkpoint->restorable)
        block(findings, Field::Checkpoint, Text::tr("This checkpoint cannot be restored. Choose another one."));
}

} // namespace

void checkPoint(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings)
{
    if (!draft.mode)
        return; // the mode's page says so
    switch (*draft.mode) {
    case RestoreMode::DownloadSnapshot:
        checkSnapshot(draft, facts, now, findings);
        checkLink(draft, chosenSnapshot(draft, facts), now, findings);
        break;
    case RestoreMode::AutomatedSnapshot:
        checkSnapshot(draft, facts, now, findings);
        break;
    case RestoreMode::OplogTimestamp:
        checkOplog(draft, facts, now, findings);
        break;
    case RestoreMode::PointInTime:
        checkPointInTime(draft, facts, now, findings);
        break;
    case RestoreMode::Checkpoint:
        checkCheckpoint(draft, facts, findings);
        break;
    }
}

} // namespace tidemark::rules
