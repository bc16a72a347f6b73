#pragma once

#include "series/curve.h"

namespace tidemark {

/// How much of one kind there was between two moments.
struct Loss
{
    CurveKind kind = CurveKind::Deletes;
    double amount = 0; ///< operations or documents; of the oplog bytes

    bool operator==(const Loss &) const = default;
};

/// What a restore to a moment would lose: the writes from it to now, as the series tell them. An estimate: a sample
/// that only partly falls into that time counts for that part.
struct Losses
{
    qint64 from = 0; ///< seconds since the epoch
    qint64 to = 0;
    qint64 step = 0;    ///< of the samples, seconds
    qint64 missing = 0; ///< seconds for which at least one of the kinds was not told
    std::vector<Loss> losses;
    QStringList missingSets{}; ///< that could not be read: their writes are in none of the sums

    bool operator==(const Losses &) const = default;
};

/// Of the curves that are rates. Empty where `moment` is not before `now`, or nothing is told of the time between.
/// `missingSets`: the replica sets that the curves are without.
std::optional<Losses> lossesOf(const std::vector<Curve> &curves, const QStringList &missingSets, qint64 moment,
                               qint64 now);

} // namespace tidemark
