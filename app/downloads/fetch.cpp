#include "downloads/fetch.h"

#include "base/log.h"
#include "base/secret.h"
#include "downloads/curl_drive.h"
#include "downloads/curl_setup.h"
#include "downloads/dial.h"
#include "downloads/head_judge.h"
#include "downloads/proxy_list.h"

#include <QCoreApplication>

#include <array>

namespace tidemark {

namespace {

constexpr int MostRedirects = 5;
constexpr qint64 MostOfARefusal = 1024 * 1024; ///< bytes of a proxy's page that comes with a 407

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Fetch", text);
}

Error problem(ErrorKind kind, const QString &sentence, bool retryable)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    error.retryable = retryable;
    return error;
}

bool bringsBody(const AnswerPlan &plan)
{
    return plan.action == AnswerPlan::Action::Append || plan.action == AnswerPlan::Action::FromStart;
}

/// One request to one address by one way.
class Exchange
{
public:
    Exchange(const FetchRequest &request, const LinkAddress &address, const QNetworkProxy &proxy, PartFile &part,
             TransferShared &shared, TokenBucket &bucket, const FetchWatch &watch)
        : m_request(request)
        , m_address(address)
        , m_proxy(proxy)
        , m_tls{.caFiles = request.caFiles}
        , m_shared(shared)
        , m_judge(isProxied())
        , m_taker(part, shared, bucket, request.sizeLimit, watch)
    {
    }

    FetchEnd run(bool withHeader)
    {
        const CurlEasy handle = newCurl();
        const CurlMulti multi(handle ? curl_multi_init() : nullptr);
        if (!multi)
            return end(FetchEnd::Kind::Refused, problem(ErrorKind::Internal, tr("libcurl cannot be used."), false));
        configureCurl(handle.get(), &m_tls);
        CurlList fields = headerFields(withHeader);
        setUp(handle.get(), fields.get());
        CurlList addresses;
        pretendLookup(handle.get(), addresses);
        qCInfo(lcDownloads) << "GET" << m_address.redacted() << "from byte" << m_request.asked.offset;
        CurlDrive drive(multi.get());
        curl_multi_add_handle(multi.get(), handle.get());
        const FetchEnd result = loop(drive, handle.get());
        curl_multi_remove_handle(multi.get(), handle.get());
        return result;
    }

    WipedBytes location() const { return m_judge.location(); }
    bool couldNotConnect() const { return m_dialError.has_value(); }

private:
    bool isProxied() const { return m_proxy.type() != QNetworkProxy::NoProxy; }

    CurlList headerFields(bool withHeader) const
    {
        QByteArrayList lines{"Accept-Encoding: identity"}; // the hash is that of the raw bytes
        if (m_request.asked.offset > 0) {
            lines << "Range: bytes=" + QByteArray::number(m_request.asked.offset) + '-';
            if (isStrongEtag(m_request.asked.knownEtag))
                lines << "If-Range: " + m_request.asked.knownEtag;
        }
        if (withHeader && !m_request.link.headerName.isEmpty())
            lines << m_request.link.headerName + ": " + m_request.link.headerValue;
        curl_slist *list = nullptr;
        for (QByteArray &line : lines) {
            list = curl_slist_append(list, line.constData());
            wipeBytes(line);
        }
        return CurlList(list);
    }

