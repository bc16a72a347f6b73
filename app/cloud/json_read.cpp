#include "cloud/json_read.h"

#include <cmath>
#include <limits>

namespace tidemark::json {

namespace {

/// Beyond this a number of seconds would lie after the year 5138, so it must be milliseconds.
constexpr qint64 SecondsLimit = 100'000'000'000;
constexpr int DepthLimit = 4;

void collectObjects(const QJsonValue &value, int depth, size_t most, std::vector<QJsonObject> &into)
{
    if (value.isObject()) {
        into.push_back(value.toObject());
    } else if (value.isArray() && depth < DepthLimit) {
        const QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size() && into.size() < most; ++i)
            collectObjects(list.at(i), depth + 1, most, into);
    }
}

bool hasZone(const QString &text)
{
    const qsizetype clock = text.indexOf(QLatin1Char('T'), 0, Qt::CaseInsensitive);
    if (clock < 0)
        return false;
    return text.endsWith(QLatin1Char('Z'), Qt::CaseInsensitive) || text.indexOf(QLatin1Char('+'), clock) > 0 ||
           text.indexOf(QLatin1Char('-'), clock) > 0;
}

/// Counts, outside of strings, one value for each comma and each opened container.
bool isTooMuch(const QByteArray &text)
{
    qsizetype values = 1;
    qsizetype containers = 0;
    bool inString = false;
    for (const char *at = text.constBegin(); at != text.constEnd(); ++at) {
        if (inString) {
            if (*at == '\\' && at + 1 != text.constEnd())
                ++at;
            else if (*at == '"')
                inString = false;
        } else if (*at == '"') {
            inString = true;
        } else if (*at == ',') {
            ++values;
        } else if (*at == '[' || *at == '{') {
            ++values;
            ++containers;
        }
        if (values > MostValues || containers > MostContainers)
            return true;
    }
    return false;
}

} // namespace

QJsonDocument parse(const QByteArray &text, QJsonParseError *problem)
{
    if (!isTooMuch(text))
        return QJsonDocument::fromJson(text, problem);
    if (problem != nullptr)
        *problem = {0, QJsonParseError::DocumentTooLarge};
    return {};
}

QString text(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        if (const auto number = integer(value))
            return QString::number(*number);
        return QString::number(value.toDouble());
    case QJsonValue::Object:
        return value.toObject().value(QLatin1String("$oid")).toString();
    default:
        return {};
    }
}

QStringList texts(const QJsonValue &value)
{
    QStringList result;
    if (!value.isArray()) {
        if (const QString single = text(value); !single.isEmpty())
            result.append(single);
        return result;
    }
    const QJsonArray list = value.toArray();
    for (const QJsonValue &item : list) {
        if (const QString entry = text(item); !entry.isEmpty())
            result.append(entry);
    }
    return result;
}

std::optional<qint64> integer(const QJsonValue &value)
{
    if (value.isDouble()) {
        constexpr qint64 none = std::numeric_limits<qint64>::min();
        if (const qint64 whole = value.toInteger(none); whole != none)
            return whole;
        const double number = value.toDouble();
        // The bounds keep the conversion defined; 2^63 itself is not a qint64.
        if (std::isfinite(number) && std::trunc(number) == number && std::abs(number) < 9.2e18)
            return static_cast<qint64>(number);
        return std::nullopt;
    }
    if (value.isString()) {
        bool ok = false;
        const qint64 number = value.toString().trimmed().toLongLong(&ok);
        if (ok)
            return number;
    }
    if (value.isObject()) { // extended JSON: {"$numberLong": "…"}
        const QJsonValue inner = value.toObject().value(QLatin1String("$numberLong"));
        if (inner.isString() || inner.isDouble())
            return integer(inner);
    }
    return std::nullopt;
}

qint64 integerOr(const QJsonValue &value, qint64 fallback)
{
    return integer(value).value_or(fallback);
}

std::optional<double> number(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    if (value.isString()) {
        bool ok = false;
        const double read = value.toString().trimmed().toDouble(&ok);
        if (ok && std::isfinite(read))
            return read;
        return std::nullopt;
    }
    if (const auto whole = integer(value)) // extended JSON
        return static_cast<double>(*whole);
    return std::nullopt;
}

std::optional<bool> flag(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool();
    const QString word = text(value).trimmed().toLower();
    if (word == QLatin1String("true") || word == QLatin1String("1"))
        return true;
    if (word == QLatin1String("false") || word == QLatin1String("0"))
        return false;
    return std::nullopt;
}

QDateTime time(const QJsonValue &value)
{
    if (value.isObject())
        return time(value.toObject().value(QLatin1String("$date")));
    if (const auto number = integer(value)) {
        if (*number <= 0)
            return {};
        return *number < SecondsLimit ? QDateTime::fromSecsSinceEpoch(*number, Qt::UTC)
                                      : QDateTime::fromMSecsSinceEpoch(*number, Qt::UTC);
    }
    if (!value.isString())
        return {};
    QString written = value.toString().trimmed();
    if (written.size() > 10 && written[10] == QLatin1Char(' '))
        written[10] = QLatin1Char('T');
    if (!written.contains(QLatin1Char('T'), Qt::CaseInsensitive))
        written += QLatin1String("T00:00:00");
    if (!hasZone(written))
        written += QLatin1Char('Z'); // the API's times are UTC; read as local ones, some would not exist
    const QDateTime parsed = QDateTime::fromString(written, Qt::ISODateWithMs);
    return parsed.isValid() ? parsed.toUTC() : QDateTime();
}

std::optional<OplogTimestamp> timestamp(const QJsonValue &value)
{
    QDateTime moment;
    std::optional<qint64> increment;
    if (value.isObject() && !value.toObject().contains(QLatin1String("$date"))) {
        QJsonObject fields = value.toObject();
        if (fields.value(QLatin1String("$timestamp")).isObject()) {
            const QJsonObject bson = fields.value(QLatin1String("$timestamp")).toObject();
            moment = time(bson.value(QLatin1String("t")));
            increment = integer(bson.value(QLatin1String("i")));
        } else {
            moment = time(fields.value(QLatin1String("date")));
            increment = integer(fields.value(QLatin1String("increment")));
        }
    } else {
        moment = time(value);
    }
    if (!moment.isValid())
        return std::nullopt;
    const qint64 ordinal = increment.value_or(0);
    if (ordinal < 0 || ordinal > std::numeric_limits<quint32>::max())
        return std::nullopt;
    return OplogTimestamp{moment.toSecsSinceEpoch(), static_cast<quint32>(ordinal)};
}

std::vector<QJsonObject> objects(const QJsonValue &value, size_t most)
{
    std::vector<QJsonObject> result;
    collectObjects(value, 0, most, result);
    return result;
}

} // namespace tidemark::json
