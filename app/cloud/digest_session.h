#pragma once

#include "base/clock.h"
#include "base/later.h"
#include "cloud/digest_auth.h"
#include "cloud/digest_decision.h"
#include "cloud/request_auth.h"

#include <deque>

namespace tidemark {

/// HTTP Digest for the API of one origin. One handshake serves all requests: the nonce is used again with a rising
/// count. While the first handshake is under way, other requests wait for it, those that may. Answers only Digest, only
/// this origin, and only the realm that it named first; never Basic. What follows from a refusal is decided in
/// digest_decision.h.
class DigestSession final : public RequestAuth
{
public:
    DigestSession(QUrl origin, QByteArray user, Secret password, const Clock &clock);

    Async<Grant> grant(const RequestFacts &request) override;
    bool needsProbe() const override;
    Verdict refused(const Refusal &refusal) override;
    void accepted(const Grant &grant, const QByteArray &info) override;
    void abandoned(const Grant &grant) override;
    Async<bool> close() override;

private:
    struct Waiting
    {
        RequestFacts request;
        Deferred<Grant> deferred;
    };

    Grant answerFor(const RequestFacts &request);
    digest::Carried carriedBy(const Grant &grant) const;
    void adopt(const digest::DigestChallenge &challenge);
    void forget(const Grant &grant);
    void endHandshake();

    QUrl m_origin;
    QByteArray m_user;
    Secret m_password;
    const Clock &m_clock;

    std::optional<QByteArray> m_realm;                  ///< the first one seen; no other is answered
    std::optional<digest::DigestChallenge> m_challenge; ///< its nonce is the present one
    QByteArray m_clientNonce;
    quint32 m_count = 0;
    bool m_isUntried = false;    ///< the key was not shown with this nonce yet
    quint64 m_ticket = 0;        ///< rises with each nonce
    quint64 m_refusedTicket = 0; ///< of the nonce with which the key was refused last
    QDateTime m_lastAccepted;    ///< when the server last took the present nonce
    bool m_handshake = false;    ///< a request without a nonce is on its way, and others may wait for it
    std::deque<Waiting> m_waiting;
};

} // namespace tidemark
