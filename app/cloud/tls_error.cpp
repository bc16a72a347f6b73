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

constexpr qsizetype ShownTextLimit = 300;

/// "CN=Test CA, O=Example": every attribute of a distinguished name.
template<typename Value>
QString fullName(const QSslCertificate &certificate, QList<QByteArray> (QSslCertificate::*attributes)() const,
                 const Value &value)
{
    QStringList parts;
    for (const QByteArray &key : (certificate.*attributes)())
        parts << QString::fromLatin1(key) + QLatin1Char('=') + value(key).join(QLatin1Char('+'));
    return parts.isEmpty() ? tr("no name") : parts.join(QLatin1String(", "));
}

/// Its common name, or all of its name where it has none.
QString issuer(const QSslCertificate &certificate)
{
    const QStringList names = certificate.issuerInfo(QSslCertificate::CommonName);
    if (!names.isEmpty())
        return names.first();
    return fullName(certificate, &QSslCertificate::issuerInfoAttributes,
                    [&](const QByteArray &key) { return certificate.issuerInfo(key); });
}

QString names(const QSslCertificate &certificate)
{
    QStringList result = certificate.subjectAlternativeNames().values();
    if (result.isEmpty())
        result = certificate.subjectInfo(QSslCertificate::CommonName);
    return result.isEmpty() ? tr("no name") : result.join(QLatin1String(", "));
}

/// A wrong name, time or purpose says more than the unknown issuer that often comes along with it.
int weight(QSslError::SslError code)
{
    switch (code) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 5;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return 4;
    case QSslError::HostNameMismatch:
        return 3;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return 1;
    default:
        return 2;
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
               "certificate file.");
        break;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        // Of the one whose issuer was not found: its issuer's certificate is what is missing.
        error.sentence = tr("The certificate of %1 was issued by an authority that is not known here (%2).")
                             .arg(server, issuer(certificate));
        error.hint = tr("Missing is the certificate of \"%1\". If it is your own authority, choose a file with that "
                        "certificate, or with the server's own, as the connection's CA certificate file.")
                         .arg(issuer(certificate));
        break;
    default:
        error.sentence = tr("The certificate of %1 is not accepted: %2").arg(server, worst.errorString());
        break;
    }
    return error;
}

Error errorFromHandshake(const QString &server, const QString &detail)
{
    // The library's reasons are English in every language and the same in OpenSSL 1.1 and 3.
    const auto says = [&detail](const char *reason) {
        return detail.contains(QLatin1String(reason), Qt::CaseInsensitive);
    };
    Error error;
    error.kind = ErrorKind::Tls;
    if (says("unsupported protocol") || says("protocol version")) {
        error.sentence = tr("%1 offers no TLS version that is safe (1.2 or newer).").arg(server);
        error.hint = tr("Who runs the server has to switch on TLS 1.2 or 1.3. Older versions are never used.");
    } else if (says("wrong version number") || says("http request") || says("packet length too long")) {
        error.sentence = tr("%1 does not speak TLS on this port.").arg(server);
        error.hint = tr("Check the port. If this Ops Manager runs without TLS, begin its URL with http://.");
    } else if (detail.isEmpty()) {
        error.sentence = tr("%1 closed the connection during the TLS handshake.").arg(server);
        error.hint = tr("Check the port: it may not speak TLS, or a firewall may cut the connection.");
    } else {
        error.sentence = tr("No secure connection to %1: %2").arg(server, detail.simplified().left(ShownTextLimit));
        error.hint = tr("If the certificate is from your own authority, choose its file in the connection.");
    }
    return error;
}

QString certificateText(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    return QStringList{
        tr("For: %1").arg(names(certificate)),
        tr("Subject: %1")
            .arg(fullName(certificate, &QSslCertificate::subjectInfoAttributes,
                          [&](const QByteArray &key) { return certificate.subjectInfo(key); })),
        tr("Issued by: %1")
            .arg(fullName(certificate, &QSslCertificate::issuerInfoAttributes,
                          [&](const QByteArray &key) { return certificate.issuerInfo(key); })),
        tr("Valid from %1 to %2").arg(utcText(certificate.effectiveDate()), utcText(certificate.expiryDate())),
        tr("SHA-256: %1").arg(QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper())),
    }
        .join(QLatin1Char('\n'));
}

} // namespace tidemark
