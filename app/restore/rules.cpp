#include "restore/rules.h"

#include "restore/rules_parts.h"

#include <algorithm>

namespace tidemark {

using rules::Text;

namespace rules {

const Snapshot *chosenSnapshot(const RestoreDraft &draft, const RestoreFacts &facts)
{
    if (!facts.snapshots || draft.snapshot.isEmpty())
        return nullptr;
    const auto found = std::find_if(facts.snapshots->begin(), facts.snapshots->end(),
                                    [&](const Snapshot &snapshot) { return snapshot.id == draft.snapshot; });
    return found == facts.snapshots->end() ? nullptr : &*found;
}

const Checkpoint *chosenCheckpoint(const RestoreDraft &draft, const RestoreFacts &facts)
{
    if (!facts.checkpoints || draft.checkpoint.isEmpty())
        return nullptr;
    const auto found = std::find_if(facts.checkpoints->begin(), facts.checkpoints->end(),
                                    [&](const Checkpoint &checkpoint) { return checkpoint.id == draft.checkpoint; });
    return found == facts.checkpoints->end() ? nullptr : &*found;
}

const Snapshot *firstSnapshot(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    if (*draft.mode == RestoreMode::AutomatedSnapshot)
        return chosenSnapshot(draft, facts);
    if (!facts.snapshots)
        return nullptr;
    qint64 moment = now.toSecsSinceEpoch();
    if (*draft.mode == RestoreMode::Checkpoint) {
        if (const Checkpoint *checkpoint = chosenCheckpoint(draft, facts))
            moment = checkpoint->timestamp.toSecsSinceEpoch();
    } else if (*draft.mode == RestoreMode::OplogTimestamp)
        moment = typedNumber(draft.oplogSeconds).value_or(moment);
    else if (const MomentAnswer answer = readPoint(draft, now); std::holds_alternative<Moment>(answer))
        moment = std::get<Moment>(answer).seconds();
    const Snapshot *newest = nullptr;
    for (const Snapshot &snapshot : *facts.snapshots) {
        if (snapshot.complete && snapshot.created.seconds <= moment &&
            (!newest || newest->created.seconds < snapshot.created.seconds))
            newest = &snapshot;
    }
    return newest;
}

bool isPartOfCluster(const Cluster &cluster)
{
    return cluster.type == ClusterType::ConfigServers || !cluster.shardName.isEmpty();
}

void checkSource(const RestoreDraft &draft, Findings &findings)
{
    if (draft.project.id.isEmpty())
        block(findings, Field::Project, Text::tr("Choose the project of the cluster to restore from."));
    if (!draft.cluster || draft.cluster->id.isEmpty()) {
        block(findings, Field::Cluster, Text::tr("Choose the cluster to restore from."));
        return;
    }
    const Cluster &cluster = *draft.cluster;
    if (!cluster.project.isEmpty() && cluster.project != draft.project.id)
        block(findings, Field::Cluster, Text::tr("This cluster belongs to another project. Choose it again."));
    if (isPartOfCluster(cluster))
        block(findings, Field::Cluster,
              Text::tr("This is one shard of a sharded cluster. Backups are of the whole cluster: choose that."));
    if (cluster.type == ClusterType::Standalone)
        block(findings, Field::Cluster,
              Text::tr("This is a standalone. Only replica sets and sharded clusters are backed up."));
    if (cluster.backupRunning && !*cluster.backupRunning) {
        warn(findings, Field::Cluster,
             cluster.backupState.isEmpty()
                 ? Text::tr("Backup is not running for this cluster. Only what was saved earlier can be restored.")
                 : Text::tr("Backup is not running for this cluster (its state is %1). Only what was saved earlier can "
                            "be restored.")
                       .arg(cluster.backupState));
    }
}

void checkReview(const RestoreDraft &draft, Findings &findings)
{
    if (!draft.mode || !isAutomated(*draft.mode) || !draft.targetCluster)
        return;
    const QString name = confirmationName(*draft.targetCluster);
    if (draft.typedTargetName == name)
        return;
    block(findings, Field::Confirmation,
          draft.typedTargetName.isEmpty()
              ? Text::tr("Type “%1” to confirm that this cluster will be erased.").arg(name)
              : Text::tr("This is not the target cluster's name. Type “%1”, with the same capitals.").arg(name));
}

} // namespace rules

QString confirmationName(const Cluster &cluster)
{
    if (!cluster.name.isEmpty())
        return cluster.name;
    return cluster.replicaSetName.isEmpty() ? cluster.id.value : cluster.replicaSetName;
}

std::vector<Finding> check(Step step, const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    rules::Findings findings;
    switch (step) {
    case Step::Source:
        rules::checkSource(draft, findings);
        break;
    case Step::Mode:
        rules::checkMode(draft, facts, findings);
        break;
    case Step::Point:
        rules::checkPoint(draft, facts, now, findings);
        rules::checkClock(draft, facts, findings);
        break;
    case Step::Target:
        rules::checkTarget(draft, facts, findings);
        rules::checkSetUp(draft, facts, now, findings);
        break;
    case Step::Review:
        rules::checkReview(draft, findings);
        break;
    }
    return findings;
}

std::vector<Finding> check(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    std::vector<Finding> all;
    for (const Step step : {Step::Source, Step::Mode, Step::Point, Step::Target, Step::Review}) {
        const std::vector<Finding> found = check(step, draft, facts, now);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

bool isComplete(const std::vector<Finding> &findings)
{
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding &finding) { return finding.severity == Severity::Blocking; });
}

namespace {

RestorePoint pointOf(const RestoreDraft &draft, const QDateTime &now)
{
    switch (*draft.mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        break;
    case RestoreMode::OplogTimestamp:
        return OplogPoint{{rules::typedNumber(draft.oplogSeconds).value_or(0),
                           static_cast<quint32>(rules::typedNumber(draft.oplogIncrement).value_or(0))}};
    case RestoreMode::PointInTime:
        return TimePoint{std::get<Moment>(readPoint(draft, now)).milliseconds}; // check() found nothing against it
    case RestoreMode::Checkpoint:
        return CheckpointPoint{draft.checkpoint};
    }
    return SnapshotPoint{draft.snapshot};
}

DownloadDelivery downloadOf(const RestoreDraft &draft)
{
    DownloadDelivery delivery;
    if (draft.linkLife == RestoreDraft::LinkLife::Hours)
        delivery.life = static_cast<int>(rules::typedNumber(draft.expirationHours).value_or(0));
    else
        delivery.life = parseUtc(draft.expiresAt);
    delivery.maxDownloads =
        draft.unlimitedDownloads ? UnlimitedDownloads : rules::typedNumber(draft.maxDownloads).value_or(0);
    return delivery;
}

AutomatedDelivery automatedOf(const RestoreDraft &draft)
{
    return {draft.targetProject.id, draft.targetCluster->id, draft.targetProject.name,
            confirmationName(*draft.targetCluster)};
}

int expectedJobsOf(const RestoreDraft &draft, const Snapshot *snapshot, const Checkpoint *checkpoint)
{
    if (!draft.cluster->isSharded())
        return 1;
    size_t parts = draft.cluster->shards.size();
    if (snapshot != nullptr && !snapshot->parts.empty())
        parts = snapshot->parts.size();
    else if (checkpoint != nullptr && checkpoint->partCount > 0)
        parts = static_cast<size_t>(checkpoint->partCount);
    return std::max(1, static_cast<int>(parts));
}

} // namespace

tl::expected<RestoreRequest, std::vector<Finding>> buildRequest(const RestoreDraft &draft, const RestoreFacts &facts,
                                                                const QDateTime &now)
{
    std::vector<Finding> findings = check(draft, facts, now);
    if (!isComplete(findings)) {
        findings.erase(std::remove_if(findings.begin(), findings.end(),
                                      [](const Finding &finding) { return finding.severity != Severity::Blocking; }),
                       findings.end());
        return tl::unexpected(std::move(findings));
    }
    RestoreRequest request;
    request.m_project = draft.project;
    request.m_cluster = *draft.cluster;
    request.m_mode = *draft.mode;
    request.m_point = pointOf(draft, now);
    if (isAutomated(*draft.mode))
        request.m_delivery = automatedOf(draft);
    else
        request.m_delivery = downloadOf(draft);

    const bool fromSnapshot = std::holds_alternative<SnapshotPoint>(request.m_point);
    const bool fromCheckpoint = std::holds_alternative<CheckpointPoint>(request.m_point);
    const Snapshot *snapshot = fromSnapshot ? rules::chosenSnapshot(draft, facts) : nullptr;
    const Checkpoint *checkpoint = fromCheckpoint ? rules::chosenCheckpoint(draft, facts) : nullptr;
    request.m_expectedJobs = expectedJobsOf(draft, snapshot, checkpoint);
    if (snapshot != nullptr)
        request.m_pointTime = snapshot->created;
    if (checkpoint != nullptr)
        request.m_pointTime = {checkpoint->timestamp.toSecsSinceEpoch(), 0};
    return request;
}

} // namespace tidemark
