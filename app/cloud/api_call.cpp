#include "cloud/api_call.h"

#include "base/background.h"
#include "base/byte_pipe.h"
#include "base/log.h"
#include "cloud/api_error.h"
#include "cloud/envelope.h"
#include "cloud/network_setup.h"

#include <QRandomGenerator>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int MaxRedirects = 5;
/// Bytes of an answer that are read without a thread of their own: well below a millisecond.
constexpr qsizetype SmallAnswer = 32 * 1024;
bool isSuccess(int status)
{
    return status >= 200 && status <= 299;
}

bool hasApiCode(const QByteArray &body)
{
    return !errorDocument(body).value(QLatin1String("errorCode")).toString().isEmpty();
}

/// Doubles with each attempt; a quarter more or less by chance, so that clients do not come back all at once.
std::chrono::milliseconds pauseAfter(int attempt, const ApiTransport::Policy &policy)
{
    const auto grown = policy.firstPause * (1LL << std::min(attempt - 1, 20));
    const auto capped = std::min<std::chrono::milliseconds>(grown, policy.longestPause);
    const double factor = 0.75 + QRandomGenerator::global()->generateDouble() / 2.0;
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(capped.count()) * factor));
}

/// Up to a quarter later than the server asked, never earlier, so that clients do not come back all at once.
std::chrono::milliseconds laterThan(std::chrono::milliseconds retryAfter)
{
    const double part = QRandomGenerator::global()->generateDouble() / 4;
    return retryAfter + std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(retryAfter.count()) * part));
}

} // namespace

void notePace(RequestPace &pace, const Error &error, int attempt, const ApiTransport::Policy &policy)
{
    if (error.kind != ErrorKind::RateLimited && error.retryAfter.count() == 0) {
        pace.answered();
        return;
    }
    const auto rest = error.retryAfter.count() > 0 ? laterThan(error.retryAfter) : pauseAfter(attempt, policy);
    pace.tooMany(std::min<std::chrono::milliseconds>(rest, policy.longestRetryAfter));
}

ApiCall::ApiCall(ApiTransport &transport, ApiRequest request)
    : m_transport(transport)
    , m_request(std::move(request))
{
}

void ApiCall::start()
{
    m_since.start();
    waitForTurn();
}

void ApiCall::waitForTurn()
{
    m_transport.m_server.pace().enter(this, m_transport.m_policy.traffic, [this](const RequestPace::Turn &turn) {
        m_turn = turn;
        obtainGrant();
    });
}

void ApiCall::obtainGrant()
{
    const RequestFacts facts = m_transport.factsOf(m_request.method, m_request.url);
    whenDone(this, m_transport.m_auth->grant(facts), [this](const Result<Grant> &grant) {
        if (grant)
            send(*grant);
        else if (grant.error().kind != ErrorKind::Cancelled)
            repeatOrFail(grant.error());
        else
            fail(grant.error());
    });
}

void ApiCall::send(const Grant &grant)
{
    m_grant = grant;
    const qint64 most = m_request.bodyBytes > 0 ? m_request.bodyBytes : m_transport.m_policy.bodyBytes;
    m_exchange = m_transport.exchange({m_request.method, m_request.url, {}, most, m_request.fileType, m_request.sink},
                                      grant, [self = QPointer<ApiCall>(this)](const RawAnswer &answer) {
                                          if (self)
                                              self->answered(answer);
                                      });
}

void ApiCall::answered(const RawAnswer &answer)
{
    m_exchange = nullptr;
    const QPointer<ApiCall> self(this);
    m_transport.m_server.noteAnswer(answer);
    if (!self)
        return; // somebody who heard of it closed the transport
    // Of an error whose page is too long the status says enough.
    const bool isLongError = answer.isTooLong && answer.status >= 400;
    if (answer.error && !isLongError) {
        m_transport.m_auth->abandoned(m_grant);
        repeatOrFail(*answer.error);
        return;
    }
    if (answer.status == 401) {
        refused(answer);
        return;
    }
    m_transport.accepted(m_grant, answer);
    if (answer.status >= 300 && answer.status <= 399)
        redirected(answer);
    else
        read(answer);
}

void ApiCall::refused(const RawAnswer &answer)
{
    const RequestAuth::Verdict verdict =
        m_transport.m_auth->refused({m_transport.factsOf(m_request.method, m_request.url), m_grant,
                                     answer.header("WWW-Authenticate"), hasApiCode(answer.body), m_authRepeats});
    if (verdict.sendAgain) {
        ++m_authRepeats;
        obtainGrant();
        return;
    }
    fail(verdict.error.value_or(errorFromAnswer(answer.status, answer.body)));
}

