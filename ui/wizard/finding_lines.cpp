#include "ui/wizard/finding_lines.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::FindingEntry)
};

FindingKind kindOf(const Finding &finding)
{
    switch (finding.severity) {
    case Severity::Note:
        return FindingKind::Note;
    case Severity::Warning:
        return finding.isUnchecked ? FindingKind::Unchecked : FindingKind::Warning;
    case Severity::Blocking:
        break;
    }
    return FindingKind::Error;
}

} // namespace

FieldHint::Line findingLine(const Finding &finding, bool touched)
{
    switch (finding.severity) {
    case Severity::Note:
        return {FieldHint::Level::Note, finding.sentence};
    case Severity::Warning:
        return {FieldHint::Level::Warning, finding.sentence};
    case Severity::Blocking:
        break;
    }
    return {touched ? FieldHint::Level::Error : FieldHint::Level::Calm, finding.sentence};
}

std::vector<FieldHint::Line> worstFirst(std::vector<FieldHint::Line> lines)
{
    std::stable_sort(lines.begin(), lines.end(),
                     [](const FieldHint::Line &a, const FieldHint::Line &b) { return a.level > b.level; });
    return lines;
}

std::vector<FindingEntry> findingEntries(const std::vector<Finding> &findings, const QStringList &notes,
                                         const QStringList &passed)
{
    std::vector<FindingEntry> entries;
    for (const Finding &finding : findings)
        entries.push_back({kindOf(finding), finding.sentence});
    for (const QString &note : notes)
        entries.push_back({FindingKind::Note, note});
    if (!passed.isEmpty())
        entries.push_back({FindingKind::Passed, Text::tr("Checks passed: %1.").arg(passed.join(QStringLiteral(", ")))});
    std::ranges::stable_sort(entries, {}, &FindingEntry::kind);
    return entries;
}

} // namespace tidemark
