#pragma once

#include "cloud/values.h"

#include <optional>
#include <vector>

namespace tidemark {

/// How far the agents are with one restore, as far as that can be known. A restore's job ends when it is handed over to
/// the agents of the target's project; what they do with it is told by the project's automation status alone, which
/// knows nothing of restores: a goal version, and for each process the last version that it reached. So three things
/// have to come together: the hand-over was seen, the goal rose since the order, and every process reached it.
/// (API documentation: automationStatus; "Done" is lastGoalVersionAchieved >= goalVersion, never an empty plan.)
enum class AgentsStage {
    BeforeHandOver,
    HandedOver,    ///< nothing was read of the agents yet
    GoalNotRisen,  ///< their goal is still the one from before the order: they have not been told
    Working,       ///< a process is behind the goal, reports an error, or all were seen at it only once
    AtUnknownGoal, ///< last word where the goal before the order is not known: whose goal it is cannot be told
    InPlace        ///< last word: every process is at or past a goal that rose since the order, seen twice
};

/// An agent's error in its own words. It holds a restore back and is no end of it: agents try again.
struct AgentError
{
    QString process;
    QString hostname;
    QString words;

    bool operator==(const AgentError &) const = default;
};

struct AgentsProgress
{
    AgentsStage stage = AgentsStage::BeforeHandOver;
    qint64 goal = 0; ///< goal version; 0 when none was read
    /// The processes that are counted, each with the highest version that it was seen at; without their plans.
    std::vector<AutomationProcess> processes;
    /// They are the target cluster's. False: those of its whole project, since the cluster's could not be told.
    bool ofTarget = false;
    /// The automation configuration named a job of this restore (backupRestoreJobId), so the goal is this restore's.
    /// False where that is not shown: any other change of the project raises the goal too.
    bool goalIsOurs = false;
    int looksAtGoal = 0; ///< in a row, without an error
    std::vector<AgentError> errors;

    /// Nothing more is to be learnt; what the agents do from now on is about other things.
    bool isLastWord() const { return stage >= AgentsStage::AtUnknownGoal; }
    int processesAtGoal() const;
    bool operator==(const AgentsProgress &) const = default;
};

/// What was seen at one look.
struct AgentsLook
{
    bool handedOver = false;                    ///< every job of the restore is FINISHED
    std::optional<qint64> goalBefore;           ///< goal version read before the order was sent; nullopt: not known
    std::optional<AutomationStatus> status;     ///< nullopt: only the job was looked at
    std::vector<AgentError> errors;             ///< of all processes in the status
    std::optional<QStringList> targetProcesses; ///< names of the target's processes; nullopt: cannot be told
    bool configurationNamesJob = false;
};

/// The progress after one more look. It never goes back: a look that is older than what is known changes nothing, and
/// neither does any after the last word.
AgentsProgress judgeAgents(AgentsProgress progress, const AgentsLook &look);

} // namespace tidemark
