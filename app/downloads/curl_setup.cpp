#include "downloads/curl_setup.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QFile>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <malloc.h>

namespace tidemark {

namespace {

/// Of libcurl's own buffer: large enough that a read seldom ends early, small enough to stay in the processor's cache.
constexpr long ReceiveBuffer = 256 * 1024;

constexpr size_t ReadAhead = 128 * 1024;

/// Twice what Go's crypto/tls, which has this limit as well, takes in a row.
constexpr int MostIdleMessages = 32;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Curl", text);
}

void wipingFree(void *memory)
{
    if (!memory)
        return;
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

void *wipingRealloc(void *memory, size_t size)
{
    void *larger = std::malloc(size);
    if (larger && memory) {
        std::memcpy(larger, memory, std::min(size, ::malloc_usable_size(memory)));
        wipingFree(memory);
    }
    return larger;
}

char *copyOf(const char *text)
{
    return ::strdup(text);
}

bool isReady()
{
    static const bool ready =
        curl_global_init_mem(CURL_GLOBAL_ALL, std::malloc, wipingFree, wipingRealloc, copyOf, std::calloc) == CURLE_OK;
    return ready;
}

void onMessage(int isWritten, int, int type, const void *bytes, size_t size, SSL *connection, void *self)
{
    auto *tls = static_cast<CurlTls *>(self);
    if (isWritten != 0 || size == 0)
        return;
    if (type == SSL3_RT_HEADER)
        ++tls->records;
    const int message = *static_cast<const unsigned char *>(bytes);
    const bool isIdle =
        message == SSL3_MT_NEWSESSION_TICKET || message == SSL3_MT_KEY_UPDATE || message == SSL3_MT_HELLO_REQUEST;
    if (type != SSL3_RT_HANDSHAKE || !isIdle)
        return;
    ++tls->idleMessages;
    if (tls->isFlooded())
        SSL_set_shutdown(connection, SSL_RECEIVED_SHUTDOWN);
}

CURLcode setUpTls(CURL *, void *context, void *self)
{
    auto *tls = static_cast<SSL_CTX *>(context);
    // One read of the socket for many records, not two for each; see CurlDrive, which needs to know of each.
    SSL_CTX_set_msg_callback(tls, onMessage);
    SSL_CTX_set_msg_callback_arg(tls, self);
    SSL_CTX_set_read_ahead(tls, 1);
    SSL_CTX_set_default_read_buffer_len(tls, ReadAhead);
    // A connection that ends without the TLS farewell is judged by the body's framing, as without TLS.
    SSL_CTX_set_options(tls, SSL_OP_IGNORE_UNEXPECTED_EOF);
    X509_STORE *store = SSL_CTX_get_cert_store(tls);
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    for (const QString &name : static_cast<CurlTls *>(self)->caFiles) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            qCWarning(lcDownloads) << "no certificates in" << name;
            continue;
        }
        const QByteArray pem = file.readAll();
        BIO *bytes = BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size()));
        while (X509 *certificate = PEM_read_bio_X509_AUX(bytes, nullptr, nullptr, nullptr)) {
            X509_STORE_add_cert(store, certificate);
            X509_free(certificate);
        }
        BIO_free(bytes);
    }
    ERR_clear_error(); // the end of each file counts as one
    return CURLE_OK;
}

Error problem(ErrorKind kind, const QString &sentence, bool retryable, const QString &hint = {})
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    error.hint = hint;
    error.retryable = retryable;
    return error;
}

Error tlsError(CURL *handle, CURLcode code, const QString &detail)
{
    long verified = X509_V_OK;
    curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &verified);
    const bool cut = code == CURLE_SSL_CONNECT_ERROR && verified == X509_V_OK &&
                     (detail.contains(QLatin1String("SYSCALL")) || detail.contains(QLatin1String("eof")) ||
                      detail.contains(QLatin1String("reset")));
    if (cut)
        return problem(ErrorKind::Network, tr("The connection ended during the TLS handshake."), true);
    const QString why = verified != X509_V_OK ? QString::fromLatin1(X509_verify_cert_error_string(verified)) : detail;
    return problem(ErrorKind::Tls, tr("The server's TLS connection cannot be trusted: %1.").arg(why), false,
                   tr("Where the server's certificate is of a private authority, give that authority's certificate in "
                      "the connection."));
}

} // namespace

bool CurlTls::isFlooded() const
{
    return idleMessages > MostIdleMessages;
}

CurlEasy newCurl()
{
    return CurlEasy(isReady() ? curl_easy_init() : nullptr);
}

CurlUrl newCurlUrl()
{
    return CurlUrl(isReady() ? curl_url() : nullptr);
}

void configureCurl(CURL *handle, CurlTls *tls)
{
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "Tidemark/" TIDEMARK_VERSION);
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, ReceiveBuffer);
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_CA_CACHE_TIMEOUT, 0L); // what a file of certificates says may change
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, setUpTls);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, tls);
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
}

Error curlError(CURL *handle, CURLcode code, const char *detail)
{
    QString words = QString::fromUtf8(detail).trimmed();
    if (words.isEmpty())
        words = QString::fromUtf8(curl_easy_strerror(code));
    long proxyStatus = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    if (proxyStatus == 407)
        return problem(ErrorKind::Proxy, tr("The proxy does not accept the user and password."), false,
                       tr("Check the proxy's user and password in the connection."));
    if (proxyStatus >= 300)
        return problem(ErrorKind::Proxy, tr("The proxy refused the connection (HTTP status %1).").arg(proxyStatus),
                       proxyStatus >= 500);
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return tlsError(handle, code, words);
    case CURLE_PROXY:
        return problem(ErrorKind::Proxy, tr("The proxy refused the connection: %1.").arg(words), false);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        return problem(ErrorKind::Network, tr("The connection ended before the archive was complete."), true);
    default:
        return problem(ErrorKind::Network, tr("The archive could not be fetched: %1.").arg(words), true);
    }
}

} // namespace tidemark
