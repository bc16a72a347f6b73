#include "restore/way_back.h"

#include "base/text.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::WayBack)
};

QDateTime restorableEnd(const std::vector<RestorableRange> &ranges)
{
    OplogTimestamp end;
    for (const RestorableRange &range : ranges)
        end = std::max(end, range.end);
    return end.seconds > 0 ? end.time() : QDateTime();
}

} // namespace

QDateTime newestSnapshot(const std::vector<Snapshot> &snapshots, const QDateTime &now)
{
    OplogTimestamp newest;
    for (const Snapshot &one : snapshots) {
        const bool isKept = one.doNotDelete || !one.expires.isValid() || one.expires > now;
        if (one.complete && one.missingShards.isEmpty() && isKept)
            newest = std::max(newest, one.created);
    }
    return newest.seconds > 0 ? newest.time() : QDateTime();
}

QString wayBackText(const Cluster &target, const std::optional<TargetFacts> &facts, const QDateTime &now)
{
    if (target.backupRunning == false)
        return Text::tr("none: its backup does not run, what is in it now cannot be brought back");
    if (!facts || facts->target != target.id || !facts->ranges || !facts->snapshots)
        return Text::tr("is being read");
    const QDateTime end = *facts->ranges && **facts->ranges ? restorableEnd(***facts->ranges) : QDateTime();
    const QDateTime newest = *facts->snapshots ? newestSnapshot(**facts->snapshots, now) : QDateTime();
    if (end.isValid() && (!newest.isValid() || newest <= end))
        return Text::tr("what is in it now can be brought back to %1").arg(utcText(end));
    const bool areRangesKnown = *facts->ranges && **facts->ranges;
    if (newest.isValid() && !areRangesKnown)
        return Text::tr("its newest snapshot, of %1; whether what was written later can be brought back could not be "
                        "checked")
            .arg(utcText(newest));
    if (newest.isValid())
        return Text::tr("its newest snapshot, of %1; what was written later cannot be brought back")
            .arg(utcText(newest));
    if (!*facts->snapshots)
        return Text::tr("could not be checked: %1").arg(facts->snapshots->error().sentence);
    return Text::tr("none: there is no complete snapshot of it, what is in it now cannot be brought back");
}

} // namespace tidemark
