#pragma once

#include "logs/log_finding.h"

namespace tidemark {

/// A collection that went with its database, or with the one that took its name. It has no order of its own.
bool isPartOf(const LogFinding &whole, const LogFinding &part);

/// Whether two lines of one thread tell of the same thing: a command when it comes, what it does and when it was done,
/// or one delete after the other. A second order of the same is another thing, and so is a delete that is much larger
/// than those before it: its moment is its own.
bool isSameWork(const LogFinding &known, const LogFinding &later);
/// Takes what `later` adds to it.
void addWork(LogFinding &known, const LogFinding &later);

} // namespace tidemark
