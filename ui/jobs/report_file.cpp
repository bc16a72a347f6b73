#include "ui/jobs/report_file.h"

#include "session/job_report.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

namespace tidemark {

namespace {

QByteArray pdf(const JobReport &report)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setTitle(report.title);
        writer.setCreator(QStringLiteral("Tidemark"));
        QTextDocument document;
        document.setHtml(html(report));
        document.print(&writer);
    }
    return bytes;
}

} // namespace

Result<bool> writeReport(const JobReport &report, const QString &path)
{
    QSaveFile file(path);
    const QString lower = path.toLower();
    const QByteArray bytes = lower.endsWith(QLatin1String(".pdf"))  ? pdf(report)
                             : lower.endsWith(QLatin1String(".md")) ? markdown(report).toUtf8()
                                                                    : plainText(report).toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return true;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = QCoreApplication::translate("ReportFile", "The report could not be written to %1: %2.")
                         .arg(QDir::toNativeSeparators(path), file.errorString());
    error.hint = QCoreApplication::translate("ReportFile", "Choose another folder.");
    return failure(error);
}

} // namespace tidemark
