#pragma once

#include "base/error.h"

#include <QAbstractSocket>
#include <QNetworkProxy>

namespace tidemark {

/// "127.0.0.1:3128", for sentences about a proxy.
QString proxyAddress(const QNetworkProxy &proxy);

/// What errorFromNetwork() is for requests, for a socket: why no connection to `server` came about, directly or
/// through `proxy` (QNetworkProxy::NoProxy for none). `detail` is Qt's own text.
Error errorFromSocket(QAbstractSocket::SocketError code, const QString &server, const QNetworkProxy &proxy,
                      const QString &detail);

} // namespace tidemark
