#include "ui/jobs/report_file_saver.h"

#include "base/background.h"
#include "ui/jobs/report_file.h"
#include "ui/widgets/saved_file_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>

namespace tidemark {

ReportFileSaver::ReportFileSaver(MessageBar *message, SavedFileBar *saved, QWidget *parent)
    : QObject(parent)
    , m_message(message)
    , m_saved(saved)
    , m_widget(parent)
{
}

void ReportFileSaver::choose(const QString &name, const std::function<std::optional<JobReport>()> &make)
{
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
    QString plain = name;
    plain.replace(QRegularExpression(QStringLiteral("[^\\w.-]+")), QStringLiteral("_"));
    dialog->selectFile(plain + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, make](const QString &path) {
        if (const auto report = make())
            save(*report, path);
    });
    dialog->open();
}

/// A thread of its own: a PDF takes a while to make, and the disk may be a network's.
void ReportFileSaver::save(const JobReport &report, const QString &path)
{
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
