#pragma once

#include "restore/target_facts.h"

namespace tidemark {

/// What is in the target now, for a line of its own: "3.20 GB; by size: orders 2.10 GB, stock 1.10 GB".
QString erasedDataText(const Cluster &target, const std::optional<TargetFacts> &facts);
/// Whether anybody used it lately: "written to until 2026-11-24 14:05:00 UTC", to
/// some minutes.
QString lastWriteText(const Cluster &target, const std::optional<TargetFacts> &facts);

} // namespace tidemark
