#include "session/job_report.h"

#include "base/text.h"
#include "jobs/job_texts.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(JobReport)
};

JobReport::Section restoreSection(const JobGroup &group, const QString &connectionName, const QDateTime &now)
{
    const RestoreJob &first = group.jobs.front();
    return {Words::tr("Restore"),
            {{Words::tr("Connection"), connectionName},
             {Words::tr("Project"), group.project.name},
             {Words::tr("Cluster"), group.clusterName},
             {Words::tr("Mode"), modeText(group)},
             {Words::tr("Point"), group.pointText},
             {Words::tr("Target"), targetText(group)},
             {Words::tr("Created"), utcText(first.created)},
             {Words::tr("Batch"), group.batch.value},
             {Words::tr("Status"), groupStatusText(group, now)},
             {Words::tr("Delivery"), groupDeliveryText(group, now)},
             {Words::tr("Written"), utcText(now)}}};
}

/// The server is done with a job when its agents begin: beside a restore whose data is in place, "handed over" is the
/// server's part and not the state.
QString statusLabel(const JobKind &kind)
{
    return kind.is == JobKind::Is::ToCluster ? Words::tr("Server's part") : Words::tr("Status");
}

JobReport::Section jobSection(const RestoreJob &job, const JobKind &kind, const QDateTime &now)
{
    JobReport::Section section{Words::tr("Job %1").arg(job.id.value),
                               {{Words::tr("Cluster"), partName(job)},
                                {Words::tr("Snapshot"), job.snapshot.value},
                                {Words::tr("Checkpoint"), job.checkpoint.value},
                                {Words::tr("Data as of"), job.timestamp ? utcText(job.timestamp->time()) : QString()},
                                {statusLabel(kind), statusText(job, kind)},
                                {Words::tr("Delivery"), deliveryText(job, kind, now)},
                                {Words::tr("Encryption"), encryptionText(job)},
                                {Words::tr("Link expires"), utcText(job.delivery.expires)}}};
    for (const FileHash &hash : job.hashes) {
        section.lines.emplace_back(Words::tr("Published %1").arg(hash.typeName),
                                   Words::tr("%1 for %2").arg(hash.hash, hash.fileName));
    }
    return section;
}

JobReport::Section downloadSection(const Download &download, const QDateTime &now)
{
    return {Words::tr("Archive %1").arg(download.source.fileName),
            {{Words::tr("Result"), stateText(download, now)},
             {Words::tr("File"), download.filePath},
             {Words::tr("Size"), download.bytesReceived > 0 ? bytesText(download.bytesReceived) : QString()},
             {Words::tr("SHA-1 of the bytes"), download.sha1},
             {Words::tr("Published SHA-1"), download.publishedHash},
             {Words::tr("Ended"), utcText(download.ended)},
             {Words::tr("Reason"), download.error ? download.error->sentence : QString()}}};
}

QString markdownEscaped(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_{}[]<>#|").contains(c))
            escaped += QLatin1Char('\\');
        escaped += c == QLatin1Char('\n') ? QLatin1Char(' ') : c;
    }
    return escaped;
}

} // namespace

std::vector<JobReport::Section> recordSections(const OrderRecord &record)
{
    std::vector<JobReport::Section> sections;
    if (!record.checklist.empty()) {
        sections.push_back({Words::tr("Checklist"), {}});
        for (const ChecklistTick &tick : record.checklist)
            sections.back().lines.emplace_back(tick.name, tickText(tick));
    }
    if (!record.ticked.isEmpty()) {
        sections.push_back({Words::tr("Ticked before it was sent"), {}});
        for (const QString &sentence : record.ticked)
            sections.back().lines.emplace_back(Words::tr("Finding"), sentence);
    }
    if (!record.plan.file.isEmpty())
        sections.push_back({Words::tr("Plan"),
                            {{Words::tr("File"), record.plan.file},
                             {Words::tr("SHA-256 of the plan"), record.plan.sha256},
                             {Words::tr("Approved by"), record.plan.approvedBy.isEmpty()
                                                            ? Words::tr("nobody")
                                                            : record.plan.approvedBy.join(QStringLiteral(", "))}}});
    return sections;
}

JobReport jobReport(const JobGroup &group, const std::vector<Download> &downloads, const QString &connectionName,
                    const QDateTime &now)
{
    JobReport report;
    report.title = Words::tr("Restore of %1").arg(group.clusterName);
    report.sections.push_back(restoreSection(group, connectionName, now));
    for (JobReport::Section &section : recordSections(group.record))
        report.sections.push_back(std::move(section));
    for (const RestoreJob &job : group.jobs) {
        report.sections.push_back(jobSection(job, group.kind, now));
        for (const Download &download : downloads) {
            if (download.source.job == job.id)
                report.sections.push_back(downloadSection(download, now));
        }
    }
    for (JobReport::Section &section : report.sections)
        std::erase_if(section.lines, [](const auto &line) { return line.second.isEmpty(); });
    return report;
}

QString plainText(const JobReport &report)
{
    QString text =
        report.title + QLatin1Char('\n') + QString(report.title.size(), QLatin1Char('=')) + QLatin1Char('\n');
    for (const JobReport::Section &section : report.sections) {
        text += QLatin1Char('\n') + section.title + QLatin1Char('\n');
        qsizetype width = 0;
        for (const auto &[what, value] : section.lines)
            width = std::max(width, what.size());
        for (const auto &[what, value] : section.lines)
            text +=
                QStringLiteral("  ") + (what + QLatin1Char(':')).leftJustified(width + 2) + value + QLatin1Char('\n');
    }
    return text;
}

QString markdown(const JobReport &report)
{
    QString text = QStringLiteral("# ") + markdownEscaped(report.title) + QLatin1Char('\n');
    for (const JobReport::Section &section : report.sections) {
        text += QStringLiteral("\n## ") + markdownEscaped(section.title) + QStringLiteral("\n\n| | |\n| --- | --- |\n");
        for (const auto &[what, value] : section.lines)
            text += QStringLiteral("| ") + markdownEscaped(what) + QStringLiteral(" | ") + markdownEscaped(value) +
                    QStringLiteral(" |\n");
    }
    return text;
}

QString html(const JobReport &report)
{
    QString text = QStringLiteral("<h1>") + report.title.toHtmlEscaped() + QStringLiteral("</h1>");
    for (const JobReport::Section &section : report.sections) {
        text += QStringLiteral("<h3>") + section.title.toHtmlEscaped() +
                QStringLiteral("</h3><table cellspacing=\"0\" cellpadding=\"2\">");
        for (const auto &[what, value] : section.lines)
            text += QStringLiteral("<tr><td width=\"25%\">") + what.toHtmlEscaped() + QStringLiteral("</td><td>") +
                    value.toHtmlEscaped() + QStringLiteral("</td></tr>");
        text += QStringLiteral("</table>");
    }
    return text;
}

} // namespace tidemark
