#include "restore/environment.h"

#include <QRegularExpression>

#include <algorithm>

namespace tidemark {

namespace {

/// "ShopProd-2" → shop, prod.
QStringList wordsOf(const QString &name)
{
    static const QRegularExpression edge(QStringLiteral("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}]+"));
    QStringList words = name.split(edge, Qt::SkipEmptyParts);
    for (QString &word : words)
        word = word.toCaseFolded();
    return words;
}

Environment environmentOf(const QString &name)
{
    static const QStringList productions{QStringLiteral("prod"), QStringLiteral("production"), QStringLiteral("prd"),
                                         QStringLiteral("live"), QStringLiteral("produktion")};
    static const QStringList rehearsals{
        QStringLiteral("rehearsal"), QStringLiteral("test"),        QStringLiteral("testing"),
        QStringLiteral("tst"),       QStringLiteral("stage"),       QStringLiteral("staging"),
        QStringLiteral("stg"),       QStringLiteral("dev"),         QStringLiteral("devel"),
        QStringLiteral("qa"),        QStringLiteral("development"), QStringLiteral("uat"),
        QStringLiteral("sandbox"),   QStringLiteral("demo"),        QStringLiteral("integration"),
        QStringLiteral("nonprod"),   QStringLiteral("preprod"),     QStringLiteral("scratch")};
    static const QStringList denials{QStringLiteral("non"), QStringLiteral("not"), QStringLiteral("no"),
                                     QStringLiteral("pre")};
    bool isProduction = false;
    bool isRehearsal = false;
    QString before;
    for (const QString &word : wordsOf(name)) {
        const bool isNamed = productions.contains(word);
        if (isNamed && denials.contains(before))
            isRehearsal = true;
        else if (isNamed)
            isProduction = true;
        isRehearsal = isRehearsal || rehearsals.contains(word);
        before = word;
    }
    if (isProduction == isRehearsal)
        return Environment::Unknown;
    return isProduction ? Environment::Production : Environment::Rehearsal;
}

} // namespace

EnvironmentGuess environmentOf(const QString &cluster, const QStringList &tags, const QString &project)
{
    for (const QString &name : QStringList{cluster} + tags + QStringList{project}) {
        if (const Environment environment = environmentOf(name); environment != Environment::Unknown)
            return {environment, name};
    }
    return {};
}

} // namespace tidemark