    void setUp(CURL *handle, curl_slist *fields)
    {
        curl_easy_setopt(handle, CURLOPT_URL, m_address.whole().constData());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, fields);
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_request.connectTimeout.count()));
        curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_detail.data());
        if (isProxied())
            useProxy(handle, m_proxy);
        curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Exchange::onOpen);
        curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
        curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &Exchange::onSocket);
        curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
        curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Exchange::onBody);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
        // The only way to hear when the request's head has been handed to the connection.
        curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &Exchange::onTrace);
        curl_easy_setopt(handle, CURLOPT_DEBUGDATA, this);
        curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    }

    QString peerHost() const { return isProxied() ? m_proxy.hostName() : m_address.origin.host(); }
    quint16 peerPort() const
    {
        if (isProxied())
            return m_proxy.port();
        return static_cast<quint16>(
            m_address.origin.port(m_address.origin.scheme() == QLatin1String("https") ? 443 : 80));
    }

    /// Names are looked up by dial(); libcurl is given an address that it never uses.
    void pretendLookup(CURL *handle, CurlList &addresses)
    {
        const QByteArray host = QUrl::toAce(peerHost()).isEmpty() ? peerHost().toUtf8() : QUrl::toAce(peerHost());
        if (host.contains(':'))
            return; // an address in numbers
        const QByteArray entry = host + ':' + QByteArray::number(peerPort()) + ":127.0.0.1";
        addresses.reset(curl_slist_append(nullptr, entry.constData()));
        curl_easy_setopt(handle, CURLOPT_RESOLVE, addresses.get());
    }

    static curl_socket_t onOpen(void *self, curlsocktype, curl_sockaddr *)
    {
        auto *exchange = static_cast<Exchange *>(self);
        const auto socket = dial(exchange->peerHost(), exchange->peerPort(), exchange->m_shared.stop,
                                 exchange->m_request.connectTimeout);
        if (socket)
            return *socket;
        exchange->m_dialError = socket.error();
        return CURL_SOCKET_BAD;
    }

    static int onSocket(void *, curl_socket_t, curlsocktype) { return CURL_SOCKOPT_ALREADY_CONNECTED; }

    static int onTrace(CURL *, curl_infotype type, char *data, size_t size, void *self)
    {
        if (type == CURLINFO_HEADER_OUT &&
            !QByteArray::fromRawData(data, static_cast<qsizetype>(size)).startsWith("CONNECT "))
            static_cast<Exchange *>(self)->noteAsked();
        return 0;
    }

    void noteAsked()
    {
        if (!std::exchange(m_asked, true))
            m_taker.begin({}); // from here on silence counts
    }

    void noteMoved()
    {
        ++m_moved;
        m_tls.idleMessages = 0;
    }

    static size_t onHeader(char *data, size_t, size_t size, void *self)
    {
        auto *exchange = static_cast<Exchange *>(self);
        exchange->noteMoved();
        return exchange->takeHeader(QByteArrayView(data, static_cast<qsizetype>(size))) ? size : 0;
    }

    bool takeHeader(QByteArrayView line)
    {
        switch (m_judge.take(line)) {
        case HeadJudge::Line::GoOn:
            return true;
        case HeadJudge::Line::TooMuch:
            m_fault = problem(ErrorKind::Server, tr("The server sends headers without end."), true);
            return false;
        case HeadJudge::Line::Head:
            break;
        }
        if (m_judge.hasUnclearBody() && m_judge.status() < 300) {
            m_fault = problem(ErrorKind::Server, tr("The server's answer says in two ways how long it is."), true);
            return false;
        }
        m_plan = planAnswer(m_request.asked, m_judge.head(), QDateTime::currentDateTimeUtc());
        m_planned = true;
        qCInfo(lcDownloads) << "HTTP status" << m_judge.status() << "length" << m_plan.bodyBytes << "of"
                            << m_plan.totalBytes;
        if (!bringsBody(m_plan))
            return false;
        m_taker.begin(m_plan);
        return true;
    }

    static size_t onBody(char *data, size_t, size_t size, void *self)
    {
        auto *exchange = static_cast<Exchange *>(self);
        exchange->noteMoved();
        if (exchange->m_planned)
            return exchange->m_taker.take(data, static_cast<qint64>(size)) ? size : 0;
        exchange->m_dropped += static_cast<qint64>(size);
        return exchange->m_dropped <= MostOfARefusal ? size : 0;
    }

    FetchEnd loop(CurlDrive &drive, CURL *handle)
    {
        while (drive.run([this] { return m_moved + m_tls.records; }, m_shared.stop)) {
            if (m_asked && std::exchange(m_isTraced, false))
                curl_easy_setopt(handle, CURLOPT_VERBOSE, 0L); // it was heard; each record would be told of as well
            if (m_shared.stop.isSet() || !m_taker.flushIfOld())
                break;
            if (m_asked && m_taker.isStalled(m_request.stallTimeout)) {
                m_fault = problem(
                    ErrorKind::Network,
                    m_planned ? tr("The server stopped sending.") : tr("The server did not answer in time."), true);
                break;
            }
        }
        return conclude(handle, drive.result());
    }

    FetchEnd conclude(CURL *handle, CURLcode code)
    {
        if (m_planned && bringsBody(m_plan))
            m_taker.finish();
        if (m_shared.stop.isSet())
            return end(FetchEnd::Kind::Stopped, {});
        if (m_taker.refusal())
            return refused(*m_taker.refusal());
        if (m_fault)
            return end(FetchEnd::Kind::Broken, *m_fault);
        if (m_dialError)
            return end(FetchEnd::Kind::Broken, *m_dialError);
        if (m_tls.isFlooded())
            return end(
                FetchEnd::Kind::Broken,
                problem(ErrorKind::Server, tr("The server sends TLS messages that bring nothing, without end."), true));
        if (m_planned && !bringsBody(m_plan))
            return end(m_plan.action == AnswerPlan::Action::Refuse ? FetchEnd::Kind::Refused : FetchEnd::Kind::NoBody,
                       m_plan.error);
        if (m_judge.status() == 407 && !m_planned)
            return end(FetchEnd::Kind::Refused,
                       problem(ErrorKind::Proxy, tr("The proxy does not accept the user and password."), false));
        if (code != CURLE_OK) {
            const Error error = curlError(handle, code, m_detail.data());
            return end(error.retryable ? FetchEnd::Kind::Broken : FetchEnd::Kind::Refused, error);
        }
        if (m_plan.bodyBytes >= 0 && m_taker.received() != m_plan.bodyBytes)
            return end(FetchEnd::Kind::Broken,
                       problem(ErrorKind::Network, tr("The connection ended before the archive was complete."), true));
        if (m_taker.received() == 0)
            return end(FetchEnd::Kind::Broken, problem(ErrorKind::Server, tr("The server sent an empty file."), true));
        return end(FetchEnd::Kind::Complete, {});
    }

    FetchEnd refused(const BodyRefusal &refusal)
    {
        FetchEnd result;
        switch (refusal.kind) {
        case BodyRefusal::Kind::Stopped:
            return end(FetchEnd::Kind::Stopped, {});
        case BodyRefusal::Kind::Disk:
            result = end(FetchEnd::Kind::Disk, refusal.trouble.error);
            result.trouble = refusal.trouble;
            return result;
        case BodyRefusal::Kind::TooLong:
            m_plan.action = AnswerPlan::Action::RestartWithoutRange;
            return end(
                FetchEnd::Kind::NoBody,
                problem(ErrorKind::Server, tr("The server sends more bytes than the range it announced."), true));
        case BodyRefusal::Kind::Stranger:
            return end(FetchEnd::Kind::Broken,
                       problem(ErrorKind::Server, tr("The server sent something else in place of the archive."), true));
        case BodyRefusal::Kind::Text:
            break;
        }
        // Bytes that are here show that this link has led to an archive: it may do so again.
        result = end(FetchEnd::Kind::Refused,
                     problem(ErrorKind::Refused, tr("The server sent a page of text in place of the archive."),
                             m_request.asked.offset > 0));
        result.error.httpStatus = 200;
        result.error.hint =
            tr("See under Restore jobs whether its link is still good, then retry or request a new link.");
        return result;
    }

    FetchEnd end(FetchEnd::Kind kind, const Error &error) const
    {
        FetchEnd result;
        result.kind = kind;
        result.plan = m_plan;
        result.asked = m_asked;
        result.error = error;
        return result;
    }

    const FetchRequest &m_request;
    const LinkAddress &m_address;
    QNetworkProxy m_proxy;
    CurlTls m_tls;
    TransferShared &m_shared;
    HeadJudge m_judge;
    BodyTaker m_taker;
    std::array<char, CURL_ERROR_SIZE> m_detail{};
    std::optional<Error> m_dialError;
    std::optional<Error> m_fault;
    AnswerPlan m_plan;
    bool m_planned = false; ///< the head that counts has been judged
    bool m_asked = false;
    bool m_isTraced = true;
    quint64 m_moved = 0; ///< grows with each piece that libcurl hands on
    qint64 m_dropped = 0;
};

} // namespace

