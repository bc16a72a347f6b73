#pragma once

#include "base/error.h"

#include <QList>
#include <QSslError>

namespace tidemark {

/// What the certificate errors of a server mean and what a DBA does about them. The most telling one is worded.
Error errorFromTls(const QList<QSslError> &errors, const QString &server);

/// What a handshake that failed before any certificate was judged means: versions, or a port that does not speak TLS.
/// `detail` is the TLS library's text; empty where the server just closed the connection.
Error errorFromHandshake(const QString &server, const QString &detail);

/// Names, subject, issuer, validity and SHA-256 fingerprint of a certificate, one a line.
QString certificateText(const QSslCertificate &certificate);

} // namespace tidemark
