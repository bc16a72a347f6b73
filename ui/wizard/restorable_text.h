#pragma once

#include "preparation/facts_loader.h"

namespace tidemark {

/// What is known of the moments to which a cluster can be restored, in words.
struct RestorableText
{
    QString title;       ///< the answer, or what it waits for
    QString oplog;       ///< from when to when, and the gaps; empty where the title says it all
    QString snapshot;    ///< the newest one
    bool isGood = false; ///< some moment can be restored to
    QString problem;     ///< what could not be read, and is shown as such

    bool operator==(const RestorableText &) const = default;
};

/// The newest snapshot, where it has been asked for.
struct NewestSnapshot
{
    bool isKnown = false;
    std::optional<Snapshot> snapshot; ///< known and none: the cluster has none
};

/// `name`: the cluster's. `state`: of the reading of its ranges. `ranges`: those of the facts, see ShownRanges.
RestorableText restorableText(const QString &name, const RestoreFacts &facts, FactsLoader::State state,
                              const std::vector<RestorableRange> &ranges, const NewestSnapshot &newest,
                              const QDateTime &now);

} // namespace tidemark
