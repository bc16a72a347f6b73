#include "cloud/network_setup.h"

#include "cloud/own_trust.h"

#include <QNetworkProxy>
#include <QNetworkReply>

namespace tidemark {

namespace {

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
    const Result<QList<QSslCertificate>> own = ownCertificates(connection.caCertificateFile);
    if (!own)
        return failure(own.error());
    tls.addCaCertificates(*own);
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
    const QList<QSslCertificate> own = ownCertificates(connection.caCertificateFile).value_or(QList<QSslCertificate>());
    QObject::connect(manager.get(), &QNetworkAccessManager::sslErrors, manager.get(),
                     [own](QNetworkReply *reply, const QList<QSslError> &errors) {
                         if (ownCertificatesVouch(own, reply->sslConfiguration().peerCertificateChain(), errors))
                             reply->ignoreSslErrors(errors);
                     });
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
