#pragma once

#include "plans/restore_plan.h"

/// What a plan's file may hold: asked where one is read, and where one is written. Nothing outside app/plans includes
/// this.
namespace tidemark::plans {

constexpr qsizetype LongestText = 4096;  ///< characters
constexpr qsizetype MostEntries = 200;   ///< of a list
constexpr qsizetype MostSignatures = 16; ///< each costs whoever opens the file some processes

/// Why a plan could not be read again once it was written, in a sentence; empty where it can be.
QString objectionTo(const RestorePlan &plan);

} // namespace tidemark::plans
