#pragma once

#include "cloud/api_transport.h"
#include "cloud/order_answer.h"
#include "cloud/pending_call.h"

#include <QPointer>

namespace tidemark {

/// One request that orders or changes something, from the GET that makes a nonce ready to what is known at the end. It
/// leaves once; once more, and never a third time, where it was answered by a 401 with a challenge, which proves that
/// nothing was done. Deletes itself.
class OrderCall final : public PendingCall
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray method; ///< not GET
        QUrl url;
        QByteArray body;
        BeforeSending beforeSending; ///< may be empty
    };
    /// What an answer means: readOrderAnswer or readChangeAnswer.
    using Read = OrderAnswer (*)(const RawAnswer &raw, int sendings, bool envelopeAsked, const QDateTime &now);
    /// Called once, at the end; never when the call is deleted before it. `raw`: of the last sending.
    using Finished = std::function<void(const OrderAnswer &answer, const RawAnswer &raw)>;

    OrderCall(ApiTransport &transport, Request request, Read read, Finished finished);

    void start();
    void cancel() override;

private:
    void begin();
    void makeNonceReady();
    void obtainGrant();
    void send(const Grant &grant);
    void answered(const RawAnswer &raw);
    void take(const RawAnswer &raw, const OrderAnswer &answer);
    /// Where the sending that `answer` was given to may be followed by another one, that is begun.
    bool repeated(const RawAnswer &raw);
    /// Nothing more is sent: what came before stands, or else `error` says why nothing was sent at all.
    void stop(const Error &error);
    void end();

    ApiTransport &m_transport;
    Request m_request;
    Read m_read;
    Finished m_finished;
    QPointer<HttpExchange> m_exchange;
    Grant m_grant;
    OrderAnswer m_answer; ///< of the sending before
    RawAnswer m_raw;      ///< the same
};

} // namespace tidemark
