#pragma once

#include "connection/connection.h"

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

/// The tables for automated restores, FCV of the data → MongoDB of the target.
/// Cloud Manager (https://www.mongodb.com/docs/cloud-manager/tutorial/nav/restore-overview/): 4.2 → 4.2, 4.4;
/// 4.4 → 4.4, 5.0; 5.0 → 5.0, 6.0; 6.0 → 6.0.
/// Ops Manager (https://www.mongodb.com/docs/ops-manager/current/tutorial/nav/restore-overview/): 4.4 → 4.4, 5.0;
/// 5.0 → 5.0, 6.0; 6.0 → 6.0, 7.0; 7.0 → 7.0, 8.0; 8.0 → 8.0.
/// Refused is only what is certain without a table: no mongod reads data of a later FCV.
Compatibility compatibility(Service service, VersionSeries featureCompatibility, VersionSeries mongod);

/// The lowest FCV that data of a mongod of this series can have: that of the series before it. nullopt where the series
/// before is not known.
std::optional<VersionSeries> lowestFeatureCompatibility(VersionSeries mongod);

} // namespace tidemark
