#include "cloud/digest_session.h"

#include "connection/connection.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <array>

namespace tidemark {

namespace {

/// A nonce that the server took this long ago may have expired since; a POST then lets a GET go first.
constexpr qint64 FreshSeconds = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::DigestSession", text);
}

QByteArray randomNonce()
{
    std::array<quint32, 6> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toBase64();
}

/// Path and query as QNetworkAccessManager sends them.
QByteArray requestTarget(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return target;
}

Error credentialsError(const QString &sentence, const QString &hint)
{
    Error error;
    error.kind = ErrorKind::Credentials;
    error.httpStatus = 401;
    error.sentence = sentence;
    error.hint = hint;
    return error;
}

} // namespace

DigestSession::DigestSession(QUrl origin, QByteArray user, Secret password, const Clock &clock)
    : m_origin(std::move(origin))
    , m_user(std::move(user))
    , m_password(std::move(password))
    , m_clock(clock)
{
}

Async<Grant> DigestSession::grant(const RequestFacts &request)
{
    if (!sameOrigin(request.url, m_origin))
        return resolved<Grant>(Grant{});
    if (m_challenge)
        return resolved<Grant>(answerFor(request));
    if (!m_handshake) {
        m_handshake = true;
        return resolved<Grant>(Grant{});
    }
    m_waiting.push_back({request, {}});
    return m_waiting.back().deferred.future();
}

bool DigestSession::needsProbe() const
{
    return !m_challenge || !m_lastAccepted.isValid() || m_lastAccepted.secsTo(m_clock.now()) > FreshSeconds;
}

Grant DigestSession::answerFor(const RequestFacts &request)
{
    ++m_count;
    return {digest::authorization(
                *m_challenge, {m_user, request.method, requestTarget(request.url), m_count, m_clientNonce}, m_password),
            m_ticket};
}

RequestAuth::Verdict DigestSession::refused(const Refusal &refusal)
{
    if (!sameOrigin(refusal.request.url, m_origin)) {
        endHandshake();
        return {};
    }
    // Another request got a new nonce in the meantime.
    if (m_challenge && refusal.grant.ticket != m_ticket)
        return {true, std::nullopt};

    const auto challenges = digest::parseChallenges(refusal.wwwAuthenticate);
    const auto offered = digest::strongestDigest(challenges);
    if (!offered) {
        m_challenge.reset();
        endHandshake();
        if (challenges.empty())
            return {};
        return {false,
                credentialsError(tr("The server asks for the credentials in another way than Digest; they were not "
                                    "sent."),
                                 tr("Something else than Cloud Manager or Ops Manager may be answering, for example "
                                    "a proxy. Check the connection's URL."))};
    }
    if (m_realm && *m_realm != offered->realm) {
        endHandshake();
        return {false,
                credentialsError(tr("The server suddenly asks for the credentials of another realm (“%1”); they were "
                                    "not sent.")
                                     .arg(QString::fromUtf8(offered->realm)),
                                 tr("Something else may be answering under this address."))};
    }

    const bool first = !m_challenge;
    const bool wasAccepted = m_lastAccepted.isValid();
    const bool canRepeat = refusal.request.method == "GET";
    // A nonce that worked before and is refused now has expired, even where the server does not say so; unless the body
    // shows that the key was recognized and only lacks rights.
    const bool expired = offered->stale || (wasAccepted && canRepeat && !refusal.hasApiCode);
    if (!first && refusal.hasApiCode && !offered->stale) {
        m_lastAccepted = m_clock.now(); // the key was recognized
        return {};
    }
    if ((first && !refusal.grant.authorization.isEmpty()) || (!first && !expired)) {
        m_challenge.reset(); // begin anew with the next request
        endHandshake();
        return {};
    }
    adopt(*offered);
    endHandshake();
    return {canRepeat || offered->stale, std::nullopt};
}

void DigestSession::adopt(const digest::DigestChallenge &challenge)
{
    m_realm = challenge.realm;
    m_challenge = challenge;
    m_clientNonce = randomNonce();
    m_count = 0;
    m_lastAccepted = {};
    ++m_ticket;
}

void DigestSession::accepted(const Grant &grant, const QByteArray &info)
{
    if (!m_challenge || grant.ticket != m_ticket) {
        endHandshake(); // the server asked for nothing
        return;
    }
    m_lastAccepted = m_clock.now();
    // RFC 7616 section 3.5: the server may name the nonce that it wants to see next.
    if (info.contains("nextnonce")) {
        const auto fields = digest::parseChallenges("info " + info);
        const auto next = fields.empty() ? std::nullopt : fields.front().parameter("nextnonce");
        if (next && !next->isEmpty() && *next != m_challenge->nonce) {
            digest::DigestChallenge renewed = *m_challenge;
            renewed.nonce = *next;
            adopt(renewed);
            m_lastAccepted = m_clock.now();
        }
    }
}

void DigestSession::abandoned(const Grant &grant)
{
    if (grant.authorization.isEmpty())
        endHandshake();
}

void DigestSession::endHandshake()
{
    if (!m_handshake)
        return;
    m_handshake = false;
    std::deque<Waiting> waiting = std::exchange(m_waiting, {});
    for (const Waiting &one : waiting)
        one.deferred.resolve(m_challenge ? answerFor(one.request) : Grant{});
}

Async<bool> DigestSession::close()
{
    m_challenge.reset();
    m_lastAccepted = {};
    endHandshake();
    return resolved<bool>(true);
}

} // namespace tidemark
