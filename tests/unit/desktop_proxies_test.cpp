#include "base/clock.h"
#include "cloud/cloud_client.h"
#include "cloud/desktop_proxies.h"

#include <QProcess>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>
#include <cstdio>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

/// A desktop that answers when the test lets it. Questions outlive their test, so they share it.
struct Desktop
{
    QSemaphore mayAnswer;
    std::atomic<int> asked = 0;
    std::atomic<int> answered = 0;

    static DesktopProxies::Question question(const std::shared_ptr<Desktop> &desktop)
    {
        return [desktop](const QUrl &origin) {
            ++desktop->asked;
            desktop->mayAnswer.acquire();
            ++desktop->answered;
            return DesktopProxy{{QNetworkProxy(QNetworkProxy::HttpProxy, origin.host(), 3128)}, false};
        };
    }
};

const QUrl Om(QStringLiteral("https://om.example.com:8443/api/public/v1.0/groups?x=1"));

} // namespace

class DesktopProxiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOnceForAnOrigin();
    void admitsASilentDesktop();
    void asksAgainAfterMinutes();
    void mayBeWaitedForElsewhere();
    void aSilentScriptServer();
    void aScriptThatCannotBeEvaluated();
    void theProgramEndsAllTheSame();
};

void DesktopProxiesTest::asksOnceForAnOrigin()
{
    const auto desktop = std::make_shared<Desktop>();
    DesktopProxies proxies(Desktop::question(desktop), 1h, 1h);
    auto first = proxies.find(Om);
    auto second = proxies.find(QUrl(QStringLiteral("https://om.example.com:8443/another/path")));
    QVERIFY(proxies.isAsking());
    QVERIFY(!proxies.last(Om) && !proxies.isFresh(Om));
    desktop->mayAnswer.release();
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    QCOMPARE(first.result()->proxies.first().hostName(), QStringLiteral("om.example.com"));
    QCOMPARE(desktop->asked, 1);
    QVERIFY(!proxies.isAsking() && proxies.isFresh(Om));
    QVERIFY(proxies.find(Om).isFinished());
    QCOMPARE(desktop->asked, 1);

    // Another port, another origin.
    auto other = proxies.find(QUrl(QStringLiteral("https://om.example.com")));
    QVERIFY(!other.isFinished());
    desktop->mayAnswer.release();
    QTRY_VERIFY(other.isFinished());
    QCOMPARE(desktop->asked, 2);
}

void DesktopProxiesTest::admitsASilentDesktop()
{
    const auto desktop = std::make_shared<Desktop>();
    DesktopProxies proxies(Desktop::question(desktop), 50ms, 1h);
    auto late = proxies.find(Om);
    QTRY_VERIFY(late.isFinished());
    const Result<DesktopProxy> result = late.result();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Proxy);
    QVERIFY(result.error().hint.contains(QLatin1String("None")));
    auto again = proxies.find(Om); // the question is open still: no second one
    QCOMPARE(desktop->asked, 1);
    desktop->mayAnswer.release();
    QTRY_VERIFY(again.isFinished());
    QTRY_VERIFY(proxies.isFresh(Om)); // whether in time or not, the answer is there
}

void DesktopProxiesTest::asksAgainAfterMinutes()
{
    const auto desktop = std::make_shared<Desktop>();
    DesktopProxies proxies(Desktop::question(desktop), 1h, 0ms);
    desktop->mayAnswer.release(2);
    auto first = proxies.find(Om);
    QTRY_VERIFY(first.isFinished());
    QVERIFY(!proxies.isFresh(Om));
    QVERIFY(proxies.last(Om));
    auto second = proxies.find(Om);
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(desktop->asked, 2);
}

void DesktopProxiesTest::mayBeWaitedForElsewhere()
{
    const auto desktop = std::make_shared<Desktop>();
    DesktopProxies proxies(Desktop::question(desktop), 1h, 1h);
    std::atomic<bool> done = false;
    QString host;
    const std::unique_ptr<QThread> worker(QThread::create([&] {
        host = proxies.wait(Om).proxies.first().hostName();
        done = true;
    }));
    worker->start();
    QTRY_COMPARE(desktop->asked, 1);
    QVERIFY(!done);
    desktop->mayAnswer.release();
    QVERIFY(worker->wait(10000));
    QCOMPARE(host, QStringLiteral("om.example.com"));
}

