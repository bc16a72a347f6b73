#pragma once

#include "plans/restore_plan.h"

/// Plans on the disk. All of it blocks for the disk, which may be a network's: not on a window's thread.
namespace tidemark {

/// The end of a plan's file name, without a dot.
constexpr const char *PlanSuffix = "tidemark-plan";

/// Reads it, and nothing but a regular file of the size that a plan may have. Fails with a sentence.
Result<PlanFile> readPlanFrom(const QString &path);

/// Replaces a file of that name atomically, or leaves it as it is and fails with a sentence.
Result<bool> writePlanTo(const QString &path, const PlanFile &file);

/// Adds a signature of `plan` to its file, beside those that are in it by now. Fails where the file has become another
/// plan's.
Result<PlanFile> addSignature(const QString &path, const RestorePlan &plan, const PlanSignature &signature);

/// What is offered as its name: "restore-orders-20261124T140307Z.tidemark-plan".
QString planFileName(const RestorePlan &plan);

} // namespace tidemark
