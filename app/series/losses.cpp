#include "series/losses.h"

#include <algorithm>

namespace tidemark {

static constexpr double BytesPerGigabyte = 1e9;

std::optional<Losses> lossesOf(const std::vector<Curve> &curves, const QStringList &missingSets, qint64 moment,
                               qint64 now)
{
    if (moment >= now)
        return std::nullopt;
    Losses result{moment, now, 0, 0, {}, missingSets};
    for (const Curve &curve : curves) {
        if (!isRate(curve.kind))
            continue;
        double sum = 0;
        qint64 told = 0;
        const auto first = std::upper_bound(curve.samples.begin(), curve.samples.end(), moment,
                                            [](qint64 at, const Sample &sample) { return at < sample.end; });
        for (auto sample = first; sample != curve.samples.end() && sample->end - curve.step < now; ++sample) {
            const qint64 share = std::min(sample->end, now) - std::max(sample->end - curve.step, moment);
            if (!sample->value || share <= 0)
                continue;
            sum += *sample->value * double(share);
            told += share;
        }
        result.step = std::max(result.step, curve.step);
        result.missing = std::max(result.missing, now - moment - told);
        if (told == 0)
            continue;
        if (curve.kind == CurveKind::OplogRate)
            sum *= BytesPerGigabyte / 3600;
        result.losses.push_back({curve.kind, sum});
    }
    return result.losses.empty() ? std::nullopt : std::optional(result);
}

} // namespace tidemark
