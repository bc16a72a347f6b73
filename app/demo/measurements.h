#pragma once

#include "demo/api_error.h"
#include "demo/query.h"
#include "demo/story.h"
#include "demo/world.h"

namespace tidemark::demo {

/// What is measured: of a process, of one of its databases, or of a partition of its disk.
enum class Measured { Process, Database, Partition };

/// Databases of every process that holds data; local, admin and config among them.
std::vector<std::string> databaseNames();
std::vector<std::string> partitionNames();

/// start, end, granularity and measurements of an answer, from the query ("Get Measurements"): granularity, and period
/// or start and end. The series are made of the time alone, so that they are the same whenever they are asked for.
/// @p accident: of a process that saw it. Its deletes are seen in the counters of deletes, in the rate of the oplog and
/// in the size of the data, the drop in that size alone.
std::variant<Json, ApiError> measurementsFor(Measured what, const Query &query, Time now,
                                             const std::optional<Accident> &accident);

} // namespace tidemark::demo
