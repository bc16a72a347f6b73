#include "cloud/network_setup.h"

#include "cloud/own_trust.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QThread>

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
        QUrl asked = query.url();
        if (asked.host().isEmpty()) {
            asked.setScheme(QStringLiteral("https"));
            asked.setHost(query.peerHostName());
            asked.setPort(query.peerPort());
        }
        QList<QNetworkProxy> proxies;
        if (m_mode == ProxyMode::None || isLoopback(asked))
            proxies = {QNetworkProxy(QNetworkProxy::NoProxy)};
        else if (m_mode == ProxyMode::System)
            proxies = ofDesktop(asked);
        else
            proxies = {m_proxy};
        for (QNetworkProxy &proxy : proxies)
            tunnelWherePasswordIsNeeded(proxy);
        return proxies;
    }

    bool asksDesktop(const QUrl &url) const { return m_mode == ProxyMode::System && !isLoopback(url); }

private:
    /// Requests ask before they are sent (proxyQuestion), so the window's thread finds an answer here and never waits.
    static QList<QNetworkProxy> ofDesktop(const QUrl &url)
    {
        DesktopProxies &desktop = DesktopProxies::instance();
        const bool isWindows = QCoreApplication::instance() != nullptr &&
                               QThread::currentThread() == QCoreApplication::instance()->thread();
        return isWindows ? desktop.last(url).value_or(DesktopProxy()).proxies : desktop.wait(url).proxies;
    }

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

std::optional<Async<DesktopProxy>> proxyQuestion(const QNetworkProxyFactory *factory, const QUrl &url)
{
    const auto *own = dynamic_cast<const ConnectionProxy *>(factory);
    DesktopProxies &desktop = DesktopProxies::instance();
    if (own == nullptr || !own->asksDesktop(url) || desktop.isFresh(url))
        return std::nullopt;
    return desktop.find(url);
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
