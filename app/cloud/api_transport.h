#pragma once

#include "base/clock.h"
#include "base/later.h"
#include "cloud/http_exchange.h"
#include "cloud/order_answer.h"
#include "cloud/request_auth.h"
#include "cloud/server_state.h"
#include "cloud/values.h"
#include "connection/connection.h"

#include <QJsonValue>
#include <QNetworkAccessManager>
#include <QObject>
#include <QSslConfiguration>
#include <QUrlQuery>

#include <memory>
#include <set>

namespace tidemark {

class BytePipe;
class PendingCall;
class SignIn;
struct ApiRequest;

/// An answer with a status of 200 to 299, out of its envelope.
struct ApiAnswer
{
    int status = 0;
    QJsonValue content; ///< undefined when a 2xx answer to a POST had no body, and for a file
    qint64 bytes = 0;   ///< of the body as it came
};

/// Bytes of one page of a list at most: 500 restore jobs with their links are about 1 MB.
constexpr qint64 PageBytes = 8 * 1024 * 1024;

/// Carries requests to the Public API of one connection and brings JSON back. Reads are repeated after network errors,
/// 429 and 5xx with growing, jittered pauses or the one that Retry-After names; a POST is sent once, and only where it
/// is certain that it was not carried out (401 with a challenge) once more. Redirects are followed within the origin
/// and for reads only. Credentials never leave the origin.
///
/// Qt opens at most six connections to a host for one QNetworkAccessManager. A sibling has its own, so that what it
/// sends never waits behind what this one sends; it shares the sign-in (nonce or token) and the pace that the server
/// bears: after a 429 nothing leaves before its Retry-After has passed, and then one request at a time.
class ApiTransport final : public QObject
{
    Q_OBJECT

public:
    struct Policy
    {
        int attempts = 4; ///< of a read, the first included
        std::chrono::milliseconds firstPause{500};
        std::chrono::milliseconds longestPause{30000};
        std::chrono::milliseconds longestRetryAfter{120000}; ///< beyond this the error is handed on instead
        qint64 bodyBytes = 16 * 1024 * 1024;                 ///< of an answer; of a page of a list PageBytes
        /// No new attempt of a read begins after this: a dead server is admitted, not asked four times.
        std::chrono::milliseconds longestCall{25000};
        Traffic traffic = Traffic::Person;
        /// A request without a nonce waits for one that another request is fetching. That one may hang: a sibling that
        /// must not be held up fetches its own.
        bool sharesHandshake = true;
    };

    /// Whether a call's outcome is the connection's last error. Reads that may fail without harm are not worth a word,
    /// and are not repeated as patiently.
    enum class Report { Yes, No };

    ApiTransport(Connection connection, Credentials credentials, const Clock &clock, Policy policy,
                 QObject *parent = nullptr);
    ~ApiTransport() override;
    /// May outlive this one. A service account's token is given back when the last of them goes.
    std::unique_ptr<ApiTransport> sibling(Policy policy) const;

    const Connection &connection() const { return m_connection; }
    /// As told to this transport and its siblings.
    const ServerInfo &serverInfo() const;
    const RequestPace &pace() const;

    /// `path` is relative to the API's root, its segments percent-encoded (see apiPath).
    Async<ApiAnswer> get(const QString &path, const QUrlQuery &query = {}, Report report = Report::Yes);
    /// As get(), for a page of a list: an answer of more than PageBytes is an Error (kind Parse).
    Async<ApiAnswer> getPage(const QString &path, const QUrlQuery &query, Report report);
    /// As get(), for what is no JSON: `type` is asked for and the body goes into the pipe as it comes, but for its end,
    /// which is the caller's to tell. Not repeated once a byte is there; ends when the pipe is closed.
    Async<ApiAnswer> getFile(const QString &path, const QByteArray &type, std::shared_ptr<BytePipe> into);
    /// A POST without a body that changes nothing on the server: repeated like a GET.
    Async<ApiAnswer> readByPost(const QString &path);
    /// A POST that orders a restore, told as it was seen. Only Cancelled is a failure: the transport went away.
    Async<OrderAnswer> order(const QString &path, const QByteArray &body, BeforeSending beforeSending);

    /// A request that changes something ("POST", "PATCH", "PUT", "DELETE"), sent as order() sends it: once, and once
    /// more after a 401 with a challenge alone. ErrorKind::Uncertain: it left, and no answer told whether it was
    /// carried out. An answer of 2xx that cannot be read gives ErrorKind::Parse with that httpStatus: it was. Any other
    /// failure: it was not.
    Async<ApiAnswer> change(const QByteArray &method, const QString &path, const QUrlQuery &query,
                            const QByteArray &body);

    /// Gets a service account's token. An API key has nothing to get: it is judged with the first request.
    Async<bool> signIn();
    /// Whether an answer was given to a request that carried credentials, other than that they were refused.
    bool credentialsWereTaken() const { return m_credentialsWereTaken; }

    /// Ends all calls (ErrorKind::Cancelled), takes no more, and revokes a service account's token where no sibling
    /// needs it; resolves when that is done or has taken too long. A transport that goes without it, or before it is
    /// done, leaves that to Farewells.
    Async<bool> close();

Q_SIGNALS:
    void serverInfoChanged(const tidemark::ServerInfo &info);
    /// Empty sentence after a success.
    void lastErrorChanged(const tidemark::Error &error);
    void callFailed(const QString &request, const tidemark::Error &error);
    void paceChanged();
    /// Whether any request of the connection is under way.
    void busyChanged(bool isBusy);

private:
    friend class ApiCall;
    friend class OrderCall;

    ApiTransport(std::shared_ptr<SignIn> signIn, const Clock &clock, Policy policy, QObject *parent = nullptr);

    enum class Wrapping { AsConnection, Never }; ///< whether an envelope is asked for
    QUrl urlOf(const QString &path, const QUrlQuery &query, Wrapping wrapping = Wrapping::AsConnection) const;
    Async<ApiAnswer> call(ApiRequest request);
    /// A read that changes nothing and needs a nonce.
    Async<ApiAnswer> probe();
    RequestFacts factsOf(const QByteArray &method, const QUrl &url) const;
    /// What is sent, but for the credentials.
    struct Outgoing
    {
        QByteArray method;
        QUrl url;
        QByteArray body;
        qint64 answerBytes = 0; ///< at most
        QByteArray fileType;    ///< what is asked for; empty: JSON
        std::shared_ptr<BytePipe> sink = {};
    };
    HttpExchange *exchange(const Outgoing &outgoing, const Grant &grant, HttpExchange::Done done);
    /// Any answer but a 401 came.
    void accepted(const Grant &grant, const RawAnswer &answer);
    void cancelCalls();

    std::shared_ptr<SignIn> m_signIn; ///< shared with siblings
    const Connection &m_connection;
    RequestAuth *m_auth;
    const Clock &m_clock;
    Policy m_policy;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::set<PendingCall *> m_calls;
    ServerState &m_server;
    bool m_credentialsWereTaken = false;
    bool m_closed = false;
    Async<bool> m_ending; ///< of the first close()
};

/// Joins segments to a path, each percent-encoded: {"groups", "a/b"} → "groups/a%2Fb".
QString apiPath(const QStringList &segments);

} // namespace tidemark
