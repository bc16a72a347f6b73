#pragma once

#include <QByteArray>
#include <QStringList>

/// The list that ssh-keygen verifies signatures by ("ALLOWED SIGNERS" in its manual). ssh-keygen tells of a key the
/// first line alone.
namespace tidemark {

/// The names under which the key of this fingerprint ("SHA256:…") stands in the list, of all its lines.
QStringList namesOfKey(const QByteArray &list, const QString &fingerprint);

/// Whether these name one person. A pattern names many, and nobody.
bool isOnePerson(const QStringList &names);

} // namespace tidemark
