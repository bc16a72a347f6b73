#pragma once

#include "cloud/monitoring.h"

#include <array>
#include <vector>

namespace tidemark {

/// What is followed over time to find a moment, and to tell what would be lost after it.
enum class CurveKind { Deletes, Commands, Inserts, DataSize, Updates, OplogRate };

inline constexpr std::array AllCurves{CurveKind::Deletes,  CurveKind::Commands, CurveKind::Inserts,
                                      CurveKind::DataSize, CurveKind::Updates,  CurveKind::OplogRate};

/// Of a level (bytes) a sample is the value at its end, of a rate the mean over its step.
constexpr bool isRate(CurveKind kind)
{
    return kind != CurveKind::DataSize;
}

/// The names under which a server measures it, the better one first: documents before operations, of which one may
/// delete a million documents.
QStringList measurementNames(CurveKind kind);
/// Of the names that are valid for a host the one to ask for; empty where there is none.
QString measurementName(CurveKind kind, const QStringList &valid);
/// Those to ask for, for all kinds.
QStringList namesToAsk(const QStringList &valid);

struct Sample
{
    qint64 end = 0; ///< seconds since the epoch; the sample covers the step up to here
    std::optional<double> value;

    bool operator==(const Sample &) const = default;
};

/// One series of a whole cluster. Its samples are one step apart and none is left out: where nothing was told there is
/// one without a value, which is not 0.
struct Curve
{
    CurveKind kind = CurveKind::Deletes;
    qint64 step = 60; ///< seconds
    std::vector<Sample> samples;
    /// Seconds by which a sample may have ended before its `end`, and begun before that of the one before it: servers
    /// need not sample at whole steps, nor all hosts at once. 0 where they do.
    qint64 early = 0;

    bool operator==(const Curve &) const = default;
};

std::optional<double> mostOf(const Curve &curve);

/// What the hosts of one replica set told of one measurement.
using SetSeries = std::vector<std::vector<DataPoint>>;

/// The sum over replica sets; of the hosts of one set the largest counts, since they tell of the same writes. Where a
/// set told nothing the sum is not known. Empty where nothing was told at all, or it reaches over too long a time.
Curve curveOf(CurveKind kind, qint64 step, const std::vector<SetSeries> &sets);

} // namespace tidemark
