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
    Supported,   ///< a pair of the documentation's table, or of one series
    Refused,     ///< known to fail
    Undocumented ///< the table does not say
};

/// The tables for automated restores, FCV of the data → MongoDB of the target.
/// Cloud Manager (https://www.mongodb.com/docs/cloud-manager/tutorial/nav/restore-overview/): 4.2 → 4.2, 4.4;
/// 4.4 → 4.4, 5.0; 5.0 → 5.0, 6.0; 6.0 → 6.0.
/// Ops Manager (https://www.mongodb.com/docs/ops-manager/current/tutorial/nav/restore-overview/): 4.4 → 4.4, 5.0;
/// 5.0 → 5.0, 6.0; 6.0 → 6.0, 7.0; 7.0 → 7.0, 8.0; 8.0 → 8.0.
/// Two things are certain without a table: a mongod reads data of its own series (a warning there would be shown with
/// every restore of a version that a table does not reach, and teach to overlook warnings), and none reads data of a
/// later FCV.
Compatibility compatibility(Service service, VersionSeries featureCompatibility, VersionSeries mongod);

/// The lowest FCV that data of a mongod of this series can have: that of the series before it. nullopt where the series
/// before is not known.
std::optional<VersionSeries> lowestFeatureCompatibility(VersionSeries mongod);

} // namespace tidemark
