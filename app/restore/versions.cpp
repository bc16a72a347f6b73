#include "restore/versions.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

/// The oldest mongod of a row is the one whose series is the FCV itself.
struct Row
{
    VersionSeries featureCompatibility;
    VersionSeries newestMongod;
};

constexpr std::array documentedRows{
    Row{{4, 2}, {4, 4}},
    Row{{4, 4}, {5, 0}},
    Row{{5, 0}, {6, 0}},
    Row{{6, 0}, {6, 0}},
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

Compatibility compatibility(VersionSeries featureCompatibility, VersionSeries mongod)
{
    if (mongod < featureCompatibility)
        return Compatibility::Refused;
    if (mongod == featureCompatibility)
        return Compatibility::Supported;
    const auto *const row = std::find_if(documentedRows.begin(), documentedRows.end(), [&](const Row &candidate) {
        return candidate.featureCompatibility == featureCompatibility;
    });
    if (row == documentedRows.end())
        return Compatibility::Undocumented;
    if (mongod == row->newestMongod)
        return Compatibility::Supported;
    // The table ends with its last row: what a later mongod would say to that FCV it does not tell.
    const bool isLastRow = row + 1 == documentedRows.end();
    return mongod > row->newestMongod && !isLastRow ? Compatibility::Refused : Compatibility::Undocumented;
}

} // namespace tidemark
