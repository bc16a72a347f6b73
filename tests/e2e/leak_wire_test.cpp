#include "base/clock.h"
#include "base/log.h"
#include "base/no_core_dumps.h"
#include "cloud/api_transport.h"
#include "cloud/digest_auth.h"
#include "cloud/farewells.h"
#include "support/download_fixture.h"
#include "support/leak_search.h"
#include "support/log_capture.h"
#include "support/scripted_server.h"
#include "support/waiting.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray privateKey = "MARK-private-key/+%:7";
const QByteArray clientSecret = "mdb_sa_sk_MARK-client-secret";
const QByteArray accessToken = "MARK.access.token-3";
const QByteArray proxyPassword = "MARK-proxy password";
const QByteArray linkKey = "MARKlinkKey9876543210=";
const QByteArray linkHeader = "MARK-v3-link-token";

const QString groups = QStringLiteral("groups");
const QString jobPath = QStringLiteral("groups/G/clusters/C/restoreJobs");

Connection connectionTo(const QUrl &baseUrl, Authentication authentication)
{
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = baseUrl;
    connection.authentication = authentication;
    connection.userName = QStringLiteral("user");
    connection.timeout = 5s;
    connection.allowPlainHttp = true;
    connection.proxy.mode = ProxyMode::None;
    return connection;
}

ApiTransport::Policy fast()
{
    ApiTransport::Policy policy;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

ScriptedAnswer redirect(const QUrl &target, int status = 302)
{
    return ScriptedAnswer::json("{}", status).with("Location", target.toEncoded());
}

ScriptedAnswer challenge(const QByteArray &header)
{
    return ScriptedAnswer::json("{}", 401).with("WWW-Authenticate", header);
}

/// Takes any answer to its challenge; redirects and challenges by path.
ScriptedServer::Handler owner(const QUrl &other)
{
    return [other](const RecordedRequest &request) {
        const QByteArray path = request.path();
        if (path == "/api/oauth/token")
            return ScriptedAnswer::json(R"({"access_token":")" + accessToken + R"(","expires_in":3600})");
        if (path == "/api/oauth/revoke")
            return ScriptedAnswer::text({});
        if (request.header("Authorization").isEmpty())
            return challenge(R"(Digest realm="MMS Public API", nonce="n1", qop="auth", algorithm=MD5)");
        if (path.endsWith("/away"))
            return redirect(other.resolved(QUrl(QStringLiteral("/caught"))));
        if (path.endsWith("/within"))
            return redirect(QUrl(QStringLiteral("/api/public/v1.0/groups")));
        if (path.endsWith("/basic"))
            return challenge(R"(Basic realm="MMS Public API")");
        if (path.endsWith("/broken"))
            return ScriptedAnswer::text("<html>" + request.header("Authorization") + "</html>", 500, "text/html");
        return ScriptedAnswer::json("{}");
    };
}

} // namespace

/// Drives every way on which secrets travel, with marked ones, and looks for the marks at each server that took part
/// and is not theirs, and in the most talkative log.
class LeakWireTest : public QObject
{
    Q_OBJECT

private:
    LeakSearch m_search;
    std::unique_ptr<LogCapture> m_log;
    SystemClock m_clock;

