#include "logs/log_merge.h"

#include <algorithm>
#include <cstdlib>

namespace tidemark {

namespace {

constexpr qint64 Second = 1000;
/// Deletes of one connection with no more than this between them are one run of them.
constexpr qint64 RunGap = 60 * Second;
/// A command's lines are written one after another while it runs.
constexpr qint64 CommandGap = 2 * Second;
/// How late a secondary may be, and how far its clock may be behind.
constexpr qint64 LatestReplica = 600 * Second;
constexpr qint64 ClockGap = 5 * Second;

QString databaseOf(const QString &nameSpace)
{
    return nameSpace.section(QLatin1Char('.'), 0, 0);
}

/// A collection that went with its database, or with the one that took its name.
bool isPartOf(const LogFinding &whole, const LogFinding &part)
{
    if (part.kind != LossKind::Drop)
        return false;
    if (whole.kind == LossKind::DropDatabase)
        return databaseOf(part.nameSpace) == whole.nameSpace;
    return whole.kind == LossKind::Rename && whole.dropsTarget && whole.target == part.nameSpace;
}

bool isAbout(const LogFinding &known, const LogFinding &other)
{
    return (known.kind == other.kind && known.nameSpace == other.nameSpace) || isPartOf(known, other);
}

/// What one member tells of what another one has told already.
bool isElsewhere(const LogFinding &known, const LogFinding &other)
{
    if (!isAbout(known, other))
        return false;
    if (known.text == other.text && known.milliseconds == other.milliseconds)
        return true; // one line, read twice
    if (known.kind == LossKind::Delete || known.hosts == other.hosts)
        return false;
    const qint64 later = other.milliseconds - known.milliseconds;
    if (other.byReplication)
        return later >= -ClockGap && later <= LatestReplica;
    return !known.byReplication && std::llabs(later) <= ClockGap; // each shard has its own
}

void addHosts(LogFinding &known, const LogFinding &other)
{
    for (const QString &host : other.hosts) {
        if (!known.hosts.contains(host))
            known.hosts << host;
    }
    known.isConfirmed = known.isConfirmed || other.isConfirmed;
    if (known.user.isEmpty())
        known.user = other.user;
    if (known.client.isEmpty())
        known.client = other.client;
}

} // namespace

bool isSameWork(const LogFinding &known, const LogFinding &later)
{
    if (known.place.host != later.place.host || known.context != later.context)
        return false;
    const qint64 knownEnd = known.lastMilliseconds + known.took;
    if (known.kind == LossKind::Delete) {
        const bool isSame = later.kind == LossKind::Delete && known.nameSpace == later.nameSpace;
        return isSame && later.milliseconds - knownEnd <= RunGap &&
               known.milliseconds - later.lastMilliseconds <= RunGap;
    }
    // A database with many collections takes its time.
    const qint64 gap = isPartOf(known, later) ? RunGap : CommandGap;
    return isAbout(known, later) && later.milliseconds - knownEnd <= gap &&
           known.milliseconds - (later.milliseconds + later.took) <= CommandGap;
}

void addWork(LogFinding &known, const LogFinding &later)
{
    // mongod tells of each delete in a line of its own, and then of the command, which has no number.
    if (known.kind == LossKind::Delete && later.documents) {
        known.documents = known.documents.value_or(0) + *later.documents;
        known.lines += later.lines;
    }
    known.lastMilliseconds = std::max(known.lastMilliseconds, later.lastMilliseconds);
    known.milliseconds = std::min(known.milliseconds, later.milliseconds);
    known.took = std::max(known.took, later.took);
    known.isConfirmed = known.isConfirmed || later.isConfirmed;
    if (known.user.isEmpty())
        known.user = later.user;
    if (known.client.isEmpty())
        known.client = later.client;
    if (known.appName.isEmpty())
        known.appName = later.appName;
}

std::vector<LogFinding> merged(std::vector<LogFinding> findings)
{
    std::erase_if(findings, [](const LogFinding &finding) {
        return finding.kind == LossKind::Delete && finding.documents.value_or(LargeDelete) < LargeDelete;
    });
    // What was ordered first, and wholes before their parts: the others join them.
    const auto rank = [](const LogFinding &finding) {
        const bool isWhole = finding.kind == LossKind::DropDatabase || finding.kind == LossKind::Rename;
        return (finding.byReplication ? 2 : 0) + (isWhole ? 0 : 1);
    };
    std::stable_sort(findings.begin(), findings.end(), [&rank](const LogFinding &a, const LogFinding &b) {
        return std::pair(rank(a), a.milliseconds) < std::pair(rank(b), b.milliseconds);
    });
    std::vector<LogFinding> all;
    for (LogFinding &finding : findings) {
        // The nearest before it: the same may have been dropped every night.
        LogFinding *nearest = nullptr;
        for (LogFinding &known : all) {
            const auto distance = [&finding](const LogFinding &one) {
                return std::llabs(finding.milliseconds - one.milliseconds);
            };
            if (isElsewhere(known, finding) && (!nearest || distance(known) < distance(*nearest)))
                nearest = &known;
        }
        if (nearest)
            addHosts(*nearest, finding);
        else
            all.push_back(std::move(finding));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const LogFinding &a, const LogFinding &b) { return a.milliseconds > b.milliseconds; });
    return all;
}

} // namespace tidemark
