#include "cloud/sign_in.h"

#include "base/later.h"
#include "cloud/digest_session.h"
#include "cloud/network_setup.h"
#include "cloud/oauth_session.h"
#include "connection/environment_connection.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

Error objectionOf(const QString &sentence, bool canBeEdited)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    error.hint = canBeEdited
                     ? QCoreApplication::translate("tidemark::ApiTransport", "Edit the connection.")
                     : QCoreApplication::translate("tidemark::ApiTransport",
                                                   "Save it as a connection under Connections, and change that.");
    return error;
}

} // namespace

SignIn::SignIn(Connection connection, Credentials credentials, const Clock &clock)
    : m_connection(std::move(connection))
    , m_credentials(std::move(credentials))
    , m_server(clock)
{
    const Secret secret = std::exchange(m_credentials.secret, Secret());
    if (const QString sentence = transportObjection(m_connection); !sentence.isEmpty())
        m_objection = objectionOf(sentence, !isFromEnvironment(m_connection));
    if (auto tls = tlsConfiguration(m_connection))
        m_tls = *tls;
    else
        m_objection = tls.error();

    if (m_connection.authentication == Authentication::ServiceAccount) {
        m_auth = std::make_unique<OAuthSession>(networkManager(m_connection, m_credentials), m_tls, m_connection,
                                                secret, clock);
    } else {
        m_auth = std::make_unique<DigestSession>(apiRoot(m_connection), m_connection.userName.toUtf8(), secret, clock);
    }
}

std::unique_ptr<QNetworkAccessManager> SignIn::join()
{
    ++m_users;
    return networkManager(m_connection, m_credentials);
}

Async<bool> SignIn::leave()
{
    return --m_users == 0 ? m_auth->close() : resolved<bool>(true);
}

} // namespace tidemark
