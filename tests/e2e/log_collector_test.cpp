#include "cloud/cloud_client.h"
#include "logs/log_collector.h"
#include "logs/log_search.h"
#include "logs/log_wish.h"
#include "support/archive_builder.h"
#include "support/demo_cloud.h"
#include "support/scripted_server.h"
#include "support/waiting.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray dropLine = "{\"t\":{\"$date\":\"2026-11-27T14:03:07.214+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\","
                            "\"id\":518070,\"ctx\":\"conn5\",\"msg\":\"CMD: drop\","
                            "\"attr\":{\"namespace\":\"shop.orders\"}}\n";

Connection connectionTo(const QUrl &url, const QString &user)
{
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = url;
    connection.userName = user;
    connection.timeout = 5s;
    return connection;
}

/// A collector over a client of its own.
struct Collecting
{
    Collecting(const QUrl &url, const QString &user, const QByteArray &secret)
        : client(connectionTo(url, user), Credentials{Secret(secret), {}}, clock, CloudClient::Retries::None)
        , collector(client, search, 50ms)
    {
    }

    bool run(const ProjectId &project, const LogRequest &request)
    {
        collector.start(project, request, {QTimeZone::utc(), QDateTime::currentDateTimeUtc()});
        return QTest::qWaitFor([this] { return collector.state() == LogCollector::State::Idle; }, 20000);
    }
    QString said() const { return collector.error() ? collector.error()->sentence : QString(); }

    SystemClock clock;
    CloudClient client;
    LogSearch search;
    LogCollector collector;
};

ProjectId shop(CloudClient &client)
{
    const auto projects = resultOf(client.projects());
    if (!projects)
        return {};
    const auto found = std::find_if(projects->begin(), projects->end(),
                                    [](const Project &one) { return one.name == QLatin1String("Shop"); });
    return found == projects->end() ? ProjectId() : found->id;
}

LogRequest anyRequest()
{
    LogRequest request;
    request.name = QStringLiteral("ledger");
    request.bytesPerFile = 1'000'000;
    request.redacted = false;
    return request;
}

/// Its beginning; "*" is any, and nothing is nothing.
bool isSaid(const QString &said, const QString &wanted)
{
    if (wanted.isEmpty() || wanted == QLatin1String("*"))
        return said.isEmpty() == wanted.isEmpty();
    return said.startsWith(wanted);
}

/// Answers what is asked about logs in this order; what a client asks before that is its business.
ScriptedServer::Handler inOrder(QList<ScriptedAnswer> answers)
{
    const auto left = std::make_shared<QList<ScriptedAnswer>>(std::move(answers));
    return [left](const RecordedRequest &request) {
        if (!request.target.contains("logCollectionJobs"))
            return ScriptedAnswer::json("{}");
        return left->isEmpty() ? ScriptedAnswer::json("{}", 500) : left->takeFirst();
    };
}

ScriptedAnswer job(const char *status, const char *parts = "")
{
    return ScriptedAnswer::json("{\"id\":\"L\",\"status\":\"" + QByteArray(status) + "\",\"childJobs\":[" + parts +
                                "]}");
}

qint64 highWater()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    return all.mid(all.indexOf("VmHWM:") + 6).trimmed().split(' ').front().toLongLong() * 1024;
}

} // namespace

