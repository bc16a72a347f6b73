#pragma once

#include "demo/api_error.h"
#include "demo/query.h"
#include "demo/story.h"
#include "demo/world.h"

namespace tidemark::demo {

/// What is measured: of a process, of one of its databases, or of a partition of its disk.
enum class Measured { Process, Database, Partition };

struct Subject
{
    Measured what = Measured::Process;
    std::string database{}; ///< its name, where it is one
    bool isIdle = false;    ///< no client writes to it
    /// Of a process that saw it. Its deletes are seen in the counters of deletes, in the rate of the oplog and in the
    /// size of the data, the drop in that size alone.
    std::optional<Accident> accident{};
};

/// Of a process that holds data: uncompressed, without the database local.
constexpr std::int64_t dataSizeBytes = 3'200'000'000;

/// Databases of every process that holds data; local, admin and config among them.
std::vector<std::string> databaseNames();
std::vector<std::string> partitionNames();

/// start, end, granularity and measurements of an answer, from the query ("Get Measurements"): granularity, and period
/// or start and end. The series are made of the time alone, so that they are the same whenever they are asked for.
std::variant<Json, ApiError> measurementsFor(const Subject &subject, const Query &query, Time now);

} // namespace tidemark::demo
