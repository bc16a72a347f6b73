#include "plans/openpgp_signers.h"

namespace tidemark {

QStringList namesOfOpenPgpKey(const QByteArray &list, const QString &fingerprint)
{
    QStringList names;
    for (const QByteArray &line : list.split('\n')) {
        QByteArrayList words = line.simplified().split(' ');
        if (words.front().startsWith('#'))
            continue;
        const QString name = QString::fromUtf8(words.takeFirst());
        QString key = QString::fromLatin1(words.join()); // "0x", which other programs put before it, says nothing
        if (key.startsWith(QLatin1String("0x"), Qt::CaseInsensitive))
            key.remove(0, 2);
        if (!key.isEmpty() && key.compare(fingerprint, Qt::CaseInsensitive) == 0)
            names += name;
    }
    return names;
}

} // namespace tidemark
