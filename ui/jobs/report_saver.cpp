#include "ui/jobs/report_saver.h"

#include "base/background.h"
#include "downloads/download_queue.h"
#include "session/job_report.h"
#include "session/session.h"
#include "ui/jobs/report_file.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/server_clock.h"

#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>

namespace tidemark {

ReportSaver::ReportSaver(const DownloadQueue &downloads, const ServerClock &clock, MessageBar *message,
                         SavedFileBar *saved, QWidget *parent)
    : QObject(parent)
    , m_downloads(downloads)
    , m_clock(clock)
    , m_message(message)
    , m_saved(saved)
    , m_widget(parent)
{
}

ReportSaver::~ReportSaver() = default;

void ReportSaver::setSession(Session *session)
{
    m_session = session;
}

void ReportSaver::choose(const QString &groupKey)
{
    const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr;
    if (!group)
        return;
    auto *dialog = new QFileDialog(m_widget->window(), tr("Save report"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("reportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PDF (*.pdf)"), tr("Markdown (*.md)"), tr("Plain text (*.txt)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1Char('.'));
        dialog->setDefaultSuffix(filter.mid(dot + 1).remove(QLatin1Char(')')));
    });
    QString name = group->clusterName;
    name.replace(QRegularExpression(QStringLiteral("[^\\w.-]+")), QStringLiteral("_"));
    dialog->selectFile(tr("restore-%1-%2.pdf").arg(name, group->key));
    connect(dialog, &QFileDialog::fileSelected, this, [this, groupKey](const QString &path) { save(groupKey, path); });
    dialog->open();
}

void ReportSaver::save(const QString &groupKey, const QString &path)
{
    const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr;
    if (!group)
        return;
    const JobReport report = jobReport(*group, m_downloads.downloads(), m_session->connection().name, m_clock.now());
    // A thread of its own: a PDF takes a while to make, and the disk may be a network's.
    inOwnThread(
        this, [report, path] { return writeReport(report, path); },
        [this, path](const Result<bool> &written) {
            if (written) {
                m_saved->showSaved(tr("The report is in %1.").arg(QDir::toNativeSeparators(path)), path);
                return;
            }
            m_saved->clear();
            m_message->say(MessageBar::Kind::Error, written.error().sentence + QLatin1Char(' ') + written.error().hint);
        });
}

} // namespace tidemark
