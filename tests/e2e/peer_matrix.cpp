#include "e2e/peer_matrix.h"

#include <algorithm>

namespace tidemark::test {

namespace {

QString nameOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Tls:
        return QStringLiteral("Tls");
    case ErrorKind::Proxy:
        return QStringLiteral("Proxy");
    case ErrorKind::Credentials:
        return QStringLiteral("Credentials");
    case ErrorKind::Network:
        return QStringLiteral("Network");
    case ErrorKind::Server:
        return QStringLiteral("Server");
    default:
        return QStringLiteral("Kind %1").arg(static_cast<int>(kind));
    }
}

} // namespace

void PeerMatrix::add(const QString &peer, const QString &what, const QString &result)
{
    m_rows.push_back({peer, what, result});
}

QString PeerMatrix::text() const
{
    qsizetype peerWidth = 0;
    qsizetype caseWidth = 0;
    for (const Row &row : m_rows) {
        peerWidth = std::max(peerWidth, row.peer.size());
        caseWidth = std::max(caseWidth, row.what.size());
    }
    QString lines;
    for (const Row &row : m_rows) {
        lines += row.peer.leftJustified(static_cast<int>(peerWidth)) + QStringLiteral(" | ") +
                 row.what.leftJustified(static_cast<int>(caseWidth)) + QStringLiteral(" | ") + row.result +
                 QLatin1Char('\n');
    }
    return lines;
}

QString outcomeText(const Projects &outcome)
{
    if (outcome)
        return QStringLiteral("signed in, %1 projects read").arg(outcome->size());
    return QStringLiteral("refused (%1): %2").arg(nameOf(outcome.error().kind), outcome.error().sentence);
}

QString objectionTo(const Projects &outcome, const Expected &expected)
{
    const bool fits = outcome ? !expected.kind && !outcome->empty()
                              : expected.kind == outcome.error().kind &&
                                    outcome.error().sentence.contains(expected.words, Qt::CaseInsensitive);
    return fits ? QString() : outcomeText(outcome);
}

Connection connectionTo(const QString &baseUrl, const QString &user)
{
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(baseUrl);
    connection.userName = user;
    connection.allowPlainHttp = true;
    connection.timeout = std::chrono::seconds(10);
    connection.proxy.mode = ProxyMode::None;
    return connection;
}

Projects readProjects(const Connection &connection, const Credentials &credentials)
{
    const SystemClock clock;
    CloudClient client(connection, credentials, clock, CloudClient::Retries::None);
    return resultOf(client.projects());
}

} // namespace tidemark::test