/// Collecting logs from the order to what is found in them.
class LogCollectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The two products want the dates in two forms; the connection is set up as one to Ops Manager.
    void findsTheAccidentOfTheStandIn_data()
    {
        QTest::addColumn<QString>("product");
        QTest::newRow("Ops Manager") << QStringLiteral("ops-manager");
        QTest::newRow("Cloud Manager at an address of one's own") << QStringLiteral("cloud-manager");
    }
    void findsTheAccidentOfTheStandIn()
    {
        QFETCH(QString, product);
        DemoCloud cloud({QStringLiteral("--product"), product, QStringLiteral("--job-seconds"), QStringLiteral("0.3"),
                         QStringLiteral("--logs-fail")});
        QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
        Collecting one(cloud.baseUrl(), cloud.publicKey(), cloud.privateKey().toUtf8());
        const ProjectId project = shop(one.client);
        LogRequest request = anyRequest();
        const LogWindow window = windowAround({}, 2h, one.client.serverNow());
        request.from = window.from;
        request.to = window.to;
        QVERIFY(one.run(project, request));
        QVERIFY2(!one.collector.error(), qPrintable(one.said()));
        const auto &found = one.search.findings().list;
        QCOMPARE(found.size(), size_t(2));
        QCOMPARE(found[0].kind, LossKind::Drop);
        QCOMPARE(found[0].nameSpace, QStringLiteral("shop.orders"));
        QCOMPARE(found[0].user, QStringLiteral("deploy_bot@admin"));
        QCOMPARE(found[0].client, QStringLiteral("10.20.4.17:51514"));
        QCOMPARE(found[0].appName, QStringLiteral("cleanup-job"));
        QCOMPARE(found[0].milliseconds % 1000, 214);
        QCOMPARE(found[0].hosts.size(), 2);
        QCOMPARE(one.collector.partFailures().size(), 1); // the third host
        QVERIFY2(one.collector.partFailures()[0].startsWith(QLatin1String("ledger-2.db.example.net: ")),
                 qPrintable(one.collector.partFailures()[0]));
        QCOMPARE(found[1].kind, LossKind::Delete);
        QCOMPARE(found[1].documents, DocumentCount::exactly(12 * 1734));
        QCOMPARE(found[0].milliseconds / 1000 - found[1].milliseconds / 1000, 240);

        request.redacted = true;
        QVERIFY(one.run(project, request));
        QVERIFY(one.search.findings().list.at(0).nameSpace != QLatin1String("shop.orders"));
    }

    void readsOldLogsOfTheStandIn()
    {
        DemoCloud cloud({QStringLiteral("--product"), QStringLiteral("ops-manager"), QStringLiteral("--job-seconds"),
                         QStringLiteral("0.1")});
        Collecting one(cloud.baseUrl(), cloud.publicKey(), cloud.privateKey().toUtf8());
        const ProjectId project = shop(one.client);
        LogRequest request = anyRequest();
        request.source = LogSource::Cluster;
        request.name = QStringLiteral("legacy-orders");
        QVERIFY(one.run(project, request));
        QVERIFY2(!one.collector.error(), qPrintable(one.said()));
        QVERIFY(!one.search.findings().list.empty());
        QCOMPARE(one.search.findings().list[0].nameSpace, QStringLiteral("reports.daily_import"));
        QVERIFY(one.search.findings().notLogs.isEmpty() && one.search.findings().problems.isEmpty());
    }

    void aKeyThatMayOnlyReadIsRefused()
    {
        DemoCloud cloud({QStringLiteral("--product"), QStringLiteral("ops-manager")});
        const auto fact = [&cloud](const char *name) { return cloud.facts()[QLatin1String(name)].toString(); };
        Collecting one(cloud.baseUrl(), fact("readOnlyPublicKey"), fact("readOnlyPrivateKey").toUtf8());
        const auto projects = resultOf(one.client.projects());
        QVERIFY(projects && !projects->empty());
        QVERIFY(one.run(projects->front().id, anyRequest()));
        QVERIFY(one.collector.error());
        QCOMPARE(one.collector.error()->kind, ErrorKind::Permission);
    }

    void endsWithWhatTheServerSays_data()
    {
        QTest::addColumn<QList<ScriptedAnswer>>("answers");
        QTest::addColumn<int>("findings");
        QTest::addColumn<QString>("says"); ///< beginning; empty: no error
        const auto row = [](const char *name, const QList<ScriptedAnswer> &answers, int findings, const char *says) {
            QTest::newRow(name) << answers << findings << QString::fromUtf8(says);
        };
        const ScriptedAnswer made = ScriptedAnswer::json("{\"id\":\"L\"}", 201);
        const QByteArray whole =
            gzip(makeTar(QStringLiteral("db1"), {{QStringLiteral("mongodb.log"), dropLine},
                                                 {QStringLiteral("x"), noise(300000, 1).toBase64()}}));
        const ScriptedAnswer archive = ScriptedAnswer::text(whole, 200, "application/gzip");
        ScriptedAnswer cut = archive;
        cut.end = ScriptedAnswer::End::Drop;
        cut.dropAfter = whole.size() / 2;
        row("whole", {made, job("IN_PROGRESS"), job("SUCCESS"), archive}, 1, "");
        row("FAILED, with what came",
            {made,
             job("FAILED", R"({"hostName":"db2","status":"FAILURE"})"
                           ","
                           R"({"hostName":"db1","status":"SUCCESS"})"),
             archive},
            1, "");
        row("all parts failed", {made, job("FAILURE", R"({"hostName":"db2","status":"FAILURE"})")}, 0,
            "No host brought its logs.");
        row("expired", {made, job("EXPIRED")}, 0, "The collected logs expired on the server");
        row("expired meanwhile",
            {made, job("SUCCESS"), ScriptedAnswer::json(R"({"errorCode":"CANNOT_DOWNLOAD_EXPIRED_JOB"})", 403)}, 0,
            "The collected logs expired on the server");
        row("cut", {made, job("SUCCESS"), cut}, 1, "The logs broke off after ");
        row("a page", {made, job("SUCCESS"), ScriptedAnswer::text("<html>\n", 200, "text/html")}, 0, "*");
        row("no such call", {ScriptedAnswer::json("{}", 404)}, 0, "*");
    }
    void endsWithWhatTheServerSays()
    {
        QFETCH(QList<ScriptedAnswer>, answers);
        QFETCH(int, findings);
        QFETCH(QString, says);
        ScriptedServer server;
        server.setHandler(inOrder(answers));
        Collecting one(server.url(), QStringLiteral("key"), "secret");
        QVERIFY(one.run(ProjectId(QStringLiteral("G")), anyRequest()));
        QCOMPARE(static_cast<int>(one.search.findings().list.size()), findings);
        // What comes of the order and of the archive may end in either order.
        const bool isTold = QTest::qWaitFor([&] { return isSaid(one.said(), says); }, 3000);
        QVERIFY2(isTold, qPrintable(one.said()));
        if (qstrcmp(QTest::currentDataTag(), "whole") == 0) {
            QVERIFY(!one.collector.error());
            QCOMPARE(server.requests().back().path(),
                     QByteArray("/api/public/v1.0/groups/G/logCollectionJobs/L/download"));
        }
    }

    /// A part that did not come is said, whatever the server calls what happened to it.
    void saysWhichPartsAreMissing_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("parts");
        QTest::addColumn<QString>("missing");
        QTest::addColumn<int>("findings");
        const QByteArray good = R"({"hostName":"db1","status":"SUCCESS"},)";
        const auto row = [&good](const char *name, const char *status, const char *parts, const char *missing,
                                 int findings = 1) {
            QTest::newRow(name) << QByteArray(status) << good + parts << QString::fromUtf8(missing) << findings;
        };
        row("of an unknown status", "SUCCESS", R"({"hostName":"db2","status":"TIMED_OUT"})",
            "db2: the job ended, and of this part the server says TIMED_OUT");
        row("still under way", "SUCCESS", R"({"hostName":"db2","status":"IN_PROGRESS"})",
            "db2: the job ended, and of this part the server says IN_PROGRESS");
        row("expired", "FAILED", R"({"hostName":"db2","status":"EXPIRED"})",
            "db2: the job ended, and of this part the server says EXPIRED");
        row("without a status", "SUCCESS", R"({"hostName":"db2"})", "db2: the server does not say why");
        row("with a reason", "SUCCESS", R"({"hostName":"db2","status":"FAILED","errorMessage":"no room"})",
            "db2: no room");
        row("without a name", "SUCCESS", R"({"path":"/var/log","status":"FAILED"})",
            "/var/log: the server does not say why");
        row("none", "SUCCESS", R"({"hostName":"db2","status":"SUCCESS"})", "");
        row("in a job of an unknown status", "PARTIAL", R"({"hostName":"db2","status":"FAILED"})",
            "db2: the server does not say why");
    }
    void saysWhichPartsAreMissing()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, parts);
        QFETCH(QString, missing);
        QFETCH(int, findings);
        const QByteArray whole = gzip(makeTar(QStringLiteral("db1"), {{QStringLiteral("mongodb.log"), dropLine}}));
        ScriptedServer server;
        server.setHandler(
            inOrder({ScriptedAnswer::json("{\"id\":\"L\"}", 201), job(status.constData(), parts.constData()),
                     ScriptedAnswer::text(whole, 200, "application/gzip"),
                     ScriptedAnswer::text(whole, 200, "application/gzip")}));
        Collecting one(server.url(), QStringLiteral("key"), "secret");
        QVERIFY(one.run(ProjectId(QStringLiteral("G")), anyRequest()));
        QCOMPARE(one.collector.partFailures().join(QLatin1Char('|')), missing);
        QCOMPARE(static_cast<int>(one.search.findings().list.size()), findings);

        // The same again, in another zone; what is missing stays missing.
        QVERIFY(one.collector.canReadAgain());
        one.collector.readAgain({QTimeZone("Europe/Berlin"), QDateTime::currentDateTimeUtc()});
        QVERIFY(one.search.findings().list.empty());
        QVERIFY(QTest::qWaitFor([&] { return one.collector.state() == LogCollector::State::Idle; }, 20000));
        QCOMPARE(static_cast<int>(one.search.findings().list.size()), findings);
        QCOMPARE(one.collector.partFailures().join(QLatin1Char('|')), missing);
        one.collector.forget();
        QVERIFY(one.collector.partFailures().isEmpty() && !one.collector.canReadAgain());
    }

    /// The archive goes on for ever: it is read no faster than it is searched, and ends when the person says so.
    void staysFlatAndStopsAtOnce()
    {
        const QByteArray block = gzip(QByteArray(dropLine).replace("CMD: drop", "CMD: dropX").repeated(20000));
        ScriptedAnswer endless = ScriptedAnswer::text({}, 200, "application/gzip");
        endless.size = 4LL * 1024 * 1024 * 1024;
        endless.generator = [block](qint64 offset, qint64 length) {
            QByteArray bytes;
            while (bytes.size() < length) {
                const qint64 at = (offset + bytes.size()) % block.size();
                bytes += block.mid(at, length - bytes.size());
            }
            return bytes;
        };
        ScriptedServer server;
        server.setHandler(inOrder({ScriptedAnswer::json("{\"id\":\"L\"}", 201), job("SUCCESS"), endless}));
        Collecting one(server.url(), QStringLiteral("key"), "secret");
        one.collector.start(ProjectId(QStringLiteral("G")), anyRequest(),
                            {QTimeZone::utc(), QDateTime::currentDateTimeUtc()});
        QVERIFY(QTest::qWaitFor([&] { return one.search.readBytes() > 300'000; }, 20000));
        const qint64 before = highWater();
        const qint64 from = one.search.readBytes();
        QTest::qWait(2000);
        QTRY_VERIFY(one.search.readBytes() > from); // a piece of it is millions of lines
        const qint64 grown = highWater() - before;
        QVERIFY2(grown < 32 * 1024 * 1024, qPrintable(QString::number(grown)));
        one.collector.stop();
        QCOMPARE(one.collector.state(), LogCollector::State::Idle);
        QVERIFY(!one.search.isRunning());
        QVERIFY(!one.collector.error());
    }
};

QTEST_GUILESS_MAIN(LogCollectorTest)

#include "log_collector_test.moc"
