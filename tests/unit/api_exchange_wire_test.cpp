#include "unit/api_wire.h"

#include "cloud/network_setup.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Takes connections and does to them what it is told, in the test's own event loop.
class BareServer : public QTcpServer
{
public:
    using Deed = std::function<void(QTcpSocket &)>;

    explicit BareServer(Deed onConnection, Deed onBytes = {})
    {
        connect(this, &QTcpServer::newConnection, this, [this, onConnection, onBytes] {
            QTcpSocket *socket = nextPendingConnection();
            if (onBytes)
                connect(socket, &QTcpSocket::readyRead, socket, [socket, onBytes] { onBytes(*socket); });
            if (onConnection)
                onConnection(*socket);
        });
        listen(QHostAddress::LocalHost);
    }
};

RawAnswer post(const QUrl &url, const Connection &connection = {})
{
    const auto manager = networkManager(connection, {});
    const Deferred<RawAnswer> deferred;
    HttpExchange::start(*manager, plainRequest(url, *tlsConfiguration(connection)), "POST", someBody, {2s, 1 << 20},
                        [deferred](RawAnswer answer) { deferred.resolve(std::move(answer)); });
    const auto answer = resultOf(deferred.future());
    return answer ? *answer : RawAnswer{};
}

QUrl local(const QString &scheme, quint16 port)
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2/x").arg(scheme).arg(port));
}

} // namespace

/// Whether a byte of a POST's body was handed to the network, on real sockets: what did not leave cannot have been
/// carried out.
class ApiExchangeWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingLeavesWhereNobodyListens()
    {
        quint16 port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost));
            port = server.serverPort();
        }
        const RawAnswer answer = post(local(QStringLiteral("http"), port));
        QVERIFY(answer.error);
        QVERIFY(!answer.bodyLeft);
        QVERIFY(!post(local(QStringLiteral("https"), port)).bodyLeft);
    }

    void nothingLeavesForANameThatIsNone()
    {
        const RawAnswer answer = post(QUrl(QStringLiteral("http://no-such-name.invalid/x")));
        QVERIFY(answer.error);
        QVERIFY(!answer.bodyLeft);
    }

    void nothingLeavesBeforeTlsIsAgreed_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("closes") << QByteArray();
        QTest::newRow("speaks HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("refuses the handshake") << QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7);
    }

    void nothingLeavesBeforeTlsIsAgreed()
    {
        QFETCH(QByteArray, said);
        BareServer server({}, [said](QTcpSocket &socket) {
            socket.write(said);
            socket.disconnectFromHost();
        });
        const RawAnswer answer = post(local(QStringLiteral("https"), server.serverPort()));
        QVERIFY(answer.error);
        QCOMPARE(answer.status, 0);
        QVERIFY(!answer.bodyLeft);
    }

    void whatLeavesOverTlsDependsOnTheCertificate()
    {
        const QTemporaryDir folder;
        const QString certificate = folder.filePath(QStringLiteral("server.pem"));
        const QString privateKeyFile = folder.filePath(QStringLiteral("server.key"));
        const QString subject = QStringLiteral("/CN=127.0.0.1");
        const QString address = QStringLiteral("subjectAltName=IP:127.0.0.1");
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                       QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                       QStringLiteral("2"), QStringLiteral("-subj"), subject, QStringLiteral("-addext"), address,
                       QStringLiteral("-keyout"), privateKeyFile, QStringLiteral("-out"), certificate});
        QVERIFY2(openssl.waitForFinished() && openssl.exitCode() == 0, openssl.readAllStandardError().constData());
        QFile keyFile(privateKeyFile);
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        ScriptedServer server(QSslCertificate::fromPath(certificate), QSslKey(keyFile.readAll(), QSsl::Rsa));
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::lost(); });

        const RawAnswer distrusted = post(server.url());
        QVERIFY(distrusted.error);
        QCOMPARE(distrusted.error->kind, ErrorKind::Tls);
        QVERIFY(!distrusted.bodyLeft);
        QCOMPARE(server.requestCount(), 0);

        Connection connection;
        connection.caCertificateFile = certificate;
        const RawAnswer lost = post(server.url(), connection);
        QVERIFY(lost.error);
        QVERIFY(lost.bodyLeft);
        QCOMPARE(server.requestCount(), 1);
    }

    void nothingLeavesThroughAProxyThatRefuses_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("407") << QByteArray("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                                           "realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("502") << QByteArray("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("closes") << QByteArray();
    }

    void nothingLeavesThroughAProxyThatRefuses()
    {
        QFETCH(QByteArray, said);
        QByteArray received;
        BareServer proxy({}, [said, &received](QTcpSocket &socket) {
            received += socket.readAll();
            socket.write(said);
            socket.disconnectFromHost();
        });
        Connection connection;
        connection.proxy.mode = ProxyMode::Http;
        connection.proxy.host = QStringLiteral("127.0.0.1");
        connection.proxy.port = proxy.serverPort();
        const RawAnswer answer = post(QUrl(QStringLiteral("https://ops.example/x")), connection);
        QVERIFY(answer.error);
        QVERIFY(received.startsWith("CONNECT ops.example:443"));
        QVERIFY(!answer.bodyLeft);
    }

    void whatWasWrittenHasLeft()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::lost());
        const RawAnswer answer = post(server.url());
        QVERIFY(answer.error);
        QCOMPARE(answer.status, 0);
        QVERIFY(answer.bodyLeft);
        QCOMPARE(server.requestCount(), 1);
    }

    void aReadHasNoBodyToLeave()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json("{}"));
        const auto manager = networkManager({}, {});
        const Deferred<RawAnswer> deferred;
        HttpExchange::start(*manager, plainRequest(server.url(), {}), "GET", {}, {2s, 1 << 20},
                            [deferred](RawAnswer answer) { deferred.resolve(std::move(answer)); });
        const auto answer = resultOf(deferred.future());
        QVERIFY(answer && answer->status == 200 && !answer->bodyLeft);
    }
};

QTEST_GUILESS_MAIN(ApiExchangeWireTest)
#include "api_exchange_wire_test.moc"
