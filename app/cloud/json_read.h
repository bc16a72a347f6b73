#pragma once

#include "cloud/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <optional>
#include <vector>

/// Reading JSON of which the documentation and the servers do not agree in every type: a number may come as a string
/// and a string as a number, a list as a single object. What cannot be understood reads as missing, never as an error.
namespace tidemark::json {

/// More than this is no answer of this API: a page of 500 restore jobs has about 30,000 values in 6,000 objects and
/// arrays, the automation configuration of a thousand processes about 100,000 in 30,000. A byte or two of text become
/// 16 in memory for a value and about 150 for an object or array, so that 8 MiB of "[]," would be 400 MiB.
constexpr qsizetype MostValues = 500000;
constexpr qsizetype MostContainers = 100000;

/// Parses what a server sent. Text with more than that is refused (QJsonParseError::DocumentTooLarge)
/// before anything is made of it.
QJsonDocument parse(const QByteArray &text, QJsonParseError *problem = nullptr);

/// Strings as they are; numbers and booleans in their JSON spelling; {"$oid": …} as its text.
QString text(const QJsonValue &value);
QStringList texts(const QJsonValue &value);

/// Whole numbers, also from strings ("1") and from doubles without a fraction. nullopt for everything else.
std::optional<qint64> integer(const QJsonValue &value);
qint64 integerOr(const QJsonValue &value, qint64 fallback);

/// Any number, also from a string; nullopt for everything else, null and "NaN" included.
std::optional<double> number(const QJsonValue &value);

/// true/false, "true"/"false", 1/0.
std::optional<bool> flag(const QJsonValue &value);

/// ISO 8601 (no zone means UTC, the API's rule), seconds or milliseconds since the epoch, {"$date": …}. UTC, or
/// invalid.
QDateTime time(const QJsonValue &value);

/// {"date": ISO or epoch seconds, "increment": number or string}; a bare time counts as its increment 0.
std::optional<OplogTimestamp> timestamp(const QJsonValue &value);

/// The objects of a list, `most` of them. Lists in lists are flattened, a lone object is a list of one, other things
/// are left out.
std::vector<QJsonObject> objects(const QJsonValue &value, size_t most = MostValues);

} // namespace tidemark::json
