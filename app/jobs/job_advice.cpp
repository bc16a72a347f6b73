#include "jobs/job_advice.h"

#include "base/text.h"
#include "jobs/stages.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobAdvice)
};

// From here on it is worth a look at the hosts; neither is an error.
constexpr auto SilentFor = std::chrono::minutes(30); ///< agents that were not seen to begin
constexpr auto SlowFor = std::chrono::hours(6);      ///< agents at work
constexpr auto FreshFor = std::chrono::hours(24);    ///< in which what is to be done afterwards is told

bool isOlderThan(const JobGroup &group, std::chrono::seconds span, const QDateTime &now)
{
    const QDateTime began = group.isOrderedHere() ? group.ordered : group.jobs.front().created;
    return began.isValid() && began.secsTo(now) > span.count();
}

JobAdvice serverFailed(const JobGroup &group, const std::optional<UndoTo> &undo)
{
    const bool isBroken = std::any_of(group.jobs.begin(), group.jobs.end(),
                                      [](const RestoreJob &job) { return job.status == JobStatus::Broken; });
    JobAdvice advice{JobAdvice::Kind::Lost,
                     isBroken ? Text::tr("The server gave this job up.")
                              : Text::tr("The server could not make the archive."),
                     {},
                     {JobStep::Repeat, JobStep::SaveReport}};
    if (group.isAutomatedRestore() && undo) {
        advice.sentence = Text::tr("Nothing more comes of it. Look at the target before you use it, and at the reason "
                                   "in Cloud Manager; then repeat it as a new restore, or undo it: that brings back "
                                   "what was there at %1.")
                              .arg(utcText(undo->moment));
        advice.steps.insert(advice.steps.begin() + 1, JobStep::Undo);
    } else if (group.isAutomatedRestore()) {
        advice.sentence = Text::tr("Nothing more comes of it. Look at the target before you use it, and at the reason "
                                   "in Cloud Manager; then repeat it as a new restore.");
    } else {
        advice.sentence = Text::tr("Nothing more comes of it. Look at the reason in Cloud Manager, then repeat it as a "
                                   "new restore.");
    }
    return advice;
}

JobAdvice agentFailed(bool othersWork)
{
    return {
        othersWork ? JobAdvice::Kind::Soon : JobAdvice::Kind::Lost,
        othersWork ? Text::tr("An agent reports an error while others work.") : Text::tr("The agents cannot go on."),
        Text::tr("Put right on the host what is reported: the agent tries again by itself. Do not order again, this "
                 "restore is still under way."),
        {JobStep::SaveReport}};
}

std::optional<JobAdvice> lateAgents(const JobGroup &group, RestoreState state, const QDateTime &now)
{
    if (!needsAgents(group, now))
        return std::nullopt;
    if (state == RestoreState::HandedOver && isOlderThan(group, SilentFor, now))
        return JobAdvice{JobAdvice::Kind::Soon,
                         Text::tr("The agents have not begun."),
                         Text::tr("Look on the target's hosts whether the automation agent runs and reaches Cloud "
                                  "Manager. Do not order again: this restore begins as soon as it does."),
                         {}};
    if (state == RestoreState::AgentsAtWork && isOlderThan(group, SlowFor, now))
        return JobAdvice{
            JobAdvice::Kind::Soon,
            Text::tr("The agents take long."),
            Text::tr("Much data takes hours. Look in the agents' logs on the hosts that are not at the goal "
                     "whether they still go on."),
            {}};
    return std::nullopt;
}

/// Until it has been judged, which is not done within a day everywhere.
JobAdvice undoable(const UndoTo &undo)
{
    const QString moment = utcText(undo.moment);
    return {JobAdvice::Kind::Good,
            Text::tr("The data are in place."),
            undo.until.isValid()
                ? Text::tr("Judge the data before you let clients back in. Undo this restore brings back what was "
                           "there at %1, as long as that snapshot is kept: until %2. See that the target's backup "
                           "runs: no moment between this restore and its next snapshot can be restored.")
                      .arg(moment, utcText(undo.until))
                : Text::tr("Judge the data before you let clients back in. Undo this restore brings back what was "
                           "there at %1; that snapshot is kept without an end. See that the target's backup runs: no "
                           "moment between this restore and its next snapshot can be restored.")
                      .arg(moment),
            {JobStep::Undo, JobStep::SaveReport}};
}

