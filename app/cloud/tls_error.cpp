#include "cloud/tls_error.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslCertificate>

#include <algorithm>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::TlsError", text);
}

QString firstOf(const QStringList &list)
{
    return list.isEmpty() ? tr("unknown") : list.first();
}

QString names(const QSslCertificate &certificate)
{
    QStringList result = certificate.subjectAlternativeNames().values();
    if (result.isEmpty())
        result = certificate.subjectInfo(QSslCertificate::CommonName);
    return result.isEmpty() ? tr("no name") : result.join(QLatin1String(", "));
}

/// A wrong name or time says more than the unknown issuer that often comes along with it.
int weight(QSslError::SslError code)
{
    switch (code) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 4;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return 3;
    case QSslError::HostNameMismatch:
        return 2;
    default:
        return 1;
    }
}

} // namespace

Error errorFromTls(const QList<QSslError> &errors, const QString &server)
{
    Error error;
    error.kind = ErrorKind::Tls;
    if (errors.isEmpty()) {
        error.sentence = tr("No secure connection to %1 could be made.").arg(server);
        return error;
    }
    const QSslError worst = *std::max_element(errors.begin(), errors.end(), [](const QSslError &a, const QSslError &b) {
        return weight(a.error()) < weight(b.error());
    });
    const QSslCertificate certificate = worst.certificate();
    switch (worst.error()) {
    case QSslError::CertificateExpired:
        error.sentence = tr("The certificate of %1 expired on %2.").arg(server, utcText(certificate.expiryDate()));
        error.hint = tr("Who runs the server has to renew it. If it looks valid to them, check this computer's clock.");
        break;
    case QSslError::CertificateNotYetValid:
        error.sentence =
            tr("The certificate of %1 is valid only from %2.").arg(server, utcText(certificate.effectiveDate()));
        error.hint = tr("Check this computer's clock.");
        break;
    case QSslError::HostNameMismatch:
        error.sentence = tr("The certificate of %1 is for another server: %2.").arg(server, names(certificate));
        error.hint = tr("Use one of these names in the connection's URL, or check that this is the right server.");
        break;
    case QSslError::SelfSignedCertificate:
        error.sentence = tr("The certificate of %1 is self-signed and not known here.").arg(server);
        error.hint =
            tr("If it is right, get it as a file from who runs the server and choose it as the connection's CA "
               "certificate.");
        break;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        error.sentence = tr("The certificate of %1 was issued by an authority that is not known here (%2).")
                             .arg(server, firstOf(certificate.issuerInfo(QSslCertificate::CommonName)));
        error.hint = tr("If it is your own authority, choose the file with its certificate in the connection.");
        break;
    default:
        error.sentence = tr("The certificate of %1 is not accepted: %2").arg(server, worst.errorString());
        break;
    }
    return error;
}

QString certificateText(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    const auto name = [](const QStringList &list) { return list.join(QLatin1String(", ")); };
    return QStringList{
        tr("For: %1").arg(names(certificate)),
        tr("Issued by: %1").arg(name(certificate.issuerInfo(QSslCertificate::CommonName))),
        tr("Valid from %1 to %2").arg(utcText(certificate.effectiveDate()), utcText(certificate.expiryDate())),
        tr("SHA-256: %1").arg(QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper())),
    }
        .join(QLatin1Char('\n'));
}

} // namespace tidemark
