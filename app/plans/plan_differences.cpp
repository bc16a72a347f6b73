#include "plans/plan_differences.h"

#include "base/text.h"
#include "restore/rules.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanDifferences)
};

const Project *find(const std::vector<Project> &projects, const ProjectId &id)
{
    const auto found = std::ranges::find(projects, id, &Project::id);
    return found == projects.end() ? nullptr : &*found;
}

void compareCluster(const PlannedCluster &then, const PlanToday &today, QStringList &different)
{
    if (!today.projects)
        return;
    const Project *project = find(*today.projects, then.project.id);
    if (!project) {
        different.append(
            Text::tr("The project “%1” is not there, or this key does not see it.").arg(then.project.name));
        return;
    }
    if (project->name != then.project.name)
        different.append(
            Text::tr("The project was called “%1” and is called “%2”.").arg(then.project.name, project->name));
    const std::vector<Cluster> *clusters = today.clusters ? today.clusters(then.project.id) : nullptr;
    if (!clusters)
        return;
    const auto now = std::ranges::find(*clusters, then.id, &Cluster::id);
    if (now == clusters->end()) {
        different.append(Text::tr("The cluster “%1” is not there any more.").arg(then.name));
        return;
    }
    const QString name = confirmationName(*now);
    if (name != then.name)
        different.append(Text::tr("The cluster was called “%1” and is called “%2”.").arg(then.name, name));
    const int shards = static_cast<int>(std::ranges::count_if(
        now->shards, [](const Cluster &shard) { return shard.type != ClusterType::ConfigServers; }));
    if (shards != then.shards)
        different.append(Text::tr("“%1” had %2 shards and has %3.").arg(name).arg(then.shards).arg(shards));
    const auto compare = [&](const QString &what, const QString &before, const QString &after) {
        if (!before.isEmpty() && !after.isEmpty() && before != after)
            different.append(Text::tr("%1 of “%2” was %3 and is %4.").arg(what, name, before, after));
    };
    compare(Text::tr("The MongoDB version"), then.versions.join(QStringLiteral(", ")),
            now->versions.join(QStringLiteral(", ")));
    compare(Text::tr("The FCV"), then.featureCompatibilityVersion, now->featureCompatibilityVersion);
}

void comparePoint(const RestorePlan &plan, const PlanToday &today, QStringList &different)
{
    if (const auto *chosen = std::get_if<SnapshotPoint>(&plan.point); chosen && today.facts.snapshots) {
        const auto found = std::ranges::find(*today.facts.snapshots, chosen->snapshot, &Snapshot::id);
        if (found == today.facts.snapshots->end())
            different.append(plan.pointTime.isValid()
                                 ? Text::tr("The snapshot of %1 is not there any more.").arg(utcText(plan.pointTime))
                                 : Text::tr("The snapshot is not there any more."));
        else if (plan.pointTime.isValid() && found->created.time() != plan.pointTime)
            different.append(Text::tr("The snapshot was of %1 and is of %2.")
                                 .arg(utcText(plan.pointTime), utcText(found->created.time())));
    }
    if (const auto *chosen = std::get_if<CheckpointPoint>(&plan.point); chosen && today.facts.checkpoints) {
        const auto found = std::ranges::find(*today.facts.checkpoints, chosen->checkpoint, &Checkpoint::id);
        if (found == today.facts.checkpoints->end())
            different.append(Text::tr("The checkpoint is not there any more."));
        else if (plan.pointTime.isValid() && found->timestamp != plan.pointTime)
            different.append(Text::tr("The checkpoint was of %1 and is of %2.")
                                 .arg(utcText(plan.pointTime), utcText(found->timestamp)));
    }
}

} // namespace

QStringList differencesSince(const RestorePlan &plan, const PlanToday &today)
{
    QStringList different;
    if (plan.service != today.service || plan.server != today.server)
        different.append(Text::tr("The plan was written at %1, and this connection is of %2: ids mean nothing there.")
                             .arg(plan.server, today.server));
    compareCluster(plan.source, today, different);
    if (plan.target && *plan.target != plan.source)
        compareCluster(*plan.target, today, different);
    comparePoint(plan, today, different);
    if (plan.link) {
        const auto *until = std::get_if<QDateTime>(&plan.link->life);
        if (until && *until <= today.now)
            different.append(Text::tr("The link was to live until %1, which is over.").arg(utcText(*until)));
    }
    return different;
}

QString planAgeText(const RestorePlan &plan, const QDateTime &now)
{
    const qint64 seconds = plan.written.secsTo(now);
    if (seconds < 0)
        return Text::tr("Written at %1, which is still to come: a clock was wrong.").arg(utcText(plan.written));
    return Text::tr("Written at %1, %2 ago.").arg(utcText(plan.written), durationText(std::chrono::seconds(seconds)));
}

} // namespace tidemark