/// With the desktop's own library: nothing that a request needs stands still in the window's thread.
void DesktopProxiesTest::aSilentScriptServer()
{
    QTcpServer script; // accepts, reads nothing, says nothing
    QVERIFY(script.listen(QHostAddress::LocalHost));
    const QByteArray pac = "pac+http://127.0.0.1:" + QByteArray::number(script.serverPort()) + "/proxy.pac";
    qputenv("http_proxy", pac);
    qputenv("https_proxy", pac);
    SystemClock clock;
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(QStringLiteral("https://silent-script.invalid:8443"));
    connection.userName = QStringLiteral("key");
    CloudClient client(connection, {Secret(QByteArray("s")), {}}, clock, CloudClient::Retries::None);
    auto first = client.projects();
    auto second = client.projects();
    QTRY_VERIFY(script.hasPendingConnections());
    QTest::qWait(100); // the test itself would stand still here if the questions did
    QVERIFY(!first.isFinished() && !second.isFinished());
    QVERIFY(DesktopProxies::instance().isAsking());
    script.close();
    while (QTcpSocket *asked = script.nextPendingConnection())
        delete asked;
    QTRY_VERIFY_WITH_TIMEOUT(first.isFinished() && second.isFinished(), 20000);
    QTRY_VERIFY(!DesktopProxies::instance().isAsking());
    QVERIFY(!first.result()); // there is no such server; what counts is that it was tried in the end
    QCOMPARE(first.result().error().kind, ErrorKind::Network);
}

void DesktopProxiesTest::aScriptThatCannotBeEvaluated()
{
    QTcpServer script;
    QVERIFY(script.listen(QHostAddress::LocalHost));
    connect(&script, &QTcpServer::newConnection, &script, [&script] {
        QTcpSocket *socket = script.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            const QByteArray body = "function FindProxyForURL(url, host) { return \"PROXY 127.0.0.1:9\"; }";
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\nContent-Length: " +
                          QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
            socket->disconnectFromHost();
        });
    });
    const QByteArray pac = "pac+http://127.0.0.1:" + QByteArray::number(script.serverPort()) + "/proxy.pac";
    qputenv("http_proxy", pac);
    qputenv("https_proxy", pac);
    const QUrl url(QStringLiteral("https://script.invalid:8443"));
    auto found = DesktopProxies::instance().find(url);
    QTRY_VERIFY_WITH_TIMEOUT(found.isFinished(), 20000);
    const Result<DesktopProxy> answer = found.result();
    QVERIFY(answer);
    // Where the library can evaluate scripts the proxy is there; where it cannot that is known.
    const bool evaluated = answer->proxies.value(0).port() == 9;
    QVERIFY(evaluated != answer->isAutomaticWithoutProxy);
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");
}

/// This program once more, asking and leaving (see main): Qt's library would be waited for without limit.
void DesktopProxiesTest::theProgramEndsAllTheSame()
{
    QTcpServer script;
    QVERIFY(script.listen(QHostAddress::LocalHost));
    const QString pac = QStringLiteral("pac+http://127.0.0.1:%1/proxy.pac").arg(script.serverPort());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("http_proxy"), pac);
    environment.insert(QStringLiteral("https_proxy"), pac);
    QProcess leaving;
    leaving.setProcessEnvironment(environment);
    leaving.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--ask-and-leave")});
    QTRY_VERIFY_WITH_TIMEOUT(script.hasPendingConnections(), 20000); // it asks
    leaving.write("leave\n");
    QVERIFY(leaving.waitForFinished(20000));
    QCOMPARE(leaving.exitStatus(), QProcess::NormalExit);
    QCOMPARE(leaving.exitCode(), 7);
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--ask-and-leave"))) {
        DesktopProxies::instance().find(QUrl(QStringLiteral("https://om.invalid")));
        (void)std::getchar();
        return leaveProgram(7);
    }
    DesktopProxiesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "desktop_proxies_test.moc"
