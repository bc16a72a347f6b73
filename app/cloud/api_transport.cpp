#include "cloud/api_transport.h"

#include "base/log.h"
#include "cloud/api_call.h"
#include "cloud/api_error.h"
#include "cloud/change_answer.h"
#include "cloud/farewells.h"
#include "cloud/network_setup.h"
#include "cloud/order_call.h"
#include "cloud/sign_in.h"

#include <algorithm>

namespace tidemark {

QString apiPath(const QStringList &segments)
{
    QStringList encoded;
    for (const QString &segment : segments)
        encoded.append(QString::fromLatin1(QUrl::toPercentEncoding(segment)));
    return encoded.join(QLatin1Char('/'));
}

ApiTransport::ApiTransport(Connection connection, Credentials credentials, const Clock &clock, Policy policy,
                           QObject *parent)
    : ApiTransport(std::make_shared<SignIn>(std::move(connection), std::move(credentials), clock), clock, policy,
                   parent)
{
}

ApiTransport::ApiTransport(std::shared_ptr<SignIn> signIn, const Clock &clock, Policy policy, QObject *parent)
    : QObject(parent)
    , m_signIn(std::move(signIn))
    , m_connection(m_signIn->connection())
    , m_auth(&m_signIn->auth())
    , m_clock(clock)
    , m_policy(policy)
    , m_manager(m_signIn->join())
    , m_server(m_signIn->server())
{
    connect(&m_server, &ServerState::infoChanged, this, &ApiTransport::serverInfoChanged);
    connect(&m_server, &ServerState::lastErrorChanged, this, &ApiTransport::lastErrorChanged);
    connect(&m_server, &ServerState::callFailed, this, &ApiTransport::callFailed);
    connect(&m_server.pace(), &RequestPace::changed, this, &ApiTransport::paceChanged);
    connect(&m_server.pace(), &RequestPace::busyChanged, this, &ApiTransport::busyChanged);
}

const ServerInfo &ApiTransport::serverInfo() const
{
    return m_server.info();
}

const RequestPace &ApiTransport::pace() const
{
    return m_server.pace();
}

ApiTransport::~ApiTransport()
{
    const Async<bool> ending = close();
    if (!ending.isFinished())
        Farewells::instance().keep(m_signIn, ending);
}

std::unique_ptr<ApiTransport> ApiTransport::sibling(Policy policy) const
{
    std::unique_ptr<ApiTransport> other(new ApiTransport(m_signIn, m_clock, policy));
    if (m_closed)
        other->close(); // its sign-in may be over
    return other;
}

Async<ApiAnswer> ApiTransport::get(const QString &path, const QUrlQuery &query, Report report)
{
    return call({"GET", urlOf(path, query), report});
}

Async<ApiAnswer> ApiTransport::getPage(const QString &path, const QUrlQuery &query, Report report)
{
    return call({"GET", urlOf(path, query), report, std::min(PageBytes, m_policy.bodyBytes)});
}

Async<ApiAnswer> ApiTransport::getFile(const QString &path, const QByteArray &type, std::shared_ptr<BytePipe> into)
{
    return call({"GET", urlOf(path, {}, Wrapping::Never), Report::No, 0, type, std::move(into)});
}

Async<ApiAnswer> ApiTransport::readByPost(const QString &path)
{
    return call({"POST", urlOf(path, {})});
}

Async<ApiAnswer> ApiTransport::probe()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("pageNum"), QStringLiteral("1"));
    query.addQueryItem(QStringLiteral("itemsPerPage"), QStringLiteral("1"));
    return get(QStringLiteral("groups"), query);
}

Async<OrderAnswer> ApiTransport::order(const QString &path, const QByteArray &body, BeforeSending beforeSending)
{
    if (const auto &objection = m_signIn->objection()) {
        m_server.noteOutcome(requestName("POST", urlOf(path, {})), *objection);
        OrderAnswer answer;
        answer.error = *objection;
        return resolved<OrderAnswer>(answer);
    }
    if (m_closed)
        return Deferred<OrderAnswer>().future(); // nobody will resolve it: cancelled
    const Deferred<OrderAnswer> deferred;
    auto *call = new OrderCall(*this, {"POST", urlOf(path, {}), body, std::move(beforeSending)}, &readOrderAnswer,
                               [deferred](const OrderAnswer &answer, const RawAnswer &) { deferred.resolve(answer); });
    m_calls.insert(call);
    call->start();
    return deferred.future();
}

