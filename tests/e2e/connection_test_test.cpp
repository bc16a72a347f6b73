#include "base/clock.h"
#include "cloud/connection_test.h"
#include "support/demo_cloud.h"
#include "support/peers.h"
#include "support/scripted_server.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

using State = StepReport::State;

/// A port whose queue of connections is full: the kernel answers nothing to one more.
class DeafPort
{
public:
    DeafPort()
        : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto *const generic = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 0) != 0 ||
            ::getsockname(m_listener, generic, &size) != 0)
            return;
        m_port = ntohs(address.sin_port);
        for (int &filler : m_fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            (void)::connect(filler, generic, size);
        }
    }
    ~DeafPort()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    DeafPort(const DeafPort &) = delete;
    DeafPort &operator=(const DeafPort &) = delete;

    quint16 port() const { return m_port; }

private:
    int m_listener;
    std::array<int, 4> m_fillers{};
    quint16 m_port = 0;
};

/// What is tested, and the servers of that test alone.
struct Setup
{
    Connection connection;
    Credentials credentials{Secret(QByteArray("wrong-secret")), {}};
    std::vector<std::shared_ptr<void>> servers{};

    template<typename Server, typename... Arguments>
    Server &add(Arguments &&...arguments)
    {
        auto server = std::make_shared<Server>(std::forward<Arguments>(arguments)...);
        servers.push_back(server);
        return *server;
    }
};

struct Row
{
    const char *name;
    std::function<Setup()> setup;
    ConnectionStep step;
    const char *sentence;
    const char *hint;
    const char *fact = "";
    const char *address = "";
};

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

const QByteArray Challenge = "Digest realm=\"MMS Public API\", domain=\"\", nonce=\"bm9uY2U=\", algorithm=MD5, "
                             "qop=\"auth\", stale=false";

