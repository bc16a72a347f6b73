#include "preparation/search_words.h"

#include <algorithm>

namespace tidemark {

SearchWords::SearchWords(const QString &typed)
    : m_words(fold(typed.simplified()).split(QLatin1Char(' '), Qt::SkipEmptyParts))
{
}

bool SearchWords::areIn(const QString &folded) const
{
    return std::ranges::all_of(m_words, [&folded](const QString &word) { return folded.contains(word); });
}

bool SearchWords::areIn(const QString &folded, const QString &more) const
{
    return std::ranges::all_of(m_words,
                               [&](const QString &word) { return folded.contains(word) || more.contains(word); });
}

} // namespace tidemark