Async<ApiAnswer> ApiTransport::change(const QByteArray &method, const QString &path, const QUrlQuery &query,
                                      const QByteArray &body)
{
    if (const auto &objection = m_signIn->objection()) {
        m_server.noteOutcome(requestName(method, urlOf(path, {})), *objection);
        return resolved<ApiAnswer>(failure(*objection));
    }
    if (m_closed)
        return Deferred<ApiAnswer>().future(); // nobody will resolve it: cancelled
    const Deferred<ApiAnswer> deferred;
    auto *call =
        new OrderCall(*this, {method, urlOf(path, query), body, {}}, &readChangeAnswer,
                      [deferred, envelope = m_connection.envelope](const OrderAnswer &answer, const RawAnswer &raw) {
                          deferred.resolve(changeOutcome(answer, raw, envelope));
                      });
    m_calls.insert(call);
    call->start();
    return deferred.future();
}

Async<bool> ApiTransport::signIn()
{
    if (m_closed)
        return Deferred<bool>().future();
    if (const auto &objection = m_signIn->objection())
        return resolved<bool>(failure(*objection));
    if (m_connection.authentication != Authentication::ServiceAccount)
        return resolved<bool>(true);
    const Deferred<bool> deferred;
    whenDone(this, m_auth->grant(factsOf("GET", apiRoot(m_connection))), [deferred](const Result<Grant> &grant) {
        deferred.resolve(grant ? Result<bool>(true) : Result<bool>(failure(grant.error())));
    });
    return deferred.future();
}

QUrl ApiTransport::urlOf(const QString &path, const QUrlQuery &query, Wrapping wrapping) const
{
    QUrl url = apiRoot(m_connection);
    url.setPath(url.path(QUrl::FullyEncoded) + QLatin1Char('/') + path, QUrl::TolerantMode);
    QUrlQuery asked = query;
    if (m_connection.envelope && wrapping == Wrapping::AsConnection)
        asked.addQueryItem(QStringLiteral("envelope"), QStringLiteral("true"));
    if (!asked.isEmpty())
        url.setQuery(asked);
    return url;
}

RequestFacts ApiTransport::factsOf(const QByteArray &method, const QUrl &url) const
{
    return {method, url, m_policy.sharesHandshake};
}

HttpExchange *ApiTransport::exchange(const Outgoing &outgoing, const Grant &grant, HttpExchange::Done done)
{
    QNetworkRequest request = plainRequest(outgoing.url, m_signIn->tls());
    request.setRawHeader("Accept", outgoing.fileType.isEmpty() ? "application/json" : outgoing.fileType);
    if (!outgoing.fileType.isEmpty())
        request.setRawHeader("Accept-Encoding", "identity"); // the bytes as they are
    if (!grant.authorization.isEmpty())
        request.setRawHeader("Authorization", grant.authorization);
    if (outgoing.method != "GET")
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    HttpExchange::Limits limits{m_connection.timeout, outgoing.answerBytes};
    limits.sink = outgoing.sink;
    return HttpExchange::start(*m_manager, request, outgoing.method, outgoing.body, limits, std::move(done));
}

void ApiTransport::accepted(const Grant &grant, const RawAnswer &answer)
{
    m_auth->accepted(grant, answer.header("Authentication-Info"));
    m_credentialsWereTaken = m_credentialsWereTaken || !grant.authorization.isEmpty();
}

Async<ApiAnswer> ApiTransport::call(ApiRequest request)
{
    if (const auto &objection = m_signIn->objection()) {
        m_server.noteOutcome(requestName(request.method, request.url), *objection);
        return resolved<ApiAnswer>(failure(*objection));
    }
    if (m_closed)
        return Deferred<ApiAnswer>().future(); // nobody will resolve it: cancelled
    auto *call = new ApiCall(*this, std::move(request));
    m_calls.insert(call);
    const Async<ApiAnswer> future = call->future();
    call->start();
    return future;
}

void ApiTransport::cancelCalls()
{
    const std::set<PendingCall *> calls = std::exchange(m_calls, {});
    for (PendingCall *call : calls) {
        call->cancel();
        delete call; // its future learns that it was cancelled
    }
}

Async<bool> ApiTransport::close()
{
    if (std::exchange(m_closed, true))
        return m_ending;
    cancelCalls();
    m_ending = m_signIn->leave();
    return m_ending;
}

} // namespace tidemark
