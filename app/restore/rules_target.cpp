#include "restore/rules_parts.h"
#include "restore/versions.h"

#include <algorithm>

namespace tidemark {

namespace rules {

namespace {

/// The feature compatibility version of the data that would be restored, as far as it can be told.
struct DataVersion
{
    std::optional<VersionSeries> series;
    std::optional<VersionSeries> atLeast; ///< where only the MongoDB version is told
    QString mongod;                       ///< of which atLeast was concluded
};

DataVersion dataVersion(const RestoreDraft &draft, const RestoreFacts &facts)
{
    const auto clusterSeries = sourceSeries(*draft.cluster);
    const bool fromSnapshot =
        *draft.mode == RestoreMode::DownloadSnapshot || *draft.mode == RestoreMode::AutomatedSnapshot;
    const Snapshot *snapshot = fromSnapshot ? chosenSnapshot(draft, facts) : nullptr;
    if (snapshot == nullptr)
        return {clusterSeries, {}, {}};
    DataVersion data;
    bool olderThanCluster = false;
    for (const SnapshotPart &part : snapshot->parts) {
        if (const auto series = versionSeries(part.featureCompatibilityVersion);
            series && (!data.series || *data.series < *series))
            data.series = series;
        const auto mongod = versionSeries(part.mongodVersion);
        if (!mongod)
            continue;
        if (clusterSeries && *mongod < *clusterSeries)
            olderThanCluster = true; // taken before an upgrade: the cluster's present version says nothing about it
        if (const auto lowest = lowestFeatureCompatibility(*mongod);
            lowest && (!data.atLeast || *data.atLeast < *lowest)) {
            data.atLeast = lowest;
            data.mongod = part.mongodVersion;
        }
    }
    if (!data.series && !olderThanCluster)
        data.series = clusterSeries;
    return data;
}

void checkVersions(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    const Cluster &target = *draft.targetCluster;
    const DataVersion data = dataVersion(draft, facts);
    const auto &source = data.series;
    if (!source) {
        const auto lowestTarget = versionSeries(target.featureCompatibilityVersion);
        if (data.atLeast && lowestTarget && *lowestTarget < *data.atLeast)
            block(findings, Field::TargetCluster,
                  Text::tr("The target's feature compatibility version is %1. The snapshot was taken of MongoDB %2, "
                           "whose data is of %3 at least. The target's must be the same or later.")
                      .arg(target.featureCompatibilityVersion, data.mongod, data.atLeast->text()));
        else
            leaveOpen(
                findings, Field::TargetCluster,
                Text::tr("The feature compatibility version of the backed-up data is not known, so whether the target "
                         "can take it cannot be checked."));
        return;
    }
    const auto targetSeries = versionSeries(target.featureCompatibilityVersion);
    if (!targetSeries)
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("The target's feature compatibility version is not known. It must be %1 or later.")
                      .arg(source->text()));
    else if (*targetSeries < *source)
        block(findings, Field::TargetCluster,
              Text::tr("The target's feature compatibility version is %1, the data's is %2. The target's must be the "
                       "same or later.")
                  .arg(target.featureCompatibilityVersion, source->text()));

    QStringList undocumented;
    bool anyKnown = false;
    for (const QString &version : target.versions) {
        const auto mongod = versionSeries(version);
        if (!mongod)
            continue;
        anyKnown = true;
        const Compatibility found = compatibility(facts.service, *source, *mongod);
        if (found == Compatibility::Refused)
            block(findings, Field::TargetCluster,
                  Text::tr("The target runs MongoDB %1, which cannot take data of feature compatibility version %2.")
                      .arg(version, source->text()));
        else if (found == Compatibility::Undocumented)
            undocumented.append(version);
    }
    if (!anyKnown)
        leaveOpen(findings, Field::TargetCluster,
                  Text::tr("The target's MongoDB version is not known. It must support data of feature compatibility "
                           "version %1.")
                      .arg(source->text()));
    if (!undocumented.isEmpty())
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("The documentation of %1 does not say whether MongoDB %2, as the target runs it, takes data of "
                     "feature compatibility version %3.")
                .arg(facts.service == Service::OpsManager ? QStringLiteral("Ops Manager")
                                                          : QStringLiteral("Cloud Manager"),
                     undocumented.join(QStringLiteral(", ")), source->text()));
}

size_t dataShards(const Cluster &cluster)
{
    return static_cast<size_t>(std::count_if(cluster.shards.begin(), cluster.shards.end(), [](const Cluster &shard) {
        return shard.type != ClusterType::ConfigServers;
    }));
}

bool isOfKnownKind(const Cluster &cluster)
{
    return cluster.type == ClusterType::ReplicaSet || cluster.type == ClusterType::ShardedCluster;
}

void checkKind(const Cluster &source, const Cluster &target, Findings &findings)
{
    if (!isOfKnownKind(target)) {
        leaveOpen(
            findings, Field::TargetCluster,
            Text::tr("Whether the target is a replica set or a sharded cluster is not known. It must be the same as "
                     "the source."));
        return;
    }
    if (!isOfKnownKind(source))
        return;
    if (source.isSharded() != target.isSharded()) {
        block(findings, Field::TargetCluster,
              source.isSharded() ? Text::tr("The source is a sharded cluster and the target a replica set. A sharded "
                                            "cluster can only be restored to a sharded cluster.")
                                 : Text::tr("The source is a replica set and the target a sharded cluster. A replica "
                                            "set can only be restored to a replica set."));
        return;
    }
    const size_t sourceShards = dataShards(source);
    const size_t targetShards = dataShards(target);
    if (source.isSharded() && sourceShards > 0 && targetShards > 0 && sourceShards != targetShards)
        warn(findings, Field::TargetCluster,
             Text::tr("The source has %1 shards and the target has %2. The target needs as many as the source.")
                 .arg(sourceShards)
                 .arg(targetShards));
}

} // namespace

