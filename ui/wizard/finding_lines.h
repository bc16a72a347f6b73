#pragma once

#include "restore/rules.h"
#include "ui/look/finding_row.h"
#include "ui/widgets/field_hint.h"

namespace tidemark {

/// A finding as a hint shows it. What blocks in a field that nobody touched yet is not an error, but what comes next.
FieldHint::Line findingLine(const Finding &finding, bool touched);

/// Problems before warnings before notes, otherwise in the order given.
std::vector<FieldHint::Line> worstFirst(std::vector<FieldHint::Line> lines);

/// One row of a list of findings.
struct FindingEntry
{
    FindingKind kind = FindingKind::Error;
    QString sentence;

    bool operator==(const FindingEntry &) const = default;
};

/// Errors, warnings, what is not known, notes and, in one line, the checks that were passed; within a kind in the order
/// given.
std::vector<FindingEntry> findingEntries(const std::vector<Finding> &findings, const QStringList &notes,
                                         const QStringList &passed);

/// Whether a person has to tick it before a restore is sent.
inline bool needsTick(const FindingEntry &entry)
{
    return entry.kind == FindingKind::Warning || entry.kind == FindingKind::Unchecked;
}

} // namespace tidemark
