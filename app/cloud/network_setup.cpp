#include "cloud/network_setup.h"

#include <QCoreApplication>
#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Network", text);
}

/// Requests of plain HTTP go to an HTTP proxy as they are, and then the user and password of the proxy are withheld
/// together with everything else that Qt would send by itself (AuthenticationReuseAttribute). In a tunnel (CONNECT)
/// they are the tunnel's own.
void tunnelWherePasswordIsNeeded(QNetworkProxy &proxy)
{
    const bool isHttp = proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::HttpCachingProxy;
    if (!isHttp || proxy.user().isEmpty())
        return;
    proxy.setType(QNetworkProxy::HttpProxy);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
}

class ConnectionProxy final : public QNetworkProxyFactory
{
public:
    ConnectionProxy(ProxyMode mode, QNetworkProxy proxy)
        : m_mode(mode)
        , m_proxy(std::move(proxy))
    {
    }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        QUrl asked;
        asked.setHost(query.peerHostName());
        if (m_mode == ProxyMode::None || isLoopback(query.url().host().isEmpty() ? asked : query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        QList<QNetworkProxy> proxies = m_mode == ProxyMode::System ? systemProxyForQuery(query) : QList{m_proxy};
        for (QNetworkProxy &proxy : proxies)
            tunnelWherePasswordIsNeeded(proxy);
        return proxies;
    }

private:
    ProxyMode m_mode;
    QNetworkProxy m_proxy;
};

} // namespace

Result<QSslConfiguration> tlsConfiguration(const Connection &connection)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (connection.caCertificateFile.isEmpty())
        return tls;

    Error error;
    error.kind = ErrorKind::Tls;
    error.hint = tr("Choose a file with one or more certificates in PEM form.");
    QFile file(connection.caCertificateFile);
    if (!file.open(QIODevice::ReadOnly)) {
        error.sentence = tr("The CA certificate file %1 cannot be read: %2").arg(file.fileName(), file.errorString());
        return failure(error);
    }
    const QList<QSslCertificate> own = QSslCertificate::fromData(file.readAll(), QSsl::Pem);
    if (own.isEmpty()) {
        error.sentence = tr("The file %1 has no certificate in it.").arg(file.fileName());
        return failure(error);
    }
    tls.addCaCertificates(own);
    return tls;
}

std::unique_ptr<QNetworkProxyFactory> proxyFactory(const Connection &connection, const Credentials &credentials)
{
    QNetworkProxy proxy(connection.proxy.mode == ProxyMode::Socks5 ? QNetworkProxy::Socks5Proxy
                                                                   : QNetworkProxy::HttpProxy,
                        connection.proxy.host, connection.proxy.port, connection.proxy.user,
                        QString::fromUtf8(credentials.proxyPassword.reveal()));
    return std::make_unique<ConnectionProxy>(connection.proxy.mode, std::move(proxy));
}

QString proxyOf(const QNetworkAccessManager &manager, const QUrl &url)
{
    QNetworkProxyFactory *factory = manager.proxyFactory();
    const QList<QNetworkProxy> proxies =
        factory ? factory->queryProxy(QNetworkProxyQuery(url)) : QList<QNetworkProxy>();
    if (proxies.isEmpty() || proxies.first().hostName().isEmpty())
        return {};
    return proxies.first().hostName() + QLatin1Char(':') + QString::number(proxies.first().port());
}

std::unique_ptr<QNetworkAccessManager> networkManager(const Connection &connection, const Credentials &credentials)
{
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->setProxyFactory(proxyFactory(connection, credentials).release());
    return manager;
}

QNetworkRequest plainRequest(const QUrl &url, const QSslConfiguration &tls)
{
    QNetworkRequest request(url);
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("User-Agent", "Tidemark/" TIDEMARK_VERSION);
    return request;
}

} // namespace tidemark
