#include "series/curve.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tidemark {

static constexpr qint64 MostSamples = 200'000;
static constexpr double MostOfAll = 1e18; // more is no measurement, and could not be added up

QStringList measurementNames(CurveKind kind)
{
    switch (kind) {
    case CurveKind::Deletes:
        return {QStringLiteral("DOCUMENT_METRICS_DELETED"), QStringLiteral("OPCOUNTER_DELETE")};
    case CurveKind::Commands:
        return {QStringLiteral("OPCOUNTER_CMD")};
    case CurveKind::Inserts:
        return {QStringLiteral("DOCUMENT_METRICS_INSERTED"), QStringLiteral("OPCOUNTER_INSERT")};
    case CurveKind::DataSize:
        return {QStringLiteral("DB_DATA_SIZE_TOTAL_WO_SYSTEM"), QStringLiteral("DB_DATA_SIZE_TOTAL")};
    case CurveKind::Updates:
        return {QStringLiteral("DOCUMENT_METRICS_UPDATED"), QStringLiteral("OPCOUNTER_UPDATE")};
    case CurveKind::OplogRate:
        return {QStringLiteral("OPLOG_RATE_GB_PER_HOUR")};
    }
    return {};
}

QString measurementName(CurveKind kind, const QStringList &valid)
{
    for (const QString &name : measurementNames(kind)) {
        if (valid.contains(name))
            return name;
    }
    return {};
}

QStringList namesToAsk(const QStringList &valid)
{
    QStringList names;
    for (const CurveKind kind : AllCurves) {
        if (const QString name = measurementName(kind, valid); !name.isEmpty())
            names << name;
    }
    return names;
}

std::optional<double> mostOf(const Curve &curve)
{
    std::optional<double> most;
    for (const Sample &sample : curve.samples) {
        if (sample.value && (!most || *sample.value > *most))
            most = sample.value;
    }
    return most;
}

namespace {

using Values = std::map<qint64, double>;

bool isMeasured(const DataPoint &point)
{
    return point.time.isValid() && point.time.toSecsSinceEpoch() > 0 && point.value && std::isfinite(*point.value) &&
           *point.value >= 0 && *point.value <= MostOfAll;
}

/// By the end of the step that they end in, as the hosts' own clocks may differ. `early` becomes what that moves the
/// ends at most.
Values largest(const SetSeries &hosts, qint64 step, qint64 &early)
{
    Values values;
    for (const std::vector<DataPoint> &points : hosts) {
        for (const DataPoint &point : points) {
            if (!isMeasured(point))
                continue;
            const qint64 at = point.time.toSecsSinceEpoch();
            const qint64 end = (at + step - 1) / step * step;
            early = std::max(early, end - at);
            const auto [place, isNew] = values.try_emplace(end, *point.value);
            if (!isNew)
                place->second = std::max(place->second, *point.value);
        }
    }
    return values;
}

} // namespace

Curve curveOf(CurveKind kind, qint64 step, const std::vector<SetSeries> &sets)
{
    Curve curve{kind, step, {}};
    std::vector<Values> all;
    std::optional<std::pair<qint64, qint64>> span;
    for (const SetSeries &hosts : sets) {
        all.push_back(largest(hosts, step, curve.early));
        if (all.back().empty())
            continue;
        const qint64 first = all.back().begin()->first;
        const qint64 last = all.back().rbegin()->first;
        span = span ? std::pair(std::min(span->first, first), std::max(span->second, last)) : std::pair(first, last);
    }
    if (!span || (span->second - span->first) / step > MostSamples)
        return curve;
    for (qint64 at = span->first; at <= span->second; at += step) {
        std::optional<double> sum = 0;
        for (const Values &values : all) {
            const auto found = values.find(at);
            sum = sum && found != values.end() ? std::optional(*sum + found->second) : std::nullopt;
        }
        curve.samples.push_back({at, sum});
    }
    return curve;
}

} // namespace tidemark
