#include "ui/jobs/report_saver.h"

#include "downloads/download_queue.h"
#include "session/job_report.h"
#include "session/session.h"
#include "ui/jobs/report_file_saver.h"
#include "ui/widgets/server_clock.h"

#include <QWidget>

namespace tidemark {

ReportSaver::ReportSaver(const DownloadQueue &downloads, const ServerClock &clock, MessageBar *message,
                         SavedFileBar *saved, QWidget *parent)
    : QObject(parent)
    , m_downloads(downloads)
    , m_clock(clock)
    , m_saver(new ReportFileSaver(message, saved, parent))
{
}

ReportSaver::~ReportSaver() = default;

void ReportSaver::setSession(Session *session)
{
    m_session = session;
}

void ReportSaver::choose(const QString &groupKey)
{
    const auto group = [this, groupKey] { return m_session ? m_session->jobs().group(groupKey) : nullptr; };
    if (!group())
        return;
    m_saver->choose(tr("restore-%1-%2").arg(group()->clusterName, groupKey),
                    [this, group]() -> std::optional<JobReport> {
                        const JobGroup *found = group();
                        if (!found)
                            return std::nullopt;
                        return jobReport(*found, m_downloads.downloads(), m_session->connection().name, m_clock.now());
                    });
}

} // namespace tidemark
