#include "unit/order_wire.h"

#include "base/byte_pipe.h"
#include "cloud/cloud_client.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ProjectId project(QStringLiteral("G"));
const HostId host(QStringLiteral("H"));
const LogJobId logJob(QStringLiteral("L"));
const QByteArray root = "/api/public/v1.0/groups/G";

} // namespace

/// What a project's agents, hosts and log collections tell, on real sockets.
class ApiDeploymentWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void readsAgentsAndHosts()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            if (request.path().endsWith("/measurements"))
                return ScriptedAnswer::json(R"({"hostId":"H","measurements":[{"name":"A"}]})");
            return ScriptedAnswer::json(R"({"results":[{"hostname":"a","databaseName":"x/y","partitionName":"p"},
                {"hostname":"b","databaseName":"local","partitionName":"q"}],"links":[{"rel":"self"}]})");
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto last = [&server] { return server.requests().back().target; };
        const auto agents = resultOf(client.agents(project, AgentType::Automation));
        QVERIFY(agents);
        QCOMPARE(agents->size(), size_t(2)); // they have no id
        QCOMPARE(last(), root + "/agents/AUTOMATION?pageNum=1&itemsPerPage=500");
        const auto databases = resultOf(client.databases(project, host));
        QVERIFY(databases);
        QCOMPARE(*databases, QStringList({QStringLiteral("x/y"), QStringLiteral("local")}));
        QVERIFY(resultOf(client.disks(project, host)));
        QCOMPARE(last(), root + "/hosts/H/disks?pageNum=1&itemsPerPage=500");

        MeasurementsQuery query;
        query.names = {QStringLiteral("OPCOUNTER_CMD"), QStringLiteral("OPCOUNTER_DELETE")};
        QVERIFY(resultOf(client.measurements(project, host, MeasuredProcess{}, query)));
        QCOMPARE(last(),
                 root + "/hosts/H/measurements?granularity=PT1M&period=PT1H&m=OPCOUNTER_CMD&m=OPCOUNTER_DELETE");
        const QDateTime start = QDateTime::fromSecsSinceEpoch(1714640400, Qt::UTC);
        query = {300s, TimeSpan{start, start.addSecs(600)}, {}};
        QVERIFY(resultOf(client.measurements(project, host, MeasuredDatabase{QStringLiteral("x/y")}, query)));
        QCOMPARE(last(), root + "/hosts/H/databases/x%2Fy/measurements?granularity=PT5M&start=2024-05-02T09:00:00Z&"
                                "end=2024-05-02T09:10:00Z");
        QVERIFY(resultOf(client.measurements(project, host, MeasuredDisk{QStringLiteral("p")}, query)));
        QVERIFY(last().startsWith(root + "/hosts/H/disks/p/measurements?"));
    }

    void readsAgentVersions()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"count":2,"minimumVersion":"12.0.1","entries":[
            {"hostname":"a","version":"13.2.0","isVersionOld":false,"lastConf":1714640400,"lastPing":1714640400000},
            {"hostname":"b","version":"10.14.17","isVersionOld":"true","lastConf":"2024-05-02T09:00:00Z"}]})"));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto versions = resultOf(client.agentVersions(project));
        QVERIFY(versions);
        QCOMPARE(server.requests().back().target, root + "/agents/versions");
        QCOMPARE(versions->minimum, QStringLiteral("12.0.1"));
        QCOMPARE(versions->agents.size(), size_t(2));
        const QDateTime moment = QDateTime::fromSecsSinceEpoch(1714640400, Qt::UTC);
        QCOMPARE(versions->agents[0].lastConfiguration, moment);
        QCOMPARE(versions->agents[0].lastPing, moment);
        QCOMPARE(versions->agents[1].lastConfiguration, moment);
        QCOMPARE(versions->agents[0].isOld, std::optional(false));
        QVERIFY(!versions->agents[1].lastPing.isValid() && !versions->agents[1].isDeprecated);
    }

    void readsALogArchive_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::addColumn<QByteArray>("archive"); ///< empty: an error
        const QByteArray gzip("\x1f\x8b\x08\x00 and more", 13);
        QTest::newRow("gzip") << ScriptedAnswer::text(gzip, 200, "application/gzip") << gzip;
        QTest::newRow("a page") << ScriptedAnswer::text("<html>", 200, "text/html") << QByteArray();
        QTest::newRow("nothing") << ScriptedAnswer::text({}, 200) << QByteArray();
        QTest::newRow("cut") << cutAfter(ScriptedAnswer::text(gzip, 200, "application/gzip"), 5) << QByteArray();
        QTest::newRow("in progress") << ScriptedAnswer::json(R"({"errorCode":"CANNOT_DOWNLOAD_JOB_IN_PROGRESS"})", 403)
                                     << QByteArray();
        QTest::newRow("elsewhere") << ScriptedAnswer::text({}, 302).with("Location", "http://127.0.0.2/x")
                                   << QByteArray();
    }
    void readsALogArchive()
    {
        QFETCH(ScriptedAnswer, answer);
        QFETCH(QByteArray, archive);
        ScriptedServer server;
        server.setHandler([answer](const RecordedRequest &) { return answer; });
        Connection connection = connectionTo(server.url());
        connection.envelope = true;
        CloudClient client(connection, key(), m_clock, CloudClient::Retries::None);
        const auto pipe = std::make_shared<BytePipe>();
        const auto read = resultOf(client.logArchive(project, logJob, pipe));
        QCOMPARE(server.requests().back().target, root + "/logCollectionJobs/L/download");
        QCOMPARE(server.requests().back().header("Accept"), QByteArray("application/gzip"));
        QCOMPARE(read.has_value(), !archive.isEmpty());
        if (!read)
            QVERIFY(!read.error().sentence.isEmpty());
        QByteArray taken;
        Result<QByteArray> piece = pipe->take();
        for (; piece && !piece->isEmpty(); piece = pipe->take())
            taken += *piece;
        QCOMPARE(piece.has_value(), read.has_value());
        if (read)
            QCOMPARE(taken, archive);
    }

    void readsJobsOfAMirroredConfigServer()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"results":[{"id":"1","hostId":"H"}],"links":[{"rel":"self"}]})"));
        server.enqueue(ScriptedAnswer::json(R"({"id":"1","hostId":"H"})"));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto list = resultOf(client.restoreJobsOfHost(project, host));
        QVERIFY(list && list->size() == 1);
        QCOMPARE(server.requests().back().path(), root + "/hosts/H/restoreJobs");
        const auto one = resultOf(client.restoreJobOfHost(project, host, JobId(QStringLiteral("1"))));
        QVERIFY(one);
        QCOMPARE(one->host, host);
        QCOMPARE(server.requests().back().path(), root + "/hosts/H/restoreJobs/1");
    }

    void wordsRefusals_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        for (const char *call :
             {"agents", "databases", "disks", "measurements", "logJobs", "logJob", "logArchive", "agentVersions"}) {
            const auto row = [call](int status, const char *code, ErrorKind kind, const char *says) {
                QTest::addRow("%s %d %s", call, status, code)
                    << QString::fromLatin1(call) << status << QByteArray(code) << kind << QString::fromLatin1(says);
            };
            row(401, "", ErrorKind::Credentials, "");
            row(401, "USER_UNAUTHORIZED", ErrorKind::Permission, "");
            row(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", ErrorKind::Permission, "");
            row(404, "", ErrorKind::NotFound, "Ops Manager 6.0.1 cannot");
            row(404, "RESOURCE_NOT_FOUND", ErrorKind::NotFound, "Ops Manager 6.0.1 cannot");
            row(404, "HOST_NOT_FOUND", ErrorKind::NotFound, "The host does not exist");
        }
    }

    void wordsRefusals()
    {
        QFETCH(QString, call);
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        ScriptedServer server;
        server.setHandler([=](const RecordedRequest &) {
            return ScriptedAnswer::json(code.isEmpty() ? QByteArray("{}") : "{\"errorCode\":\"" + code + "\"}", status)
                .with("X-MongoDB-Service-Version", "gitHash=1; versionString=6.0.1.2.X");
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock, CloudClient::Retries::None);
        QSignalSpy reported(&client, &CloudClient::lastErrorChanged);
        Error error;
        const auto ask = [&error](const auto &pending) {
            const auto result = resultOf(pending);
            if (!result)
                error = result.error();
        };
        if (call == QLatin1String("agents"))
            ask(client.agents(project, AgentType::Backup));
        else if (call == QLatin1String("databases"))
            ask(client.databases(project, host));
        else if (call == QLatin1String("disks"))
            ask(client.disks(project, host));
        else if (call == QLatin1String("measurements"))
            ask(client.measurements(project, host, MeasuredProcess{}, {}));
        else if (call == QLatin1String("logJobs"))
            ask(client.logJobs(project));
        else if (call == QLatin1String("logArchive"))
            ask(client.logArchive(project, logJob, std::make_shared<BytePipe>()));
        else if (call == QLatin1String("agentVersions"))
            ask(client.agentVersions(project));
        else
            ask(client.logJob(project, logJob));
        QCOMPARE(error.httpStatus, status);
        QCOMPARE(error.kind, kind);
        QVERIFY2(!error.sentence.isEmpty() && error.sentence.startsWith(says), qPrintable(error.sentence));
        QCOMPARE(reported.size(), 0); // a read beside the work is not the connection's last error
    }
};

QTEST_GUILESS_MAIN(ApiDeploymentWireTest)
#include "api_deployment_wire_test.moc"
