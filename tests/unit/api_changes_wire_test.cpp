#include "unit/order_wire.h"

#include "cloud/cloud_client.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ProjectId project(QStringLiteral("G"));
const ClusterId cluster(QStringLiteral("C"));
const HostId host(QStringLiteral("H"));
const QByteArray root = "/api/public/v1.0/groups/G";

/// The calls that change something, each through the client as the program asks for it.
Result<bool> change(CloudClient &client, const QString &call)
{
    const auto told = [](const auto &result) {
        return result ? Result<bool>(true) : Result<bool>(failure(result.error()));
    };
    if (call == QLatin1String("takeSnapshot"))
        return told(resultOf(client.takeSnapshot(project, cluster, 3)));
    if (call == QLatin1String("changeSnapshot"))
        return told(resultOf(client.changeSnapshot(project, cluster, SnapshotId(QStringLiteral("S")), KeepSnapshot{})));
    LogRequest request;
    request.name = QStringLiteral("rs");
    request.bytesPerFile = 10;
    return told(resultOf(client.collectLogs(project, request)));
}

Error errorOf(const Result<bool> &result)
{
    return result ? Error{} : result.error();
}

int changesOf(const ScriptedServer &server)
{
    return countOf(server, "POST") + countOf(server, "PATCH");
}

void addCalls()
{
    QTest::addColumn<QString>("call");
    for (const char *call : {"takeSnapshot", "changeSnapshot", "collectLogs"})
        QTest::newRow(call) << QString::fromLatin1(call);
}

/// Reads are answered as by a server that takes the key, what changes something as told.
ScriptedServer::Handler answering(const ScriptedAnswer &answer)
{
    return [answer, ready = digestServer("n1", "{}")](const RecordedRequest &request) {
        return request.method == "GET" ? ready(request) : answer;
    };
}

} // namespace

