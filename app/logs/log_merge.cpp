#include "logs/log_merge.h"

#include "logs/log_work.h"

#include <QHash>

#include <algorithm>
#include <cstdlib>

namespace tidemark {

namespace {

constexpr qint64 Second = 1000;
/// How late a secondary may be, and how far its clock may be behind.
constexpr qint64 LatestReplica = 600 * Second;
constexpr qint64 ClockGap = 5 * Second;
/// The collections of a database go one after another.
constexpr qint64 PartGap = 60 * Second;
/// What one member does for a command that another one of its threads has.
constexpr qint64 HelperGap = 2 * Second;

bool isAbout(const LogFinding &known, const LogFinding &other)
{
    return (known.kind == other.kind && known.nameSpace == other.nameSpace && known.target == other.target) ||
           isPartOf(known, other);
}

bool isSameLine(const LogFinding &known, const LogFinding &other)
{
    return known.kind == other.kind && known.text == other.text && known.milliseconds == other.milliseconds;
}

/// Whether the one may be what another member, or another of its threads, tells of the same thing.
bool mayBeOne(const LogFinding &known, const LogFinding &other)
{
    if (known.kind == LossKind::Delete || !isAbout(known, other))
        return false;
    const qint64 later = other.milliseconds - known.milliseconds;
    if (other.byReplication)
        return later >= -ClockGap && later <= LatestReplica + (known.endMilliseconds - known.milliseconds);
    return !known.byReplication && std::llabs(later) <= ClockGap; // each shard has its own
}

/// What a member told of an event, and when.
struct Told
{
    LogSpan span;
    LossSteps steps;
};

struct Event
{
    LogFinding finding;
    QHash<QString, Told> told;

    explicit Event(LogFinding first)
        : finding(std::move(first))
    {
        told.insert(finding.hosts.front(), {{finding.milliseconds, finding.endMilliseconds}, finding.steps});
    }

    /// A member that has told of it already tells of another one, but for the parts and for what another of its threads
    /// carries out.
    bool takes(const LogFinding &other) const
    {
        const auto known = told.constFind(other.hosts.front());
        if (known == told.constEnd())
            return true;
        if (other.steps != CarriedOut)
            return false;
        // A copying member tells of the database itself when all of its collections are gone.
        if (isPartOf(finding, other))
            return other.milliseconds >= finding.milliseconds - ClockGap &&
                   other.milliseconds <= known->span.last + PartGap;
        return !known->steps.testFlag(CarriedOut) && other.milliseconds >= known->span.first - HelperGap &&
               other.milliseconds <= known->span.last + HelperGap;
    }

    void add(const LogFinding &other)
    {
        const QString host = other.hosts.front();
        const auto known = told.find(host);
        if (known == told.end()) {
            told.insert(host, {{other.milliseconds, other.endMilliseconds}, other.steps});
            if (!finding.hosts.contains(host))
                finding.hosts << host;
        } else {
            known->span = {std::min(known->span.first, other.milliseconds),
                           std::max(known->span.last, other.endMilliseconds)};
            known->steps |= other.steps;
        }
        finding.steps |= other.steps;
        // The one with a name, all of it: a shard sees the router's address alone.
        if (finding.user.isEmpty() &&
            (!other.user.isEmpty() || (finding.client.isEmpty() && finding.appName.isEmpty()))) {
            finding.user = other.user;
            finding.client = other.client;
            finding.appName = other.appName;
        }
    }
};

qint64 distance(const LogFinding &a, const LogFinding &b)
{
    return std::llabs(a.milliseconds - b.milliseconds);
}

void addTo(std::vector<Event> &events, LogFinding finding)
{
    // The nearest: the same may have been dropped every night. Where that one does not take it, no other one does.
    Event *nearest = nullptr;
    for (Event &event : events) {
        if (isSameLine(event.finding, finding)) {
            event.add(finding);
            return;
        }
        if (mayBeOne(event.finding, finding) &&
            (!nearest || distance(event.finding, finding) < distance(nearest->finding, finding)))
            nearest = &event;
    }
    if (nearest && nearest->takes(finding))
        nearest->add(finding);
    else
        events.emplace_back(std::move(finding));
}

} // namespace

std::vector<LogFinding> merged(std::vector<LogFinding> findings)
{
    std::erase_if(findings, isSmall);
    // What was ordered first, and wholes before their parts: the others join them.
    const auto rank = [](const LogFinding &finding) {
        const bool isWhole = finding.kind == LossKind::DropDatabase || finding.kind == LossKind::Rename;
        return (finding.byReplication ? 2 : 0) + (isWhole ? 0 : 1);
    };
    std::stable_sort(findings.begin(), findings.end(), [&rank](const LogFinding &a, const LogFinding &b) {
        return std::pair(rank(a), a.milliseconds) < std::pair(rank(b), b.milliseconds);
    });
    std::vector<Event> events;
    for (LogFinding &finding : findings)
        addTo(events, std::move(finding));
    std::vector<LogFinding> all;
    all.reserve(events.size());
    for (Event &event : events)
        all.push_back(std::move(event.finding));
    std::stable_sort(all.begin(), all.end(),
                     [](const LogFinding &a, const LogFinding &b) { return a.milliseconds > b.milliseconds; });
    return all;
}

std::optional<size_t> whereIs(const LogFinding &before, const std::vector<LogFinding> &list)
{
    std::optional<size_t> nearest;
    for (size_t i = 0; i < list.size(); ++i) {
        // Files in two archives may have one name.
        if ((list[i].place == before.place && list[i].text == before.text) || isSameLine(list[i], before))
            return i;
        if (list[i].hosts.contains(before.hosts.value(0)) && mayBeOne(list[i], before) &&
            (!nearest || distance(list[i], before) < distance(list[*nearest], before)))
            nearest = i;
    }
    return nearest;
}

} // namespace tidemark