void ApiCall::redirected(const RawAnswer &answer)
{
    const QUrl target = m_request.url.resolved(QUrl::fromEncoded(answer.header("Location")));
    const bool follow = m_request.method == "GET" && target.isValid() && sameOrigin(target, m_request.url) &&
                        m_redirects < MaxRedirects && !answer.header("Location").isEmpty();
    if (!follow) {
        Error error = refusedRedirect(redactedUrl(target.adjusted(QUrl::RemoveQuery)));
        error.httpStatus = answer.status;
        fail(error);
        return;
    }
    ++m_redirects;
    m_request.url = target.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    m_authRepeats = 0;
    obtainGrant();
}

void ApiCall::read(const RawAnswer &answer)
{
    m_turn.reset();
    if (!m_request.fileType.isEmpty() && isSuccess(answer.status)) {
        m_transport.m_server.pace().answered();
        succeed({answer.status, QJsonValue(QJsonValue::Undefined), m_request.sink->written()});
        return;
    }
    auto unwrap = [status = answer.status, body = answer.body, contentType = answer.header("Content-Type"),
                   envelope = m_transport.m_connection.envelope] {
        return readAnswer(status, body, contentType, envelope);
    };
    if (answer.body.size() <= SmallAnswer)
        take(answer, unwrap());
    else
        inBackground(this, std::move(unwrap),
                     [this, answer](const Result<UnwrappedAnswer> &unwrapped) { take(answer, unwrapped); });
}

void ApiCall::take(const RawAnswer &answer, const Result<UnwrappedAnswer> &unwrapped)
{
    const auto retryAfter = retryAfterOf(answer.header("Retry-After"), m_transport.m_clock.now());
    if (!unwrapped && isSuccess(answer.status)) {
        fail(unwrapped.error());
        return;
    }
    const int status = unwrapped ? unwrapped->status : answer.status;
    if (!isSuccess(status)) {
        // What cannot be unwrapped is a proxy's page.
        const Error error = errorFromAnswer(status, unwrapped ? unwrapped->errorBody : answer.body, retryAfter);
        notePace(m_transport.m_server.pace(), error, m_attempt, m_transport.m_policy);
        repeatOrFail(error);
        return;
    }
    m_transport.m_server.pace().answered();
    if (unwrapped->content.isUndefined()) {
        Error error = unexpectedAnswer(tr("it is empty."));
        error.httpStatus = answer.status;
        fail(error);
        return;
    }
    succeed({unwrapped->status, unwrapped->content, answer.body.size()});
}

void ApiCall::repeatOrFail(const Error &error)
{
    m_turn.reset();
    const ApiTransport::Policy &policy = m_transport.m_policy;
    const int attempts = m_request.report == ApiTransport::Report::Yes ? policy.attempts : std::min(policy.attempts, 2);
    // A pause that the server asked for is not time in which it kept silent.
    const bool isHandedOn = m_request.sink && m_request.sink->written() > 0;
    const bool isLate = error.retryAfter.count() == 0 && m_since.hasExpired(policy.longestCall.count());
    if (!error.retryable || m_attempt >= attempts || isLate || isHandedOn ||
        error.retryAfter > policy.longestRetryAfter) {
        fail(error);
        return;
    }
    const auto pause = error.retryAfter.count() > 0 ? laterThan(error.retryAfter) : pauseAfter(m_attempt, policy);
    ++m_attempt;
    m_authRepeats = 0;
    qCDebug(lcCloud) << "again in" << pause.count() << "ms";
    QTimer::singleShot(pause, this, &ApiCall::waitForTurn);
}

void ApiCall::succeed(const ApiAnswer &answer)
{
    end(answer, {});
}

void ApiCall::fail(const Error &error)
{
    end(failure(error), error);
}

void ApiCall::end(Result<ApiAnswer> result, const Error &outcome)
{
    // Whoever hears of the outcome may close or delete the transport: nothing of it is touched after that.
    m_transport.m_calls.erase(this);
    deleteLater();
    const Deferred<ApiAnswer> deferred = m_deferred;
    if (outcome.kind != ErrorKind::Cancelled && m_request.report == ApiTransport::Report::Yes)
        m_transport.m_server.noteOutcome(requestName(m_request.method, m_request.url), outcome);
    deferred.resolve(std::move(result));
}

void ApiCall::cancel()
{
    if (m_exchange)
        m_exchange->cancel();
}

} // namespace tidemark
