#pragma once

#include "demo/api_error.h"
#include "demo/query.h"
#include "demo/world.h"

namespace tidemark::demo {

/// What is measured: of a process, of one of its databases, or of a partition of its disk.
enum class Measured { Process, Database, Partition };

/// Databases of every process that holds data; local, admin and config among them.
std::vector<std::string> databaseNames();
std::vector<std::string> partitionNames();

/// start, end, granularity and measurements of an answer, from the query ("Get Measurements"): granularity, and period
/// or start and end. The series are made of the time alone, so that they are the same whenever they are asked for.
std::variant<Json, ApiError> measurementsFor(Measured what, const Query &query, Time now);

} // namespace tidemark::demo
