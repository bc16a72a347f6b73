#include "ui/wizard/loss_empty.h"

#include "logs/log_finding.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::LogFinderDialog)
};

QString whatIsListed()
{
    return Text::tr("What lost data is listed here: drops, renames and large deletes, with who did it.");
}

} // namespace

EmptyTexts emptyLossTexts(LogPhase phase, const LogFindings &findings)
{
    const bool isStopped = phase == LogPhase::Stopped;
    if (phase == LogPhase::Before)
        return {Text::tr("No log has been read"), whatIsListed(), {}, {}};
    if (phase == LogPhase::Running)
        return {Text::tr("Nothing found yet"), whatIsListed(), {}, {}};
    if (findings.files == 0)
        return {
            Text::tr("No log was read"),
            isStopped
                ? Text::tr("The search was stopped before. Collect the logs again, or drop them here again.")
                : Text::tr("Nothing that came is a log of mongod or mongos that can be read. Drop the log file itself "
                           "here, often /var/log/mongodb/mongod.log, a .gz or .tar.gz of it, or the folder that it "
                           "is in. Whether anything was lost is not known."),
            {},
            {}};
    if (isStopped)
        return {Text::tr("Nothing found by then"),
                Text::tr("The search was stopped: what was not read may tell of a drop, a rename or a large delete."),
                {},
                {}};
    return {
        Text::tr("Nothing found"),
        Text::tr("What was read tells of no drop, rename or large delete. Another time or another member's log may. "
                 "A delete is in the log only if it was slow."),
        {},
        {}};
}

} // namespace tidemark
