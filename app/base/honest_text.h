#pragma once

#include <QString>

/// Texts that people type and others read: what is seen must be what they say.
namespace tidemark {

/// Whether a letter changes how others are shown, or is none: a control character, a change of direction, a separator
/// of lines.
bool isDishonest(QChar c);
/// `mayHaveLines`: in a text of its own, such as a note, which may have tabs too.
bool isHonest(const QString &text, bool mayHaveLines);

/// As one line: without what is dishonest, its spaces as they would be typed, and cut where it is longer than this many
/// characters.
QString asLine(const QString &text, qsizetype longest);
/// The same of what is still being typed or was pasted: a space at its end may have more behind it.
QString asTypedLine(const QString &text, qsizetype longest);

} // namespace tidemark
