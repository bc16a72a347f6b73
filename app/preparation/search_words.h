#pragma once

#include <QString>
#include <QStringList>

namespace tidemark {

/// What is looked for in a list: words in any order, each found anywhere in a text, whatever its case.
class SearchWords
{
public:
    SearchWords() = default;
    explicit SearchWords(const QString &typed);

    bool isEmpty() const { return m_words.isEmpty(); }
    /// `folded`: a text that went through fold(). Without words everything is found.
    bool areIn(const QString &folded) const;
    /// Each of them in one of the two.
    bool areIn(const QString &folded, const QString &more) const;

    /// The form in which texts are compared; to be kept where they are searched again and again.
    static QString fold(const QString &text) { return text.toCaseFolded(); }

private:
    QStringList m_words;
};

} // namespace tidemark
