#include "cloud/order_call.h"

#include "base/background.h"
#include "cloud/api_call.h"
#include "cloud/envelope.h"

namespace tidemark {

namespace {

/// Bytes of an answer that are read without a thread of their own: well below a millisecond.
constexpr qsizetype SmallAnswer = 32 * 1024;
constexpr int MostSendings = 2;

} // namespace

OrderCall::OrderCall(ApiTransport &transport, Request request, Read read, Finished finished)
    : m_transport(transport)
    , m_request(std::move(request))
    , m_read(read)
    , m_finished(std::move(finished))
{
}

/// It waits while the server rests after a "too many requests", which would only lead to another one, but behind no
/// other request.
void OrderCall::start()
{
    m_transport.m_server.pace().enterUncounted(this, [this] { begin(); });
}

void OrderCall::begin()
{
    if (m_transport.m_auth->needsProbe())
        makeNonceReady();
    else
        obtainGrant();
}

/// It is not sent on the chance that it will be refused for want of a nonce: a read fetches one first.
void OrderCall::makeNonceReady()
{
    whenDone(this, m_transport.probe(), [this](const Result<ApiAnswer> &answer) {
        if (answer)
            obtainGrant();
        else
            stop(answer.error());
    });
}

void OrderCall::obtainGrant()
{
    whenDone(this, m_transport.m_auth->grant(m_transport.factsOf(m_request.method, m_request.url)),
             [this](const Result<Grant> &grant) {
                 if (grant)
                     send(*grant);
                 else
                     stop(grant.error());
             });
}

void OrderCall::send(const Grant &grant)
{
    const int sending = m_answer.sendings + 1;
    const QPointer<OrderCall> self(this);
    const bool wanted = !m_request.beforeSending || m_request.beforeSending(sending);
    if (!self)
        return; // who was asked closed the transport
    if (!wanted) {
        m_transport.m_auth->abandoned(grant);
        Error error;
        error.kind = ErrorKind::Cancelled;
        error.sentence = tr("It was stopped before it was sent.");
        stop(error);
        return;
    }
    m_answer = {};
    m_answer.sendings = sending;
    m_grant = grant;
    m_exchange =
        m_transport.exchange({m_request.method, m_request.url, m_request.body, m_transport.m_policy.bodyBytes, {}},
                             grant, [self](const RawAnswer &raw) {
                                 if (self)
                                     self->answered(raw);
                             });
}

void OrderCall::answered(const RawAnswer &raw)
{
    m_exchange = nullptr;
    const QPointer<OrderCall> self(this);
    m_transport.m_server.noteAnswer(raw);
    if (!self)
        return; // somebody who heard of it closed the transport
    auto read = [raw, reader = m_read, sendings = m_answer.sendings, envelope = m_transport.m_connection.envelope,
                 now = m_transport.m_clock.now()] { return reader(raw, sendings, envelope, now); };
    if (raw.body.size() <= SmallAnswer)
        take(raw, read());
    else
        inBackground(this, std::move(read), [this, raw](const OrderAnswer &answer) { take(raw, answer); });
}

void OrderCall::take(const RawAnswer &raw, const OrderAnswer &answer)
{
    m_answer = answer;
    m_raw = raw;
    if (raw.status != 0)
        notePace(m_transport.m_server.pace(), answer.error, answer.sendings, m_transport.m_policy);
    if (raw.error) {
        m_transport.m_auth->abandoned(m_grant);
    } else if (raw.status == 401) {
        if (repeated(raw))
            return;
    } else {
        m_transport.accepted(m_grant, raw);
    }
    end();
}

bool OrderCall::repeated(const RawAnswer &raw)
{
    const RequestAuth::Verdict verdict = m_transport.m_auth->refused(
        {m_transport.factsOf(m_request.method, m_request.url), m_grant, raw.header("WWW-Authenticate"),
         !errorDocument(raw.body).value(QLatin1String("errorCode")).toString().isEmpty(), m_answer.sendings - 1});
    if (verdict.sendAgain && m_answer.hasChallenge && m_answer.sendings < MostSendings) {
        obtainGrant();
        return true;
    }
    if (verdict.error)
        m_answer.error = *verdict.error;
    return false;
}

void OrderCall::stop(const Error &error)
{
    if (m_answer.sendings == 0)
        m_answer.error = error;
    end();
}

void OrderCall::end()
{
    // Whoever hears of the outcome may close or delete the transport: nothing of it is touched after that.
    m_transport.m_calls.erase(this);
    deleteLater();
    const Finished finished = m_finished;
    const OrderAnswer answer = std::exchange(m_answer, {});
    const RawAnswer raw = std::exchange(m_raw, {});
    if (answer.error.kind != ErrorKind::Cancelled)
        m_transport.m_server.noteOutcome(requestName(m_request.method, m_request.url), answer.error);
    finished(answer, raw);
}

void OrderCall::cancel()
{
    if (m_exchange)
        m_exchange->cancel();
}

} // namespace tidemark
