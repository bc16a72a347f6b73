#pragma once

#include <QString>
#include <QStringList>

#include <compare>
#include <optional>

namespace tidemark {

/// The first two numbers of a MongoDB or feature compatibility version: 6.0.14 and "6.0" are both of series 6.0.
struct VersionSeries
{
    int major = 0;
    int minor = 0;

    auto operator<=>(const VersionSeries &) const = default;
    QString text() const;
};

/// nullopt for text that is no version.
std::optional<VersionSeries> versionSeries(const QString &version);

/// Whether a mongod of one series can take data of a feature compatibility version (FCV).
enum class Compatibility {
    Supported,   ///< a pair of the documentation's table
    Refused,     ///< known to fail
    Undocumented ///< the table does not say
};

/// The documentation's table for automated restores ("Restore Overview"): FCV 4.2 → MongoDB 4.2 and 4.4, 4.4 → 4.4 and
/// 5.0, 5.0 → 5.0 and 6.0, 6.0 → 6.0. Beyond it two things are certain: a mongod reads data of its own series and never
/// data of a later FCV.
Compatibility compatibility(VersionSeries featureCompatibility, VersionSeries mongod);

} // namespace tidemark
