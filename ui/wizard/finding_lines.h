#pragma once

#include "restore/rules.h"
#include "ui/widgets/field_hint.h"

namespace tidemark {

/// A finding as a hint shows it. What blocks in a field that nobody touched yet is not an error, but what comes next.
FieldHint::Line findingLine(const Finding &finding, bool touched);

/// Problems before warnings before notes, otherwise in the order given.
std::vector<FieldHint::Line> worstFirst(std::vector<FieldHint::Line> lines);

} // namespace tidemark
