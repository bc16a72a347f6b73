#pragma once

#include "base/result.h"
#include "cloud/desktop_proxies.h"
#include "connection/connection.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <memory>
#include <optional>

namespace tidemark {

/// TLS 1.2 or newer, the server's certificate verified against the system's authorities and the connection's own file.
/// An unreadable file, or one without a certificate, is an Error (kind Tls).
Result<QSslConfiguration> tlsConfiguration(const Connection &connection);

/// The connection's proxy. Loopback is always reached directly. With the system's setting the environment and the
/// desktop decide for each URL; that may take long: on the window's thread the factory gives the last answer only, on
/// others it waits for one.
std::unique_ptr<QNetworkProxyFactory> proxyFactory(const Connection &connection, const Credentials &credentials);

/// What has to be waited for before a connection to `url` is begun on the window's thread: the desktop's answer, or an
/// Error (kind Proxy) after its limit. nullopt where nothing has to be asked, or was asked minutes ago.
std::optional<Async<DesktopProxy>> proxyQuestion(const QNetworkProxyFactory *factory, const QUrl &url);

/// A manager that follows no redirect, answers no authentication, keeps no cookies between runs and no cache, and
/// trusts what the connection's own certificates vouch for (own_trust.h).
std::unique_ptr<QNetworkAccessManager> networkManager(const Connection &connection, const Credentials &credentials);

/// "host:port" of the proxy by which the manager reaches this URL; empty where it needs none.
QString proxyOf(const QNetworkAccessManager &manager, const QUrl &url);

/// A request with what every request of the program has: no redirects, no credentials, no cookies, no cache of Qt's
/// own, HTTP/1.1, TLS as configured, the program's User-Agent.
QNetworkRequest plainRequest(const QUrl &url, const QSslConfiguration &tls);

} // namespace tidemark
