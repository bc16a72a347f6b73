#include "plans/allowed_signers.h"

#include "plans/plan_approval.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace tidemark {

namespace {

/// "SHA256:…" as OpenSSH writes it.
QString fingerprintOf(const QByteArray &key)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromBase64(key), QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") + QString::fromLatin1(hash.toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace

QStringList namesOfKey(const QByteArray &list, const QString &fingerprint)
{
    QStringList names;
    for (const QByteArray &line : list.split('\n')) {
        const QByteArrayList words = line.simplified().split(' ');
        if (words.front().startsWith('#'))
            continue;
        // Options may stand between the names and the key: it is told by what it is, not by its place.
        if (std::any_of(words.begin() + 1, words.end(),
                        [&fingerprint](const QByteArray &word) { return fingerprintOf(word) == fingerprint; }))
            names += QString::fromUtf8(words.front()).remove(QLatin1Char('"')).split(QLatin1Char(','));
    }
    return names;
}

bool isOnePerson(const QStringList &names)
{
    // Patterns; and what is not seen (Unicode's Default_Ignorable_Code_Point and all of category C), by which one
    // person's name would be two.
    static const QRegularExpression notAName(QStringLiteral(
        "[*?!,\"\\p{C}\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{3164}\\x{fe00}-\\x{fe0f}"
        "\\x{ffa0}\\x{e0000}-\\x{e0fff}]"));
    return !names.isEmpty() && std::ranges::all_of(names, [&names](const QString &name) {
        return !name.trimmed().isEmpty() && isSamePerson(name, names.front()) && !name.contains(notAName);
    });
}

} // namespace tidemark
