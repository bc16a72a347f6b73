#pragma once

#include "plans/restore_plan.h"

/// What a plan's file may hold: asked where one is read, and where one is written. Nothing outside app/plans includes
/// this.
namespace tidemark::plans {

constexpr qsizetype LongestText = 4096;  ///< characters
constexpr qsizetype MostEntries = 200;   ///< of a list
constexpr qsizetype MostSignatures = 16; ///< each costs whoever opens the file some processes

/// Whether a letter changes how others are shown, or is none: what a person reads in a plan must be what it says.
bool isDishonest(QChar c);
/// `mayHaveLines`: in a text of its own, such as the note, which may have tabs too.
bool isHonest(const QString &text, bool mayHaveLines);

/// As one line that can be written: without what is dishonest, and cut where it is too long.
QString asLine(const QString &text);

/// Why a plan could not be read again once it was written, in a sentence; empty where it can be.
QString objectionTo(const RestorePlan &plan);

} // namespace tidemark::plans
