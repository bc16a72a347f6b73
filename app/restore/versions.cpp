#include "restore/versions.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

struct Pair
{
    VersionSeries featureCompatibility;
    VersionSeries mongod;

    bool operator==(const Pair &) const = default;
};

constexpr std::array cloudManagerPairs{
    Pair{{4, 2}, {4, 2}}, Pair{{4, 2}, {4, 4}}, Pair{{4, 4}, {4, 4}}, Pair{{4, 4}, {5, 0}},
    Pair{{5, 0}, {5, 0}}, Pair{{5, 0}, {6, 0}}, Pair{{6, 0}, {6, 0}},
};

constexpr std::array opsManagerPairs{
    Pair{{4, 4}, {4, 4}}, Pair{{4, 4}, {5, 0}}, Pair{{5, 0}, {5, 0}}, Pair{{5, 0}, {6, 0}}, Pair{{6, 0}, {6, 0}},
    Pair{{6, 0}, {7, 0}}, Pair{{7, 0}, {7, 0}}, Pair{{7, 0}, {8, 0}}, Pair{{8, 0}, {8, 0}},
};

/// Series that give their name to an FCV, ascending.
constexpr std::array mainSeries{
    VersionSeries{4, 0}, VersionSeries{4, 2}, VersionSeries{4, 4}, VersionSeries{5, 0},
    VersionSeries{6, 0}, VersionSeries{7, 0}, VersionSeries{8, 0},
};

} // namespace

QString VersionSeries::text() const
{
    return QStringLiteral("%1.%2").arg(major).arg(minor);
}

std::optional<VersionSeries> versionSeries(const QString &version)
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9]{1,4})\\.([0-9]{1,4})(?:[^0-9].*)?$"));
    const QRegularExpressionMatch match = pattern.match(version.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return VersionSeries{match.captured(1).toInt(), match.captured(2).toInt()};
}

Compatibility compatibility(Service service, VersionSeries featureCompatibility, VersionSeries mongod)
{
    if (mongod < featureCompatibility)
        return Compatibility::Refused;
    const auto isIn = [pair = Pair{featureCompatibility, mongod}](const auto &pairs) {
        return std::find(pairs.begin(), pairs.end(), pair) != pairs.end();
    };
    const bool isDocumented = service == Service::OpsManager ? isIn(opsManagerPairs) : isIn(cloudManagerPairs);
    return isDocumented ? Compatibility::Supported : Compatibility::Undocumented;
}

std::optional<VersionSeries> lowestFeatureCompatibility(VersionSeries mongod)
{
    const auto *const notBefore = std::lower_bound(mainSeries.begin(), mainSeries.end(), mongod);
    if (notBefore == mainSeries.begin())
        return std::nullopt;
    return *(notBefore - 1);
}

} // namespace tidemark
