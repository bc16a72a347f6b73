#include "cloud/api_transport.h"

#include "base/log.h"
#include "cloud/api_call.h"
#include "cloud/api_error.h"
#include "cloud/decode.h"
#include "cloud/digest_session.h"
#include "cloud/farewells.h"
#include "cloud/network_setup.h"
#include "cloud/oauth_session.h"

#include <cstdlib>

namespace tidemark {

namespace {

/// The Date header has whole seconds and the way here takes time: less than this is no change of the offset.
constexpr qint64 OffsetNoise = 1500;

Error objection(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    error.hint = ApiTransport::tr("Edit the connection.");
    return error;
}

} // namespace

QString apiPath(const QStringList &segments)
{
    QStringList encoded;
    for (const QString &segment : segments)
        encoded.append(QString::fromLatin1(QUrl::toPercentEncoding(segment)));
    return encoded.join(QLatin1Char('/'));
}

ApiTransport::ApiTransport(Connection connection, Credentials credentials, const Clock &clock, Policy policy,
                           QObject *parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_clock(clock)
    , m_policy(policy)
    , m_manager(networkManager(m_connection, credentials))
{
    if (const QString sentence = transportObjection(m_connection); !sentence.isEmpty())
        m_objection = objection(sentence);
    if (auto tls = tlsConfiguration(m_connection))
        m_tls = *tls;
    else
        m_objection = tls.error();

    if (m_connection.authentication == Authentication::ServiceAccount) {
        m_auth = std::make_unique<OAuthSession>(*m_manager, m_tls, m_connection, credentials.secret, clock);
    } else {
        m_auth = std::make_unique<DigestSession>(apiRoot(m_connection), m_connection.userName.toUtf8(),
                                                 credentials.secret, clock);
    }
}

ApiTransport::~ApiTransport()
{
    const Async<bool> ending = close();
    if (!ending.isFinished())
        Farewells::instance().keep(std::move(m_manager), std::move(m_auth), ending);
}

Async<ApiAnswer> ApiTransport::get(const QString &path, const QUrlQuery &query, Report report)
{
    return call("GET", path, query, {}, report);
}

Async<ApiAnswer> ApiTransport::post(const QString &path, const QByteArray &body)
{
    return call("POST", path, {}, body, Report::Yes);
}

Async<bool> ApiTransport::signIn()
{
    if (m_objection)
        return resolved<bool>(failure(*m_objection));
    if (m_connection.authentication != Authentication::ServiceAccount)
        return resolved<bool>(true);
    const Deferred<bool> deferred;
    whenDone(this, m_auth->grant({"GET", apiRoot(m_connection)}), [deferred](const Result<Grant> &grant) {
        deferred.resolve(grant ? Result<bool>(true) : Result<bool>(failure(grant.error())));
    });
    return deferred.future();
}

Async<ApiAnswer> ApiTransport::call(const QByteArray &method, const QString &path, const QUrlQuery &query,
                                    const QByteArray &body, Report report)
{
    if (m_objection) {
        noteOutcome(*m_objection);
        return resolved<ApiAnswer>(failure(*m_objection));
    }
    if (m_closed)
        return Deferred<ApiAnswer>().future(); // nobody will resolve it: cancelled
    QUrl url = apiRoot(m_connection);
    url.setPath(url.path(QUrl::FullyEncoded) + QLatin1Char('/') + path, QUrl::TolerantMode);
    QUrlQuery asked = query;
    if (m_connection.envelope)
        asked.addQueryItem(QStringLiteral("envelope"), QStringLiteral("true"));
    if (!asked.isEmpty())
        url.setQuery(asked);

    auto *call = new ApiCall(*this, method, url, body, report);
    m_calls.insert(call);
    const Async<ApiAnswer> future = call->future();
    call->start();
    return future;
}

void ApiTransport::noteServer(const RawAnswer &answer)
{
    if (answer.status == 0)
        return;
    ServerInfo info = m_serverInfo;
    if (const QString version = decode::serviceVersion(answer.header("X-MongoDB-Service-Version")); !version.isEmpty())
        info.version = version;
    if (const QDateTime date = httpDate(answer.header("Date")); date.isValid()) {
        // The header cuts the fraction off, so on average the server's clock is half a second ahead of it.
        const qint64 offset = m_clock.now().msecsTo(date) + 500;
        const bool known = m_serverInfo.dateHeader.isValid();
        info.dateHeader = date;
        if (!known || std::llabs(offset - info.clockOffset.count()) > OffsetNoise)
            info.clockOffset = std::chrono::milliseconds(std::llabs(offset) <= OffsetNoise ? 0 : offset);
    }
    const bool changed = info.version != m_serverInfo.version || info.clockOffset != m_serverInfo.clockOffset ||
                         !m_serverInfo.dateHeader.isValid();
    m_serverInfo = info;
    if (changed)
        Q_EMIT serverInfoChanged(m_serverInfo);
}

void ApiTransport::noteOutcome(const Error &error)
{
    if (error == m_lastError)
        return;
    m_lastError = error;
    Q_EMIT lastErrorChanged(m_lastError);
}

void ApiTransport::cancelCalls()
{
    const std::set<ApiCall *> calls = std::exchange(m_calls, {});
    for (ApiCall *call : calls) {
        call->cancel();
        delete call; // its future learns that it was cancelled
    }
}

Async<bool> ApiTransport::close()
{
    if (std::exchange(m_closed, true))
        return m_ending;
    cancelCalls();
    m_ending = m_auth->close();
    return m_ending;
}

} // namespace tidemark
