#pragma once

#include "cloud/api_transport.h"
#include "cloud/envelope.h"
#include "cloud/pending_call.h"

#include <QElapsedTimer>
#include <QPointer>

namespace tidemark {

/// What a read asks for: it changes nothing on the server, so that it may be sent again.
struct ApiRequest
{
    QByteArray method;
    QUrl url;
    ApiTransport::Report report = ApiTransport::Report::Yes;
    qint64 bodyBytes = 0;     ///< of the answer at most; 0: as the policy says
    QByteArray fileType = {}; ///< what is asked for; empty: JSON
    /// Where the body of a file goes. Once a byte of it is there the call is not repeated.
    std::shared_ptr<BytePipe> sink = {};
};

/// Tells the connection's pace how a request was answered: a refusal for too many requests, or with a Retry-After, is
/// meant for all of them. `attempt`, from 1, decides how long to rest where the server does not say.
void notePace(RequestPace &pace, const Error &error, int attempt, const ApiTransport::Policy &policy);

/// One read of the API from its first request to its outcome: authentication, redirects within the origin, repetition,
/// the envelope. Deletes itself.
class ApiCall final : public PendingCall
{
    Q_OBJECT

public:
    ApiCall(ApiTransport &transport, ApiRequest request);

    Async<ApiAnswer> future() const { return m_deferred.future(); }
    void start();
    void cancel() override;

private:
    void waitForTurn();
    void obtainGrant();
    void send(const Grant &grant);
    void answered(const RawAnswer &answer);
    void refused(const RawAnswer &answer);
    void redirected(const RawAnswer &answer);
    void read(const RawAnswer &answer);
    void take(const RawAnswer &answer, const Result<UnwrappedAnswer> &unwrapped);
    void repeatOrFail(const Error &error);
    void succeed(const ApiAnswer &answer);
    void fail(const Error &error);
    void end(Result<ApiAnswer> result, const Error &outcome);

    ApiTransport &m_transport;
    ApiRequest m_request;
    Deferred<ApiAnswer> m_deferred;
    QPointer<HttpExchange> m_exchange;
    Grant m_grant;
    RequestPace::Turn m_turn; ///< while a request is under way, through challenges and redirects
    QElapsedTimer m_since;
    int m_attempt = 1;
    int m_authRepeats = 0;
    int m_redirects = 0;
};

} // namespace tidemark
