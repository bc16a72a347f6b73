#include "plans/restore_plan.h"

#include "base/honest_text.h"
#include "base/text.h"
#include "plans/plan_limits.h"
#include "restore/rules.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::RestorePlan)
};

Error refusal(const QString &sentence, const QString &hint = {})
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    error.hint = hint;
    return error;
}

PlannedCluster plannedCluster(const Project &project, const Cluster &cluster)
{
    PlannedCluster planned;
    planned.project = {project.id, project.name, {}, {}};
    planned.id = cluster.id;
    planned.name = confirmationName(cluster);
    planned.shards = static_cast<int>(std::ranges::count_if(
        cluster.shards, [](const Cluster &shard) { return shard.type != ClusterType::ConfigServers; }));
    planned.versions = cluster.versions;
    planned.featureCompatibilityVersion = cluster.featureCompatibilityVersion;
    return planned;
}

} // namespace

QString planServer(const Connection &connection)
{
    return connection.baseUrl.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded);
}

Result<RestorePlan> planOf(const RestoreDraft &draft, const RestoreFacts &facts, const Connection &connection,
                           const QDateTime &now, const QString &note)
{
    RestoreDraft confirmed = draft;
    if (draft.targetCluster)
        confirmed.typedTargetName = confirmationName(*draft.targetCluster); // a plan orders nothing
    const auto request = buildRequest(confirmed, facts, now);
    if (!request)
        return failure(refusal(Text::tr("This restore cannot be planned yet. %1")
                                   .arg(request.error().empty() ? QString() : request.error().front().sentence)));
    RestorePlan plan;
    plan.service = connection.service;
    plan.server = planServer(connection);
    plan.author = connection.userName;
    plan.written = QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch(), Qt::UTC);
    plan.note = note.trimmed();
    plan.mode = *draft.mode;
    plan.point = request->point();
    if (request->pointTime().seconds > 0)
        plan.pointTime = request->pointTime().time();
    plan.source = plannedCluster(draft.project, *draft.cluster);
    if (isAutomated(plan.mode))
        plan.target = plannedCluster(draft.targetProject, *draft.targetCluster);
    if (const auto *link = std::get_if<DownloadDelivery>(&request->delivery()))
        plan.link = *link;
    for (const Finding &finding : check(confirmed, facts, now)) {
        if (finding.severity == Severity::Warning)
            plan.warnings.append(asLine(finding.sentence, plans::LongestText));
    }
    if (const QString objection = plans::objectionTo(plan); !objection.isEmpty())
        return failure(refusal(Text::tr("This restore cannot be written as a plan. %1").arg(objection)));
    return plan;
}

bool isSameRestore(const RestorePlan &one, const RestorePlan &other)
{
    const auto place = [](const PlannedCluster &cluster) { return std::pair(cluster.project.id, cluster.id); };
    const auto target = [&place](const RestorePlan &plan) {
        return plan.target ? place(*plan.target) : std::pair<ProjectId, ClusterId>();
    };
    return one.service == other.service && one.server == other.server && one.mode == other.mode &&
           one.point == other.point && place(one.source) == place(other.source) && target(one) == target(other) &&
           one.link == other.link;
}

RestoreDraft draftOf(const RestorePlan &plan)
{
    const auto clusterOf = [](const PlannedCluster &planned) {
        Cluster cluster;
        cluster.id = planned.id;
        cluster.project = planned.project.id;
        cluster.name = planned.name;
        cluster.type = planned.shards > 0 ? ClusterType::ShardedCluster : ClusterType::ReplicaSet;
        return cluster;
    };
    RestoreDraft draft;
    draft.project = plan.source.project;
    draft.cluster = clusterOf(plan.source);
    draft.mode = plan.mode;
    if (const auto *snapshot = std::get_if<SnapshotPoint>(&plan.point))
        draft.snapshot = snapshot->snapshot;
    else if (const auto *checkpoint = std::get_if<CheckpointPoint>(&plan.point))
        draft.checkpoint = checkpoint->checkpoint;
    else if (const auto *oplog = std::get_if<OplogPoint>(&plan.point)) {
        draft.oplogSeconds = QString::number(oplog->timestamp.seconds);
        draft.oplogIncrement = QString::number(oplog->timestamp.increment);
    } else if (const auto *time = std::get_if<TimePoint>(&plan.point))
        draft.pointInTime = utcText(QDateTime::fromMSecsSinceEpoch(time->utcMilliseconds, Qt::UTC));
    if (plan.target) {
        draft.targetProject = plan.target->project;
        draft.targetCluster = clusterOf(*plan.target);
    }
    if (plan.link) {
        if (const int *hours = std::get_if<int>(&plan.link->life)) {
            draft.expirationHours = QString::number(*hours);
        } else {
            draft.linkLife = RestoreDraft::LinkLife::Until;
            draft.expiresAt = bareUtcText(std::get<QDateTime>(plan.link->life));
        }
        draft.unlimitedDownloads = plan.link->maxDownloads == UnlimitedDownloads;
        if (!draft.unlimitedDownloads)
            draft.maxDownloads = QString::number(plan.link->maxDownloads);
    }
    return draft;
}

} // namespace tidemark