/// Requests that change something else than a restore, on real sockets: what they send, that they leave once, and what
/// is said of each end.
class ApiChangesWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void sendsWhatIsDocumented()
    {
        ScriptedServer server;
        server.setHandler(answering(ScriptedAnswer::json(R"({"id":"7","clusterName":"shop"})")));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto last = [&server] { return server.requests().back(); };

        const auto taken = resultOf(client.takeSnapshot(project, cluster, 3));
        QVERIFY(taken);
        QCOMPARE(taken->clusterName, QStringLiteral("shop"));
        QCOMPARE(last().method, QByteArray("POST"));
        QCOMPARE(last().target, root + "/clusters/C/snapshots/onDemandSnapshot?retentionDays=3");
        QCOMPARE(last().body, QByteArray());
        QCOMPARE(last().header("Content-Length"), QByteArray("0"));

        const auto kept =
            resultOf(client.changeSnapshot(project, cluster, SnapshotId(QStringLiteral("S")), KeepSnapshot{true}));
        QVERIFY(kept);
        QCOMPARE(last().method, QByteArray("PATCH"));
        QCOMPARE(last().target, root + "/clusters/C/snapshots/S");
        QCOMPARE(last().body, QByteArray(R"({"doNotDelete":true})"));
        QCOMPARE(last().header("Content-Type"), QByteArray("application/json"));

        LogRequest request;
        request.name = QStringLiteral("rs");
        request.bytesPerFile = 10;
        const auto collected = resultOf(client.collectLogs(project, request));
        QVERIFY(collected);
        QCOMPARE(collected->value, QStringLiteral("7"));
        QCOMPARE(last().target, root + "/logCollectionJobs");
        QCOMPARE(changesOf(server), 3);
    }

    void sendsNothingThatIsWrong()
    {
        ScriptedServer server;
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        QCOMPARE(errorOf([&] {
                     const auto result = resultOf(client.takeSnapshot(project, cluster, 0));
                     return result ? Result<bool>(true) : Result<bool>(failure(result.error()));
                 }())
                     .kind,
                 ErrorKind::Refused);
        LogRequest request;
        request.bytesPerFile = 0;
        QVERIFY(!resultOf(client.collectLogs(project, request)));
        request.bytesPerFile = 1;
        request.from = QDateTime::currentDateTimeUtc();
        QVERIFY(!resultOf(client.collectLogs(project, request)));
        request.to = request.from.addSecs(-1);
        QVERIFY(!resultOf(client.collectLogs(project, request)));
        QCOMPARE(server.requestCount(), 0);
    }

    void leavesOnce_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("status");
        for (const char *call : {"takeSnapshot", "changeSnapshot", "collectLogs"}) {
            const auto row = [call](const char *what, const ScriptedAnswer &answer, ErrorKind kind, int status) {
                QTest::addRow("%s: %s", call, what) << QString::fromLatin1(call) << answer << kind << status;
            };
            // Nobody knows.
            row("no answer", ScriptedAnswer::lost(), ErrorKind::Uncertain, 0);
            row("cut head", cutAfter(ScriptedAnswer::json("{}"), -1), ErrorKind::Uncertain, 0);
            row("500", ScriptedAnswer::json("{}", 500), ErrorKind::Uncertain, 500);
            row("503", ScriptedAnswer::json("{}", 503).with("Retry-After", "0"), ErrorKind::Uncertain, 503);
            row("504", ScriptedAnswer::text("<html>", 504, "text/html"), ErrorKind::Uncertain, 504);
            row("408", ScriptedAnswer::json("{}", 408), ErrorKind::Uncertain, 408);
            // It was done, whatever the answer is worth.
            row("page of a gateway", ScriptedAnswer::text("<html>", 200, "text/html"), ErrorKind::Parse, 200);
            row("cut body", cutAfter(ScriptedAnswer::json(R"({"id":"7"})"), 3), ErrorKind::Parse, 200);
            // It was not.
            row("401 of the server", ScriptedAnswer::json(R"({"errorCode":"USER_UNAUTHORIZED"})", 401),
                ErrorKind::Permission, 401);
            row("403", ScriptedAnswer::json(R"({"errorCode":"RESOURCE_REQUIRES_ACCESS_LIST"})", 403),
                ErrorKind::Permission, 403);
            row("404", ScriptedAnswer::json(R"({"errorCode":"CLUSTER_NOT_FOUND"})", 404), ErrorKind::NotFound, 404);
            row("404 of an old server", ScriptedAnswer::json("{}", 404), ErrorKind::NotFound, 404);
            row("400", ScriptedAnswer::json(R"({"errorCode":"INVALID_ATTRIBUTE"})", 400), ErrorKind::Refused, 400);
            row("429", ScriptedAnswer::json("{}", 429), ErrorKind::RateLimited, 429);
        }
    }

    void leavesOnce()
    {
        QFETCH(QString, call);
        QFETCH(ScriptedAnswer, answer);
        QFETCH(ErrorKind, kind);
        QFETCH(int, status);
        ScriptedServer server;
        server.setHandler(answering(answer));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const Error error = errorOf(change(client, call));
        QTest::qWait(100); // for a second one
        QCOMPARE(changesOf(server), 1);
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.httpStatus, status);
        QVERIFY(!error.sentence.isEmpty());
        if (kind == ErrorKind::Uncertain) {
            QVERIFY2(error.sentence.contains(QLatin1String("not known")), qPrintable(error.sentence));
            QVERIFY(!error.retryable && !error.hint.isEmpty());
        }
    }

    void followsNoRedirect_data() { addCalls(); }
    void followsNoRedirect()
    {
        QFETCH(QString, call);
        ScriptedServer server;
        server.setHandler(answering(ScriptedAnswer::json("{}", 307).with("Location", "/elsewhere")));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        QCOMPARE(errorOf(change(client, call)).httpStatus, 307);
        QCOMPARE(changesOf(server), 1);
    }

    /// Only a challenge is answered, and that once.
    void goesAgainAfterAChallengeAlone_data() { addCalls(); }
    void goesAgainAfterAChallengeAlone()
    {
        QFETCH(QString, call);
        ScriptedServer server;
        server.setHandler([ready = digestServer("n1", "{}")](const RecordedRequest &request) {
            return request.method == "GET" ? ready(request) : digestChallenge("n2", true);
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        QCOMPARE(errorOf(change(client, call)).httpStatus, 401);
        QCOMPARE(changesOf(server), 2);
    }

    /// Nothing left where nobody listens.
    void isNotDoneWhereNobodyListens_data() { addCalls(); }
    void isNotDoneWhereNobodyListens()
    {
        QFETCH(QString, call);
        QUrl nowhere;
        {
            ScriptedServer server;
            nowhere = server.url();
        }
        // A service account's token would be asked for elsewhere: a key whose nonce was read from a server that went.
        CloudClient client(connectionTo(nowhere), key(), m_clock, CloudClient::Retries::None);
        const Error error = errorOf(change(client, call));
        QCOMPARE(error.kind, ErrorKind::Network);
    }

    /// A body less POST tells by its head whether it left.
    void tellsWhetherABodyLessRequestLeft()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::lost(); });
        QNetworkAccessManager manager;
        const auto sent = [&manager](const QUrl &url) {
            std::optional<RawAnswer> answer;
            HttpExchange::start(manager, QNetworkRequest(url), "POST", {}, {5s, 1000},
                                [&answer](const RawAnswer &raw) { answer = raw; });
            if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 15000))
                return RawAnswer{};
            return *answer;
        };
        const RawAnswer lost = sent(server.url());
        QVERIFY(lost.error.has_value());
        QVERIFY(lost.bodyLeft);
        QCOMPARE(countOf(server, "POST"), 1);
        QUrl nowhere;
        {
            ScriptedServer gone;
            nowhere = gone.url();
        }
        const RawAnswer refused = sent(nowhere);
        QVERIFY(refused.error.has_value());
        QVERIFY(!refused.bodyLeft);
    }

    // Reads.

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
        for (const char *call : {"agents", "databases", "disks", "measurements", "logJobs", "logJob"}) {
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
        else
            ask(client.logJob(project, LogJobId(QStringLiteral("L"))));
        QCOMPARE(error.httpStatus, status);
        QCOMPARE(error.kind, kind);
        QVERIFY2(!error.sentence.isEmpty() && error.sentence.startsWith(says), qPrintable(error.sentence));
        QCOMPARE(reported.size(), 0); // a read beside the work is not the connection's last error
    }
};

QTEST_GUILESS_MAIN(ApiChangesWireTest)
#include "api_changes_wire_test.moc"
