#include "demo/measurements.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

struct Series
{
    Measured of;
    const char *name;
    const char *units;
    double level;
    double swing;
    bool rate; ///< made of two neighbours: the first point has none
};

constexpr Series allSeries[] = {
    {Measured::Process, "OPCOUNTER_CMD", "SCALAR_PER_SECOND", 120, 30, true},
    {Measured::Process, "OPCOUNTER_DELETE", "SCALAR_PER_SECOND", 2, 1.5, true},
    {Measured::Process, "DOCUMENT_METRICS_DELETED", "SCALAR_PER_SECOND", 2, 1.5, true},
    {Measured::Process, "OPCOUNTER_INSERT", "SCALAR_PER_SECOND", 35, 9, true},
    {Measured::Process, "OPCOUNTER_UPDATE", "SCALAR_PER_SECOND", 20, 6, true},
    {Measured::Process, "DOCUMENT_METRICS_INSERTED", "SCALAR_PER_SECOND", 38, 9, true},
    {Measured::Process, "DOCUMENT_METRICS_UPDATED", "SCALAR_PER_SECOND", 22, 6, true},
    {Measured::Process, "DB_DATA_SIZE_TOTAL_WO_SYSTEM", "BYTES", dataSizeBytes, 1e6, false},
    {Measured::Process, "OPLOG_RATE_GB_PER_HOUR", "GIGABYTES_PER_HOUR", 0.4, 0.1, true},
    {Measured::Process, "CONNECTIONS", "SCALAR", 85, 12, false},
    {Measured::Database, "DATABASE_DATA_SIZE", "BYTES", 1.1e9, 1e6, false},
    {Measured::Database, "DATABASE_COLLECTION_COUNT", "SCALAR", 14, 0, false},
    {Measured::Database, "DATABASE_OBJECT_COUNT", "SCALAR", 820000, 500, false},
    {Measured::Partition, "DISK_PARTITION_SPACE_FREE", "BYTES", 4.1e10, 2e7, false},
    {Measured::Partition, "DISK_PARTITION_SPACE_USED", "BYTES", 6.3e10, 2e7, false},
};

constexpr std::int64_t mostPoints = 10000;

ApiError error(int status, const std::string &code, const std::string &detail, const std::string &name)
{
    return {status, code, detail, {name}};
}

/// "P1DT12H", "PT1M" in seconds.
std::optional<std::int64_t> duration(const std::string &text)
{
    if (text.size() < 2 || text[0] != 'P')
        return std::nullopt;
    std::int64_t sum = 0;
    std::string digits;
    bool clock = false;
    bool any = false;
    for (const char c : text.substr(1)) {
        if (c >= '0' && c <= '9') {
            digits += c;
            continue;
        }
        if (c == 'T' && !clock && digits.empty()) {
            clock = true;
            continue;
        }
        const std::int64_t unit = !clock && c == 'D'  ? 86400
                                  : clock && c == 'H' ? 3600
                                  : clock && c == 'M' ? 60
                                  : clock && c == 'S' ? 1
                                                      : 0;
        const auto count = parseInteger(digits);
        if (unit == 0 || !count || *count > 100000)
            return std::nullopt;
        sum += unit * *count;
        digits.clear();
        any = true;
    }
    return any && digits.empty() ? std::optional(sum) : std::nullopt;
}

struct Span
{
    std::int64_t start = 0; ///< seconds since the epoch
    std::int64_t end = 0;
    std::int64_t step = 60;
};

std::variant<Span, ApiError> spanOf(const Query &query, Time now)
{
    Span span;
    if (!query.has("granularity"))
        return error(400, "MISSING_QUERY_PARAMETER", "The required query parameter granularity was not specified.",
                     "granularity");
    const std::string granularity = query.get("granularity");
    const std::vector<std::string> taken{"PT10S", "PT1M", "PT5M", "PT1H", "P1D"};
    if (std::find(taken.begin(), taken.end(), granularity) == taken.end())
        return error(400, "INVALID_GRANULARITY", "An invalid granularity " + granularity + " was specified.",
                     granularity);
    span.step = *duration(granularity);
    const bool period = query.has("period");
    if (period && (query.has("start") || query.has("end")))
        return error(400, "MUTUALLY_EXCLUSIVE_QUERY_PARAMETERS", "period cannot be specified with start and end.",
                     "period");
    if (period) {
        const auto length = duration(query.get("period"));
        if (!length || *length == 0)
            return error(400, "INVALID_PERIOD", "An invalid period was specified.", query.get("period"));
        span.end = epochSeconds(now);
        span.start = span.end - *length;
        return span;
    }
    for (const auto &[name, into] : {std::pair{"start", &span.start}, std::pair{"end", &span.end}}) {
        if (!query.has(name))
            return error(400, "MISSING_QUERY_PARAMETER", "The required query parameter was not specified.", name);
        const auto time = parseIsoTime(query.get(name));
        if (!time)
            return error(400, "INVALID_QUERY_PARAMETER", "An invalid query parameter was specified.", name);
        *into = epochSeconds(time->time);
    }
    return span;
}

