#pragma once

#include "base/result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QString>

namespace tidemark {

/// The certificates of a connection's own file: PEM ("BEGIN CERTIFICATE", "BEGIN TRUSTED CERTIFICATE" unless it is
/// rejected for TLS servers) or one in DER. Empty for an empty path. A file that cannot be read or has no certificate
/// is an Error (kind Tls).
Result<QList<QSslCertificate>> ownCertificates(const QString &file);

/// Whether the person's file vouches for a server that Qt refused. A certificate in that file is trust that was
/// expressed, also where it is only the issuing authority's or the server's own: Qt 6 asks OpenSSL for a chain up to a
/// self-signed certificate and has no way to set X509_V_FLAG_PARTIAL_CHAIN, so the chain is verified here once more,
/// against `own` alone. True only if all that Qt missed is an issuer (name, times and the rest were found right), and
/// the presented `chain`, the server's first, leads to a certificate of `own` at this moment.
bool ownCertificatesVouch(const QList<QSslCertificate> &own, const QList<QSslCertificate> &chain,
                          const QList<QSslError> &errors);

} // namespace tidemark
