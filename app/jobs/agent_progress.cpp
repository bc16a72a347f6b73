#include "jobs/agent_progress.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int looksThatSettle = 2; ///< one may be a server's answer from before the hand-over

/// A process without a name is found by nothing: it could be any.
const AutomationProcess *find(const std::vector<AutomationProcess> &processes, const QString &name)
{
    const auto found = std::find_if(processes.begin(), processes.end(),
                                    [&name](const AutomationProcess &process) { return process.name == name; });
    return found == processes.end() || name.isEmpty() ? nullptr : &*found;
}

QStringList namesOf(const std::vector<AutomationProcess> &processes)
{
    QStringList names;
    for (const AutomationProcess &process : processes)
        names.append(process.name);
    return names;
}

/// The target's processes, where every one of them is in the status; else nothing.
std::optional<std::vector<AutomationProcess>> ofTarget(const AutomationStatus &status, const QStringList &names)
{
    std::vector<AutomationProcess> found;
    for (const QString &name : names) {
        const AutomationProcess *process = find(status.processes, name);
        if (process == nullptr)
            return std::nullopt;
        found.push_back(*process);
    }
    return found.empty() ? std::nullopt : std::optional(found);
}

/// Takes over the processes that count, none of them behind where it was seen before.
void count(AgentsProgress &progress, const AgentsLook &look)
{
    const QStringList names =
        look.targetProcesses.value_or(progress.ofTarget ? namesOf(progress.processes) : QStringList());
    const auto targets = ofTarget(*look.status, names);
    std::vector<AutomationProcess> counted = targets.value_or(look.status->processes);
    for (AutomationProcess &process : counted) {
        process.plan.clear();
        if (const AutomationProcess *before = find(progress.processes, process.name))
            process.lastGoalVersionAchieved =
                std::max(process.lastGoalVersionAchieved, before->lastGoalVersionAchieved);
    }
    progress.ofTarget = targets.has_value();
    progress.processes = std::move(counted);
    progress.errors = look.errors;
    if (targets)
        std::erase_if(progress.errors, [&progress](const AgentError &error) {
            return find(progress.processes, error.process) == nullptr;
        });
}

} // namespace

int AgentsProgress::processesAtGoal() const
{
    return static_cast<int>(std::count_if(processes.begin(), processes.end(), [this](const AutomationProcess &process) {
        return process.lastGoalVersionAchieved >= goal;
    }));
}

AgentsProgress judgeAgents(AgentsProgress progress, const AgentsLook &look)
{
    if (progress.isLastWord() || (progress.stage == AgentsStage::BeforeHandOver && !look.handedOver))
        return progress;
    progress.stage = std::max(progress.stage, AgentsStage::HandedOver);
    progress.goalIsOurs = progress.goalIsOurs || look.configurationNamesJob;
    if (!look.status || look.status->processes.empty() || look.status->goalVersion <= 0 ||
        look.status->goalVersion < progress.goal)
        return progress;
    progress.goal = look.status->goalVersion;
    count(progress, look);
    if (look.goalBefore && progress.goal <= *look.goalBefore) {
        progress.stage = AgentsStage::GoalNotRisen;
        return progress;
    }
    const bool allThere = progress.processesAtGoal() == static_cast<int>(progress.processes.size());
    progress.looksAtGoal = allThere && progress.errors.empty() ? progress.looksAtGoal + 1 : 0;
    progress.stage = AgentsStage::Working;
    if (progress.looksAtGoal >= looksThatSettle)
        progress.stage = look.goalBefore ? AgentsStage::InPlace : AgentsStage::AtUnknownGoal;
    return progress;
}

} // namespace tidemark
