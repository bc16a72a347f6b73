#pragma once

#include "base/error.h"

#include <QList>
#include <QSslError>

namespace tidemark {

/// What the certificate errors of a server mean and what a DBA does about them. The most telling one is worded.
Error errorFromTls(const QList<QSslError> &errors, const QString &server);

/// Subject, issuer, validity and SHA-256 fingerprint of a certificate, one a line.
QString certificateText(const QSslCertificate &certificate);

} // namespace tidemark
