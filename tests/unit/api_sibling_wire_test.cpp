#include "unit/api_wire.h"

#include "cloud/cloud_client.h"
#include "cloud/farewells.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ProjectId project(QStringLiteral("G"));
const ClusterId cluster(QStringLiteral("C"));
const ClusterId silent(QStringLiteral("SILENT"));

constexpr int ConnectionsOfQt = 6;

ScriptedServer::Handler silentFor(const ClusterId &which, const ScriptedServer::Handler &others)
{
    return [name = "/" + which.value.toLatin1() + "/", others](const RecordedRequest &request) {
        if (!request.target.contains(name))
            return others(request);
        ScriptedAnswer never;
        never.delay = 1h;
        return never;
    };
}

int countOfPath(const ScriptedServer &server, const QByteArray &end)
{
    int count = 0;
    for (const RecordedRequest &request : server.requests())
        count += request.path().endsWith(end) ? 1 : 0;
    return count;
}

Connection serviceAccountAt(const ScriptedServer &server)
{
    Connection connection = connectionTo(server.url());
    connection.service = Service::CloudManager;
    connection.authentication = Authentication::ServiceAccount;
    return connection;
}

} // namespace

/// Two clients of one connection: what one sends does not wait behind the other, and they sign in once.
class ApiSiblingWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void isNotHeldUpByCallsThatHang_data()
    {
        QTest::addColumn<bool>("hasNonce");
        QTest::newRow("with a nonce") << true;
        QTest::newRow("while the first handshake hangs") << false;
    }

    void isNotHeldUpByCallsThatHang()
    {
        QFETCH(bool, hasNonce);
        ScriptedServer server;
        server.setHandler(silentFor(silent, digestServer("n1", R"({"results":[{"id":"6b0000000000000000000001"}]})")));
        Connection connection = connectionTo(server.url());
        connection.timeout = 60s;
        CloudClient client(connection, key(), m_clock, CloudClient::Retries::None);
        if (hasNonce)
            QVERIFY(resultOf(client.projects()));
        std::vector<Async<std::vector<RestoreJob>>> hanging;
        for (int i = 0; i < 3 * ConnectionsOfQt; ++i)
            hanging.push_back(client.restoreJobs(project, silent));
        QTRY_COMPARE(countOfPath(server, "/SILENT/restoreJobs"), hasNonce ? ConnectionsOfQt : 1);

        const auto sibling = client.sibling(CloudClient::Retries::None);
        QVERIFY(sibling->connection() == connection);
        const auto jobs = resultOf(sibling->restoreJobs(project, cluster), 5s);
        QVERIFY2(jobs, qPrintable(jobs ? QString() : jobs.error().sentence));
        const auto answer =
            resultOf(sibling->createRestoreJobs(project, cluster, someBody, [](int) { return true; }), 5s);
        QVERIFY(answer);
        QCOMPARE(answer->jobs.size(), size_t(1));
        for (const auto &one : hanging)
            QVERIFY(!one.isFinished());
    }

    void sharesTheNonce()
    {
        ScriptedServer server;
        server.setHandler(digestServer("n1", R"({"results":[]})"));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        QVERIFY(resultOf(client.projects()));
        const auto sibling = client.sibling(CloudClient::Retries::None);
        QVERIFY(resultOf(sibling->projects()));
        QCOMPARE(server.requestCount(), 3);
        QCOMPARE(field(server.requests().back(), "nc"), QByteArray("00000002"));
        QVERIFY(server.requests().back().connection != server.requests().front().connection);
    }

    void knowsWhatTheServerHasTold()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            return ScriptedAnswer::json(R"({"results":[]})")
                .with("X-MongoDB-Service-Version", "gitHash=x; versionString=8.0.13");
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        QVERIFY(resultOf(client.projects()));
        const auto sibling = client.sibling(CloudClient::Retries::None);
        QCOMPARE(sibling->serverInfo().version, QStringLiteral("8.0.13"));
    }

    void ofAClientThatWasClosedIsClosed()
    {
        ScriptedServer server;
        CloudClient client(serviceAccountAt(server), {Secret(clientSecret), {}}, m_clock);
        QVERIFY(resultOf(client.close()));
        const auto sibling = client.sibling(CloudClient::Retries::None);
        const auto projects = resultOf(sibling->projects());
        QVERIFY(!projects);
        QCOMPARE(projects.error().kind, ErrorKind::Cancelled);
        QCOMPARE(server.requestCount(), 0);
    }

    void asksForNoTokenOfItsOwn_data()
    {
        QTest::addColumn<bool>("firstGoesFirst");
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("the first goes first") << true << false;
        QTest::newRow("the sibling goes first") << false << false;
        QTest::newRow("the first is closed first") << true << true;
        QTest::newRow("the sibling is closed first") << false << true;
    }

    void asksForNoTokenOfItsOwn()
    {
        QFETCH(bool, firstGoesFirst);
        QFETCH(bool, isClosed);
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            return ScriptedAnswer::json(request.path().endsWith("/token")
                                            ? R"({"access_token":"t1"})"
                                            : R"({"results":[{"id":"6b0000000000000000000001"}]})");
        });
        auto client =
            std::make_unique<CloudClient>(serviceAccountAt(server), Credentials{Secret(clientSecret), {}}, m_clock);
        QVERIFY(resultOf(client->projects()));
        auto sibling = client->sibling(CloudClient::Retries::None);
        QVERIFY(resultOf(sibling->projects()));
        QCOMPARE(countOfPath(server, "/oauth/token"), 1);

        auto &first = firstGoesFirst ? client : sibling;
        auto &last = firstGoesFirst ? sibling : client;
        const auto end = [isClosed](std::unique_ptr<CloudClient> &one) {
            if (isClosed)
                QVERIFY(resultOf(one->close()));
            one.reset();
        };
        end(first);
        QVERIFY(Farewells::instance().isEmpty());
        QCOMPARE(countOfPath(server, "/oauth/revoke"), 0);
        QVERIFY(resultOf(last->projects()));
        end(last);
        QTRY_VERIFY(Farewells::instance().isEmpty());
        QCOMPARE(countOfPath(server, "/oauth/revoke"), 1);
        QCOMPARE(countOfPath(server, "/oauth/token"), 1);
        QVERIFY(server.requests().back().body.contains("token=t1"));
    }
};

QTEST_GUILESS_MAIN(ApiSiblingWireTest)
#include "api_sibling_wire_test.moc"
