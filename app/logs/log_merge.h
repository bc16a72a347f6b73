#pragma once

#include "logs/log_finding.h"

namespace tidemark {

/// Whether two lines of one log tell of the same thing: a command when it comes and when it was done, or one delete
/// after the other of the same connection.
bool isSameWork(const LogFinding &known, const LogFinding &later);
/// Takes what `later` adds to it.
void addWork(LogFinding &known, const LogFinding &later);

/// Makes one of what the members of a set, or the shards of a cluster, tell of the same thing. What only a secondary
/// tells stays, marked as such. The newest first; deletes of few documents are left out.
std::vector<LogFinding> merged(std::vector<LogFinding> findings);

} // namespace tidemark
