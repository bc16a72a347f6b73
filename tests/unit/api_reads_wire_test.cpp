#include "unit/api_wire.h"

#include "cloud/cloud_client.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ProjectId project(QStringLiteral("G"));
const ClusterId cluster(QStringLiteral("C"));
const QByteArray root = "/api/public/v1.0/groups/G";

QByteArray pageOf(const QByteArray &items, bool hasNext)
{
    return "{\"results\":[" + items + "],\"links\":[{\"rel\":\"self\"}" +
           (hasNext ? QByteArray(",{\"rel\":\"next\"}") : QByteArray()) + "]}";
}

QByteArray item(int number)
{
    return "{\"id\":\"" + QByteArray::number(number) + "\"}";
}

int pageNumber(const RecordedRequest &request)
{
    const QUrlQuery query(QUrl::fromEncoded(request.target));
    return query.queryItemValue(QStringLiteral("pageNum")).toInt();
}

} // namespace

/// Reads of CloudClient that stand beside an order, on real sockets: what they ask, what they make of refusals, and
/// that a list is whole or an error.
class ApiReadsWireTest : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

    /// Any of the reads; true when it succeeded.
    template<typename T>
    static Error errorOf(const Async<T> &call)
    {
        const auto result = resultOf(call);
        return result ? Error{} : result.error();
    }

