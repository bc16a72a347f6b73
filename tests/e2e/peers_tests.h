#pragma once

#include "e2e/peer_matrix.h"
#include "support/demo_cloud.h"
#include "support/peers.h"

#include <QObject>

#include <map>

namespace tidemark::test {

/// Digest as Apache httpd's mod_auth_digest wants it.
class PeersDigestTest : public QObject
{
    Q_OBJECT

public:
    explicit PeersDigestTest(PeerMatrix &matrix)
        : m_matrix(matrix)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void signsIn_data();
    void signsIn();
    void parallelCallsShareOneNonce();
    void aNonceEnds();
    void aNonceThatEndedDelaysAPostButNeverDoublesIt();
    void curlAgrees();

private:
    std::unique_ptr<peers::ApacheDigest> apache(int nonceLifeSeconds = 300);
    void record(const QString &what, const QString &result) { m_matrix.add(QStringLiteral("Apache"), what, result); }

    PeerMatrix &m_matrix;
    DemoCloud m_cloud;
    QByteArray m_token; ///< with which Apache signs in at the stand-in
};

/// TLS as nginx speaks it, with good and bad certificates.
class PeersTlsTest : public QObject
{
    Q_OBJECT

public:
    explicit PeersTlsTest(PeerMatrix &matrix)
        : m_matrix(matrix)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void judgesServers_data();
    void judgesServers();
    void theRefusedServersWork();
    void aBadCaFileIsSaid();

private:
    QString certificate(const QString &name) { return m_nginx->peer().file(name + QStringLiteral(".pem")); }

    PeerMatrix &m_matrix;
    DemoCloud m_cloud;
    std::unique_ptr<peers::NginxTls> m_nginx;
    std::map<QString, QString> m_sites; ///< base URLs
};

/// Proxies: squid for HTTP, microsocks for SOCKS5.
class PeersProxyTest : public QObject
{
    Q_OBJECT

public:
    explicit PeersProxyTest(PeerMatrix &matrix)
        : m_matrix(matrix)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void goesThroughSquid_data();
    void goesThroughSquid();
    void goesThroughSocks_data();
    void goesThroughSocks();
    void namesTheProxyWhereTheServerIsOutOfReach();
    void aProxySeesNoCredentialsUnderTls();
    void loopbackNeedsNoProxy();

private:
    Connection through(ProxyMode mode, quint16 port, const QString &user, bool tls) const;
    void addWays(bool socks);

    PeerMatrix &m_matrix;
    DemoCloud m_cloud;
    std::unique_ptr<peers::NginxTls> m_nginx;
    quint16 m_tlsPort = 0;
    std::map<QString, std::unique_ptr<peers::SquidProxy>> m_squids; ///< "open" and "password"
    std::map<QString, std::unique_ptr<peers::SocksProxy>> m_socks;
};

/// A service account's tokens as Django OAuth Toolkit gives them out and takes them back.
class PeersOAuthTest : public QObject
{
    Q_OBJECT

public:
    explicit PeersOAuthTest(PeerMatrix &matrix)
        : m_matrix(matrix)
    {
    }

private Q_SLOTS:
    void signsIn_data();
    void signsIn();
    void parallelCallsShareOneToken();
    void aTokenEnds();
    void aTokenGivenBackIsWorthNothing();

private:
    void record(const QString &what, const QString &result)
    {
        m_matrix.add(QStringLiteral("OAuth Toolkit"), what, result);
    }

    PeerMatrix &m_matrix;
};

} // namespace tidemark::test
