#pragma once

#include "base/clock.h"
#include "base/later.h"
#include "cloud/http_exchange.h"
#include "cloud/request_auth.h"
#include "cloud/token_limit.h"
#include "connection/connection.h"

#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>

#include <memory>

class QNetworkAccessManager;

namespace tidemark {

/// OAuth 2.0 client credentials of a service account (Cloud Manager, "Service Accounts"): one token for its life,
/// renewed before it ends, one request for it however many calls wait, at most ten a minute (the documented limit),
/// revoked by close(). Client id and secret go to the connection's own token endpoint only, the token to its own origin
/// only.
class OAuthSession final : public QObject, public RequestAuth
{
    Q_OBJECT

public:
    /// The manager is its own, so that a token is never asked for behind calls that hang.
    OAuthSession(std::unique_ptr<QNetworkAccessManager> manager, QSslConfiguration tls, const Connection &connection,
                 Secret clientSecret, const Clock &clock);
    ~OAuthSession() override;

    Async<Grant> grant(const RequestFacts &request) override;
    bool needsProbe() const override { return false; }
    Verdict refused(const Refusal &refusal) override;
    void accepted(const Grant &grant, const QByteArray &info) override;
    void abandoned(const Grant &) override {}
    Async<bool> close() override;

private:
    Grant currentGrant() const;
    bool hasToken() const;
    void requestToken();
    void sendTokenRequest();
    void tokenAnswered(const RawAnswer &answer);
    void settle(const Result<Grant> &result);
    void revoke(const Secret &token);
    void signedOut(bool well);
    QByteArray basicHeader() const;
    QUrl endpoint(const QString &name) const;
    QNetworkRequest tokenRequest(const QString &name) const;

    std::unique_ptr<QNetworkAccessManager> m_manager;
    QSslConfiguration m_tls;
    QUrl m_baseUrl;
    QByteArray m_clientId;
    Secret m_clientSecret;
    TokenLimit &m_limit;
    HttpExchange::Limits m_limits;
    const Clock &m_clock;

    Secret m_token;
    QDateTime m_renewAt;
    QDateTime m_endsAt;
    quint64 m_ticket = 0;
    quint64 m_provenTicket = 0; ///< the token that the API took last
    bool m_asking = false;
    bool m_underWay = false; ///< a token request was sent and not answered yet
    bool m_closed = false;
    QTimer m_wait;          ///< until the limit allows the next token request
    QDateTime m_quietUntil; ///< after refused credentials or too many requests: asking again at once cannot help
    std::optional<Error> m_lastRefusal;
    std::vector<Deferred<Grant>> m_waiting;
    int m_toSignOut = 0; ///< tokens that close() has still to give back
    bool m_allSignedOut = true;
    Deferred<bool> m_signedOut;
};

} // namespace tidemark
