#include "ui/wizard/review_facts.h"

#include "base/text.h"
#include "restore/restore_request.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/cluster_model.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::DecisionFact)
};

QString agoText(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = time.secsTo(now);
    return seconds < 0 ? QString() : Text::tr("%1 ago").arg(durationText(std::chrono::seconds(seconds)));
}

template<typename List, typename Id>
auto find(const std::optional<List> &list, const Id &id) -> const typename List::value_type *
{
    if (!list)
        return nullptr;
    const auto found = std::ranges::find_if(*list, [&id](const auto &one) { return one.id == id; });
    return found == list->end() ? nullptr : &*found;
}

const Snapshot *snapshotOf(const RestoreDraft &draft, const RestoreFacts &facts)
{
    const bool isUsed = draft.mode == RestoreMode::DownloadSnapshot || draft.mode == RestoreMode::AutomatedSnapshot;
    return isUsed ? find(facts.snapshots, draft.snapshot) : nullptr;
}

DecisionFact sourceFact(const RestoreDraft &draft, const RestoreFacts &facts)
{
    DecisionFact fact{QStringLiteral("replica-set"), Text::tr("Source"), Text::tr("Not chosen"), {}, {}};
    if (!draft.cluster)
        return fact;
    if (draft.cluster->isSharded())
        fact.icon = QStringLiteral("sharded-cluster");
    fact.what = confirmationName(*draft.cluster);
    fact.first = draft.project.name;
    fact.second = kindText(*draft.cluster);
    const Snapshot *snapshot = snapshotOf(draft, facts);
    if (snapshot != nullptr && snapshot->fileSizeBytes() > 0)
        fact.second = Text::tr("%1, %2 of files").arg(fact.second, bytesText(snapshot->fileSizeBytes()));
    return fact;
}

struct RestoredTo
{
    QString icon, caption;
    QDateTime time;
    QString rest; ///< what belongs to it, or does not
};

/// Invalid where it means no moment.
QDateTime pointTime(const RestoreDraft &draft, const QDateTime &now)
{
    const MomentAnswer answer = readPoint(draft, now);
    const auto *moment = std::get_if<tidemark::Moment>(&answer);
    return moment ? moment->time() : QDateTime();
}

RestoredTo restoredTo(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    switch (draft.mode.value_or(RestoreMode::DownloadSnapshot)) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        break;
    case RestoreMode::OplogTimestamp: {
        bool isNumber = false;
        const qint64 seconds = draft.oplogSeconds.trimmed().toLongLong(&isNumber);
        return {QStringLiteral("oplog"), Text::tr("Restored up to and including"),
                isNumber ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime(),
                Text::tr("oplog timestamp %1, %2").arg(draft.oplogSeconds.trimmed(), draft.oplogIncrement.trimmed())};
    }
    case RestoreMode::PointInTime:
        return {QStringLiteral("point-in-time"), Text::tr("Restored to just before"), pointTime(draft, now),
                Text::tr("this second not included")};
    case RestoreMode::Checkpoint: {
        const Checkpoint *checkpoint = find(facts.checkpoints, draft.checkpoint);
        return {QStringLiteral("checkpoint"),
                Text::tr("Restored to the checkpoint of"),
                checkpoint != nullptr ? checkpoint->timestamp : QDateTime(),
                {}};
    }
    }
    const Snapshot *snapshot = snapshotOf(draft, facts);
    return {QStringLiteral("snapshot"),
            Text::tr("Snapshot of"),
            snapshot != nullptr && snapshot->created.seconds > 0 ? snapshot->created.time() : QDateTime(),
            {}};
}

DecisionFact momentFact(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    const RestoredTo moment = restoredTo(draft, facts, now);
    DecisionFact fact{moment.icon, moment.caption, Text::tr("Not known"), {}, moment.rest};
    if (!moment.time.isValid())
        return fact;
    fact.what = timeOfDayText(moment.time);
    fact.first = dateAndLocalText(moment.time);
    const QString ago = agoText(moment.time, now);
    if (!ago.isEmpty() && !moment.rest.isEmpty())
        fact.second = Text::tr("%1, %2").arg(ago, moment.rest);
    else if (!ago.isEmpty())
        fact.second = ago;
    return fact;
}

QString linkLifeText(const RestoreDraft &draft)
{
    if (draft.linkLife == RestoreDraft::LinkLife::Until)
        return Text::tr("by a link until %1").arg(utcText(parseUtc(draft.expiresAt)));
    return Text::tr("by a link for %n hours", nullptr, draft.expirationHours.trimmed().toInt());
}

DecisionFact targetFact(const RestoreDraft &draft)
{
    if (draft.mode && !isAutomated(*draft.mode))
        return {QStringLiteral("download"), Text::tr("Goes to"), Text::tr("This computer"), linkLifeText(draft),
                Text::tr("No cluster is changed")};
    DecisionFact fact{QStringLiteral("erase"), Text::tr("Target, erased first"), Text::tr("Not chosen"), {}, {}, true};
    if (!draft.targetCluster)
        return fact;
    fact.what = confirmationName(*draft.targetCluster);
    fact.first = draft.targetProject.name;
    fact.second = kindText(*draft.targetCluster);
    return fact;
}

} // namespace

std::array<DecisionFact, 3> decisionFacts(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now)
{
    return {sourceFact(draft, facts), momentFact(draft, facts, now), targetFact(draft)};
}

QString wordsOf(const std::array<DecisionFact, 3> &facts)
{
    QStringList all;
    for (const DecisionFact &fact : facts) {
        QStringList rest{fact.what, fact.first, fact.second};
        rest.removeAll(QString());
        all << Text::tr("%1: %2").arg(fact.caption, rest.join(QStringLiteral(", ")));
    }
    return all.join(QStringLiteral("; "));
}

QString kindText(const Cluster &cluster)
{
    const auto shards = std::ranges::count_if(
        cluster.shards, [](const Cluster &shard) { return shard.type != ClusterType::ConfigServers; });
    if (cluster.isSharded() && shards > 0)
        return Text::tr("Sharded cluster, %n shards", nullptr, int(shards));
    return cluster.type == ClusterType::Unknown ? Text::tr("Kind not known") : clusterTypeName(cluster.type);
}

QString howLongText(const RestoreDraft &draft, const RestoreFacts &facts, const std::vector<RestoreTime> &known)
{
    if (!draft.mode || !isAutomated(*draft.mode) || !draft.cluster || !facts.snapshots)
        return {};
    const auto expected = expectedTime(known, draft.cluster->id, sourceBytes(*facts.snapshots));
    return expected ? expectedTimeText(*expected) : QString();
}

QStringList invisibleHere(const RestoreDraft &draft)
{
    if (!draft.mode || !isAutomated(*draft.mode))
        return {};
    return {Text::tr("Jobs are listed by the cluster they restore from: a restore of this target that was ordered from "
                     "a cluster of another project cannot be seen here.")};
}

QString dateAndLocalText(const QDateTime &time)
{
    const QString date = bareUtcText(time).left(10);
    const QString local = localTimeIfOther(time);
    return local.isEmpty() ? date : QStringLiteral("%1 · %2").arg(date, local);
}

} // namespace tidemark