private Q_SLOTS:
    void wordsRefusals_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<ErrorKind>("kind");
        for (const char *call : {"automationStatus", "redactedAutomationConfig", "events", "restoreJobs"}) {
            const auto row = [call](int status, const char *code, ErrorKind kind) {
                QTest::addRow("%s %d %s", call, status, code)
                    << QString::fromLatin1(call) << status << QByteArray(code) << kind;
            };
            row(401, "", ErrorKind::Credentials);
            row(401, "USER_UNAUTHORIZED", ErrorKind::Permission);
            row(403, "", ErrorKind::Permission);
            row(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", ErrorKind::Permission);
            row(404, "", ErrorKind::NotFound);
            row(404, "GROUP_NOT_FOUND", ErrorKind::NotFound);
            row(405, "", ErrorKind::NotFound);
        }
    }

    void wordsRefusals()
    {
        QFETCH(QString, call);
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(ErrorKind, kind);
        ScriptedServer server;
        server.setHandler([=](const RecordedRequest &) {
            return ScriptedAnswer::json(code.isEmpty() ? QByteArray("{}") : "{\"errorCode\":\"" + code + "\"}", status);
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock, CloudClient::Retries::None);
        QSignalSpy reported(&client, &CloudClient::lastErrorChanged);
        Error error;
        if (call == QLatin1String("automationStatus"))
            error = errorOf(client.automationStatus(project));
        else if (call == QLatin1String("redactedAutomationConfig"))
            error = errorOf(client.redactedAutomationConfig(project));
        else if (call == QLatin1String("events"))
            error = errorOf(client.events(project, {}, {}));
        else
            error = errorOf(client.restoreJobs(project, cluster));
        QCOMPARE(error.httpStatus, status);
        QCOMPARE(error.apiCode.toLatin1(), code);
        QCOMPARE(error.kind, kind);
        QVERIFY(!error.sentence.isEmpty());
        QCOMPARE(server.requestCount(), 1);
        // What may be refused without harm is not the connection's last error.
        const bool isSideline = call == QLatin1String("redactedAutomationConfig") || call == QLatin1String("events");
        QCOMPARE(reported.size(), isSideline ? 0 : 1);
        if (call == QLatin1String("redactedAutomationConfig"))
            QCOMPARE(error.hint.contains(QLatin1String("8.0.12")), status == 405 || (status == 404 && code.isEmpty()));
    }

    void readsTheStatusOfAutomation()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"goalVersion":42,"processes":[{"name":"a","hostname":"h",
            "lastGoalVersionAchieved":42,"plan":[],"errorCode":100,"errorString":"x : y"}]})"));
        server.enqueue(
            ScriptedAnswer::json(R"([{"goalVersion":41,"processes":[]},{"goalVersion":42,"processes":[]}])"));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto status = resultOf(client.automationStatus(project));
        QVERIFY(status);
        QCOMPARE(server.requests().back().target, root + "/automationStatus");
        QCOMPARE(status->processes.at(0).errorCode, std::optional<qint64>(100));
        QVERIFY(status->isAtGoal());
        const auto list = resultOf(client.automationStatus(project));
        QVERIFY(list);
        QCOMPARE(list->goalVersion, 42);
    }

    void readsTheConfigurationWithoutSecretsOnly()
    {
        ScriptedServer server;
        server.enqueue(ScriptedAnswer::json(R"({"version":7,"auth":{"key":"<redacted>"},"processes":[{"name":"a",
            "hostname":"h","backupRestoreJobId":"5f","args2_6":{"replication":{"replSetName":"rs"}}}]})"));
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto config = resultOf(client.redactedAutomationConfig(project));
        QVERIFY(config);
        QCOMPARE(server.requests().back().target, root + "/automationConfig/noSecrets");
        QCOMPARE(config->version, std::optional<qint64>(7));
        QCOMPARE(config->processes.at(0).backupRestoreJobId.value, QStringLiteral("5f"));
        QCOMPARE(config->processes.at(0).replicaSetName, QStringLiteral("rs"));
    }

    /// The list of clusters takes versions from it where an older server has no other, and for no other reason.
    void theFullConfigurationIsReadOfAnOlderServerAlone_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("full");
        QTest::newRow("it has the other") << 200 << QByteArray() << 0;
        QTest::newRow("an older one") << 404 << QByteArray("RESOURCE_NOT_FOUND") << 1;
        QTest::newRow("without a code") << 404 << QByteArray() << 1;
        QTest::newRow("the project is gone") << 404 << QByteArray("GROUP_NOT_FOUND") << 0;
        QTest::newRow("refused") << 403 << QByteArray("USER_UNAUTHORIZED") << 0;
        QTest::newRow("out of order") << 500 << QByteArray("UNEXPECTED_ERROR") << 0;
    }
    void theFullConfigurationIsReadOfAnOlderServerAlone()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(int, full);
        ScriptedServer server;
        server.setHandler([status, code](const RecordedRequest &request) {
            if (request.path().endsWith("/clusters"))
                return ScriptedAnswer::json(R"({"results":[{"id":"C","clusterName":"a","typeName":"REPLICA_SET",
                    "replicaSetName":"rs"}],"links":[{"rel":"self"}]})");
            if (request.path().endsWith("/noSecrets"))
                return ScriptedAnswer::json(code.isEmpty() ? QByteArray("{}") : "{\"errorCode\":\"" + code + "\"}",
                                            status);
            return ScriptedAnswer::json(R"({"results":[],"links":[{"rel":"self"}]})");
        });
        Connection connection = connectionTo(server.url());
        CloudClient client(connection, key(), m_clock);
        const auto clusters = resultOf(client.sibling(CloudClient::Retries::None)->clusters(project));
        QVERIFY(clusters && clusters->size() == 1);
        const auto requests = server.requests();
        const auto isFull = [](const RecordedRequest &one) { return one.path().endsWith("/automationConfig"); };
        const auto isRedacted = [](const RecordedRequest &one) { return one.path().endsWith("/noSecrets"); };
        QVERIFY(std::ranges::any_of(requests, isRedacted));
        QCOMPARE(static_cast<int>(std::ranges::count_if(requests, isFull)), full);
    }

    void asksForEventsOfATypeSinceAMoment()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &) {
            return ScriptedAnswer::json(R"({"results":[
                {"id":"1","created":"2026-11-27T10:00:00Z","eventTypeName":"A","publicKey":"k","clusterId":"C"},
                {"id":"2","created":"2026-11-27T10:00:09Z","eventTypeName":"B","username":"u"},
                {"id":"3","created":"2026-11-27T09:59:59Z","eventTypeName":"A"},
                {"id":"4","created":"2026-11-27T10:00:08Z","eventTypeName":"C"}],"links":[{"rel":"self"}]})");
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const QStringList types{QStringLiteral("A"), QStringLiteral("B")};
        const QDateTime since(QDate(2026, 11, 27), QTime(10, 0, 0, 900), Qt::UTC);
        const auto events = resultOf(client.events(project, types, since));
        QVERIFY(events);
        QCOMPARE(server.requests().back().target,
                 root + "/events?eventType=A&eventType=B&minDate=2026-11-27T10:00:00Z&pageNum=1&itemsPerPage=500");
        QCOMPARE(events->size(), size_t(2));
        QCOMPARE(events->at(0).id, QStringLiteral("2"));
        QCOMPARE(events->at(0).userName, QStringLiteral("u"));
        QCOMPARE(events->at(1).id, QStringLiteral("1"));
        QCOMPARE(events->at(1).publicKey, QStringLiteral("k"));
        QCOMPARE(events->at(1).clusterId, cluster);
        QVERIFY(resultOf(client.events(project, {}, {})));
        QCOMPARE(server.requests().back().target, root + "/events?pageNum=1&itemsPerPage=500");
    }

    void asksAgainWithoutFiltersThatAreRefused()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            if (request.target.contains("eventType"))
                return ScriptedAnswer::json(R"({"errorCode":"INVALID_ENUM_VALUE","error":400})", 400);
            return ScriptedAnswer::json(
                pageOf(R"({"id":"1","eventTypeName":"A"},{"id":"2","eventTypeName":"B"})", false));
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto events = resultOf(client.events(project, {QStringLiteral("B")}, {}));
        QVERIFY(events);
        QCOMPARE(events->size(), size_t(1));
        QCOMPARE(events->front().id, QStringLiteral("2"));
        QCOMPARE(server.requestCount(), 2);
        server.setHandler([](const RecordedRequest &) { return ScriptedAnswer::json("{}", 400); });
        QCOMPARE(errorOf(client.events(project, {QStringLiteral("B")}, {})).httpStatus, 400);
        QCOMPARE(errorOf(client.events(project, {}, {})).httpStatus, 400);
        QCOMPARE(server.requestCount(), 5);
    }

    void readsFivePagesOfEventsAtMost()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            return ScriptedAnswer::json(pageOf(item(pageNumber(request)), true));
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock);
        const auto events = resultOf(client.events(project, {}, {}));
        QVERIFY(events);
        QCOMPARE(events->size(), size_t(5));
        QCOMPARE(server.requestCount(), 5);
    }

    /// The answer to page 3 of a job list with four pages.
    void aJobListIsWholeOrAnError_data()
    {
        QTest::addColumn<ScriptedAnswer>("third");
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("as the others") << ScriptedAnswer::json(pageOf(item(3), true)) << true;
        QTest::newRow("403") << ScriptedAnswer::json("{}", 403) << false;
        QTest::newRow("404") << ScriptedAnswer::json("{}", 404) << false;
        QTest::newRow("429") << ScriptedAnswer::json("{}", 429) << false;
        QTest::newRow("503") << ScriptedAnswer::json("{}", 503) << false;
        QTest::newRow("page of a gateway") << ScriptedAnswer::text("<html>", 200, "text/html") << false;
        QTest::newRow("no list") << ScriptedAnswer::json("{}") << false;
        QTest::newRow("no body") << ScriptedAnswer::text({}) << false;
        QTest::newRow("the page before") << ScriptedAnswer::json(pageOf(item(2), true)) << false;
        QTest::newRow("empty, and it goes on") << ScriptedAnswer::json(pageOf({}, true)) << false;
        ScriptedAnswer cut = ScriptedAnswer::json(pageOf(item(3), true));
        cut.end = ScriptedAnswer::End::Drop;
        cut.dropAfter = 20;
        QTest::newRow("broken off") << cut << false;
        QTest::newRow("lost") << ScriptedAnswer::lost() << false;
    }

    void aJobListIsWholeOrAnError()
    {
        QFETCH(ScriptedAnswer, third);
        QFETCH(bool, isWhole);
        ScriptedServer server;
        server.setHandler([third](const RecordedRequest &request) {
            const int number = pageNumber(request);
            return number == 3 ? third : ScriptedAnswer::json(pageOf(item(number), number < 4));
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock, CloudClient::Retries::None);
        const auto jobs = resultOf(client.restoreJobs(project, cluster));
        QCOMPARE(jobs.has_value(), isWhole);
        if (isWhole)
            QCOMPARE(jobs->size(), size_t(4));
        else
            QVERIFY(!jobs.error().sentence.isEmpty());
    }

    void aJobListHasAnEnd_data()
    {
        QTest::addColumn<int>("pages");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("200") << 200 << true;
        QTest::newRow("201") << 201 << false;
        QTest::newRow("without end") << 1000000 << false;
    }

    void aJobListHasAnEnd()
    {
        QFETCH(int, pages);
        QFETCH(bool, isRead);
        ScriptedServer server;
        server.setHandler([pages](const RecordedRequest &request) {
            const int number = pageNumber(request);
            return ScriptedAnswer::json(pageOf(item(number), number < pages));
        });
        CloudClient client(connectionTo(server.url()), key(), m_clock, CloudClient::Retries::None);
        const auto jobs = resultOf(client.restoreJobs(project, cluster), 60s);
        QCOMPARE(jobs.has_value(), isRead);
        QCOMPARE(server.requestCount(), 200);
        if (isRead)
            QCOMPARE(jobs->size(), size_t(200));
        else
            QVERIFY2(jobs.error().sentence.contains(QLatin1String("200 pages")), qPrintable(jobs.error().sentence));
    }
};

QTEST_GUILESS_MAIN(ApiReadsWireTest)
#include "api_reads_wire_test.moc"
