#pragma once

#include "logs/log_finding.h"

#include <optional>

namespace tidemark {

/// Makes one of what the members of a set, or the shards of a cluster, tell of the same thing. What only a secondary
/// tells stays, marked as such, and so does what a member tells that has told of the other already. The newest first;
/// deletes of few documents are left out.
std::vector<LogFinding> merged(std::vector<LogFinding> findings);

/// Where in a later list of the same search which stood in an earlier one is, on its own or within another one.
std::optional<size_t> whereIs(const LogFinding &before, const std::vector<LogFinding> &list);

} // namespace tidemark
