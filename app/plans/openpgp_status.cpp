#include "plans/openpgp_status.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace tidemark {

OpenPgpStatus openPgpStatus(const QByteArray &statusLines)
{
    QHash<QString, QStringList> lines; // by keyword
    for (const QString &line : QString::fromUtf8(statusLines).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("[GNUPG:] ")))
            lines[line.section(QLatin1Char(' '), 1, 1)].append(line.section(QLatin1Char(' '), 2).trimmed());
    }
    static const char *const once[] = {"NEWSIG", "GOODSIG", "VALIDSIG"};
    static const char *const never[] = {"EXPSIG", "EXPKEYSIG",  "REVKEYSIG", "BADSIG",
                                        "ERRSIG", "KEYEXPIRED", "KEYREVOKED"};
    const auto count = [&lines](const char *keyword) { return lines.value(QLatin1String(keyword)).size(); };
    if (!std::ranges::all_of(once, [&](const char *keyword) { return count(keyword) == 1; }) ||
        !std::ranges::all_of(never, [&](const char *keyword) { return count(keyword) == 0; }))
        return {};
    // VALIDSIG ends with the primary key; GOODSIG begins with the key that signed, or the last digits of it.
    const QString good = lines.value(QStringLiteral("GOODSIG")).front();
    const QStringList valid = lines.value(QStringLiteral("VALIDSIG")).front().split(QLatin1Char(' '));
    const QString signedWith = good.section(QLatin1Char(' '), 0, 0);
    static const QRegularExpression fingerprint(QStringLiteral("\\A[0-9A-F]{40,}\\z"));
    if (signedWith.isEmpty() || !valid.front().endsWith(signedWith) || !fingerprint.match(valid.back()).hasMatch())
        return {};
    return {true, valid.back(), good.section(QLatin1Char(' '), 1)};
}

} // namespace tidemark
