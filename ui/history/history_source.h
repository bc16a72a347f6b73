#pragma once

#include "history/history.h"
#include "session/job_report.h"

#include <functional>

namespace tidemark {

class DownloadQueue;
class Session;

/// What **History** shows, and where more of it is.
struct HistorySource
{
    QString auditFile;
    QString plansFolder; ///< of KeptPlans
    /// The report of a restore from its lines, with what is known of its jobs today.
    std::function<JobReport(const std::vector<HistoryEntry> &)> report;
};

/// Of an open connection; it is asked again for each report, and must outlive what is made of it.
HistorySource historySource(Session &session, const DownloadQueue &downloads);

} // namespace tidemark
