#include "e2e/connection_failures.h"

#include "support/reserved_port.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace tidemark::test {

using namespace std::chrono_literals;

namespace {

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

} // namespace

std::vector<FailureRow> failureRows(const ConnectionServers &servers)
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
    const QString closed = local("https", reservedPort());
    const quint16 nobody = reservedPort();

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

        {"proxy refused", [=, &servers] { return servers.byProxy(elsewhere, nobody); }, Step::Reach,
         "The proxy refuses the connection.", "whether it runs", "Proxy: 127.0.0.1:"},
        {"proxy refused, plain HTTP",
         [=, &servers] { return servers.byProxy(QUrl(QStringLiteral("http://opsmanager.invalid:8080")), nobody); },
         Step::Reach, "The proxy refuses the connection.", "whether it runs", "Proxy: 127.0.0.1:"},
        {"SOCKS5 proxy refused",
         [=, &servers] { return servers.byProxy(elsewhere, nobody, "", "", ProxyMode::Socks5); }, Step::Reach,
         "The proxy refuses the connection.", "whether it runs"},
        {"proxy name unknown",
         [=, &servers] {
             Setup setup = servers.byProxy(elsewhere, 3128);
             setup.connection.proxy.host = QStringLiteral("proxy.invalid");
             return setup;
         },
         Step::Reach, "The name of the proxy cannot be found.", "proxy settings"},
        {"proxy is none",
         [=, &servers] { return servers.byProxy(elsewhere, static_cast<quint16>(servers.cloud().baseUrl().port())); },
         Step::Reach, "The proxy", "proxy"},
        {"proxy wants a password", [=, &servers] { return servers.byProxy(elsewhere, servers.lockedSquid().port()); },
         Step::Reach, "The proxy wants a user name and password (HTTP 407).", "proxy settings"},
        {"proxy, wrong password",
         [=, &servers] { return servers.byProxy(elsewhere, servers.lockedSquid().port(), "dba", "shut"); }, Step::Reach,
         "The proxy did not accept the user name and password.", "proxy settings"},
        {"proxy wants a password, plain HTTP",
         [=, &servers] {
             return servers.byProxy(QUrl(QStringLiteral("http://opsmanager.invalid:8080")),
                                    servers.lockedSquid().port());
         },
         Step::Credentials, "The proxy", "proxy settings"},
        {"proxy cannot connect", [=, &servers] { return servers.byProxy(elsewhere, servers.squid().port()); },
         Step::Reach, "made no connection to opsmanager.invalid:8443", "may reach this server"},
        {"proxy finds the port closed",
         [=, &servers] {
             return servers.byProxy(QUrl(QStringLiteral("https://%1:%2").arg(peers::proxiedName).arg(nobody)),
                                    servers.squid().port());
         },
         Step::Reach, "cannot connect to tidemark.test:", "Check host and port"},

        {"self-signed", [&servers] { return servers.site("selfsigned", false); }, Step::Tls, "is self-signed",
         "CA certificate file", "SHA-256: "},
        {"private CA", [&servers] { return servers.site("good", false); }, Step::Tls, "not known here (Test CA)",
         "CA certificate file", "Issued by: CN=Test CA"},
        {"expired", [&servers] { return servers.site("expired", true); }, Step::Tls, "expired on 2021-01-01",
         "renew it", "This computer's clock: "},
        {"wrong host", [&servers] { return servers.site("wronghost", true); }, Step::Tls,
         "is for another server: elsewhere.example", "Use one of these names", "For: elsewhere.example"},
        {"TLS too old", [&servers] { return servers.site("old", true); }, Step::Tls,
         "offers no TLS version that is safe", "TLS 1.2"},
        {"TLS to a plain port", at(local("https", static_cast<quint16>(servers.cloud().baseUrl().port()))), Step::Tls,
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
         [&servers] {
             Setup setup = servers.site("good", true);
             setup.connection.caCertificateFile = QStringLiteral("/nowhere/ca.pem");
             return setup;
         },
         Step::Tls, "/nowhere/ca.pem cannot be read", "PEM"},

        {"plain HTTP to a TLS port",
         [&servers] {
             Setup setup = servers.site("good", false);
             setup.connection.baseUrl.setScheme(QStringLiteral("http"));
             return setup;
         },
         Step::Projects, "speaks TLS on this port", "https://", "Subject: CN=localhost"},
        {"wrong key",
         [&servers] {
             Setup setup = servers.demo();
             setup.credentials.secret = Secret(QByteArray("not-the-key"));
             return setup;
         },
         Step::Credentials, "did not accept the credentials", "public and private key"},
        {"unknown key",
         [&servers] {
             Setup setup = servers.demo();
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
        {"a path too many",
         [=] {
             Setup setup = scripted([=](const RecordedRequest &request) {
                 return request.path().startsWith("/api/public")
                            ? signedIn(json("{\"results\":[],\"totalCount\":0}"))(request)
                            : ScriptedAnswer::text("<html>No</html>", 404, "text/html");
             });
             setup.connection.baseUrl.setPath(QStringLiteral("/portal"));
             return setup;
         },
         Step::Projects, "not as a Cloud Manager or Ops Manager does", "Without /portal it answers"},
        {"a path that nobody knows",
         [=] {
             Setup setup = scriptedOnce(ScriptedAnswer::text("<html>No</html>", 404, "text/html"));
             setup.connection.baseUrl.setPath(QStringLiteral("/portal"));
             return setup;
         },
         Step::Projects, "not as a Cloud Manager or Ops Manager does", "Check host, port and path"},
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
         [&servers] {
             Setup setup = servers.demo();
             setup.connection.defaultProject = ProjectId(QStringLiteral("0123456789abcdef01234567"));
             return setup;
         },
         Step::Projects, "is not among the projects", "default project"},

        {"account, wrong secret",
         [&servers] {
             Setup setup = servers.demo();
             setup.connection.authentication = Authentication::ServiceAccount;
             setup.connection.userName = servers.cloud().clientId();
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
         [&servers] {
             Setup setup = servers.demo();
             setup.connection.userName = QStringLiteral("tdmkread");
             setup.credentials.secret = Secret(QByteArray("7d0e4b52-93c8-47f5-b1de-6a2f5c8e0d13"));
             return setup;
         },
         Step::BackupRights, "lacks the role Project Backup Admin", "Ask a project owner"},
    };
}

} // namespace tidemark::test
