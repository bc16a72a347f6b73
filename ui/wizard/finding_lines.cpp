#include "ui/wizard/finding_lines.h"

#include <algorithm>

namespace tidemark {

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

} // namespace tidemark
