#pragma once

#include "checkup/connection_report.h"
#include "e2e/connection_servers.h"
#include "support/numbered_rows.h"

#include <functional>

namespace tidemark::test {

/// One way in which a connection fails: the step that finds it, and parts of what is said.
struct FailureRow
{
    const char *name;
    std::function<Setup()> setup;
    ConnectionStep step;
    const char *sentence;
    const char *hint;
    const char *fact = "";
    const char *address = "";
};

/// All of them; `servers` has to outlive the rows.
std::vector<FailureRow> failureRows(const ConnectionServers &servers);

} // namespace tidemark::test
