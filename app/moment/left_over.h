#pragma once

#include <QString>

namespace tidemark {

/// What is left of a text beside the moments that were found in it, whose places are `Taken`.

/// Nothing where it is but marks.
QString leftOver(QString rest);

/// A shell's call that was not read as a whole, or a number that belongs to a timestamp, so that the numbers beside it
/// mean something else than they seem to. Empty: nothing.
QString halfRead(const QString &rest);

/// A piece of a date or a time that no form took: to leave it out would be half a reading. No version, address or port.
QString halfTime(const QString &rest);

/// What changes the moment and was not understood: arithmetic ("- 5 min", "before", "until"), another day's word, a
/// zone by a name that is not known. `dayIsOpen`: of a time whose day is asked for, every piece of a day counts.
QString changingPart(const QString &rest, bool dayIsOpen);

} // namespace tidemark
