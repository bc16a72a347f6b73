#include "jobs/stages.h"

#include "base/text.h"
#include "jobs/job_texts.h"
#include "jobs/link_stage.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Stages)
};

template<typename Is>
size_t count(const JobGroup &group, Is is)
{
    return size_t(std::count_if(group.jobs.begin(), group.jobs.end(), is));
}

size_t countOf(const JobGroup &group, JobStatus status)
{
    return count(group, [status](const RestoreJob &job) { return job.status == status; });
}

Stage orderedStage(const JobGroup &group)
{
    return {Text::tr("Ordered"),
            StageState::Done,
            group.isOrderedHere() ? group.ordered : group.jobs.front().created,
            {},
            {}};
}

Stage stageOf(const QString &title, StageState state, const QString &detail = {})
{
    return {title, state, {}, detail, {}};
}

/// An end of the server's part other than FINISHED, or a word that nobody knows; nullopt where there is none.
std::optional<RestoreState> serverEnd(const JobGroup &group)
{
    if (countOf(group, JobStatus::Broken) > 0)
        return RestoreState::Failed;
    if (countOf(group, JobStatus::Killed) > 0)
        return RestoreState::Cancelled;
    if (countOf(group, JobStatus::Unknown) > 0)
        return RestoreState::NotKnownYet;
    return std::nullopt;
}

/// How the stage is marked at which the restore came to such an end.
StageState endMark(RestoreState end)
{
    if (end == RestoreState::Failed || end == RestoreState::Interrupted)
        return StageState::Failed;
    return end == RestoreState::NotKnownYet ? StageState::ToCome : StageState::Over;
}

QString endWord(const JobGroup &group, RestoreState end, const QDateTime &now)
{
    if (end != RestoreState::NotKnownYet)
        return groupStatusText(group, now);
    const auto odd = std::find_if(group.jobs.begin(), group.jobs.end(),
                                  [](const RestoreJob &job) { return job.status == JobStatus::Unknown; });
    return statusText(*odd, group.kind);
}

bool isBehind(const AgentsProgress &agents, const AutomationProcess &process)
{
    return process.lastGoalVersionAchieved < agents.goal;
}

/// Whether an agent that is not at the goal goes on without an error.
bool someoneWorks(const AgentsProgress &agents)
{
    return std::any_of(agents.processes.begin(), agents.processes.end(), [&agents](const AutomationProcess &process) {
        return isBehind(agents, process) &&
               std::none_of(agents.errors.begin(), agents.errors.end(),
                            [&process](const AgentError &error) { return error.process == process.name; });
    });
}

/// A server that leaves the error fields out does not say that there is none.
bool errorsAreTold(const AgentsProgress &agents)
{
    return std::any_of(agents.processes.begin(), agents.processes.end(),
                       [](const AutomationProcess &process) { return process.hasError().has_value(); });
}

QString atGoalText(const AgentsProgress &agents)
{
    return Text::tr("%1 of %2 at the goal")
        .arg(QString::number(agents.processesAtGoal()), QString::number(agents.processes.size()));
}

struct AgentsPart
{
    RestoreState state;
    Stage atWork, inPlace;
    QString note;
    NoteKind noteKind = NoteKind::Plain;
};

Stage toComeInPlace(const QString &detail = {})
{
    return stageOf(Text::tr("Data in place"), StageState::ToCome, detail);
}

AgentsPart workingPart(const JobGroup &group)
{
    const AgentsProgress &agents = group.agents;
    const QString counts = QStringLiteral("%1/%2").arg(QString::number(agents.processesAtGoal()),
                                                       QString::number(agents.processes.size()));
    AgentsPart part{RestoreState::AgentsAtWork,
                    stageOf(Text::tr("Agents at work"), StageState::Now, atGoalText(agents)),
                    toComeInPlace(Text::tr("when all %1 are at the goal").arg(agents.processes.size())), counts};
    if (!agents.processes.empty())
        part.atWork.fraction = double(agents.processesAtGoal()) / double(agents.processes.size());
    if (!agents.errors.empty()) {
        part.note = Text::tr("%1, errors: %2").arg(counts, QString::number(agents.errors.size()));
        part.noteKind = NoteKind::Error;
        if (!someoneWorks(agents)) {
            part.state = RestoreState::AgentError;
            part.atWork.state = StageState::Failed;
            part.atWork.fraction.reset();
        }
    } else if (!errorsAreTold(agents)) {
        part.atWork.detail += QStringLiteral("; ") + Text::tr("errors not told");
    }
    return part;
}

/// Of agents of which nothing, or nothing of this restore, was read.
AgentsPart silentPart(const QString &detail)
{
    return {
        RestoreState::HandedOver, stageOf(Text::tr("Agents at work"), StageState::Now, detail), toComeInPlace(), {}};
}

AgentsPart lastWordPart(const JobGroup &group)
{
    const Stage atGoal = stageOf(Text::tr("Agents at work"), StageState::Done, atGoalText(group.agents));
    if (group.agents.stage == AgentsStage::InPlace)
        return {RestoreState::InPlace, atGoal, stageOf(Text::tr("Data in place"), StageState::Done), {}};
    // They are at a goal, and nobody can say of what.
    AgentsPart part{
        RestoreState::AtUnknownGoal, atGoal, toComeInPlace(Text::tr("not known: whose goal it is cannot be told")), {}};
    part.atWork.state = StageState::Over;
    return part;
}

