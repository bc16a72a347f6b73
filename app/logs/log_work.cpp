#include "logs/log_work.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 Second = 1000;
/// Deletes of one connection with no more than this between them are one run of them; the same for the collections of
/// one database.
constexpr qint64 RunGap = 60 * Second;
/// A command's lines are written one after another while it runs.
constexpr qint64 CommandGap = 2 * Second;
/// Times are told to the millisecond, and a delete begins within its command.
constexpr qint64 BeginGap = 1 * Second;

/// No more than `gap` between the two.
bool areNear(const LogFinding &known, const LogFinding &later, qint64 gap)
{
    return later.milliseconds - known.endMilliseconds <= gap && known.milliseconds - later.endMilliseconds <= gap;
}

/// The command's own line, behind those of its deletes.
bool isCommandOf(const LogFinding &known, const LogFinding &later)
{
    return later.steps == WholeCommand && known.run.loose > 0 && known.run.looseFrom >= later.milliseconds - BeginGap &&
           known.run.looseFrom <= later.endMilliseconds;
}

bool isLarge(const DeleteRun &run)
{
    return run.isOpen || run.largest >= LargeDelete;
}

/// The large one among the usual ones: if it were one with them, its moment would be the first one's.
bool standsOut(const DeleteRun &one, const DeleteRun &others)
{
    constexpr qint64 muchLarger = 10;
    if (!isLarge(one))
        return false;
    return !isLarge(others) || (!others.isOpen && one.largest / muchLarger > others.largest);
}

bool isSameRun(const LogFinding &known, const LogFinding &later)
{
    if (known.nameSpace != later.nameSpace || !areNear(known, later, RunGap))
        return false;
    if (isCommandOf(known, later))
        return true;
    return later.milliseconds >= known.milliseconds ? !standsOut(later.run, known.run)
                                                    : !standsOut(known.run, later.run);
}

/// What the command's line tells beyond the lines of its deletes.
DocumentCount restOf(const LogFinding &known, const LogFinding &command)
{
    const bool areIts = isCommandOf(known, command);
    if (command.documents.isExact())
        return DocumentCount::exactly(command.documents.least - (areIts ? known.run.looseDocuments : 0));
    if (!command.run.parts || !areIts)
        return command.documents;
    const qint64 left = *command.run.parts - known.run.loose;
    if (left <= 0)
        return DocumentCount::exactly(0);
    return command.documents.most ? DocumentCount::atMost(left) : DocumentCount();
}

void addDelete(LogFinding &known, const LogFinding &later)
{
    const bool isCommand = later.steps == WholeCommand;
    const DocumentCount more = isCommand ? restOf(known, later) : later.documents;
    DeleteRun &run = known.run;
    known.lines += isCommand && isCommandOf(known, later) ? 0 : later.lines;
    known.documents += more;
    run.largest = std::max(run.largest, more.most.value_or(0));
    run.isOpen = run.isOpen || !more.most;
    run.parts.reset();
    if (isCommand) {
        run.loose = 0;
        run.looseDocuments = 0;
        return;
    }
    run.looseFrom = run.loose > 0 ? std::min(run.looseFrom, later.milliseconds) : later.milliseconds;
    run.loose += later.run.loose;
    run.looseDocuments = (DocumentCount::exactly(run.looseDocuments) += later.documents).least;
}

/// Each command is ordered once and ends once.
bool isAnotherOrder(const LogFinding &known, const LogFinding &later)
{
    if ((known.steps & later.steps & LossSteps(Asked | WholeCommand)) != 0)
        return true;
    if (later.steps == Asked)
        return known.isConfirmed() && later.milliseconds > known.endMilliseconds;
    // What is done again and again by a thread that copies is no work that goes on.
    return later.steps == CarriedOut && known.steps.testFlag(CarriedOut) &&
           later.milliseconds - known.milliseconds > CommandGap;
}

} // namespace

bool isPartOf(const LogFinding &whole, const LogFinding &part)
{
    if (part.kind != LossKind::Drop || part.steps != CarriedOut)
        return false;
    if (whole.kind == LossKind::DropDatabase)
        return part.nameSpace.section(QLatin1Char('.'), 0, 0) == whole.nameSpace;
    return whole.kind == LossKind::Rename && whole.dropsTarget && whole.target == part.nameSpace;
}

bool isSameWork(const LogFinding &known, const LogFinding &later)
{
    if (known.place.host != later.place.host || known.context != later.context)
        return false;
    if (isPartOf(known, later))
        return later.milliseconds - known.endMilliseconds <= RunGap &&
               known.milliseconds - later.endMilliseconds <= CommandGap;
    if (known.kind != later.kind || known.nameSpace != later.nameSpace)
        return false;
    if (known.kind == LossKind::Delete)
        return isSameRun(known, later);
    return areNear(known, later, CommandGap) && !isAnotherOrder(known, later);
}

void addWork(LogFinding &known, const LogFinding &later)
{
    if (known.kind == LossKind::Delete)
        addDelete(known, later);
    known.milliseconds = std::min(known.milliseconds, later.milliseconds);
    known.endMilliseconds = std::max(known.endMilliseconds, later.endMilliseconds);
    known.steps |= later.steps;
    for (auto [mine, more] : {std::pair(&known.client, &later.client), std::pair(&known.appName, &later.appName)}) {
        if (mine->isEmpty())
            *mine = *more;
    }
}

bool isSmall(const LogFinding &finding)
{
    return finding.kind == LossKind::Delete && finding.documents.most && *finding.documents.most < LargeDelete;
}

} // namespace tidemark
