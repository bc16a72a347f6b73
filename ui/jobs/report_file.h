#pragma once

#include "base/result.h"

#include <QString>

namespace tidemark {

struct JobReport;

/// Writes the report; the name's ending decides the form: .pdf, .md, else plain text. Replaces a file of that name
/// atomically.
Result<bool> writeReport(const JobReport &report, const QString &path);

} // namespace tidemark
