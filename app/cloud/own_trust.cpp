#include "cloud/own_trust.h"

#include <QCoreApplication>
#include <QFile>

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <memory>

namespace tidemark {

namespace {

/// A bundle of all public authorities has some 250 KiB.
constexpr qint64 LargestFile = 4 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Network", text);
}

struct Free
{
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(X509_STORE *store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX *context) const { X509_STORE_CTX_free(context); }
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
template<typename T>
using Owned = std::unique_ptr<T, Free>;

Owned<X509> toOpenSsl(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return Owned<X509>(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

QSslCertificate fromOpenSsl(X509 *certificate)
{
    QByteArray der(i2d_X509(certificate, nullptr), Qt::Uninitialized);
    auto *bytes = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(certificate, &bytes); // without the trust settings, which Qt does not know
    return QSslCertificate(der, QSsl::Der);
}

QList<QSslCertificate> readPem(const QByteArray &bytes)
{
    QList<QSslCertificate> found;
    const Owned<BIO> source(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
    while (const Owned<X509> one{PEM_read_bio_X509_AUX(source.get(), nullptr, nullptr, nullptr)}) {
        if (X509_check_trust(one.get(), X509_TRUST_SSL_SERVER, 0) != X509_TRUST_REJECTED)
            found << fromOpenSsl(one.get());
    }
    return found;
}

bool isMissingIssuer(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
        return true;
    default:
        return false;
    }
}

} // namespace

Result<QList<QSslCertificate>> ownCertificates(const QString &file)
{
    if (file.isEmpty())
        return QList<QSslCertificate>();
    Error error;
    error.kind = ErrorKind::Tls;
    error.hint = tr("Choose a file with one or more certificates in PEM form.");
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        error.sentence = tr("The CA certificate file %1 cannot be read: %2").arg(file, source.errorString());
        return failure(error);
    }
    QByteArray bytes = source.read(LargestFile);
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3); // editors put it before the first line, which then is none of PEM's
    QList<QSslCertificate> found = readPem(bytes);
    if (found.isEmpty())
        found = QSslCertificate::fromData(bytes, QSsl::Der);
    if (found.isEmpty()) {
        error.sentence = tr("The file %1 has no certificate in it.").arg(file);
        return failure(error);
    }
    return found;
}

bool ownCertificatesVouch(const QList<QSslCertificate> &own, const QList<QSslCertificate> &chain,
                          const QList<QSslError> &errors)
{
    if (own.isEmpty() || chain.isEmpty() || !std::ranges::all_of(errors, isMissingIssuer))
        return false;
    const Owned<X509_STORE> store(X509_STORE_new());
    const Owned<X509_STORE_CTX> context(X509_STORE_CTX_new());
    const Owned<STACK_OF(X509)> presented(sk_X509_new_null());
    const Owned<X509> server = toOpenSsl(chain.first());
    if (!store || !context || !presented || !server)
        return false;
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    for (const QSslCertificate &certificate : own) {
        if (const Owned<X509> anchor = toOpenSsl(certificate))
            X509_STORE_add_cert(store.get(), anchor.get());
    }
    for (const QSslCertificate &certificate : chain.mid(1)) {
        if (Owned<X509> other = toOpenSsl(certificate); other && sk_X509_push(presented.get(), other.get()) > 0)
            (void)other.release(); // the stack's now
    }
    return X509_STORE_CTX_init(context.get(), store.get(), server.get(), presented.get()) == 1 &&
           X509_STORE_CTX_set_default(context.get(), "ssl_server") == 1 && X509_verify_cert(context.get()) == 1;
}

} // namespace tidemark
