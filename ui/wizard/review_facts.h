#pragma once

#include "history/restore_times.h"
#include "restore/rules.h"

#include <QStringList>

#include <array>

namespace tidemark {

/// One of the three things that are decided, in large type.
struct DecisionFact
{
    QString icon;    ///< of the look
    QString caption; ///< "Restored to just before"
    QString what;    ///< "14:03:06 UTC"
    QString first;   ///< "2026-11-26 · 15:03:06 CET"
    QString second;  ///< "8 min 24 s ago, this second not included"; may be empty
    bool isErased = false;

    bool operator==(const DecisionFact &) const = default;
};

/// Source, moment and target. For a download the third is this computer, and nothing is erased. What is not known is
/// said to be so. `now` is the server's clock.
std::array<DecisionFact, 3> decisionFacts(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now);

/// The first as they are read: "Source: shop-prod, Shop; …".
QString wordsOf(const std::array<DecisionFact, 3> &facts);

/// "Sharded cluster, 2 shards", "Replica set"; that it is not known where that is so.
QString kindText(const Cluster &cluster);

/// What comparable restores took, where enough of them are known; else empty.
QString howLongText(const RestoreDraft &draft, const RestoreFacts &facts, const std::vector<RestoreTime> &known);

/// What no list shows, so that a restore that runs already may not be seen: a sentence each.
QStringList invisibleHere(const RestoreDraft &draft);

/// The date and the time here, where it is not the same as UTC: "2026-11-26 · 15:03:06 CET", with the date here where
/// that is another one.
QString dateAndLocalText(const QDateTime &time);

} // namespace tidemark
