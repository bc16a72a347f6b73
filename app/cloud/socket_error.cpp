#include "cloud/socket_error.h"

#include "cloud/api_error.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::SocketError", text);
}

QNetworkReply::NetworkError requestError(QAbstractSocket::SocketError code)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SocketTimeoutError:
        return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case QAbstractSocket::ProxyConnectionRefusedError:
        return QNetworkReply::ProxyConnectionRefusedError;
    case QAbstractSocket::ProxyConnectionClosedError:
        return QNetworkReply::ProxyConnectionClosedError;
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return QNetworkReply::ProxyTimeoutError;
    case QAbstractSocket::ProxyNotFoundError:
        return QNetworkReply::ProxyNotFoundError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

/// The proxy answered, and says that it cannot or may not connect there.
Error refusedByProxy(QAbstractSocket::SocketError code, const QString &server, const QString &proxy)
{
    Error error;
    error.kind = ErrorKind::Proxy;
    if (code == QAbstractSocket::SocketAccessError) {
        error.sentence = tr("The proxy %1 does not allow connections to %2.").arg(proxy, server);
        error.hint = tr("Who runs the proxy has to allow this host and port, or another proxy is needed for it.");
    } else if (code == QAbstractSocket::ProxyProtocolError) {
        error.sentence =
            tr("The proxy %1 made no connection to %2: it failed, or is no proxy of this kind.").arg(proxy, server);
        error.hint = tr("Check the proxy's kind, host and port, and whether it may reach this server.");
    } else {
        error.retryable = true;
        error.sentence = tr("The proxy %1 cannot connect to %2.").arg(proxy, server);
        error.hint = tr("Check host and port: the proxy could not find the name, or the server refused. If the proxy "
                        "does not know this host, set the connection's proxy to None.");
    }
    return error;
}

} // namespace

QString proxyAddress(const QNetworkProxy &proxy)
{
    return QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
}

Error errorFromSocket(QAbstractSocket::SocketError code, const QString &server, const QNetworkProxy &proxy,
                      const QString &detail)
{
    if (proxy.type() == QNetworkProxy::NoProxy)
        return errorFromNetwork(requestError(code), server, detail);
    const QString address = proxyAddress(proxy);
    switch (code) {
    case QAbstractSocket::SocketAccessError:
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::ProxyProtocolError:
        return refusedByProxy(code, server, address);
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        // Without a user name nothing was refused: it is asked for.
        return proxy.user().isEmpty() ? errorFromAnswer(407, {}) : errorFromNetwork(requestError(code), server, detail);
    case QAbstractSocket::SocketTimeoutError: {
        Error error = errorFromNetwork(QNetworkReply::TimeoutError, server, detail);
        error.sentence = tr("No connection to %1 through the proxy %2 came about in time.").arg(server, address);
        error.hint = tr("Either the proxy or the server behind it does not answer. Check both addresses.");
        return error;
    }
    default:
        return errorFromNetwork(requestError(code), server, detail);
    }
}

} // namespace tidemark
