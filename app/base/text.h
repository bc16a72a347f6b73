#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace tidemark {

/// Bytes for people: decimal units, three significant digits ("3.10 GB"), the plain number below 1,000 ("812 bytes").
QString bytesText(qint64 bytes);

/// Bytes per second for people ("84.2 MB/s").
QString rateText(double bytesPerSecond);

/// A span of time in its two largest units ("2 h 05 min", "41 s"); negative counts as zero.
QString durationText(std::chrono::seconds span);

/// "2026-11-24 14:03:07 UTC". Empty for an invalid time.
QString utcText(const QDateTime &time);

/// The same without its zone, for what stands beside the zone's name: "2026-11-24 14:03:07".
QString bareUtcText(const QDateTime &time);

/// The time of day, "14:03:07 UTC". Empty for an invalid time.
QString timeOfDayText(const QDateTime &time);

/// The API's ISO 8601 form with second precision ("2026-11-24T14:03:07Z").
QString isoText(const QDateTime &time);

/// As a part of a file's name: "20261124T140307Z".
QString fileStampText(const QDateTime &time);

} // namespace tidemark
