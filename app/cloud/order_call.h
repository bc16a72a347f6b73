#pragma once

#include "cloud/api_transport.h"
#include "cloud/order_answer.h"
#include "cloud/pending_call.h"

#include <QPointer>

namespace tidemark {

/// One POST that orders a restore, from the GET that makes a nonce ready to what is known at the end. It leaves once;
/// once more, and never a third time, where it was answered by a 401 with a challenge, which proves that nothing was
/// ordered. Deletes itself.
class OrderCall final : public PendingCall
{
    Q_OBJECT

public:
    OrderCall(ApiTransport &transport, QUrl url, QByteArray body, BeforeSending beforeSending);

    Async<OrderAnswer> future() const { return m_deferred.future(); }
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
    QUrl m_url;
    QByteArray m_body;
    BeforeSending m_beforeSending;
    Deferred<OrderAnswer> m_deferred;
    QPointer<HttpExchange> m_exchange;
    Grant m_grant;
    OrderAnswer m_answer; ///< of the sending before
};

} // namespace tidemark
