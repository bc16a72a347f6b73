#pragma once

#include <QString>
#include <QTimeZone>

#include <vector>

namespace tidemark {

/// A zone that a text names.
struct NamedZone
{
    QTimeZone zone;
    QString name; ///< as it is said to the person: "UTC", "UTC+02:00", "Europe/Berlin"
};

struct ZoneMatch
{
    qsizetype length = 0;         ///< of the name in the text; 0: there is none
    std::vector<NamedZone> zones; ///< several where an abbreviation is used in several parts of the world
};

/// The zone whose name begins at `from`: Z, UTC, an offset, an abbreviation, a name of the zone data base (with or
/// without brackets), or the name of its city ("New York").
ZoneMatch zoneAt(const QString &text, qsizetype from);

/// Whether mails and chats call a zone so, in capitals.
bool isZoneAbbreviation(const QString &word);

NamedZone utcZone();
/// For people: its id, and UTC for everything that is called like it.
QString zoneName(const QTimeZone &zone);

/// The moments, UTC milliseconds, at which a clock in the zone shows this time of day on this date: one, two where it
/// was set back, none where it was set forward over it.
std::vector<qint64> momentsAt(const QDate &date, const QTime &time, const QTimeZone &zone);
/// Where there is none: the moments that such a clock would show so if it had been set forward later, or earlier.
std::vector<qint64> momentsBesideGap(const QDate &date, const QTime &time, const QTimeZone &zone);

} // namespace tidemark