    /// All calls there are, one after the other; what they bring does not matter.
    void driveCalls(ApiTransport &transport)
    {
        for (const char *path : {"groups", "groups/within", "groups/away", "groups/basic", "groups/broken"})
            (void)resultOf(transport.get(QString::fromLatin1(path)));
        (void)resultOf(transport.change("POST", jobPath, {}, "{}"));
        (void)resultOf(transport.change("POST", jobPath + QStringLiteral("/away"), {}, "{}"));
        (void)resultOf(transport.change("POST", jobPath + QStringLiteral("/basic"), {}, "{}"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_search.mark(QStringLiteral("the private key"), privateKey);
        m_search.mark(QStringLiteral("the client secret"), clientSecret);
        m_search.mark(QStringLiteral("the access token"), accessToken);
        m_search.mark(QStringLiteral("the proxy's password"), proxyPassword);
        m_search.mark(QStringLiteral("the key of a v2 link"), linkKey);
        m_search.mark(QStringLiteral("the header of a v3 link"), linkHeader);
        m_log = std::make_unique<LogCapture>();
    }

    void cleanup()
    {
        QVERIFY(!LogCapture::text().isEmpty());
        QCOMPARE(m_search.in(QStringLiteral("the log"), LogCapture::text()), QStringList());
        QCOMPARE(m_search.inProcess(), QStringList());
    }

    /// Each searcher finds what is planted, in each form; else an empty list would prove nothing.
    void theSearchFindsWhatIsPlanted()
    {
        const auto finds = [&](const QByteArray &bytes, const char *form) {
            const QStringList found = m_search.in(QStringLiteral("a place"), bytes);
            return found.contains(QStringLiteral("the private key (%1) in a place").arg(QString::fromLatin1(form)));
        };
        QVERIFY(finds("…" + privateKey + "…", "plain"));
        QVERIFY(finds("key=" + privateKey.toPercentEncoding(), "percent-encoded"));
        QVERIFY(finds(privateKey.toHex(), "hexadecimal"));
        for (const char *user : {"", "a", "ab", "abc", "user:"})
            QVERIFY2(finds("Basic " + (user + privateKey).toBase64(), "base64"), user);
        const QString wide = QString::fromUtf8(privateKey);
        QVERIFY(finds(QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2), "UTF-16"));
        QCOMPARE(m_search.in(QStringLiteral("a place"), QByteArray("MARK-private-key")), QStringList());

        QTemporaryDir folder;
        QFile planted(folder.filePath(QStringLiteral(".hidden")));
        QVERIFY(planted.open(QIODevice::WriteOnly) && planted.write(linkKey) > 0);
        planted.close();
        QCOMPARE(m_search.inFolder(folder.path()).size(), 1);
        qCDebug(lcCloud) << "something for the log";
        QVERIFY(LogCapture::text().contains("something for the log"));
        LeakSearch own;
        own.mark(QStringLiteral("PATH"), qgetenv("PATH"));
        own.mark(QStringLiteral("this program"), QCoreApplication::arguments().first().toUtf8());
        QVERIFY(own.inProcess().size() >= 2);
    }

    void digestKeepsItsKey()
    {
        ScriptedServer other;
        other.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json("{}"); });
        ScriptedServer server;
        server.setHandler(owner(other.url()));
        {
            ApiTransport transport(connectionTo(server.url(), Authentication::ApiKey),
                                   {Secret(privateKey), Secret(proxyPassword)}, m_clock, fast());
            driveCalls(transport);
        }
        QVERIFY(server.requestCount() > 8);
        QVERIFY(server.everythingReceived().contains("Authorization: Digest "));
        // Not even its own server gets to see the key.
        QCOMPARE(m_search.in(QStringLiteral("the connection's server"), server.everythingReceived()), QStringList());
        QCOMPARE(other.connectionCount(), 0);
    }

    void tokensStayWithTheirServer()
    {
        ScriptedServer other;
        other.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json("{}"); });
        ScriptedServer server;
        server.setHandler(owner(other.url()));
        {
            ApiTransport transport(connectionTo(server.url(), Authentication::ServiceAccount),
                                   {Secret(clientSecret), Secret(proxyPassword)}, m_clock, fast());
            driveCalls(transport);
        }
        QTRY_VERIFY(Farewells::instance().isEmpty());
        QCOMPARE(other.connectionCount(), 0);
        int withSecret = 0;
        for (const RecordedRequest &request : server.requests()) {
            // The client secret is for the token endpoint, the token for the API; neither is ever in a URL.
            const bool forTokens = request.path().startsWith("/api/oauth/");
            const QStringList found = m_search.in(QString::fromUtf8(request.target), request.raw);
            for (const QString &one : found)
                QVERIFY2(one.startsWith(forTokens ? QLatin1String("the client secret (base64")
                                                  : QLatin1String("the access token (plain")) ||
                             (forTokens && one.startsWith(QLatin1String("the access token")) &&
                              request.path().endsWith("/revoke")),
                         qPrintable(one));
            withSecret += found.isEmpty() ? 0 : 1;
            QCOMPARE(m_search.in(QStringLiteral("a URL"), request.target), QStringList());
        }
        QVERIFY(withSecret > 5);
    }

    void nothingLeavesWithoutTlsUnlessAllowed()
    {
        ScriptedServer server;
        Connection connection = connectionTo(server.url(), Authentication::ApiKey);
        connection.baseUrl.setHost(QStringLiteral("0.0.0.0")); // this machine, but no loopback address
        connection.allowPlainHttp = false;
        ApiTransport transport(connection, {Secret(privateKey), {}}, m_clock, fast());
        QVERIFY(!resultOf(transport.get(groups)));
        QCOMPARE(server.connectionCount(), 0);
    }

    void theProxyAloneGetsItsPassword()
    {
        // Where the proxy has no password to be asked for, requests of plain HTTP go to it as they are; with one they
        // take a tunnel. Both must keep the password from the server behind.
        ScriptedServer proxy;
        proxy.setHandler([](const RecordedRequest &request) {
            ScriptedAnswer answer =
                ScriptedAnswer::text({}, request.header("Proxy-Authorization").isEmpty() ? 407 : 502);
            return answer.with("Proxy-Authenticate", "Basic realm=\"proxy\"");
        });
        Connection connection = connectionTo(QUrl(QStringLiteral("http://tidemark.test:8080")), Authentication::ApiKey);
        connection.proxy = {ProxyMode::Http, QStringLiteral("127.0.0.1"), proxy.port(), QStringLiteral("dba")};
        ApiTransport transport(connection, {Secret(privateKey), Secret(proxyPassword)}, m_clock, fast());
        const auto answer = resultOf(transport.get(groups));
        QVERIFY(!answer);
        QCOMPARE(m_search.in(QStringLiteral("an error"), answer.error().sentence + answer.error().hint), QStringList());
        for (const RecordedRequest &request : proxy.requests()) {
            QCOMPARE(request.method, QByteArray("CONNECT"));
            for (const QString &one : m_search.in(QStringLiteral("the proxy"), request.raw))
                QVERIFY2(one.startsWith(QLatin1String("the proxy's password (base64")), qPrintable(one));
        }
    }

    void linksStayWithTheirServer_data()
    {
        QTest::addColumn<bool>("v3");
        QTest::newRow("v2: the key is in the path") << false;
        QTest::newRow("v3: the key is a header") << true;
    }

    void linksStayWithTheirServer()
    {
        QFETCH(bool, v3);
        DownloadFixture fixture;
        const QByteArray archive = makeArchive(4096);
        ScriptedServer other(playing({Reply{.body = archive}}));
        const QByteArray elsewhere = other.url(QStringLiteral("/elsewhere/") + DownloadFixture::fileName()).toEncoded();
        const QByteArray start = "/backup/restore/v" + QByteArray(v3 ? "3" : "2") + "/pull/job/";
        const QByteArray path = start + (v3 ? QByteArray() : linkKey + '/') + DownloadFixture::fileName().toLatin1();
        // Within its origin first, then to another one.
        fixture.serve([&](const RecordedRequest &request, int) {
            return request.target.contains("again=1")
                       ? Reply{.status = 302, .headers = {"Location: " + elsewhere}, .framing = Reply::Framing::Length}
                       : Reply{.status = 307,
                               .headers = {"Location: " + path + "?again=1"},
                               .framing = Reply::Framing::Length};
        });
        const QString url = fixture.server->url(QString::fromLatin1(path)).toString(QUrl::FullyEncoded);
        fixture.jobs.job.delivery.url = v3 ? QString() : url;
        if (v3) {
            fixture.jobs.job.delivery.urlV2 = url;
            fixture.jobs.job.delivery.authHeader = QStringLiteral("Authorization");
            fixture.jobs.job.delivery.authValue = QString::fromLatin1("Bearer " + linkHeader);
        }
        fixture.makeQueue();
        const DownloadId id = fixture.add();
        QStringList onDisk;
        QVERIFY(QTest::qWaitFor(
            [&] {
                onDisk += m_search.inFolder(fixture.stateDir()) + m_search.inFolder(fixture.folder());
                return isEnd(fixture.download(id).state) || fixture.download(id).state == DownloadState::Paused;
            },
            20000));
        QCOMPARE(onDisk, QStringList());
        QVERIFY2(fixture.server->requestCount() >= 2, qPrintable(fixture.describe(id)));
        // The key was there to be lost, the journal was looked into, and the redirect was followed.
        const RecordedRequest first = fixture.server->requests().front();
        QVERIFY((first.target + first.header("authorization")).contains(v3 ? linkHeader : linkKey));
        QVERIFY(!QDir(fixture.stateDir()).isEmpty());
        QVERIFY2(other.requestCount() > 0, qPrintable(fixture.describe(id)));
        for (const RecordedRequest &request : other.requests()) {
            QByteArray raw = request.method + ' ' + request.target + '\n';
            for (const auto &[name, value] : request.headers)
                raw += name + ": " + value + '\n';
            QCOMPARE(m_search.in(QStringLiteral("the server behind a redirect"), raw), QStringList());
        }
        QCOMPARE(m_search.in(QStringLiteral("the download's texts"), fixture.describe(id)), QStringList());
    }

    /// Last, since the process cannot look into itself afterwards where it does not run as root.
    void theProcessLeavesNoCore()
    {
        forbidCoreDumps();
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t(0));
        QCOMPARE(limit.rlim_max, rlim_t(0));
#ifndef __SANITIZE_ADDRESS__
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
#endif
    }
};

QTEST_GUILESS_MAIN(LeakWireTest)
#include "leak_wire_test.moc"
