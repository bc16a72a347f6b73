#pragma once

#include "restore/rules.h"
#include "restore/versions.h"

#include <QCoreApplication>

/// The rules' own parts, one function for each page of the wizard. Nothing outside app/restore includes this.
namespace tidemark::rules {

/// The FCV of a cluster whose data is restored: the highest of its processes counts.
std::optional<VersionSeries> sourceSeries(const Cluster &cluster);

using Findings = std::vector<Finding>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::rules::Text)
};

void checkSource(const RestoreDraft &draft, Findings &findings);
void checkMode(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings);
void checkPoint(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings);
/// That the server's clock is another than the one that the person sees.
void checkClock(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings);
void checkLink(const RestoreDraft &draft, const Snapshot *snapshot, const QDateTime &now, Findings &findings);
void checkTarget(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings);
/// What carries the restore out: whether the agents manage the target, are alive, and are free.
void checkAgents(const Cluster &target, const TargetFacts &facts, Findings &findings);
/// Of the same the restores that run there.
void checkRunning(const Cluster &target, const TargetFacts &facts, Findings &findings);
/// What the target is set up for: whether it can hold the source's data and open its snapshots, and whose it is.
void checkSetUp(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now, Findings &findings);
/// Which of these found nothing against it.
QStringList passedSetUp(const RestoreDraft &draft, const RestoreFacts &facts);
/// Whether the target has room for the data, and whether clients write to it.
void checkUse(const RestoreDraft &draft, const RestoreFacts &facts, Findings &findings);
QStringList passedUse(const RestoreDraft &draft, const RestoreFacts &facts);
void checkReview(const RestoreDraft &draft, Findings &findings);

/// Names of hosts or processes for one sentence: a few of them, and how many more there are.
QString listed(QStringList names);

inline void block(Findings &findings, Field field, const QString &sentence)
{
    findings.push_back({Severity::Blocking, field, sentence});
}

inline void warn(Findings &findings, Field field, const QString &sentence)
{
    findings.push_back({Severity::Warning, field, sentence});
}

/// A warning, since this is not known.
inline void leaveOpen(Findings &findings, Field field, const QString &sentence)
{
    findings.push_back({Severity::Warning, field, sentence, true});
}

inline void note(Findings &findings, Field field, const QString &sentence)
{
    findings.push_back({Severity::Note, field, sentence});
}

/// The number that was typed: ASCII digits only, spaces around them allowed. nullopt for anything else; a number too
/// large for 64 bits counts as the largest one.
std::optional<qint64> typedNumber(const QString &text);

/// The chosen snapshot or checkpoint, where the cloud has named it; else nullptr.
const Snapshot *chosenSnapshot(const RestoreDraft &draft, const RestoreFacts &facts);
const Checkpoint *chosenCheckpoint(const RestoreDraft &draft, const RestoreFacts &facts);
/// The snapshot that an automated restore begins with: the chosen one, or the newest complete one before the moment.
/// nullptr where none is known.
const Snapshot *firstSnapshot(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now);

/// A shard or the config servers of a sharded cluster: never restored alone.
bool isPartOfCluster(const Cluster &cluster);

} // namespace tidemark::rules
