#include "session/order_report.h"

#include "base/honest_text.h"
#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderReport)
};

constexpr qsizetype LongestLine = 4096; ///< characters: the log may hold what somebody wrote into it

QString line(const QString &text)
{
    return asLine(text, LongestLine);
}

/// The line that tells most of what was asked for.
const HistoryEntry *askedFor(const std::vector<HistoryEntry> &lines)
{
    const auto sending = std::ranges::find(lines, QStringLiteral("sending"), &HistoryEntry::event);
    if (sending != lines.end())
        return &*sending;
    return lines.empty() ? nullptr : &lines.front();
}

JobReport::Section orderSection(const HistoryEntry &asked, const QString &connectionName)
{
    return {Words::tr("Order"),
            {{Words::tr("Connection"), connectionName},
             {Words::tr("Source"), line(asked.source)},
             {Words::tr("Point"), line(asked.point)},
             {Words::tr("Target"), line(asked.target)},
             {Words::tr("Sent"), utcText(asked.time)},
             {Words::tr("By"), line(asked.person)},
             {Words::tr("Key"), line(asked.user)},
             {Words::tr("Order"), line(asked.order)},
             {Words::tr("SHA-256 of its plan"), line(asked.planHash())}}};
}

JobReport::Section logSection(const std::vector<HistoryEntry> &lines)
{
    JobReport::Section section{Words::tr("In the audit log"), {}};
    for (const HistoryEntry &entry : lines) {
        const QString said = entry.outcome.isEmpty()
                                 ? line(entry.event)
                                 : Words::tr("%1: %2", "event, outcome").arg(line(entry.event), line(entry.outcome));
        const QString told =
            entry.follows ? said
                          : Words::tr("%1 (line %2 does not follow from the line before it)").arg(said).arg(entry.line);
        section.lines.emplace_back(utcText(entry.time), told);
    }
    return section;
}

} // namespace

JobReport orderReport(const std::vector<HistoryEntry> &lines, const QString &connectionName,
                      const std::optional<JobReport> &known)
{
    JobReport report;
    const HistoryEntry *asked = askedFor(lines);
    if (!asked)
        return report;
    report.title = known ? known->title : Words::tr("Restore of %1").arg(line(asked->source));
    report.sections.push_back(orderSection(*asked, connectionName));
    if (known)
        report.sections.insert(report.sections.end(), known->sections.begin(), known->sections.end());
    else
        for (JobReport::Section &section : recordSections(recordFromJson(asked->details)))
            report.sections.push_back(std::move(section));
    report.sections.push_back(logSection(lines));
    for (JobReport::Section &section : report.sections)
        std::erase_if(section.lines, [](const auto &one) { return one.second.isEmpty(); });
    return report;
}

} // namespace tidemark
