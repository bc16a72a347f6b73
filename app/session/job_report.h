#pragma once

#include "downloads/download.h"
#include "jobs/job_monitor.h"

#include <QString>

#include <utility>
#include <vector>

namespace tidemark {

/// What happened to one restore, for a ticket or an audit: states, times, hashes and where the archives are. There is
/// never a link in it.
struct JobReport
{
    struct Section
    {
        QString title;
        std::vector<std::pair<QString, QString>> lines; ///< what, value; lines with an empty value are left out
        bool operator==(const Section &) const = default;
    };
    QString title;
    std::vector<Section> sections;
    bool operator==(const JobReport &) const = default;
};

/// `downloads` may hold others too; those of the group's jobs are taken. `connectionName` as the person named it.
JobReport jobReport(const JobGroup &group, const std::vector<Download> &downloads, const QString &connectionName,
                    const QDateTime &now);

/// What people said beside an order: the checklist, what was ticked, the plan that it was opened from. Nothing for what
/// was not said.
std::vector<JobReport::Section> recordSections(const OrderRecord &record);

QString plainText(const JobReport &report);
QString markdown(const JobReport &report);
/// The subset of HTML that QTextDocument prints.
QString html(const JobReport &report);

} // namespace tidemark
