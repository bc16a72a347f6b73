#include "ui/history/history_source.h"

#include "downloads/download_queue.h"
#include "session/order_report.h"
#include "session/session.h"

namespace tidemark {

HistorySource historySource(Session &session, const DownloadQueue &downloads)
{
    return {session.auditFile(), session.plansFolder(), [&session, &downloads](const std::vector<HistoryEntry> &lines) {
                const QString connection = session.connection().name;
                std::optional<JobReport> known;
                for (const HistoryEntry &line : lines) {
                    const RememberedSubmission *submission = session.jobs().submissionOf(line.order);
                    const JobGroup *group = session.jobs().group(submission ? submission->key : line.order);
                    if (group && !known)
                        known = jobReport(*group, downloads.downloads(), connection, session.client().serverNow());
                }
                return orderReport(lines, connection, known);
            }};
}

} // namespace tidemark