/// The same for a moment whenever it is asked for; -1 to 1.
double noise(std::int64_t at, const char *name)
{
    auto mixed = static_cast<std::uint64_t>(at) * 0x9e3779b97f4a7c15U;
    for (const char *letter = name; *letter != 0; ++letter)
        mixed = (mixed ^ static_cast<std::uint64_t>(*letter)) * 0x100000001b3U;
    mixed ^= mixed >> 29U;
    return static_cast<double>(mixed % 2001) / 1000 - 1;
}

/// What the deletes add to a rate while they go on.
double extraRate(const std::string &name)
{
    static const std::map<std::string, double> extra{
        {"OPCOUNTER_DELETE", 42}, {"DOCUMENT_METRICS_DELETED", 4200}, {"OPLOG_RATE_GB_PER_HOUR", 1.7}};
    const auto found = extra.find(name);
    return found == extra.end() ? 0 : found->second;
}

/// What the accident adds to the value that was sampled at this second, and for a rate counts since one step before.
double added(const Accident &accident, const Series &series, std::int64_t at, std::int64_t step)
{
    const std::int64_t began = epochSeconds(accident.deletesBegan);
    const std::int64_t dropped = epochSeconds(accident.dropped);
    const auto share = [&](std::int64_t from) {
        const auto common = std::min(at, dropped) - std::max(from, began);
        return static_cast<double>(std::max<std::int64_t>(common, 0));
    };
    const std::string name = series.name;
    if (name == "DB_DATA_SIZE_TOTAL_WO_SYSTEM") {
        // The deletes take a part of the collection, the drop what is left of it.
        const double deleted = share(began) * 1.6e6;
        return at >= dropped ? -1.3e9 : -deleted;
    }
    if (!series.rate)
        return 0;
    double sum = extraRate(name) * share(at - step);
    if (name == "OPCOUNTER_CMD" && at - step < dropped && dropped <= at)
        sum += 1; // the drop itself, which nobody sees among the others
    return sum / static_cast<double>(step);
}

bool isWriting(const std::string &name)
{
    return startsWith(name, "OPCOUNTER_") ? name != "OPCOUNTER_CMD" : startsWith(name, "DOCUMENT_METRICS_");
}

/// What the sine and the noise go about.
double levelOf(const Series &series, const Subject &subject)
{
    if (std::string(series.name) != "DATABASE_DATA_SIZE")
        return series.level;
    // The two databases of the shop share what its processes hold; the server's own are small.
    const double share = subject.database == databaseNames()[3]   ? 0.66
                         : subject.database == databaseNames()[4] ? 0.34
                                                                  : 0.001;
    return share * dataSizeBytes;
}

Json pointsOf(const Series &series, const Span &span, Time now, const Subject &subject)
{
    Json points = Json::array();
    // What is finer than an hour is not kept for more than two days.
    const std::int64_t kept = span.step < 3600 ? epochSeconds(now) - 2 * 86400 : 0;
    std::int64_t at = (span.start + span.step - 1) / span.step * span.step;
    at = std::max(at, span.end - mostPoints * span.step);
    const std::int64_t last = std::min(span.end, epochSeconds(now));
    for (; at <= last; at += span.step) {
        if (at < kept)
            continue;
        double value = levelOf(series, subject) +
                       series.swing * std::sin(static_cast<double>(at % 86400) / 86400 * 6.2832) +
                       series.swing * 0.3 * noise(at, series.name);
        if (subject.accident)
            value += added(*subject.accident, series, at, span.step);
        if (subject.isIdle && isWriting(series.name))
            value = 0;
        Json shown = value;
        if (series.rate && points.empty())
            shown = nullptr;
        points.push_back({{"timestamp", isoTime(fromEpochSeconds(at))}, {"value", shown}});
    }
    return points;
}

} // namespace

std::vector<std::string> databaseNames()
{
    return {"admin", "config", "local", "orders", "stock/2026"};
}

std::vector<std::string> partitionNames()
{
    return {"nvme0n1p1", "xvdb"};
}

std::variant<Json, ApiError> measurementsFor(const Subject &subject, const Query &query, Time now)
{
    const Measured what = subject.what;
    const auto read = spanOf(query, now);
    if (const auto *refusal = std::get_if<ApiError>(&read))
        return *refusal;
    const auto &span = std::get<Span>(read);
    const auto names = query.all("m");
    for (const auto &name : names) {
        const bool known = std::any_of(std::begin(allSeries), std::end(allSeries),
                                       [&](const Series &series) { return series.of == what && name == series.name; });
        if (!known)
            return error(404, "INVALID_METRIC_NAME", "An invalid metric name " + name + " was specified.", name);
    }
    Json measurements = Json::array();
    for (const auto &series : allSeries) {
        if (series.of != what || (!names.empty() && std::find(names.begin(), names.end(), series.name) == names.end()))
            continue;
        measurements.push_back(
            {{"dataPoints", pointsOf(series, span, now, subject)}, {"name", series.name}, {"units", series.units}});
    }
    return Json{{"end", isoTime(fromEpochSeconds(span.end))},
                {"granularity", query.get("granularity")},
                {"measurements", measurements},
                {"start", isoTime(fromEpochSeconds(span.start))}};
}

} // namespace tidemark::demo