AgentsPart agentsPart(const JobGroup &group, const QDateTime &now)
{
    if (group.agents.isLastWord())
        return lastWordPart(group);
    AgentsPart part = group.agents.stage == AgentsStage::Working ? workingPart(group)
                      : group.agents.stage == AgentsStage::GoalNotRisen
                          ? silentPart(Text::tr("their goal has not risen yet"))
                          : silentPart(Text::tr("nothing is told of them yet"));
    if (needsAgents(group, now))
        return part;
    // What was seen last is no progress any more.
    QStringList words;
    if (group.agents.stage == AgentsStage::Working)
        words << part.atWork.detail;
    words << (group.targetProject.isEmpty() ? Text::tr("which agents is not told") : Text::tr("no longer followed"));
    part = silentPart(words.join(QStringLiteral("; ")));
    part.atWork.state = StageState::Over;
    return part;
}

QString agentsWord(RestoreState state)
{
    switch (state) {
    case RestoreState::AgentsAtWork:
        return Text::tr("Agents at work");
    case RestoreState::AgentError:
        return Text::tr("Agent error");
    case RestoreState::InPlace:
        return Text::tr("Data in place");
    case RestoreState::AtUnknownGoal:
        return Text::tr("Not known");
    default:
        return Text::tr("Handed over");
    }
}

StageLine clusterLine(const JobGroup &group, const QDateTime &now)
{
    const size_t all = group.jobs.size();
    const size_t finished = countOf(group, JobStatus::Finished);
    const QString handed = Text::tr("%1 of %2 handed over").arg(QString::number(finished), QString::number(all));
    StageLine line;
    line.stages = {orderedStage(group)};
    const QString accepted = Text::tr("Accepted");
    const Stage waiting = stageOf(Text::tr("Agents at work"), StageState::ToCome);
    if (const auto end = serverEnd(group)) {
        line.state = *end;
        line.word = endWord(group, *end, now);
        line.stages.insert(line.stages.end(), {stageOf(accepted, endMark(*end), line.word), waiting, toComeInPlace()});
        return line;
    }
    if (finished < all && group.agents.stage == AgentsStage::BeforeHandOver) {
        line.state = finished == 0 ? RestoreState::Ordered : RestoreState::Preparing;
        line.word = finished == 0 ? Text::tr("Ordered") : handed;
        Stage stage = stageOf(accepted, StageState::Now, finished == 0 ? QString() : handed);
        if (finished > 0)
            stage.fraction = double(finished) / double(all);
        line.stages.insert(line.stages.end(), {stage, waiting, toComeInPlace()});
        return line;
    }
    const AgentsPart part = agentsPart(group, now);
    line.state = part.state;
    line.word = agentsWord(part.state);
    line.note = part.note;
    line.noteKind = part.noteKind;
    line.stages.insert(line.stages.end(), {stageOf(accepted, StageState::Done, handed), part.atWork, part.inPlace});
    return line;
}

StageLine untoldLine(const JobGroup &group, const QDateTime &now)
{
    const bool isDone = countOf(group, JobStatus::Finished) == group.jobs.size();
    const auto end = serverEnd(group);
    StageLine line;
    line.state = end ? *end : isDone ? RestoreState::ServerPartDone : RestoreState::Preparing;
    line.word = end ? endWord(group, *end, now) : groupStatusText(group, now);
    // What it was for is not told, so nothing is confirmed by its end.
    const StageState mark = end ? endMark(*end) : isDone ? StageState::Over : StageState::Now;
    line.stages = {orderedStage(group), stageOf(Text::tr("Server's part"), mark, line.word)};
    return line;
}

} // namespace

StageLine stages(const JobGroup &group, const QDateTime &now)
{
    if (group.kind.is == JobKind::Is::ToCluster)
        return clusterLine(group, now);
    if (group.kind.is != JobKind::Is::Download)
        return untoldLine(group, now);
    StageLine line = linkLine(group, now);
    line.stages.insert(line.stages.begin(), orderedStage(group));
    return line;
}

StageLine jobState(const JobGroup &group, const RestoreJob &job, const QDateTime &now)
{
    JobGroup alone = group;
    alone.jobs = {job};
    if (group.kind.is == JobKind::Is::ToCluster && job.status == JobStatus::Finished)
        return {RestoreState::HandedOver, Text::tr("Handed over"), {}, NoteKind::Plain, {}};
    alone.agents = {};
    StageLine line = stages(alone, now);
    line.stages.clear();
    return line;
}

StageLine stagesOfUnknownOrder(bool isToCluster, const QString &looking)
{
    StageLine line{RestoreState::NotKnownYet, Text::tr("Not known yet"), {}, NoteKind::Plain, {}};
    line.stages = {stageOf(Text::tr("Ordered"), StageState::ToCome, looking),
                   stageOf(Text::tr("Accepted"), StageState::ToCome)};
    if (isToCluster)
        line.stages.push_back(stageOf(Text::tr("Agents at work"), StageState::ToCome));
    line.stages.push_back(isToCluster ? toComeInPlace() : stageOf(Text::tr("Ready"), StageState::ToCome));
    return line;
}

} // namespace tidemark
