#pragma once

#include "history/history.h"
#include "session/job_report.h"

namespace tidemark {

/// The report of a restore from what the audit log tells of it: who asked for what and when, what was said beside it,
/// and what came of it line by line. `known`: the report of its jobs where a list still shows them; its sections stand
/// between. `lines`: linesOfRestore().
JobReport orderReport(const std::vector<HistoryEntry> &lines, const QString &connectionName,
                      const std::optional<JobReport> &known);

} // namespace tidemark
