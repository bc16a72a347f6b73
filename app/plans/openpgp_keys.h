#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace tidemark {

/// A key of the person's own that gpg can sign with.
struct OpenPgpKey
{
    QString fingerprint; ///< of the primary key
    QString userId;      ///< the first one that it carries

    bool operator==(const OpenPgpKey &) const = default;
};

/// Reads what `gpg --with-colons --list-secret-keys` prints ("Format of the colon listings", doc/DETAILS of GnuPG).
/// Those that are revoked, expired, disabled or cannot sign are left out.
std::vector<OpenPgpKey> openPgpKeys(const QByteArray &listing);

} // namespace tidemark