/// "Restorable Time Ranges" of the documentation: none lies between a finished restore and the next snapshot.
std::optional<JobAdvice> afterCare(const JobGroup &group, const QDateTime &now)
{
    if (isOlderThan(group, FreshFor, now))
        return std::nullopt;
    return JobAdvice{JobAdvice::Kind::Good,
                     Text::tr("The data are in place."),
                     Text::tr("Look at the data, then let clients back in. Until the target's next snapshot no moment "
                              "after this restore can be restored: see that its backup runs, and take a snapshot "
                              "where the server can."),
                     {JobStep::SaveReport}};
}

} // namespace

std::optional<JobAdvice> adviceFor(const JobGroup &group, const QDateTime &now, const std::optional<UndoTo> &undo)
{
    using Kind = JobAdvice::Kind;
    const StageLine line = stages(group, now);
    switch (line.state) {
    case RestoreState::Failed:
        return serverFailed(group, undo);
    case RestoreState::Cancelled:
        return JobAdvice{Kind::Note,
                         Text::tr("This job was cancelled."),
                         Text::tr("Somebody stopped it. If it is still wanted, repeat it as a new restore."),
                         {JobStep::Repeat}};
    case RestoreState::Interrupted:
        return JobAdvice{Kind::Lost,
                         Text::tr("The server was interrupted while it made the archive."),
                         Text::tr("Nothing more comes of it. Repeat it as a new restore: the same data are made ready "
                                  "anew."),
                         {JobStep::Repeat}};
    case RestoreState::Expired:
        return JobAdvice{Kind::Note,
                         Text::tr("The link has expired."),
                         Text::tr("Repeat it as a new restore to get a new link, as long as the snapshot is kept."),
                         {JobStep::Repeat}};
    case RestoreState::UsedUp:
        return JobAdvice{Kind::Note,
                         Text::tr("The link was used as often as it may be."),
                         Text::tr("Repeat it as a new restore to get a new link, and allow more downloads there."),
                         {JobStep::Repeat}};
    case RestoreState::Ready:
        return JobAdvice{line.noteKind == NoteKind::LinkSoon ? Kind::Soon : Kind::Good,
                         line.noteKind == NoteKind::LinkSoon ? Text::tr("The link ends soon.")
                                                             : Text::tr("The data are ready to be fetched."),
                         Text::tr("Download fetches them here and checks them against the published hash."),
                         {JobStep::Download}};
    case RestoreState::PartlyReady:
        return JobAdvice{Kind::Soon,
                         Text::tr("Not all archives can be fetched."),
                         Text::tr("A sharded cluster needs all of them. Download what is there, or repeat it as a new "
                                  "restore."),
                         {JobStep::Download, JobStep::Repeat}};
    case RestoreState::AgentError:
        return agentFailed(false);
    case RestoreState::AgentsAtWork:
        if (line.noteKind == NoteKind::Error)
            return agentFailed(true);
        return lateAgents(group, line.state, now);
    case RestoreState::HandedOver:
        return lateAgents(group, line.state, now);
    case RestoreState::InPlace:
        return undo ? undoable(*undo) : afterCare(group, now);
    case RestoreState::AtUnknownGoal:
        return JobAdvice{Kind::Soon,
                         Text::tr("Whether the data are in place cannot be told."),
                         Text::tr("The agents are at a goal, but whose it is is not known. Look at the target's data "
                                  "before you use it."),
                         {JobStep::SaveReport}};
    case RestoreState::NotKnownYet:
        return JobAdvice{Kind::Soon,
                         Text::tr("The server says something that this program does not know."),
                         Text::tr("Show JSON has its own words."),
                         {JobStep::ShowJson}};
    case RestoreState::Ordered:
    case RestoreState::Preparing:
    case RestoreState::ServerPartDone:
        break;
    }
    return std::nullopt;
}

} // namespace tidemark
