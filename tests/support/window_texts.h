#pragma once

#include <QStringList>

namespace tidemark::test {

/// Everything that the program's windows say at this moment, shown or not: every text property of every widget and
/// action, every cell of every view with its tooltips, and what assistive technology reads. What a person types into a
/// password field is taken as the dots that are shown for it.
QStringList windowTexts();

} // namespace tidemark::test
