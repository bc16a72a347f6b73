#include "ui/wizard/restorable_text.h"

#include "base/text.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline_content.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::RestorableText)
};

QString snapshotText(const NewestSnapshot &newest, const QDateTime &now)
{
    if (!newest.isKnown)
        return Text::tr("Newest snapshot: not known yet");
    if (!newest.snapshot)
        return Text::tr("Newest snapshot: there is no complete one");
    const QDateTime created = newest.snapshot->created.time();
    return Text::tr("Newest snapshot: %1, %2 ago", "time, age")
        .arg(utcAndLocalText(created), durationText(std::chrono::seconds(created.secsTo(now))));
}

QString gapsText(int gaps)
{
    return gaps == 0 ? Text::tr("without a gap") : Text::tr("with %n gaps", nullptr, gaps);
}

} // namespace

RestorableText restorableText(const QString &name, const RestoreFacts &facts, FactsLoader::State state,
                              const std::vector<RestorableRange> &ranges, const NewestSnapshot &newest,
                              const QDateTime &now)
{
    RestorableText text;
    text.snapshot = snapshotText(newest, now);
    if (facts.rangesError)
        text.problem = facts.rangesError->sentence;
    if (!facts.ranges) {
        text.title = state == FactsLoader::State::Loading
                         ? Text::tr("Reading which moments %1 can be restored to…").arg(name)
                         : Text::tr("Which moments %1 can be restored to is not known yet").arg(name);
        return text;
    }
    if (ranges.empty()) {
        text.title = Text::tr("At present no moment of %1 can be restored, only its snapshots").arg(name);
        text.oplog = Text::tr("Oplog: not backed up, or only with gaps");
        return text;
    }
    text.isGood = true;
    const QString from = utcAndLocalText(ranges.front().start.time());
    const QString to = utcAndLocalText(ranges.back().end.time());
    const int gaps = int(gapsOf(ranges).size());
    if (!facts.ranges->has_value()) {
        text.title = facts.rangesError
                         ? Text::tr("Which moments %1 can be restored to could not be read").arg(name)
                         : Text::tr("This server does not tell which moments %1 can be restored to").arg(name);
        text.oplog =
            Text::tr("Oplog: the window of its backups reaches from %1 to %2, gaps are not known").arg(from, to);
        return text;
    }
    text.title = gaps == 0 ? Text::tr("%1 can be restored to any moment up to %2").arg(name, to)
                           : Text::tr("%1 can be restored to moments up to %2").arg(name, to);
    text.oplog = Text::tr("Oplog: from %1, %2", "time, how many gaps").arg(from, gapsText(gaps));
    return text;
}

} // namespace tidemark
