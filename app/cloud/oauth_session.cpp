#include "cloud/oauth_session.h"

#include "base/log.h"
#include "cloud/api_error.h"
#include "cloud/digest_auth.h"
#include "cloud/json_read.h"
#include "cloud/network_setup.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 QuietSeconds = 15;
constexpr qint64 DefaultLifeSeconds = 3600;
constexpr qint64 TokenBodyLimit = 1024 * 1024;
constexpr std::chrono::seconds RevokeLimit{3};

/// RFC 6750 section 3.1. It tells a token that ended from missing rights, whatever the body says.
bool saysTokenIsInvalid(const QByteArray &wwwAuthenticate)
{
    const auto challenges = digest::parseChallenges(wwwAuthenticate);
    return std::any_of(challenges.begin(), challenges.end(), [](const digest::Challenge &one) {
        return one.scheme == "bearer" && one.parameter("error") == QByteArray("invalid_token");
    });
}

} // namespace

OAuthSession::OAuthSession(std::unique_ptr<QNetworkAccessManager> manager, QSslConfiguration tls,
                           const Connection &connection, Secret clientSecret, const Clock &clock)
    : m_manager(std::move(manager))
    , m_tls(std::move(tls))
    , m_baseUrl(connection.baseUrl)
    , m_clientId(connection.userName.toUtf8())
    , m_clientSecret(std::move(clientSecret))
    , m_limit(TokenLimit::of(m_baseUrl, m_clientId))
    , m_limits{connection.timeout, TokenBodyLimit}
    , m_clock(clock)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &OAuthSession::sendTokenRequest);
}

OAuthSession::~OAuthSession() = default;

Async<Grant> OAuthSession::grant(const RequestFacts &request)
{
    if (!sameOrigin(request.url, m_baseUrl))
        return resolved<Grant>(Grant{});
    const QDateTime now = m_clock.now();
    if (hasToken() && now < m_renewAt)
        return resolved<Grant>(currentGrant());
    if (m_lastRefusal && now < m_quietUntil) {
        Error error = *m_lastRefusal;
        if (error.retryable)
            error.retryAfter = std::chrono::milliseconds(now.msecsTo(m_quietUntil));
        return resolved<Grant>(failure(std::move(error)));
    }
    const Deferred<Grant> deferred;
    m_waiting.push_back(deferred);
    requestToken();
    return deferred.future();
}

bool OAuthSession::hasToken() const
{
    return !m_token.isEmpty() && m_clock.now() < m_endsAt;
}

Grant OAuthSession::currentGrant() const
{
    return {"Bearer " + m_token.reveal(), m_ticket, false};
}

void OAuthSession::requestToken()
{
    if (std::exchange(m_asking, true))
        return;
    if (const auto pause = m_limit.reserve(m_clock.now()); pause.count() > 0)
        m_wait.start(pause);
    else
        sendTokenRequest();
}

QUrl OAuthSession::endpoint(const QString &name) const
{
    QUrl url =
        m_baseUrl.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    QString path = url.path(QUrl::FullyEncoded);
    if (path == QLatin1String("/"))
        path.clear();
    url.setPath(path + QLatin1String("/api/oauth/") + name, QUrl::TolerantMode);
    return url;
}

QByteArray OAuthSession::basicHeader() const
{
    // RFC 6749 section 2.3.1: each encoded as in a form, which changes nothing in Cloud Manager's own ids and secrets.
    QByteArray secret = m_clientSecret.reveal().toPercentEncoding();
    QByteArray pair = m_clientId.toPercentEncoding() + ':' + secret;
    wipeBytes(secret);
    QByteArray header = "Basic " + pair.toBase64();
    wipeBytes(pair);
    return header;
}

QNetworkRequest OAuthSession::tokenRequest(const QString &name) const
{
    QNetworkRequest request = plainRequest(endpoint(name), m_tls);
    request.setRawHeader("Authorization", basicHeader());
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Cache-Control", "no-cache");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/x-www-form-urlencoded"));
    return request;
}

void OAuthSession::sendTokenRequest()
{
    m_underWay = true;
    HttpExchange::start(*m_manager, tokenRequest(QStringLiteral("token")), "POST", "grant_type=client_credentials",
                        m_limits, [self = QPointer<OAuthSession>(this)](const RawAnswer &answer) {
                            if (self)
                                self->tokenAnswered(answer);
                        });
}

