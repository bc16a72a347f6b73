#pragma once

#include "base/error.h"
#include "downloads/signal_flag.h"

#include <QNetworkProxyFactory>
#include <QUrl>

#include <curl/curl.h>
#include <tl/expected.hpp>

#include <memory>

namespace tidemark {

/// The ways to this server, in the order in which they are to be tried; never empty. A proxy script is told no more of
/// a link than `origin`: the rest may be a key. The desktop may have to ask a server
/// first (PAC, WPAD), which may never answer: it is asked on a thread that is left alone then.
tl::expected<QList<QNetworkProxy>, Error> proxiesFor(const std::shared_ptr<QNetworkProxyFactory> &factory,
                                                     const QUrl &origin, const SignalFlag &stop);

/// Has the handle use the proxy, with its user and password where it has them (Basic, Digest, NTLM, the strongest that
/// the proxy offers) and with the desktop's Kerberos ticket where there is one and the proxy asks for it. Without a
/// ticket libcurl does not hear of Negotiate where there is a password: of a proxy that offers both it would take that
/// alone, fail, and leave the password unused.
void useProxy(CURL *handle, const QNetworkProxy &proxy);

} // namespace tidemark
