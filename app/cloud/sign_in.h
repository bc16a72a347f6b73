#pragma once

#include "base/clock.h"
#include "cloud/request_auth.h"
#include "cloud/server_state.h"
#include "connection/connection.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

#include <memory>

namespace tidemark {

/// How one connection is reached and signed in to, and what its server has told: what a transport and its siblings
/// share. In one thread.
class SignIn final
{
public:
    SignIn(Connection connection, Credentials credentials, const Clock &clock);

    const Connection &connection() const { return m_connection; }
    /// Why nothing may be sent at all.
    const std::optional<Error> &objection() const { return m_objection; }
    const QSslConfiguration &tls() const { return m_tls; }
    RequestAuth &auth() { return *m_auth; }
    ServerState &server() { return m_server; }

    /// One more transport uses it, with connections of its own.
    std::unique_ptr<QNetworkAccessManager> join();
    /// A transport has ended. The last one signs out: resolves when the server was told, or after a few seconds.
    Async<bool> leave();

private:
    Connection m_connection;
    Credentials m_credentials; ///< without the secret, which the authentication keeps
    std::optional<Error> m_objection;
    QSslConfiguration m_tls;
    std::unique_ptr<RequestAuth> m_auth;
    ServerState m_server;
    int m_users = 0;
};

} // namespace tidemark
