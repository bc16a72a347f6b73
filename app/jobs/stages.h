#pragma once

#include "jobs/job_group.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

/// Where one stage of a restore stands.
enum class StageState {
    Done,   ///< confirmed
    Now,    ///< where the restore stands
    ToCome, ///< not reached, or not known whether it is
    Failed, ///< an error stopped it or holds it back
    Over    ///< an end that is no success and no error: cancelled, expired, used up, or nobody can tell more
};

struct Stage
{
    QString title;
    StageState state = StageState::ToCome;
    QDateTime at;                   ///< when it was reached, UTC; invalid where that is not told
    QString detail;                 ///< one sentence or empty
    std::optional<double> fraction; ///< of a counted stage that is under way, 0 to 1

    bool operator==(const Stage &) const = default;
};

/// The one word for a restore or a job, by which its look is chosen. None is FINISHED: that is HandedOver,
/// ServerPartDone or Ready, by what it was for.
enum class RestoreState {
    NotKnownYet, ///< an order whose end is not known, or a word that this program does not have
    Ordered,
    Preparing, ///< the server works on it
    HandedOver,
    AgentsAtWork,
    AgentError,
    AtUnknownGoal, ///< the agents' last word, and it cannot be told whose goal it is
    InPlace,
    Ready,
    PartlyReady, ///< some links are, and no more will be
    Expired,
    UsedUp,
    ServerPartDone, ///< what for is not told
    Cancelled,
    Interrupted,
    Failed
};

/// What a note tells of.
enum class NoteKind {
    Plain,
    Error,   ///< of an agent's error
    Link,    ///< how long the link is good, or until when it was
    LinkSoon ///< the same, below half an hour
};

struct StageLine
{
    RestoreState state = RestoreState::NotKnownYet;
    QString word; ///< of the state, for a chip: "Agents at work", "2 of 3 ready"
    QString note; ///< beside the stages: "22 of 25, errors: 1", "link 3 h 39 min"; may be empty
    NoteKind noteKind = NoteKind::Plain;
    std::vector<Stage> stages; ///< never empty

    bool operator==(const StageLine &) const = default;
};

/// How far a restore is. To a cluster: Ordered, Accepted, Agents at work, Data in place. A download: Ordered, Accepted,
/// and Ready, or what became of the link. What is not known to be either ends with the server's part. `now` is the
/// server's clock.
StageLine stages(const JobGroup &group, const QDateTime &now);

/// The state and word of one job of the group. The agents are not told by job, so a job that goes to a cluster ends
/// with HandedOver. No stages.
StageLine jobState(const JobGroup &group, const RestoreJob &job, const QDateTime &now);

/// Of an order of which it is not known whether the server has it: nothing is reached. `looking`: what is being done to
/// find out.
StageLine stagesOfUnknownOrder(bool isToCluster, const QString &looking);

} // namespace tidemark
