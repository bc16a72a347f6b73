#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

/// What gpg says of a detached signature through its status lines ("Format of the --status-fd output", doc/DETAILS of
/// GnuPG).
struct OpenPgpStatus
{
    /// One signature was looked at, it is of these bytes, and neither it nor its key has expired or was revoked.
    bool isGood = false;
    QString key;    ///< the fingerprint of the primary key; empty unless good
    QString userId; ///< what the key says of its owner, which anybody may write; empty unless good

    bool operator==(const OpenPgpStatus &) const = default;
};

/// Of several signatures in one armour none counts: their lines would have to be paired, and what is said of one would
/// be taken for another.
OpenPgpStatus openPgpStatus(const QByteArray &statusLines);

} // namespace tidemark
