#pragma once

#include <QRegularExpression>
#include <QString>

namespace tidemark {

/// The text as a keyboard for English would have written it: ASCII digits for those of other scripts, plain spaces,
/// quotes, hyphens and colons for their typographic kin, nothing invisible. As many characters as before, except for
/// what is invisible and for digits outside the basic plane.
QString plainText(const QString &text);

/// The next place in a plain text, which holds no half characters: looking for them anew for each place would make the
/// cost of a long text grow with its square.
inline QRegularExpressionMatch matchFrom(const QRegularExpression &expression, const QString &plain, qsizetype from)
{
    return expression.match(plain, from, QRegularExpression::NormalMatch,
                            QRegularExpression::DontCheckSubjectStringMatchOption);
}

} // namespace tidemark
