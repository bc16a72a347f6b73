#pragma once

#include "moment/zone_names.h"

#include <optional>

namespace tidemark {

/// The zone that stands behind a time.
struct ToldZone
{
    qsizetype end = 0; ///< of the time with its zone
    std::vector<NamedZone> zones;
    std::optional<QTimeZone> named; ///< beside an offset, which it must not contradict: "+01:00[Europe/Berlin]"
    QString unsure;                 ///< a city, or somebody who is called like one
};

/// Glued to the time that ends there, or after a space, where a lone "-5" would be a number.
ToldZone zoneAfter(const QString &text, qsizetype end);

/// What is glued to a time and belongs to no form: "14:03:07Zabc", "14:03:99:1"; an upper-case word that ends like a
/// zone's and is none, which would change the moment by hours. Empty: nothing.
QString gluedPart(const QString &text, qsizetype end);

} // namespace tidemark