void checkTarget(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings)
{
    if (!draft.mode || !isAutomated(*draft.mode))
        return; // a download has no target
    if (draft.targetProject.id.isEmpty())
        block(findings, Field::TargetProject, Text::tr("Choose the target cluster's project."));
    if (!draft.targetCluster || draft.targetCluster->id.isEmpty()) {
        block(findings, Field::TargetCluster, Text::tr("Choose the cluster that will be erased and filled anew."));
        return;
    }
    const Cluster &target = *draft.targetCluster;
    if (!target.project.isEmpty() && target.project != draft.targetProject.id)
        block(findings, Field::TargetCluster, Text::tr("This cluster belongs to another project. Choose it again."));
    if (isPartOfCluster(target)) {
        block(findings, Field::TargetCluster,
              Text::tr("This is one shard of a sharded cluster. A shard alone cannot be restored: choose the whole "
                       "cluster."));
        return;
    }
    if (target.type == ClusterType::Standalone) {
        block(findings, Field::TargetCluster,
              Text::tr("This is a standalone. Only a replica set or a sharded cluster can be restored to."));
        return;
    }
    if (!draft.cluster)
        return; // the Source page says so
    checkKind(*draft.cluster, target, findings);
    checkVersions(draft, facts, findings);
    if (target.backupRunning == false)
        warn(findings, Field::TargetCluster,
             Text::tr("The target has no running backup: what is in it now cannot be brought back afterwards."));
    if (target.id == draft.cluster->id)
        warn(findings, Field::TargetCluster,
             Text::tr("THE TARGET IS THE SOURCE ITSELF. “%1” is erased, and everything that was written to it after "
                      "the chosen moment is lost.")
                 .arg(confirmationName(target)));
    if (facts.target && facts.target->target == target.id) {
        checkAgents(target, *facts.target, findings);
        checkRunning(target, *facts.target, findings);
    }
}

} // namespace rules

QStringList passedChecks(const RestoreDraft &draft, const RestoreFacts &facts)
{
    using rules::Text;
    rules::Findings against;
    rules::checkTarget(draft, facts, against);
    if (!draft.mode || !isAutomated(*draft.mode) || !draft.cluster || !draft.targetCluster || !isComplete(against))
        return {};
    const Cluster &target = *draft.targetCluster;
    const auto passes = [](auto check) {
        rules::Findings findings;
        check(findings);
        return findings.empty();
    };
    QStringList passed;
    if (rules::isOfKnownKind(*draft.cluster) &&
        passes([&](rules::Findings &findings) { rules::checkKind(*draft.cluster, target, findings); }))
        passed.append(Text::tr("kind of cluster"));
    if (passes([&](rules::Findings &findings) { rules::checkVersions(draft, facts, findings); }))
        passed.append(Text::tr("MongoDB version and FCV"));
    if (target.backupRunning == true)
        passed.append(Text::tr("its own backup"));
    if (!facts.target || facts.target->target != target.id)
        return passed;
    passed += rules::passedUse(draft, facts);
    // Says that it is still being read, of the other restores too.
    if (!passes([&](rules::Findings &findings) { rules::checkAgents(target, *facts.target, findings); }))
        return passed;
    passed.append(Text::tr("automation agents"));
    passed += rules::passedSetUp(draft, facts);
    if (passes([&](rules::Findings &findings) { rules::checkRunning(target, *facts.target, findings); }))
        passed.append(Text::tr("no other restore seen"));
    return passed;
}

} // namespace tidemark
