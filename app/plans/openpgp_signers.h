#pragma once

#include <QByteArray>
#include <QStringList>

/// The list that says whose the OpenPGP keys are whose signatures count. GnuPG has no such list of its own: whom a key
/// says that it belongs to anybody can write. In each line a name, as it stands among the allowed signers of OpenSSH
/// too where the person has keys of both kinds, and after it the fingerprint of the primary key as gpg shows it, in one
/// piece or in groups. A line that begins with # is a comment.
namespace tidemark {

/// The names under which the key of this fingerprint stands in the list, of all its lines.
QStringList namesOfOpenPgpKey(const QByteArray &list, const QString &fingerprint);

} // namespace tidemark
