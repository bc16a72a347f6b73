#include "e2e/connection_servers.h"

namespace tidemark::test {

using namespace std::chrono_literals;

namespace {

const QByteArray challenge = "Digest realm=\"MMS Public API\", domain=\"\", nonce=\"bm9uY2U=\", algorithm=MD5, "
                             "qop=\"auth\", stale=false";

} // namespace

Connection connectionTo(const QUrl &url)
{
    Connection connection;
    connection.name = QStringLiteral("Tested");
    connection.service = Service::OpsManager;
    connection.baseUrl = url;
    connection.userName = QStringLiteral("tdmkdemo");
    connection.timeout = 10s;
    connection.proxy.mode = ProxyMode::None;
    return connection;
}

ScriptedServer::Handler signedIn(const ScriptedAnswer &answer)
{
    return [answer](const RecordedRequest &request) {
        return request.header("Authorization").isEmpty()
                   ? ScriptedAnswer::json("{\"error\":401}", 401).with("WWW-Authenticate", challenge)
                   : answer;
    };
}

Setup scripted(const ScriptedServer::Handler &handler)
{
    Setup setup;
    auto &server = setup.add<ScriptedServer>();
    server.setHandler(handler);
    setup.connection = connectionTo(server.url());
    return setup;
}

Setup scriptedOnce(const ScriptedAnswer &answer)
{
    return scripted([answer](const RecordedRequest &) { return answer; });
}

Setup token(const ScriptedAnswer &answer)
{
    Setup setup = scriptedOnce(answer);
    setup.connection.authentication = Authentication::ServiceAccount;
    return setup;
}

Setup demoWith(const QStringList &switches)
{
    Setup setup;
    auto &cloud = setup.add<DemoCloud>(switches);
    setup.connection = connectionTo(cloud.baseUrl());
    setup.credentials.secret = Secret(cloud.privateKey());
    return setup;
}

QByteArray ConnectionServers::start()
{
    m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--control")});
    if (!m_cloud->isRunning())
        return m_cloud->problem().toUtf8();
    m_nginx = std::make_unique<peers::NginxTls>(m_cloud->baseUrl().toString());
    for (const char *name : {"expired", "wronghost", "selfsigned"})
        m_sites.insert(QLatin1String(name), m_nginx->add(QLatin1String(name)));
    m_sites.insert(QStringLiteral("old"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1.1")));
    m_sites.insert(QStringLiteral("tls12"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1.2")));
    m_sites.insert(QStringLiteral("good"), m_nginx->add(QStringLiteral("good")));
    if (!m_nginx->start())
        return "nginx: " + m_nginx->peer().output();
    m_squid = std::make_unique<peers::SquidProxy>();
    if (!m_squid->start())
        return "squid: " + m_squid->peer().output();
    m_lockedSquid = std::make_unique<peers::SquidProxy>(QStringLiteral("dba"), QStringLiteral("open"));
    if (!m_lockedSquid->start())
        return "squid with a password: " + m_lockedSquid->peer().output();
    return {};
}

QUrl ConnectionServers::siteUrl(const char *name) const
{
    return QUrl(m_sites.value(QLatin1String(name)));
}

Setup ConnectionServers::demo() const
{
    Setup setup;
    setup.connection = connectionTo(m_cloud->baseUrl());
    setup.credentials.secret = Secret(m_cloud->privateKey());
    return setup;
}

Setup ConnectionServers::site(const char *name, bool withCa) const
{
    Setup setup = demo();
    setup.connection.baseUrl = siteUrl(name);
    if (withCa)
        setup.connection.caCertificateFile = m_nginx->caFile();
    return setup;
}

Setup ConnectionServers::byProxy(const QUrl &url, quint16 port, const char *user, const char *password,
                                 ProxyMode mode) const
{
    Setup setup = demo();
    setup.connection.baseUrl = url;
    setup.connection.allowPlainHttp = true;
    setup.connection.proxy = {mode, QStringLiteral("127.0.0.1"), port, QLatin1String(user)};
    setup.credentials.proxyPassword = Secret(QByteArray(password));
    return setup;
}

} // namespace tidemark::test
