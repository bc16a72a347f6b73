#include "base/honest_text.h"

#include <algorithm>

namespace tidemark {

bool isDishonest(QChar c)
{
    const bool isDirection = (c >= QChar(0x202a) && c <= QChar(0x202e)) || (c >= QChar(0x2066) && c <= QChar(0x2069)) ||
                             c == QChar(0x200e) || c == QChar(0x200f) || c == QChar(0x061c);
    return isDirection || c.category() == QChar::Other_Control || c == QChar(0x2028) || c == QChar(0x2029);
}

bool isHonest(const QString &text, bool mayHaveLines)
{
    return std::ranges::none_of(text, [mayHaveLines](QChar c) {
        const bool isSpace = c == QLatin1Char('\n') || c == QLatin1Char('\t');
        return isDishonest(c) && !(mayHaveLines && isSpace);
    });
}

QString asLine(const QString &text, qsizetype longest)
{
    QString line = text.simplified();
    line.removeIf(isDishonest);
    if (line.size() > longest)
        line = line.left(longest - 1) + QChar(0x2026);
    return line;
}

QString asTypedLine(const QString &text, qsizetype longest)
{
    QString line = text;
    // What parts lines and words is a space here; what is left of the dishonest ones is nothing.
    std::ranges::replace_if(
        line, [](QChar c) { return c.isSpace(); }, QChar(QLatin1Char(' ')));
    line.removeIf(isDishonest);
    return line.left(longest);
}

} // namespace tidemark
