#include "connection/connection.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace tidemark {

namespace {

int portOf(const QUrl &url)
{
    const bool secure = url.scheme().compare(QLatin1String("https"), Qt::CaseInsensitive) == 0;
    return url.port(secure ? 443 : 80);
}

} // namespace

QUrl apiRoot(const Connection &connection)
{
    QUrl root = connection.baseUrl;
    root.setQuery(QString());
    root.setFragment(QString());
    root.setUserInfo(QString());
    static const QString apiPath = QStringLiteral("/api/public/v1.0");
    QString path = root.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    // People paste the address of the API as well as that of the site.
    if (!path.endsWith(apiPath))
        path += apiPath;
    root.setPath(path, QUrl::TolerantMode);
    return root;
}

QString transportObjection(const Connection &connection)
{
    const QUrl &url = connection.baseUrl;
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty())
        return QCoreApplication::translate("tidemark::Connection", "The URL names no server.");
    if (scheme == QLatin1String("https"))
        return {};
    if (scheme != QLatin1String("http"))
        return QCoreApplication::translate("tidemark::Connection",
                                           "The URL must begin with https://, or with http:// for an Ops Manager "
                                           "without TLS.");
    if (isLoopback(url))
        return {};
    // A token is good for whoever sees it, and the client's secret goes out as it is; Digest sends neither.
    if (connection.authentication == Authentication::ServiceAccount)
        return QCoreApplication::translate("tidemark::Connection",
                                           "A service account signs in over https:// only: plain HTTP would show its "
                                           "secret to the network. Use https://, or an API key.");
    if (connection.service == Service::OpsManager && connection.allowPlainHttp)
        return {};
    if (connection.service == Service::CloudManager)
        return QCoreApplication::translate("tidemark::Connection", "Cloud Manager is reached over https:// only.");
    return QCoreApplication::translate(
        "tidemark::Connection", "Plain HTTP would send everything unencrypted over the network. Use https://, or "
                                "allow plain HTTP for this connection.");
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host().toLower();
    if (host == QLatin1String("localhost"))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return !a.host().isEmpty() && a.scheme().compare(b.scheme(), Qt::CaseInsensitive) == 0 &&
           a.host().compare(b.host(), Qt::CaseInsensitive) == 0 && portOf(a) == portOf(b);
}

} // namespace tidemark
