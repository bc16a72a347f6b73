#include "unit/order_wire.h"

#include "cloud/cloud_client.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ProjectId project(QStringLiteral("G"));
const ClusterId cluster(QStringLiteral("C"));
const LogJobId logJob(QStringLiteral("L"));
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
    if (call == QLatin1String("keepLogs"))
        return told(resultOf(client.keepLogs(project, logJob, QDateTime::currentDateTimeUtc().addDays(60))));
    if (call == QLatin1String("collectLogsAgain"))
        return told(resultOf(client.collectLogsAgain(project, logJob)));
    if (call == QLatin1String("deleteLogs"))
        return told(resultOf(client.deleteLogs(project, logJob)));
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
    return countOf(server, "POST") + countOf(server, "PATCH") + countOf(server, "PUT") + countOf(server, "DELETE");
}

const char *const calls[] = {"takeSnapshot", "changeSnapshot",   "collectLogs",
                             "keepLogs",     "collectLogsAgain", "deleteLogs"};

/// Of these the answer's content is needed; of the others that it was done is all.
bool needsContent(const char *call)
{
    return QByteArray(call) == "changeSnapshot" || QByteArray(call) == "collectLogs";
}

void addCalls()
{
    QTest::addColumn<QString>("call");
    for (const char *call : calls)
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

        const QDateTime until = QDateTime::fromSecsSinceEpoch(4102444800, Qt::UTC);
        QVERIFY(resultOf(client.keepLogs(project, logJob, until)));
        QCOMPARE(last().method, QByteArray("PATCH"));
        QCOMPARE(last().target, root + "/logCollectionJobs/L");
        QCOMPARE(last().body, QByteArray(R"({"expirationDate":"2100-01-01T00:00:00Z"})"));
        QVERIFY(resultOf(client.collectLogsAgain(project, logJob)));
        QCOMPARE(last().method, QByteArray("PUT"));
        QCOMPARE(last().target, root + "/logCollectionJobs/L/retry");
        QCOMPARE(last().header("Content-Length"), QByteArray("0"));
        QVERIFY(resultOf(client.deleteLogs(project, logJob)));
        QCOMPARE(last().method, QByteArray("DELETE"));
        QCOMPARE(last().target, root + "/logCollectionJobs/L");
        QCOMPARE(changesOf(server), 6);
    }

    void changesWithoutContentAreDone_data()
    {
        QTest::addColumn<QString>("call");
        for (const char *call : calls) {
            if (!needsContent(call))
                QTest::newRow(call) << QString::fromLatin1(call);
        }
    }
    void changesWithoutContentAreDone()
    {
        QFETCH(QString, call);
        ScriptedServer server;
        server.setHandler(answering(ScriptedAnswer::text({}, 204)));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto result = change(client, call);
        QVERIFY2(result.has_value(), qPrintable(errorOf(result).sentence));
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
        QVERIFY(!resultOf(client.keepLogs(project, logJob, QDateTime::currentDateTimeUtc().addSecs(-1))));
        QVERIFY(!resultOf(client.keepLogs(project, logJob, QDateTime())));
        QCOMPARE(server.requestCount(), 0);
    }

    void leavesOnce_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("status");
        for (const char *call : calls) {
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
};

QTEST_GUILESS_MAIN(ApiChangesWireTest)
#include "api_changes_wire_test.moc"
