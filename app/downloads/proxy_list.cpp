#include "downloads/proxy_list.h"

#include "base/secret.h"

#include <QCoreApplication>

#include <mutex>
#include <thread>

#include <poll.h>

namespace tidemark {

namespace {

constexpr std::chrono::milliseconds LongestQuestion{10000};

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ProxyList", text);
}

struct Question
{
    std::mutex mutex;
    SignalFlag answered;
    QList<QNetworkProxy> proxies;
};

} // namespace

tl::expected<QList<QNetworkProxy>, Error> proxiesFor(const std::shared_ptr<QNetworkProxyFactory> &factory,
                                                     const QUrl &url, const SignalFlag &stop)
{
    const QList<QNetworkProxy> direct{QNetworkProxy(QNetworkProxy::NoProxy)};
    if (!factory)
        return direct;
    const auto question = std::make_shared<Question>();
    std::thread([question, factory, url] {
        const QList<QNetworkProxy> proxies = factory->queryProxy(QNetworkProxyQuery(url));
        const std::scoped_lock lock(question->mutex);
        question->proxies = proxies;
        question->answered.set();
    }).detach();
    pollfd entries[2] = {{question->answered.descriptor(), POLLIN, 0}, {stop.descriptor(), POLLIN, 0}};
    (void)::poll(entries, 2, static_cast<int>(LongestQuestion.count()));
    if (!question->answered.isSet()) {
        Error error;
        error.kind = ErrorKind::Proxy;
        error.retryable = true;
        error.sentence = tr("The desktop did not say within 10 s which proxy to use.");
        error.hint = tr("Choose a proxy, or none, in the connection.");
        return tl::unexpected<Error>(error);
    }
    const std::scoped_lock lock(question->mutex);
    QList<QNetworkProxy> usable;
    for (const QNetworkProxy &proxy : question->proxies) {
        const bool isDirect = proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy;
        const bool isKnown = proxy.type() == QNetworkProxy::HttpProxy ||
                             proxy.type() == QNetworkProxy::HttpCachingProxy ||
                             proxy.type() == QNetworkProxy::Socks5Proxy;
        if (isDirect)
            usable << direct;
        else if (isKnown && !proxy.hostName().isEmpty())
            usable << proxy;
    }
    return usable.isEmpty() ? direct : usable;
}

void useProxy(CURL *handle, const QNetworkProxy &proxy)
{
    const bool socks = proxy.type() == QNetworkProxy::Socks5Proxy;
    const QByteArray host = proxy.hostName().toUtf8();
    curl_easy_setopt(handle, CURLOPT_PROXY, (host.contains(':') ? '[' + host + ']' : host).constData());
    curl_easy_setopt(handle, CURLOPT_PROXYPORT, static_cast<long>(proxy.port()));
    curl_easy_setopt(handle, CURLOPT_PROXYTYPE, static_cast<long>(socks ? CURLPROXY_SOCKS5_HOSTNAME : CURLPROXY_HTTP));
    QByteArray user = proxy.user().toUtf8();
    QByteArray password = proxy.password().toUtf8();
    curl_easy_setopt(handle, CURLOPT_PROXYUSERNAME, user.constData());
    curl_easy_setopt(handle, CURLOPT_PROXYPASSWORD, password.constData());
    curl_easy_setopt(handle, CURLOPT_PROXYAUTH,
                     user.isEmpty() ? CURLAUTH_NEGOTIATE
                                    : CURLAUTH_BASIC | CURLAUTH_DIGEST | CURLAUTH_NTLM | CURLAUTH_NEGOTIATE);
    wipeBytes(user);
    wipeBytes(password);
}

} // namespace tidemark
