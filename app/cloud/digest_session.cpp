#include "cloud/digest_session.h"

#include "connection/connection.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <array>
#include <vector>

namespace tidemark {

namespace {

/// A nonce that the server took longer ago than this may have ended since; a POST then lets a GET go first.
constexpr qint64 FreshSeconds = 5;

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

struct Offer
{
    digest::Offered kind = digest::Offered::Nothing;
    digest::DigestChallenge challenge; ///< where Digest is offered
};

/// Of several challenges the strongest one of the realm that is known.
Offer offerIn(const QByteArray &wwwAuthenticate, const std::optional<QByteArray> &realm)
{
    std::vector<digest::Challenge> challenges = digest::parseChallenges(wwwAuthenticate);
    if (challenges.empty())
        return {};
    const auto strongest = digest::strongestDigest(challenges);
    if (!strongest)
        return {digest::Offered::OtherWay, {}};
    if (realm)
        std::erase_if(challenges, [&realm](const digest::Challenge &one) { return one.parameter("realm") != *realm; });
    const auto offered = digest::strongestDigest(challenges);
    if (!offered)
        return {digest::Offered::OtherRealm, *strongest};
    return {offered->stale ? digest::Offered::StaleNonce : digest::Offered::Nonce, *offered};
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
    if (m_challenge) {
        const Grant answer = answerFor(request);
        endHandshake(); // who waits comes after the request that fetched the nonce: it may be good for one only
        return resolved<Grant>(answer);
    }
    if (!m_handshake || !request.mayWait) {
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
            m_ticket, std::exchange(m_isUntried, false)};
}

digest::Carried DigestSession::carriedBy(const Grant &grant) const
{
    if (grant.authorization.isEmpty())
        return digest::Carried::Nothing;
    if (grant.ticket == m_refusedTicket)
        return digest::Carried::KnownBad;
    // Where another request has taken the same nonce since, that one may have come first.
    const bool alone = grant.ticket == m_ticket && m_count == 1;
    return grant.isFirstUse && alone ? digest::Carried::FirstUse : digest::Carried::Reuse;
}

RequestAuth::Verdict DigestSession::refused(const Refusal &refusal)
{
    if (!sameOrigin(refusal.request.url, m_origin)) {
        endHandshake();
        return {};
    }
    const Offer offer = offerIn(refusal.wwwAuthenticate, m_realm);
    const bool isRead = refusal.request.method == "GET";
    switch (digest::decide({carriedBy(refusal.grant), offer.kind, refusal.hasApiCode, isRead, refusal.repeats})) {
    case digest::Action::SendAgain:
        adopt(offer.challenge);
        return {true, std::nullopt};
    case digest::Action::LacksRight:
        if (refusal.grant.ticket == m_ticket)
            m_lastAccepted = m_clock.now();
        endHandshake();
        return {};
    case digest::Action::KeyRefused:
        m_refusedTicket = refusal.grant.ticket;
        forget(refusal.grant);
        return {};
    case digest::Action::OtherWay:
        forget(refusal.grant);
        return {false,
                credentialsError(tr("The server asks for the credentials in another way than Digest; they were not "
                                    "sent."),
                                 tr("Something else than Cloud Manager or Ops Manager may be answering, for example "
                                    "a proxy. Check the connection's URL."))};
    case digest::Action::OtherRealm:
        endHandshake();
        return {false,
                credentialsError(tr("The server suddenly asks for the credentials of another realm (“%1”); they were "
                                    "not sent.")
                                     .arg(QString::fromUtf8(offer.challenge.realm)),
                                 tr("Something else may be answering under this address."))};
    }
    return {};
}

/// Begins anew with the next request, unless another one has got a new nonce in the meantime.
void DigestSession::forget(const Grant &grant)
{
    if (grant.ticket == m_ticket)
        m_challenge.reset();
    endHandshake();
}

void DigestSession::adopt(const digest::DigestChallenge &challenge)
{
    m_realm = challenge.realm;
    m_challenge = challenge;
    m_clientNonce = randomNonce();
    m_count = 0;
    m_isUntried = true;
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
            m_isUntried = false; // it comes from who has taken the key
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
