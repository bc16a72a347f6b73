#include "downloads/link_address.h"

#include "downloads/curl_setup.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::LinkAddress", text);
}

/// Into libcurl's parser: its memory is overwritten, and it is the one that reads the address when it is asked for.
/// What it is given second counts from the first.
bool put(const CurlUrl &url, const WipedBytes &text)
{
    // Where no server is named it would take the path's first part for one.
    const bool isNameless = QByteArrayView(text).sliced(text.indexOf(':') + 1).startsWith("///");
    return url && !text.isEmpty() && !isNameless &&
           curl_url_set(url.get(), CURLUPART_URL, text.constData(), CURLU_PATH_AS_IS | CURLU_URLENCODE) == CURLUE_OK;
}

WipedBytes part(CURLU *url, CURLUPart which)
{
    char *text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK)
        return {};
    WipedBytes bytes{QByteArray(text)};
    curl_free(text);
    return bytes;
}

LinkAddress addressIn(CURLU *url)
{
    LinkAddress address;
    const WipedBytes scheme = part(url, CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http")
        return {};
    address.origin.setScheme(QString::fromLatin1(scheme));
    address.origin.setHost(QString::fromUtf8(part(url, CURLUPART_HOST)));
    const WipedBytes port = part(url, CURLUPART_PORT);
    if (!port.isEmpty())
        address.origin.setPort(port.toInt());
    if (!address.origin.isValid() || address.origin.host().isEmpty())
        return {};
    const WipedBytes query = part(url, CURLUPART_QUERY);
    address.target = part(url, CURLUPART_PATH);
    if (!query.isEmpty()) {
        QByteArray both;
        both.reserve(address.target.size() + 1 + query.size()); // no copy is left on the way
        both.append(address.target).append('?').append(query);
        address.target = std::move(both);
    }
    return address;
}

} // namespace

WipedBytes LinkAddress::whole() const
{
    QByteArray text = origin.toEncoded();
    text.reserve(text.size() + target.size()); // no copy is left on the way
    text.append(target);
    return text;
}

QString LinkAddress::redacted() const
{
    const qsizetype query = target.indexOf('?');
    const QByteArrayView path = QByteArrayView(target).first(query < 0 ? target.size() : query);
    const qsizetype job = path.indexOf("/pull/") + 6;
    const qsizetype key = job < 6 ? -1 : path.indexOf('/', job);
    const qsizetype last = path.lastIndexOf('/');
    QByteArray shown = origin.toEncoded();
    if (key < 0 || (key == last && path.contains("/v3/")))
        shown.append(path);
    else
        shown.append(path.first(key)).append("/***").append(key == last ? QByteArrayView() : path.sliced(last));
    return QString::fromLatin1(query < 0 ? shown : shown + "?***");
}

LinkAddress linkAddress(const QString &text)
{
    const CurlUrl url = newCurlUrl();
    return put(url, text.toUtf8()) ? addressIn(url.get()) : LinkAddress{};
}

Result<LinkAddress> redirectedTo(const LinkAddress &asked, const WipedBytes &location)
{
    const CurlUrl url = newCurlUrl();
    LinkAddress target = put(url, asked.whole()) && put(url, location) ? addressIn(url.get()) : LinkAddress{};
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = tr("The server redirects the download to a place that cannot be used.");
    if (target.isEmpty())
        return failure(error);
    error.sentence = tr("The server redirects the download from https to unprotected http.");
    if (target.origin.scheme() == QLatin1String("http") && asked.origin.scheme() == QLatin1String("https"))
        return failure(error);
    return target;
}

} // namespace tidemark
