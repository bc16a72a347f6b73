#include "base/text.h"
#include "restore/rules_parts.h"

namespace tidemark {

QString clockWarning(const std::optional<std::chrono::milliseconds> &serverAhead)
{
    using namespace std::chrono;
    if (!serverAhead || abs(*serverAhead) <= NoticeableClockDifference)
        return {};
    const QString span = durationText(round<seconds>(abs(*serverAhead)));
    return serverAhead->count() > 0
               ? rules::Text::tr("The server's clock is %1 ahead of this computer's. Moments are the server's: add as "
                                 "much to a time that was read off this computer.")
                     .arg(span)
               : rules::Text::tr("The server's clock is %1 behind this computer's. Moments are the server's: take as "
                                 "much off a time that was read off this computer.")
                     .arg(span);
}

namespace rules {

namespace {

/// Beside what the moment is chosen with.
Field momentField(RestoreMode mode)
{
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        break;
    case RestoreMode::OplogTimestamp:
        return Field::OplogSeconds;
    case RestoreMode::PointInTime:
        return Field::PointInTime;
    case RestoreMode::Checkpoint:
        return Field::Checkpoint;
    }
    return Field::Snapshot;
}

} // namespace

void checkClock(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    const QString warning = draft.mode ? clockWarning(facts.serverAhead) : QString();
    if (!warning.isEmpty())
        warn(findings, momentField(*draft.mode), warning);
}

} // namespace rules

} // namespace tidemark
