#include "checkup/server_probe.h"

#include "cloud/api_error.h"
#include "cloud/own_trust.h"
#include "cloud/socket_error.h"
#include "cloud/tls_error.h"

#include <QHostInfo>
#include <QSslCipher>

namespace tidemark {

namespace {

constexpr quint16 HttpPort = 80;
constexpr quint16 HttpsPort = 443;

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
}

/// A failure to reach the proxy itself, as a socket that goes through it would name it.
QAbstractSocket::SocketError asProxyError(QAbstractSocket::SocketError code)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        return QAbstractSocket::ProxyConnectionRefusedError;
    case QAbstractSocket::HostNotFoundError:
        return QAbstractSocket::ProxyNotFoundError;
    case QAbstractSocket::SocketTimeoutError:
        return QAbstractSocket::ProxyConnectionTimeoutError;
    case QAbstractSocket::RemoteHostClosedError:
        return QAbstractSocket::ProxyConnectionClosedError;
    default:
        return QAbstractSocket::ProxyProtocolError;
    }
}

} // namespace

ServerProbe::ServerProbe(QUrl url, QNetworkProxy proxy, QSslConfiguration tls, QList<QSslCertificate> own,
                         std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_url(std::move(url))
    , m_proxy(std::move(proxy))
    , m_tls(std::move(tls))
    , m_own(std::move(own))
    , m_limit(limit)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ServerProbe::timedOut);
    connect(&m_socket, &QAbstractSocket::connected, this, &ServerProbe::connected);
    connect(&m_socket, &QSslSocket::encrypted, this, &ServerProbe::secured);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &ServerProbe::failed);
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_certificate = m_socket.peerCertificate();
        if (ownCertificatesVouch(m_own, m_socket.peerCertificateChain(), errors))
            m_socket.ignoreSslErrors(errors);
        else
            m_sslErrors = errors;
    });
}

ServerProbe::~ServerProbe()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    m_socket.disconnect(this); // aborting says so
    m_socket.abort();
}

/// Qt asks an HTTP proxy for http:// addresses with whole URLs, unless it was told to use tunnels only (network_setup).
bool ServerProbe::isByCachingProxy() const
{
    return m_url.scheme() == QLatin1String("http") && (m_proxy.capabilities() & QNetworkProxy::CachingCapability) != 0;
}

QString ServerProbe::server() const
{
    return QStringLiteral("%1:%2").arg(m_url.host()).arg(port());
}

quint16 ServerProbe::port() const
{
    const bool secure = m_url.scheme() == QLatin1String("https");
    return static_cast<quint16>(m_url.port(secure ? HttpsPort : HttpPort));
}

Async<ServerProbe::Reached> ServerProbe::reach()
{
    m_reaching.emplace();
    const auto future = m_reaching->future();
    m_clock.start();
    m_timer.start(m_limit);
    if (!isDirect() || !QHostAddress(m_url.host()).isNull()) {
        connectToServer();
        return future;
    }
    m_lookup = QHostInfo::lookupHost(m_url.host(), this, [this](const QHostInfo &found) {
        m_lookup = -1;
        if (!m_reaching)
            return; // it took too long
        m_addressCount = found.addresses().size();
        if (found.error() == QHostInfo::NoError && m_addressCount > 0)
            connectToServer();
        else
            fail(errorFromNetwork(QNetworkReply::HostNotFoundError, m_url.host(), found.errorString()));
    });
    return future;
}

void ServerProbe::connectToServer()
{
    if (isByCachingProxy()) {
        m_socket.setProxy(QNetworkProxy::NoProxy);
        m_socket.connectToHost(m_proxy.hostName(), m_proxy.port());
        return;
    }
    m_socket.setProxy(m_proxy);
    m_socket.connectToHost(m_url.host(), port());
}

void ServerProbe::connected()
{
    m_timer.stop();
    if (!m_reaching)
        return;
    Reached reached;
    reached.onlyProxy = isByCachingProxy();
    reached.address = isDirect() ? m_socket.peerAddress().toString() : QString();
    reached.addressCount = m_addressCount;
    reached.port = port();
    reached.took = std::chrono::milliseconds(m_clock.elapsed());
    const Deferred<Reached> done = *m_reaching;
    m_reaching.reset();
    done.resolve(reached);
}

Async<ServerProbe::Secured> ServerProbe::secure()
{
    m_securing.emplace();
    const auto future = m_securing->future();
    m_timer.start(m_limit);
    m_socket.setSslConfiguration(m_tls);
    m_socket.setPeerVerifyName(m_url.host());
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.startClientEncryption();
    else
        fail(errorFromHandshake(server(), {})); // it closed the connection at once
    return future;
}

void ServerProbe::secured()
{
    m_timer.stop();
    if (!m_securing)
        return;
    m_certificate = m_socket.peerCertificate();
    const Secured result{protocolName(m_socket.sessionProtocol()), m_socket.sessionCipher().name(), m_certificate};
    const Deferred<Secured> done = *m_securing;
    m_securing.reset();
    m_socket.disconnectFromHost();
    done.resolve(result);
}

void ServerProbe::failed(QAbstractSocket::SocketError code)
{
    if (m_securing) {
        if (m_certificate.isNull())
            m_certificate = m_socket.peerCertificate();
        if (code == QAbstractSocket::SslHandshakeFailedError && !m_sslErrors.isEmpty())
            fail(errorFromTls(m_sslErrors, m_url.host()));
        else if (code == QAbstractSocket::RemoteHostClosedError)
            fail(errorFromHandshake(server(), {}));
        else
            fail(errorFromSocket(code, server(), QNetworkProxy::NoProxy, m_socket.errorString()));
    } else if (m_reaching) {
        const auto meant = isByCachingProxy() ? asProxyError(code) : code;
        fail(errorFromSocket(meant, server(), m_proxy, m_socket.errorString()));
    }
}

void ServerProbe::timedOut()
{
    failed(QAbstractSocket::SocketTimeoutError);
    m_socket.abort();
}

void ServerProbe::fail(const Error &error)
{
    m_timer.stop();
    // Whoever hears of it may delete this object.
    const auto reaching = std::exchange(m_reaching, std::nullopt);
    const auto securing = std::exchange(m_securing, std::nullopt);
    if (reaching)
        reaching->resolve(failure(error));
    if (securing)
        securing->resolve(failure(error));
}

} // namespace tidemark
