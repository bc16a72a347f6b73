#include "ui/widgets/timeline_things.h"

#include "base/text.h"
#include "series/series_texts.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::TimelineThing)
};

QDateTime timeOf(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

QString gapText(const TimelineGap &gap, const std::map<qint64, QString> &causes)
{
    const QString from = utcAndLocalText(timeOf(gap.from));
    const QString to = utcAndLocalText(timeOf(gap.to));
    const QString length = durationText(std::chrono::seconds(gap.to - gap.from));
    const auto cause = causes.find(gap.from);
    if (cause == causes.end())
        return Words::tr("Gap from %1 to %2, %3").arg(from, to, length);
    return Words::tr("Gap from %1 to %2, %3, %4", "times, length, likely cause").arg(from, to, length, cause->second);
}

} // namespace

std::vector<TimelineGap> gapsOf(const std::vector<RestorableRange> &ranges)
{
    std::vector<TimelineGap> gaps;
    std::optional<qint64> end; // the latest so far: one may lie within another
    for (const RestorableRange &range : ranges) {
        if (end && range.start.seconds > *end)
            gaps.push_back({*end, range.start.seconds});
        end = std::max(end.value_or(range.end.seconds), range.end.seconds);
    }
    return gaps;
}

std::vector<TimelineThing> thingsOf(const TimelineContent &content)
{
    using Kind = TimelineThing::Kind;
    std::vector<TimelineThing> things;
    for (const TimelineGap &gap : gapsOf(content.ranges))
        things.push_back({Kind::Gap, gap.from, gap.to, gapText(gap, content.gapCauses)});
    for (const QDateTime &snapshot : content.snapshots) {
        const qint64 at = snapshot.toSecsSinceEpoch();
        things.push_back({Kind::Snapshot, at, at, Words::tr("Snapshot, %1").arg(utcAndLocalText(snapshot))});
    }
    if (content.curve) {
        for (const Edge &edge : content.curve->edges)
            things.push_back({Kind::Edge, edge.from, edge.to, edgeText(content.curve->curve.kind, edge)});
    }
    for (const TimelineEvent &event : content.events)
        things.push_back({Kind::Event, event.at, event.at,
                          Words::tr("Event %1, %2", "what, when").arg(event.text, utcAndLocalText(timeOf(event.at)))});
    for (const qint64 at : content.incidents)
        things.push_back({Kind::Incident, at, at, Words::tr("Incident, %1").arg(utcAndLocalText(timeOf(at)))});
    std::stable_sort(things.begin(), things.end(),
                     [](const TimelineThing &a, const TimelineThing &b) { return a.from < b.from; });
    return things;
}

} // namespace tidemark
