#include "downloads/proxy_list.h"

#include "base/secret.h"

#include <QCoreApplication>

#include <mutex>
#include <thread>

#include <gssapi/gssapi.h>
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

QByteArray encoded(const QString &text)
{
    QByteArray plain = text.toUtf8();
    QByteArray result = plain.toPercentEncoding();
    wipeBytes(plain);
    return result;
}

/// Whether this person is signed in to some realm. Looks at what is here; nobody is asked over the network.
bool hasTicket()
{
    OM_uint32 minor = 0;
    gss_cred_id_t credentials = GSS_C_NO_CREDENTIAL;
    if (GSS_ERROR(gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, GSS_C_NO_OID_SET, GSS_C_INITIATE,
                                   &credentials, nullptr, nullptr)))
        return false;
    OM_uint32 seconds = 0;
    const bool known = !GSS_ERROR(gss_inquire_cred(&minor, credentials, nullptr, &seconds, nullptr, nullptr));
    gss_release_cred(&minor, &credentials);
    return known && seconds > 0;
}

} // namespace

tl::expected<QList<QNetworkProxy>, Error> proxiesFor(const std::shared_ptr<QNetworkProxyFactory> &factory,
                                                     const QUrl &origin, const SignalFlag &stop)
{
    const QList<QNetworkProxy> direct{QNetworkProxy(QNetworkProxy::NoProxy)};
    if (!factory)
        return direct;
    const auto question = std::make_shared<Question>();
    std::thread([question, factory, origin] {
        const QList<QNetworkProxy> proxies = factory->queryProxy(QNetworkProxyQuery(origin));
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
    // As one address: libcurl 7.88 takes the encoding off a password that it is given by itself once more for each
    // request of a sign-in, so that one with a percent sign in it becomes another.
    QByteArray user = encoded(proxy.user());
    QByteArray password = encoded(proxy.password());
    QByteArray address = socks ? "socks5h://" : "http://";
    address.reserve(address.size() + user.size() + password.size() + host.size() + 16); // no copy is left on the way
    if (!user.isEmpty())
        address.append(user).append(':').append(password).append('@');
    address.append(host.contains(':') ? '[' + host + ']' : host).append(':').append(QByteArray::number(proxy.port()));
    curl_easy_setopt(handle, CURLOPT_PROXY, address.constData());
    unsigned long schemes = CURLAUTH_NEGOTIATE;
    if (!user.isEmpty())
        schemes = CURLAUTH_BASIC | CURLAUTH_DIGEST | CURLAUTH_NTLM | (hasTicket() ? CURLAUTH_NEGOTIATE : 0);
    else if (!socks)
        curl_easy_setopt(handle, CURLOPT_PROXYUSERPWD, ":"); // without a user it answers no question at all
    curl_easy_setopt(handle, CURLOPT_PROXYAUTH, schemes);
    wipeBytes(user);
    wipeBytes(password);
    wipeBytes(address);
}

} // namespace tidemark