/// A server that knows the key and answers what is given to every request.
ScriptedServer::Handler signedIn(const ScriptedAnswer &answer)
{
    return [answer](const RecordedRequest &request) {
        return request.header("Authorization").isEmpty()
                   ? ScriptedAnswer::json("{\"error\":401}", 401).with("WWW-Authenticate", Challenge)
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

/// The token endpoint's answer to a service account.
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

QString describe(const ConnectionReport &report)
{
    QStringList lines{reportSummary(report)};
    for (std::size_t i = 0; i < report.size(); ++i) {
        const StepReport &step = report[i];
        lines << stepName(static_cast<ConnectionStep>(i)) + QLatin1String(": ") + stateWord(step.state) +
                     QLatin1String(" | ") + step.sentence + QLatin1String(" | ") + step.hint + QLatin1String(" | ") +
                     step.warning + QLatin1String(" | ") + step.facts.join(QLatin1String("; "));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// Each failure over real sockets: at which step it is found, in which words, and with which advice.
class ConnectionTestTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<peers::NginxTls> m_nginx;
    std::unique_ptr<peers::SquidProxy> m_squid;
    std::unique_ptr<peers::SquidProxy> m_lockedSquid;
    QMap<QString, QString> m_sites;
    std::vector<Row> m_rows;

    Setup demo() const
    {
        Setup setup;
        setup.connection = connectionTo(m_cloud->baseUrl());
        setup.credentials.secret = Secret(m_cloud->privateKey());
        return setup;
    }

    Setup site(const char *name, bool withCa) const
    {
        Setup setup = demo();
        setup.connection.baseUrl = QUrl(m_sites.value(QLatin1String(name)));
        if (withCa)
            setup.connection.caCertificateFile = m_nginx->caFile();
        return setup;
    }

    /// Loopback is never reached by a proxy, so the host has to look like another one.
    Setup byProxy(const QUrl &url, quint16 port, const char *user = "", const char *password = "",
                  ProxyMode mode = ProxyMode::Http) const
    {
        Setup setup = demo();
        setup.connection.baseUrl = url;
        setup.connection.allowPlainHttp = true;
        setup.connection.proxy = {mode, QStringLiteral("127.0.0.1"), port, QLatin1String(user)};
        setup.credentials.proxyPassword = Secret(QByteArray(password));
        return setup;
    }

    ConnectionReport reportOf(const Setup &setup, QString *address = nullptr)
    {
        ConnectionTest test(setup.connection, setup.credentials, m_clock);
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start();
        if (finished.isEmpty() && !finished.wait(30000))
            return {};
        if (address)
            *address = test.seenAddress();
        return test.report();
    }

    std::vector<Row> rows();

private Q_SLOTS:
    void initTestCase()
    {
        m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--control")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
        m_nginx = std::make_unique<peers::NginxTls>(m_cloud->baseUrl().toString());
        for (const char *name : {"expired", "wronghost", "selfsigned"})
            m_sites.insert(QLatin1String(name), m_nginx->add(QLatin1String(name)));
        m_sites.insert(QStringLiteral("old"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1.1")));
        m_sites.insert(QStringLiteral("tls12"), m_nginx->add(QStringLiteral("good"), QStringLiteral("TLSv1.2")));
        m_sites.insert(QStringLiteral("good"), m_nginx->add(QStringLiteral("good")));
        QVERIFY2(m_nginx->start(), m_nginx->peer().output().constData());
        m_squid = std::make_unique<peers::SquidProxy>();
        QVERIFY2(m_squid->start(), m_squid->peer().output().constData());
        m_lockedSquid = std::make_unique<peers::SquidProxy>(QStringLiteral("dba"), QStringLiteral("open"));
        QVERIFY2(m_lockedSquid->start(), m_lockedSquid->peer().output().constData());
    }

    void findsFailures_data()
    {
        m_rows = rows();
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            QTest::newRow(m_rows[i].name) << static_cast<int>(i);
    }

    void findsFailures()
    {
        QFETCH(int, number);
        const Row &row = m_rows[static_cast<std::size_t>(number)];
        const Setup setup = row.setup();
        QString address;
        const ConnectionReport report = reportOf(setup, &address);
        const QByteArray all = describe(report).toUtf8();
        const auto failing = static_cast<std::size_t>(row.step);
        for (std::size_t i = 0; i < report.size(); ++i) {
            const State state = report[i].state;
            if (i < failing)
                QVERIFY2(state == State::Passed || state == State::NotUsed || state == State::Untried, all.constData());
            else
                QVERIFY2(state == (i == failing ? State::Failed : State::Pending), all.constData());
        }
        const StepReport &step = report[failing];
        QVERIFY2(step.sentence.contains(QString::fromUtf8(row.sentence)), all.constData());
        QVERIFY2(!step.hint.isEmpty() && step.hint.contains(QString::fromUtf8(row.hint)), all.constData());
        QVERIFY2(step.facts.join(QLatin1Char('\n')).contains(QString::fromUtf8(row.fact)), all.constData());
        QCOMPARE(address, QString::fromUtf8(row.address));
        const QString stopped = QStringLiteral("Stopped at step %1 of 5: ").arg(failing + 1);
        QVERIFY2(reportSummary(report).startsWith(stopped), all.constData());
        QVERIFY(!allPassed(report));
        QVERIFY2(!all.contains(setup.credentials.secret.reveal()), all.constData());
        qInfo("%s", qPrintable(reportSummary(report) + QLatin1String(" → ") + step.hint));
    }

    void passes_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"key", "account", "envelope", "TLS 1.3", "TLS 1.2", "Ops Manager", "proxy",
                                 "proxy with a password", "base path"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void passes()
    {
        QFETCH(QString, kind);
        Setup setup = demo();
        const QUrl byName(QStringLiteral("http://%1:%2").arg(peers::proxiedName).arg(m_cloud->baseUrl().port()));
        if (kind == QLatin1String("account")) {
            setup.connection.authentication = Authentication::ServiceAccount;
            setup.connection.userName = m_cloud->clientId();
            setup.credentials.secret = Secret(m_cloud->clientSecret());
        } else if (kind == QLatin1String("envelope")) {
            setup.connection.envelope = true;
        } else if (kind == QLatin1String("TLS 1.3")) {
            setup = site("good", true);
        } else if (kind == QLatin1String("TLS 1.2")) {
            setup = site("tls12", true);
        } else if (kind == QLatin1String("Ops Manager")) {
            setup = demoWith({QStringLiteral("--product"), QStringLiteral("ops-manager")});
        } else if (kind == QLatin1String("proxy")) {
            setup = byProxy(byName, m_squid->port());
        } else if (kind == QLatin1String("proxy with a password")) {
            setup = byProxy(byName, m_lockedSquid->port(), "dba", "open");
        } else if (kind == QLatin1String("base path")) {
            setup.connection.baseUrl.setPath(QStringLiteral("/api/public/v1.0/"));
        }
        const ConnectionReport report = reportOf(setup);
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(reportSummary(report) == QLatin1String("5 of 5 steps passed"), all.constData());
        QVERIFY2(allPassed(report), all.constData());
        const StepReport &tls = report[1];
        if (setup.connection.baseUrl.scheme() == QLatin1String("https"))
            QVERIFY2(tls.sentence.contains(kind), all.constData());
        else
            QVERIFY2(tls.state == State::NotUsed && tls.sentence.contains(QLatin1String("plain HTTP")),
                     all.constData());
        if (kind.startsWith(QLatin1String("proxy")))
            QVERIFY2(report[0].sentence.contains(QLatin1String("up the name")), all.constData());
        QVERIFY2(report[3].sentence.contains(QLatin1String("2 projects")), all.constData());
        QVERIFY2(report[3].warning.isEmpty(), all.constData());
        QVERIFY2(report[4].sentence.contains(QLatin1String("may be read")), all.constData());
        qInfo("%s", all.constData());
    }

    void tunnelsThroughTheProxy()
    {
        QUrl url(m_sites.value(QStringLiteral("good")));
        url.setHost(peers::proxiedName);
        Setup setup = byProxy(url, m_squid->port());
        setup.connection.caCertificateFile = m_nginx->caFile();
        const ConnectionReport report = reportOf(setup);
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(allPassed(report), all.constData());
        QVERIFY2(report[0].sentence.contains(QLatin1String("The proxy looked up the name")), all.constData());
        QVERIFY2(report[1].sentence.contains(QLatin1String("TLS 1.3")), all.constData());
        QVERIFY(m_squid->accessLog().contains("CONNECT " + url.host().toUtf8()));
    }

    void warnsOfClocks_data()
    {
        QTest::addColumn<QString>("skew");
        QTest::addColumn<QString>("warning");
        QTest::newRow("ahead") << "3600"
                               << "1 h 00 min ahead";
        QTest::newRow("behind") << "-900"
                                << "behind this computer's";
        QTest::newRow("within bounds") << "120"
                                       << "";
    }

    void warnsOfClocks()
    {
        QFETCH(QString, skew);
        QFETCH(QString, warning);
        const ConnectionReport report = reportOf(demoWith({QStringLiteral("--clock-skew"), skew}));
        const QByteArray all = describe(report).toUtf8();
        QVERIFY2(allPassed(report), all.constData());
        QVERIFY2(report[3].warning.isEmpty() == warning.isEmpty(), all.constData());
        QVERIFY2(report[3].warning.contains(warning), all.constData());
    }

    void saysWhatCouldNotBeTried()
    {
        const ConnectionReport report = reportOf(scripted([](const RecordedRequest &request) {
            if (request.path().endsWith("/groups"))
                return ScriptedAnswer::json("{\"results\":[{\"id\":\"5f0c\",\"name\":\"Empty\"}],\"totalCount\":1}");
            return ScriptedAnswer::json("{\"results\":[],\"totalCount\":0}");
        }));
        const QByteArray all = describe(report).toUtf8();
        QCOMPARE(report[2].state, State::Untried);
        QCOMPARE(report[4].state, State::Untried);
        QVERIFY2(reportSummary(report) == QLatin1String("3 of 5 steps passed, 2 could not be tried"), all.constData());
        QVERIFY(!allPassed(report));
    }

    void canBeCancelled()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QUrl url(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort()));
        ConnectionTest test(connectionTo(url), {}, m_clock);
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start();
        QTRY_COMPARE(test.report()[1].state, State::Running);
        QCOMPARE(reportSummary(test.report()), QStringLiteral("Step 2 of 5: TLS…"));
        test.cancel();
        QCOMPARE(finished.size(), 1);
        QVERIFY(!test.isRunning());
        QCOMPARE(reportSummary(test.report()), QStringLiteral("Cancelled at step 2 of 5"));
        QTest::qWait(50);
        QCOMPARE(finished.size(), 1);
        test.start(); // one object, one test
        QVERIFY(!test.isRunning());
    }

    void canBeCancelledAtEveryStep()
    {
        for (std::size_t step = 0; step < ConnectionStepCount; ++step) {
            Setup setup = demo();
            setup.connection.authentication = Authentication::ServiceAccount;
            setup.connection.userName = m_cloud->clientId();
            setup.credentials.secret = Secret(m_cloud->clientSecret());
            ConnectionTest test(setup.connection, setup.credentials, m_clock);
            connect(&test, &ConnectionTest::changed, &test, [&test, step] {
                if (test.report()[step].state == State::Running)
                    test.cancel();
            });
            QSignalSpy finished(&test, &ConnectionTest::finished);
            test.start();
            QTRY_COMPARE(finished.size(), 1);
            QVERIFY2(test.report()[step].state == State::Cancelled, qPrintable(describe(test.report())));
        }
        QTest::qWait(50);
    }

    void givesTheTokenBack()
    {
        Setup setup = demoWith({QStringLiteral("--verbose")});
        auto &cloud = *std::static_pointer_cast<DemoCloud>(setup.servers.front());
        setup.connection.authentication = Authentication::ServiceAccount;
        setup.connection.userName = cloud.clientId();
        setup.credentials.secret = Secret(cloud.clientSecret());
        QVERIFY(allPassed(reportOf(setup)));
        QByteArray seen;
        QTRY_VERIFY2((seen += cloud.output()).contains("/api/oauth/revoke"), seen.constData());
    }
};

std::vector<Row> ConnectionTestTest::rows()
{
    using Step = ConnectionStep;
    const auto at = [](const QString &url) {
        return [url] {
            Setup setup;
            setup.connection = connectionTo(QUrl(url));
            return setup;
        };
    };
    const auto local = [](const char *scheme, quint16 port) {
        return QStringLiteral("%1://127.0.0.1:%2").arg(QLatin1String(scheme)).arg(port);
    };
    const QUrl elsewhere(QStringLiteral("https://opsmanager.invalid:8443"));
    const auto json = [](const char *body, int status = 200) { return ScriptedAnswer::json(body, status); };
    const QString closed = local("https", peers::freePort());
    const quint16 nobody = peers::freePort();

    return {
        {"name unknown", at(QStringLiteral("https://opsmanager.invalid")), Step::Reach,
         "The name opsmanager.invalid cannot be found.", "spelling"},
        {"refused", at(closed), Step::Reach, "refuses the connection", "whether the server runs"},
        {"timed out",
         [=] {
             Setup setup;
             setup.connection = connectionTo(QUrl(local("https", setup.add<DeafPort>().port())));
             setup.connection.timeout = 1s;
             return setup;
         },
         Step::Reach, "did not answer in time", "firewalls"},
        {"plain HTTP not allowed", at(QStringLiteral("http://opsmanager.invalid")), Step::Reach, "unencrypted", ""},

        {"proxy refused", [=, this] { return byProxy(elsewhere, nobody); }, Step::Reach,
         "The proxy refuses the connection.", "whether it runs", "Proxy: 127.0.0.1:"},
        {"proxy refused, plain HTTP",
         [=, this] { return byProxy(QUrl(QStringLiteral("http://opsmanager.invalid:8080")), nobody); }, Step::Reach,
         "The proxy refuses the connection.", "whether it runs", "Proxy: 127.0.0.1:"},
        {"SOCKS5 proxy refused", [=, this] { return byProxy(elsewhere, nobody, "", "", ProxyMode::Socks5); },
         Step::Reach, "The proxy refuses the connection.", "whether it runs"},
        {"proxy name unknown",
         [=, this] {
             Setup setup = byProxy(elsewhere, 3128);
             setup.connection.proxy.host = QStringLiteral("proxy.invalid");
             return setup;
         },
         Step::Reach, "The name of the proxy cannot be found.", "proxy settings"},
        {"proxy is none", [=, this] { return byProxy(elsewhere, static_cast<quint16>(m_cloud->baseUrl().port())); },
         Step::Reach, "The proxy", "proxy"},
        {"proxy wants a password", [=, this] { return byProxy(elsewhere, m_lockedSquid->port()); }, Step::Reach,
         "The proxy wants a user name and password (HTTP 407).", "proxy settings"},
        {"proxy, wrong password", [=, this] { return byProxy(elsewhere, m_lockedSquid->port(), "dba", "shut"); },
         Step::Reach, "The proxy did not accept the user name and password.", "proxy settings"},
        {"proxy wants a password, plain HTTP",
         [=, this] { return byProxy(QUrl(QStringLiteral("http://opsmanager.invalid:8080")), m_lockedSquid->port()); },
         Step::Credentials, "The proxy", "proxy settings"},
        {"proxy cannot connect", [=, this] { return byProxy(elsewhere, m_squid->port()); }, Step::Reach,
         "made no connection to opsmanager.invalid:8443", "may reach this server"},
        {"proxy finds the port closed",
         [=, this] {
             return byProxy(QUrl(QStringLiteral("https://%1:%2").arg(peers::proxiedName).arg(nobody)), m_squid->port());
         },
         Step::Reach, "cannot connect to tidemark.test:", "Check host and port"},

        {"self-signed", [this] { return site("selfsigned", false); }, Step::Tls, "is self-signed",
         "CA certificate file", "SHA-256: "},
        {"private CA", [this] { return site("good", false); }, Step::Tls, "not known here (Test CA)",
         "CA certificate file", "Issued by: CN=Test CA"},
        {"expired", [this] { return site("expired", true); }, Step::Tls, "expired on 2021-01-01", "renew it",
         "This computer's clock: "},
        {"wrong host", [this] { return site("wronghost", true); }, Step::Tls,
         "is for another server: elsewhere.example", "Use one of these names", "For: elsewhere.example"},
        {"TLS too old", [this] { return site("old", true); }, Step::Tls, "offers no TLS version that is safe",
         "TLS 1.2"},
        {"TLS to a plain port", at(local("https", static_cast<quint16>(m_cloud->baseUrl().port()))), Step::Tls,
         "does not speak TLS on this port", "http://"},
        {"silent at the handshake",
         [=] {
             Setup setup;
             auto &server = setup.add<QTcpServer>();
             server.listen(QHostAddress::LocalHost);
             setup.connection = connectionTo(QUrl(local("https", server.serverPort())));
             setup.connection.timeout = 1s;
             return setup;
         },
         Step::Tls, "did not answer in time", "firewalls"},
        {"hangs up at the handshake",
         [=] {
             Setup setup;
             auto &server = setup.add<QTcpServer>();
             server.listen(QHostAddress::LocalHost);
             QObject::connect(&server, &QTcpServer::newConnection, &server, [&server] {
                 QTcpSocket *socket = server.nextPendingConnection();
                 QObject::connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::disconnectFromHost);
             });
             setup.connection = connectionTo(QUrl(local("https", server.serverPort())));
             return setup;
         },
         Step::Tls, "closed the connection during the TLS handshake", "may not speak TLS"},
        {"CA file gone",
         [this] {
             Setup setup = site("good", true);
             setup.connection.caCertificateFile = QStringLiteral("/nowhere/ca.pem");
             return setup;
         },
         Step::Tls, "/nowhere/ca.pem cannot be read", "PEM"},

        {"plain HTTP to a TLS port",
         [this] {
             Setup setup = site("good", false);
             setup.connection.baseUrl.setScheme(QStringLiteral("http"));
             return setup;
         },
         Step::Projects, "speaks TLS on this port", "https://", "Subject: CN=localhost"},
        {"wrong key",
         [this] {
             Setup setup = demo();
             setup.credentials.secret = Secret(QByteArray("not-the-key"));
             return setup;
         },
         Step::Credentials, "did not accept the credentials", "public and private key"},
        {"unknown key",
         [this] {
             Setup setup = demo();
             setup.connection.userName = QStringLiteral("nobody");
             return setup;
         },
         Step::Credentials, "did not accept the credentials", "public and private key"},
        {"Basic is asked for",
         [=] { return scriptedOnce(json("{}", 401).with("WWW-Authenticate", "Basic realm=\"x\"")); }, Step::Credentials,
         "in another way than Digest", "Check the connection's URL"},
        {"hangs up at the request", [] { return scriptedOnce(ScriptedAnswer::lost()); }, Step::Credentials,
         "closed the connection", ""},
        {"key without rights",
         [=] { return scripted(signedIn(json("{\"error\":401,\"errorCode\":\"NOT_IN_GROUP\"}", 401))); },
         Step::Projects, "no access to this project", "project owner"},
        {"user without rights",
         [=] { return scripted(signedIn(json("{\"error\":401,\"errorCode\":\"USER_UNAUTHORIZED\"}", 401))); },
         Step::Projects, "may not do this", "project owner"},

        {"address not on the list",
         [] {
             return demoWith({QStringLiteral("--access-list"), QStringLiteral("ip")});
         },
         Step::Projects, "is not on the API access list", "Add this address", "", "127.0.0.1"},
        {"organization requires a list",
         [] {
             return demoWith({QStringLiteral("--access-list"), QStringLiteral("org")});
         },
         Step::Projects, "The organization requires an API access list", "Add this address", "", "127.0.0.1"},
        {"backups require a list",
         [] {
             return demoWith({QStringLiteral("--access-list"), QStringLiteral("resource")});
         },
         Step::BackupRights, "Backups may only be managed", "Add this address", "", "127.0.0.1"},
        {"address in the text only",
         [=] {
             return scripted(signedIn(json("{\"error\":403,\"errorCode\":\"IP_ADDRESS_NOT_ON_WHITELIST\",\"detail\":"
                                           "\"IP address 203.0.113.9 is not allowed to access this resource.\"}",
                                           403)));
         },
         Step::Projects, "203.0.113.9", "Add this address", "", "203.0.113.9"},

        {"a web page", [] { return scriptedOnce(ScriptedAnswer::text("<html>Sign in</html>", 200, "text/html")); },
         Step::Projects, "not as a Cloud Manager or Ops Manager does", "sign-in page"},
        {"a web server without that page",
         [] { return scriptedOnce(ScriptedAnswer::text("<html>No</html>", 404, "text/html")); }, Step::Projects,
         "not as a Cloud Manager or Ops Manager does", "Check host, port and path"},
        {"another service's JSON", [=] { return scriptedOnce(json("{\"hello\":\"world\"}")); }, Step::Projects,
         "not as a Cloud Manager or Ops Manager does", "Check host, port and path"},
        {"redirected away",
         [=] { return scriptedOnce(json("{}", 302).with("Location", "https://elsewhere.example/login")); },
         Step::Projects, "redirects to https://elsewhere.example/login", "connection's URL"},
        {"rate limit",
         [] {
             return demoWith({QStringLiteral("--fault"),
                              QStringLiteral("GET /groups=429 always retry-after=42 code=RATE_LIMITED")});
         },
         Step::Projects, "limits how often", "Wait 42 s"},
        {"server fails",
         [] {
             return demoWith({QStringLiteral("--fault"), QStringLiteral("GET /groups=503 always")});
         },
         Step::Projects, "unexpected error", "Try again"},
        {"no project", [=] { return scripted(signedIn(json("{\"results\":[],\"totalCount\":0}"))); }, Step::Projects,
         "it sees no project", "Project Backup Admin"},
        {"default project not seen",
         [this] {
             Setup setup = demo();
             setup.connection.defaultProject = ProjectId(QStringLiteral("0123456789abcdef01234567"));
             return setup;
         },
         Step::Projects, "is not among the projects", "default project"},

        {"account, wrong secret",
         [this] {
             Setup setup = demo();
             setup.connection.authentication = Authentication::ServiceAccount;
             setup.connection.userName = m_cloud->clientId();
             return setup;
         },
         Step::Credentials, "client id or secret is wrong", "may have expired"},
        {"account, denied",
         [=] { return token(json("{\"error\":\"access_denied\",\"error_description\":\"Not from here.\"}", 403)); },
         Step::Credentials, "may not ask for a token", "access list of the service account"},
        {"account, too many tokens",
         [=] { return token(json("{\"error\":\"rate_limited\"}", 429).with("Retry-After", "33")); }, Step::Credentials,
         "Too many tokens", "Wait 33 s"},
        {"account, unsupported grant", [=] { return token(json("{\"error\":\"unsupported_grant_type\"}", 400)); },
         Step::Credentials, "does not offer client credentials", "API key"},
        {"account, unknown error",
         [=] { return token(json("{\"error\":\"invalid_scope\",\"error_description\":\"None of that.\"}", 401)); },
         Step::Credentials, "invalid_scope", "Check"},
        {"account at an Ops Manager",
         [] {
             Setup setup = demoWith({QStringLiteral("--product"), QStringLiteral("ops-manager")});
             setup.connection.authentication = Authentication::ServiceAccount;
             return setup;
         },
         Step::Credentials, "does not know this resource", "use an API key"},

        {"key that only reads",
         [this] {
             Setup setup = demo();
             setup.connection.userName = QStringLiteral("tdmkread");
             setup.credentials.secret = Secret(QByteArray("7d0e4b52-93c8-47f5-b1de-6a2f5c8e0d13"));
             return setup;
         },
         Step::BackupRights, "lacks the role Project Backup Admin", "Ask a project owner"},
    };
}

QTEST_GUILESS_MAIN(ConnectionTestTest)
#include "connection_test_test.moc"