FetchEnd fetch(const FetchRequest &request, PartFile &part, TransferShared &shared, TokenBucket &bucket,
               const FetchWatch &watch)
{
    LinkAddress address = request.link.address;
    bool asked = false;
    for (int redirects = 0;; ++redirects) {
        const auto proxies = proxiesFor(request.proxies, address.origin, shared.stop);
        FetchEnd end;
        WipedBytes location;
        if (!proxies) {
            end.kind = shared.stop.isSet() ? FetchEnd::Kind::Stopped : FetchEnd::Kind::Broken;
            end.error = proxies.error();
            end.asked = asked;
            return end;
        }
        for (const QNetworkProxy &proxy : *proxies) {
            Exchange exchange(request, address, proxy, part, shared, bucket, watch);
            end = exchange.run(redirects == 0);
            location = exchange.location();
            if (!exchange.couldNotConnect() || shared.stop.isSet())
                break;
        }
        asked = asked || end.asked;
        end.asked = asked;
        if (end.kind != FetchEnd::Kind::NoBody || end.plan.action != AnswerPlan::Action::Redirect)
            return end;
        if (redirects == MostRedirects) {
            end.kind = FetchEnd::Kind::Refused;
            end.error.sentence = tr("The server redirects the download too often.");
            return end;
        }
        auto target = redirectedTo(address, location);
        if (!target) {
            end.kind = FetchEnd::Kind::Refused;
            end.error.sentence = target.error().sentence;
            return end;
        }
        address = std::move(*target);
    }
}

} // namespace tidemark