void OAuthSession::tokenAnswered(const RawAnswer &answer)
{
    m_underWay = false;
    if (m_closed) { // nobody will use it any more
        const QJsonValue token = json::parse(answer.body).object().value(QLatin1String("access_token"));
        if (const Secret late(json::text(token)); !late.isEmpty())
            revoke(late);
        else
            signedOut(true);
        return;
    }
    const QDateTime now = m_clock.now();
    const auto fail = [this, now](Error error) {
        if (hasToken()) { // the present one still serves; the next call shall not have to wait for a new one again
            m_renewAt = now.addSecs(QuietSeconds);
            settle(currentGrant());
            return;
        }
        settle(failure(std::move(error)));
    };
    if (answer.error) {
        fail(*answer.error);
        return;
    }
    if (answer.status < 200 || answer.status > 299) {
        Error error =
            answer.status >= 300 && answer.status < 400
                ? refusedRedirect(redactedUrl(QUrl(QString::fromUtf8(answer.header("Location")))))
                : errorFromTokenAnswer(answer.status, answer.body, retryAfterOf(answer.header("Retry-After"), now));
        if (!error.retryable || error.kind == ErrorKind::RateLimited) {
            m_quietUntil =
                error.retryAfter.count() > 0 ? now.addMSecs(error.retryAfter.count()) : now.addSecs(QuietSeconds);
            if (error.retryable)
                error.retryAfter = std::chrono::milliseconds(now.msecsTo(m_quietUntil));
            m_lastRefusal = error;
        }
        fail(std::move(error));
        return;
    }
    const QJsonObject fields = json::parse(answer.body).object();
    const QString token = json::text(fields.value(QLatin1String("access_token")));
    if (token.isEmpty()) {
        fail(unexpectedAnswer(tr("there is no access token in it.")));
        return;
    }
    const qint64 life =
        std::max<qint64>(1, json::integerOr(fields.value(QLatin1String("expires_in")), DefaultLifeSeconds));
    m_token = Secret(token);
    m_endsAt = now.addSecs(life);
    m_renewAt = now.addSecs(life - std::min<qint64>(120, life / 10));
    m_lastRefusal.reset();
    ++m_ticket;
    settle(currentGrant());
}

void OAuthSession::settle(const Result<Grant> &result)
{
    m_asking = false;
    const std::vector<Deferred<Grant>> waiting = std::exchange(m_waiting, {});
    for (const Deferred<Grant> &one : waiting)
        one.resolve(result);
}

RequestAuth::Verdict OAuthSession::refused(const Refusal &refusal)
{
    if (refusal.grant.authorization.isEmpty() || (refusal.hasApiCode && !saysTokenIsInvalid(refusal.wwwAuthenticate)))
        return {};
    const bool present = refusal.grant.ticket == m_ticket;
    if (present)
        m_token = Secret(); // ended early or revoked elsewhere
    // A token that was refused at its first use would not be helped by another one.
    const bool mayHelp = !present || m_provenTicket == m_ticket;
    // A read that waited long for its turn may meet the end of a second token.
    const int mostRepeats = refusal.request.method == "GET" ? 2 : 1;
    return {mayHelp && refusal.repeats < mostRepeats, std::nullopt};
}

void OAuthSession::accepted(const Grant &grant, const QByteArray &)
{
    if (!grant.authorization.isEmpty())
        m_provenTicket = grant.ticket;
}

Async<bool> OAuthSession::close()
{
    if (std::exchange(m_closed, true))
        return m_toSignOut > 0 ? m_signedOut.future() : resolved<bool>(true);
    m_wait.stop();
    m_waiting.clear(); // they learn that they were cancelled
    const bool live = hasToken();
    const Secret token = std::exchange(m_token, Secret());
    // A token that is on its way is given back when it comes, if that is soon.
    m_toSignOut = (live ? 1 : 0) + (m_underWay ? 1 : 0);
    if (m_toSignOut == 0)
        return resolved<bool>(true);
    if (m_underWay)
        QTimer::singleShot(RevokeLimit, this, [done = m_signedOut] { done.resolve(false); });
    const Async<bool> future = m_signedOut.future();
    if (live)
        revoke(token);
    return future;
}

void OAuthSession::revoke(const Secret &token)
{
    const QByteArray body = "token=" + token.reveal().toPercentEncoding() + "&token_type_hint=access_token";
    HttpExchange::Limits limits = m_limits;
    limits.silence = std::min<std::chrono::milliseconds>(limits.silence, RevokeLimit);
    HttpExchange::start(*m_manager, tokenRequest(QStringLiteral("revoke")), "POST", body, limits,
                        [self = QPointer<OAuthSession>(this)](const RawAnswer &answer) {
                            if (self)
                                self->signedOut(!answer.error && answer.status == 200);
                        });
}

void OAuthSession::signedOut(bool well)
{
    m_allSignedOut = m_allSignedOut && well;
    if (--m_toSignOut <= 0)
        m_signedOut.resolve(m_allSignedOut);
}

} // namespace tidemark
