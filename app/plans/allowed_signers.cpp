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
    static const QRegularExpression pattern(QStringLiteral("[*?!,]"));
    return !names.isEmpty() && std::ranges::all_of(names, [&names](const QString &name) {
        return !name.trimmed().isEmpty() && isSamePerson(name, names.front()) && !name.contains(pattern);
    });
}

} // namespace tidemark
