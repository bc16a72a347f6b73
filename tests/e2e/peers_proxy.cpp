#include "e2e/peers_tests.h"

#include "support/reserved_port.h"

#include <QTest>

namespace tidemark::test {

namespace {

const QString proxyUser = QStringLiteral("dba");
const QString proxyPassword = QStringLiteral("proxy-password");

} // namespace

void PeersProxyTest::initTestCase()
{
    QVERIFY2(m_cloud.isRunning(), qPrintable(m_cloud.problem()));
    m_nginx = std::make_unique<peers::NginxTls>(m_cloud.baseUrl().adjusted(QUrl::StripTrailingSlash).toString());
    m_tlsPort = static_cast<quint16>(QUrl(m_nginx->add(QStringLiteral("good"))).port());
    QVERIFY2(m_nginx->start(), m_nginx->peer().output().constData());
    for (const bool secured : {false, true}) {
        const QString kind = secured ? QStringLiteral("password") : QStringLiteral("open");
        const QString user = secured ? proxyUser : QString();
        m_squids[kind] = std::make_unique<peers::SquidProxy>(user, proxyPassword);
        QVERIFY2(m_squids[kind]->start(), m_squids[kind]->peer().output().constData());
        m_socks[kind] = std::make_unique<peers::SocksProxy>(user, proxyPassword);
        QVERIFY2(m_socks[kind]->start(), m_socks[kind]->log().constData());
    }
}

Connection PeersProxyTest::through(ProxyMode mode, quint16 port, const QString &user, bool tls) const
{
    // Neither is a loopback address to the client: those are reached without a proxy.
    const QString host = mode == ProxyMode::Http ? peers::proxiedName : peers::anyAddress;
    const QString url = tls ? QStringLiteral("https://%1:%2").arg(host).arg(m_tlsPort)
                            : QStringLiteral("http://%1:%2").arg(host).arg(m_cloud.baseUrl().port());
    Connection connection = connectionTo(url, m_cloud.publicKey());
    connection.caCertificateFile = m_nginx->caFile();
    connection.proxy = {mode, QStringLiteral("127.0.0.1"), port, user};
    return connection;
}

void PeersProxyTest::addWays(bool socks)
{
    QTest::addColumn<QString>("proxy"); ///< "open", "password", or "none" where nothing listens
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("passes");
    const QString none;
    for (const bool tls : {true, false}) {
        const char *way = socks ? (tls ? "TLS" : "plain HTTP") : (tls ? "CONNECT to TLS" : "plain HTTP");
        const auto row = [&](const char *what, const char *proxy, const QString &user, const QString &password,
                             bool passes) {
            QTest::addRow("%s, %s", way, what) << QString::fromLatin1(proxy) << user << password << tls << passes;
        };
        row("proxy without password", "open", none, none, true);
        row("right password", "password", proxyUser, proxyPassword, true);
        row("wrong password", "password", proxyUser, QStringLiteral("wrong"), false);
        row("no password", "password", none, none, false);
        row("nothing listens", "none", none, none, false);
    }
}

void PeersProxyTest::goesThroughSquid_data()
{
    addWays(false);
}

void PeersProxyTest::goesThroughSquid()
{
    QFETCH(QString, proxy);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(bool, tls);
    QFETCH(bool, passes);
    const peers::SquidProxy *squid = proxy == QLatin1String("none") ? nullptr : m_squids[proxy].get();
    const QByteArray before = squid ? squid->accessLog() : QByteArray();
    const Connection connection = through(ProxyMode::Http, squid ? squid->port() : reservedPort(), user, tls);
    const Projects outcome = readProjects(connection, {Secret(m_cloud.privateKey()), Secret(password)});
    m_matrix.add(QStringLiteral("squid"), QString::fromLatin1(QTest::currentDataTag()), outcomeText(outcome));
    const QString objection =
        objectionTo(outcome, passes ? Expected::projects() : Expected{ErrorKind::Proxy, QStringLiteral("proxy")});
    QVERIFY2(objection.isEmpty(), qPrintable(objection));
    if (!passes)
        return;
    // Where a password is needed, plain HTTP goes through a tunnel as well.
    const bool tunnel = tls || !user.isEmpty();
    const QByteArray wanted = (tunnel ? "CONNECT " : "GET http://") + peers::proxiedName.toLatin1();
    QTRY_VERIFY2(squid->accessLog().mid(before.size()).contains(wanted), squid->accessLog().constData());
}

void PeersProxyTest::namesTheProxyWhereTheServerIsOutOfReach()
{
    for (const ProxyMode mode : {ProxyMode::Http, ProxyMode::Socks5}) {
        const bool http = mode == ProxyMode::Http;
        const quint16 port = http ? m_squids[QStringLiteral("open")]->port() : m_socks[QStringLiteral("open")]->port();
        Connection connection = through(mode, port, {}, true);
        connection.baseUrl.setPort(reservedPort());
        const Projects outcome = readProjects(connection, {Secret(m_cloud.privateKey()), {}});
        m_matrix.add(http ? QStringLiteral("squid") : QStringLiteral("microsocks"),
                     QStringLiteral("TLS, the server is not there"), outcomeText(outcome));
        const QString proxy = QStringLiteral("through the proxy 127.0.0.1:%1").arg(port);
        const QString objection = objectionTo(outcome, {ErrorKind::Proxy, proxy});
        QVERIFY2(objection.isEmpty(), qPrintable(objection));
    }
}

void PeersProxyTest::goesThroughSocks_data()
{
    addWays(true);
}

void PeersProxyTest::goesThroughSocks()
{
    QFETCH(QString, proxy);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(bool, tls);
    QFETCH(bool, passes);
    peers::SocksProxy *socks = proxy == QLatin1String("none") ? nullptr : m_socks[proxy].get();
    if (socks)
        (void)socks->log(); // what came before
    const Connection connection = through(ProxyMode::Socks5, socks ? socks->port() : reservedPort(), user, tls);
    const Projects outcome = readProjects(connection, {Secret(m_cloud.privateKey()), Secret(password)});
    m_matrix.add(QStringLiteral("microsocks"), QString::fromLatin1(QTest::currentDataTag()), outcomeText(outcome));
    const QString objection =
        objectionTo(outcome, passes ? Expected::projects() : Expected{ErrorKind::Proxy, QStringLiteral("proxy")});
    QVERIFY2(objection.isEmpty(), qPrintable(objection));
    if (!passes)
        return;
    QByteArray log;
    QTRY_VERIFY2((log += socks->log()).contains("connected to " + peers::anyAddress.toLatin1()), log.constData());
}

void PeersProxyTest::aProxySeesNoCredentialsUnderTls()
{
    const peers::SquidProxy &squid = *m_squids[QStringLiteral("open")];
    const qsizetype before = squid.accessLog().size();
    const Projects outcome =
        readProjects(through(ProxyMode::Http, squid.port(), {}, true), {Secret(m_cloud.privateKey()), {}});
    QVERIFY2(outcome, qPrintable(outcomeText(outcome)));
    QTRY_VERIFY(squid.accessLog().size() > before);
    const QByteArray seen = squid.accessLog().mid(before);
    QVERIFY2(!seen.contains("/api/public"), seen.constData());
    QVERIFY2(!seen.contains("GET"), seen.constData());
    m_matrix.add(QStringLiteral("squid"), QStringLiteral("what it sees under TLS"),
                 QStringLiteral("host and port, no path, no header"));
}

void PeersProxyTest::loopbackNeedsNoProxy()
{
    Connection connection = connectionTo(m_cloud.baseUrl().toString(), m_cloud.publicKey());
    connection.proxy = {ProxyMode::Http, QStringLiteral("127.0.0.1"), reservedPort(), {}};
    const Projects outcome = readProjects(connection, {Secret(m_cloud.privateKey()), {}});
    QVERIFY2(outcome, qPrintable(outcomeText(outcome)));
    m_matrix.add(QStringLiteral("(any proxy)"), QStringLiteral("loopback address"),
                 outcomeText(outcome) + QStringLiteral(", the proxy was not asked"));
}

} // namespace tidemark::test
