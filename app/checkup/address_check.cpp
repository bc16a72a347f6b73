#include "checkup/address_check.h"

#include "base/later.h"

namespace tidemark {

namespace {

Connection at(Connection connection, const QUrl &address)
{
    connection.baseUrl = address;
    return connection;
}

} // namespace

QUrl AddressCheck::addressWithoutPath(const QUrl &url, const Error &error)
{
    const bool ofTheApi = error.httpStatus == 0 || !error.apiCode.isEmpty() || error.kind == ErrorKind::RateLimited ||
                          error.kind == ErrorKind::Proxy;
    QUrl address = url;
    address.setPath(QString());
    return ofTheApi || address == url ? QUrl() : address;
}

AddressCheck::AddressCheck(Connection connection, const QUrl &address, Credentials credentials, const Clock &clock,
                           QObject *parent)
    : QObject(parent)
    , m_client(at(std::move(connection), address), std::move(credentials), clock, CloudClient::Retries::None)
{
}

Async<bool> AddressCheck::run()
{
    const Deferred<bool> answers;
    whenDone(this, m_client.projects(), [this, answers](const Result<std::vector<Project>> &projects) {
        const bool known = projects || !projects.error().apiCode.isEmpty() || !m_client.serverInfo().version.isEmpty();
        answers.resolve(known);
    });
    return answers.future();
}

} // namespace tidemark
