#include "jobs/submission_json.h"

#include "restore/point_json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

constexpr std::array stageWords{
    std::pair{AgentsStage::BeforeHandOver, QLatin1String("beforeHandOver")},
    std::pair{AgentsStage::HandedOver, QLatin1String("handedOver")},
    std::pair{AgentsStage::GoalNotRisen, QLatin1String("goalNotRisen")},
    std::pair{AgentsStage::Working, QLatin1String("working")},
    std::pair{AgentsStage::AtUnknownGoal, QLatin1String("atUnknownGoal")},
    std::pair{AgentsStage::InPlace, QLatin1String("inPlace")},
};

std::vector<AutomationProcess> processesOf(const QJsonValue &json)
{
    std::vector<AutomationProcess> processes;
    for (const QJsonValue entry : json.toArray()) {
        AutomationProcess process;
        process.name = entry[QLatin1String("name")].toString();
        process.hostname = entry[QLatin1String("hostname")].toString();
        process.lastGoalVersionAchieved = entry[QLatin1String("achieved")].toInteger();
        processes.push_back(process);
    }
    return processes;
}

AgentsProgress agentsOf(const QJsonObject &json)
{
    AgentsProgress agents;
    const QString word = json[QLatin1String("stage")].toString();
    const auto *const stage =
        std::find_if(stageWords.begin(), stageWords.end(), [&word](const auto &entry) { return entry.second == word; });
    if (stage == stageWords.end())
        return agents;
    agents.stage = stage->first;
    agents.goal = json[QLatin1String("goal")].toInteger();
    agents.processes = processesOf(json[QLatin1String("processes")]);
    agents.ofTarget = json[QLatin1String("ofTarget")].toBool();
    agents.goalIsOurs = json[QLatin1String("goalIsOurs")].toBool();
    agents.looksAtGoal = json[QLatin1String("looksAtGoal")].toInt();
    return agents;
}

AgentsProgress agentsOfVersion1(const QJsonObject &json)
{
    AgentsProgress agents;
    agents.stage = AgentsStage::AtUnknownGoal;
    agents.goal = json[QLatin1String("goal")].toInteger();
    agents.processes = processesOf(json[QLatin1String("processes")]);
    return agents;
}

} // namespace

QJsonObject agentsJson(const AgentsProgress &agents)
{
    QJsonArray processes;
    for (const AutomationProcess &process : agents.processes)
        processes.append(QJsonObject{{QLatin1String("name"), process.name},
                                     {QLatin1String("hostname"), process.hostname},
                                     {QLatin1String("achieved"), process.lastGoalVersionAchieved}});
    const auto *const stage = std::find_if(stageWords.begin(), stageWords.end(),
                                           [&agents](const auto &entry) { return entry.first == agents.stage; });
    return {{QLatin1String("stage"), stage->second},          {QLatin1String("goal"), agents.goal},
            {QLatin1String("processes"), processes},          {QLatin1String("ofTarget"), agents.ofTarget},
            {QLatin1String("goalIsOurs"), agents.goalIsOurs}, {QLatin1String("looksAtGoal"), agents.looksAtGoal}};
}

QJsonObject submissionJson(const RememberedSubmission &submission)
{
    QJsonArray jobs;
    for (const JobId &job : submission.jobs)
        jobs.append(job.value);
    QJsonObject json{{QLatin1String("key"), submission.key},
                     {QLatin1String("order"), submission.order},
                     {QLatin1String("cluster"), submission.cluster.value},
                     {QLatin1String("batch"), submission.batch.value},
                     {QLatin1String("jobs"), jobs},
                     {QLatin1String("ordered"), submission.ordered.toUTC().toString(Qt::ISODate)},
                     {QLatin1String("mode"), modeWord(submission.mode)},
                     {QLatin1String("point"), pointJson(submission.point)},
                     {QLatin1String("pointTime"), momentJson(submission.pointTime)},
                     {QLatin1String("targetProject"), submission.targetProject.value},
                     {QLatin1String("targetProjectName"), submission.targetProjectName},
                     {QLatin1String("targetCluster"), submission.targetCluster.value},
                     {QLatin1String("targetClusterName"), submission.targetClusterName},
                     {QLatin1String("stoppedFollowing"), submission.stoppedFollowing}};
    if (submission.goalBefore)
        json.insert(QLatin1String("goalBefore"), *submission.goalBefore);
    if (!submission.record.isEmpty())
        json.insert(QLatin1String("record"), recordJson(submission.record));
    if (submission.agents.stage != AgentsStage::BeforeHandOver)
        json.insert(QLatin1String("progress"), agentsJson(submission.agents));
    return json;
}

std::optional<RememberedSubmission> submissionOf(const QJsonObject &json)
{
    const auto mode = modeFromWord(json[QLatin1String("mode")].toString());
    RememberedSubmission submission;
    submission.key = json[QLatin1String("key")].toString();
    if (!mode || submission.key.isEmpty())
        return std::nullopt;
    submission.mode = *mode;
    submission.order = json[QLatin1String("order")].toString();
    submission.cluster = ClusterId(json[QLatin1String("cluster")].toString());
    submission.batch = BatchId(json[QLatin1String("batch")].toString());
    for (const QJsonValue job : json[QLatin1String("jobs")].toArray())
        submission.jobs.emplace_back(job.toString());
    submission.ordered = QDateTime::fromString(json[QLatin1String("ordered")].toString(), Qt::ISODate);
    submission.point = pointFromJson(json[QLatin1String("point")]);
    submission.pointTime = momentFromJson(json[QLatin1String("pointTime")]);
    submission.targetProject = ProjectId(json[QLatin1String("targetProject")].toString());
    submission.targetProjectName = json[QLatin1String("targetProjectName")].toString();
    submission.targetCluster = ClusterId(json[QLatin1String("targetCluster")].toString());
    submission.targetClusterName = json[QLatin1String("targetClusterName")].toString();
    submission.stoppedFollowing = json[QLatin1String("stoppedFollowing")].toBool();
    submission.record = recordFromJson(json[QLatin1String("record")].toObject());
    if (const QJsonValue goal = json[QLatin1String("goalBefore")]; goal.isDouble())
        submission.goalBefore = goal.toInteger();
    if (json.contains(QLatin1String("progress")))
        submission.agents = agentsOf(json[QLatin1String("progress")].toObject());
    else if (json.contains(QLatin1String("agents")))
        submission.agents = agentsOfVersion1(json[QLatin1String("agents")].toObject());
    return submission;
}

} // namespace tidemark
