#include "jobs/job_texts.h"
#include "orders/order_texts.h"
#include "support/demo_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

/// Attempts whose request was signed and so could be carried out; the first step of a Digest sign-in is not one.
int signedPosts(DemoSession &demo)
{
    int count = 0;
    for (const QJsonValue request : demo.requests(QStringLiteral("POST"), QStringLiteral("/restoreJobs")))
        count += request[QLatin1String("authorization")].toString().isEmpty() ? 0 : 1;
    return count;
}

QString problemOf(const Result<OrderOutcome> &outcome)
{
    return outcome ? outcomeTexts(*outcome).join(QLatin1Char(' ')) : outcome.error().sentence;
}

bool isOrdered(const Result<OrderOutcome> &outcome)
{
    return outcome && outcome->kind == OrderOutcome::Kind::Ordered;
}

bool nothingIsPending(DemoSession &demo)
{
    return demo.session().orders().pending().all().empty();
}

/// A download and its private key, which curl would ask for on the terminal.
QString withKey(QString command, DemoSession &demo)
{
    return command.replace(
        QStringLiteral("--user '%1'").arg(demo.cloud().publicKey()),
        QStringLiteral("--silent --user '%1:%2'").arg(demo.cloud().publicKey(), demo.cloud().privateKey()));
}

QByteArray runShell(const QString &script, const QByteArray &input = {})
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/bash"), {QStringLiteral("-c"), script});
    shell.write(input);
    shell.closeWriteChannel();
    if (!shell.waitForFinished(30000) || shell.exitCode() != 0)
        return shell.readAllStandardError();
    return shell.readAllStandardOutput();
}

} // namespace

class TestRestoreDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void catalogue();
    void modes_data();
    void modes();
    void batchAnswers_data();
    void batchAnswers();
    void lostAnswers_data();
    void lostAnswers();
    void momentsWithoutRanges();
    void gapsAndLimitsAreTheServers();
    void curlPostsTheSameBody_data();
    void curlPostsTheSameBody();
    void curlWithAnAccessToken();
    void restartRemembersTheTarget();
};

void TestRestoreDemo::catalogue()
{
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    QCOMPARE(demo.session().catalogue().projects().size(), size_t{2});
    const Cluster sharded = demo.cluster(QStringLiteral("shop-prod"));
    QCOMPARE(sharded.type, ClusterType::ShardedCluster);
    QCOMPARE(sharded.shards.size(), size_t{3});
    QCOMPARE(sharded.featureCompatibilityVersion, QStringLiteral("6.0"));
    const Cluster *shard = demo.session().catalogue().cluster(sharded.shards.front().id);
    QVERIFY(shard != nullptr);
    QCOMPARE(shard->name, sharded.name);
    QVERIFY(demo.session().catalogue().cluster(ClusterId(QStringLiteral("none"))) == nullptr);
    const Snapshot *latest = demo.session().catalogue().latestSnapshot(sharded.id);
    QVERIFY(latest != nullptr && latest->complete);
    QVERIFY(demo.session().catalogue().latestSnapshot(demo.cluster(QStringLiteral("drill")).id) == nullptr);
    QVERIFY(demo.session().catalogue().projectsError() == nullptr);
    QCOMPARE(QFile::permissions(demo.folder()) &
                 (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeGroup | QFileDevice::ExeOther),
             QFileDevice::Permissions());
    // Jobs of the time before are seen at once.
    QTRY_VERIFY(!demo.session().jobs().groups().empty());
}

void TestRestoreDemo::modes_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("jobs");
    const auto row = [](const char *name, RestoreMode mode, const char *source, const char *target, int jobs) {
        QTest::newRow(name) << mode << QString::fromLatin1(source) << QString::fromLatin1(target) << jobs;
    };
    row("download", RestoreMode::DownloadSnapshot, "ledger", "", 1);
    row("download, sharded", RestoreMode::DownloadSnapshot, "shop-prod", "", 3);
    row("snapshot", RestoreMode::AutomatedSnapshot, "ledger", "drill", 1);
    row("snapshot, sharded", RestoreMode::AutomatedSnapshot, "shop-prod", "drill-sharded", 3);
    row("oplog", RestoreMode::OplogTimestamp, "ledger", "drill", 1);
    row("oplog, sharded", RestoreMode::OplogTimestamp, "shop-prod", "drill-sharded", 3);
    row("time", RestoreMode::PointInTime, "ledger", "drill", 1);
    row("time, sharded", RestoreMode::PointInTime, "shop-prod", "drill-sharded", 3);
    row("checkpoint", RestoreMode::Checkpoint, "legacy-orders", "legacy-drill", 3);
}

void TestRestoreDemo::modes()
{
    QFETCH(RestoreMode, mode);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(int, jobs);
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const auto request = demo.request(mode, source, target);
    QVERIFY2(request.has_value(), qPrintable(request ? QString() : request.error().sentence));
    const auto outcome = demo.order(mode, source, target);
    QVERIFY2(isOrdered(outcome), qPrintable(problemOf(outcome)));
    QCOMPARE(outcome->jobs.size(), static_cast<size_t>(jobs));
    QCOMPARE(outcome->order.namedBatch.isEmpty(), jobs == 1);
    QVERIFY(nothingIsPending(demo));
    QCOMPARE(signedPosts(demo), 1);
    const QJsonArray posts = demo.requests(QStringLiteral("POST"), QStringLiteral("/restoreJobs"));
    QCOMPARE(posts.last()[QLatin1String("body")].toString().toUtf8(), outcome->order.body);
    QCOMPARE(QJsonDocument::fromJson(outcome->order.body).object().keys(),
             QJsonDocument::fromJson(request->json()).object().keys());

    const QString key = groupKeyOf(*outcome);
    const JobMonitor &monitor = demo.session().jobs();
    QVERIFY(monitor.group(key) != nullptr); // at once
    const auto status = [&] { return groupStatusText(*monitor.group(key), demo.session().client().serverNow()); };
    const auto delivery = [&] { return groupDeliveryText(*monitor.group(key), demo.session().client().serverNow()); };
    QCOMPARE(monitor.group(key)->mode, std::optional(mode));
    if (isAutomated(mode)) {
        QTRY_VERIFY2_WITH_TIMEOUT(status().startsWith(QLatin1String("Data in place")), qPrintable(status()), 20000);
        QCOMPARE(monitor.group(key)->targetClusterName, target);
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(delivery(), QStringLiteral("Ready"), 20000);
        for (const RestoreJob &job : monitor.group(key)->jobs)
            QVERIFY(job.delivery.hasLink());
    }
    QCOMPARE(monitor.group(key)->jobs.size(), static_cast<size_t>(jobs));
    if (jobs == 3)
        QCOMPARE(monitor.group(key)->jobs.back().clusterName, QStringLiteral("config"));
    QCOMPARE(signedPosts(demo), 1);
}

void TestRestoreDemo::batchAnswers_data()
{
    QTest::addColumn<QStringList>("switches");
    const QString answer = QStringLiteral("--create-answer");
    QTest::newRow("one job of the batch") << QStringList{answer, QStringLiteral("one")};
    QTest::newRow("201") << QStringList{QStringLiteral("--create-status"), QStringLiteral("201")};
    QTest::newRow("202") << QStringList{QStringLiteral("--create-status"), QStringLiteral("202")};
    QTest::newRow("jobs under their shards")
        << QStringList{QStringLiteral("--shard-job-path"), QStringLiteral("shard")};
    QTest::newRow("targets named") << QStringList{QStringLiteral("--targets-in-answers")};
}

void TestRestoreDemo::batchAnswers()
{
    QFETCH(QStringList, switches);
    DemoSession demo(switches);
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const auto outcome = demo.order(RestoreMode::DownloadSnapshot, QStringLiteral("shop-prod"));
    QVERIFY2(isOrdered(outcome), qPrintable(problemOf(outcome)));
    // Whatever of it the answer named, the whole batch is there soon.
    const QString key = groupKeyOf(*outcome);
    QTRY_VERIFY_WITH_TIMEOUT(demo.session().jobs().group(key)->jobs.size() == 3, 20000);
    QCOMPARE(signedPosts(demo), 1);
}

void TestRestoreDemo::lostAnswers_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("created");
    const QByteArray lost("POST /restoreJobs$=lost once");
    QTest::newRow("download") << RestoreMode::DownloadSnapshot << QStringLiteral("ledger") << QString() << lost << true;
    QTest::newRow("batch") << RestoreMode::DownloadSnapshot << QStringLiteral("shop-prod") << QString() << lost << true;
    QTest::newRow("time, sharded") << RestoreMode::PointInTime << QStringLiteral("shop-prod")
                                   << QStringLiteral("drill-sharded") << lost << true;
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << QStringLiteral("ledger") << QStringLiteral("drill") << lost
                           << true;
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << QStringLiteral("legacy-orders")
                                << QStringLiteral("legacy-drill") << lost << true;
    QTest::newRow("not carried out") << RestoreMode::PointInTime << QStringLiteral("ledger") << QStringLiteral("drill")
                                     << QByteArray("POST /restoreJobs$=drop once") << false;
    QTest::newRow("gateway") << RestoreMode::DownloadSnapshot << QStringLiteral("ledger") << QString()
                             << QByteArray("POST /restoreJobs$=504 once") << false;
}

/// Whatever the list shows, a lost answer is settled by a person alone, and ordering again stops.
void TestRestoreDemo::lostAnswers()
{
    QFETCH(RestoreMode, mode);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QByteArray, fault);
    QFETCH(bool, created);
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    QVERIFY(demo.addFault(fault));
    const auto outcome = demo.order(mode, source, target);
    QVERIFY2(outcome && outcome->kind == OrderOutcome::Kind::NotKnownYet, qPrintable(problemOf(outcome)));
    OrderDesk &desk = demo.session().orders();
    const QString key = outcome->order.key;
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(key) && desk.view(key)->lookedAt.isValid(), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.view(key)->candidates.size(), size_t(created ? 1 : 0), 10000);

    const auto again = demo.order(mode, source, target);
    QVERIFY2(again && again->kind == OrderOutcome::Kind::Conflicting, qPrintable(problemOf(again)));
    QCOMPARE(signedPosts(demo), 1);
    if (!created)
        return;
    const QString candidate = desk.view(key)->candidates.front().key();
    QVERIFY(desk.itIsThisOne(key, candidate));
    QVERIFY(nothingIsPending(demo));
    QTRY_VERIFY(demo.session().jobs().group(candidate) != nullptr);
    QCOMPARE(demo.session().jobs().group(candidate)->mode, std::optional(mode));
    QCOMPARE(demo.session().jobs().group(candidate)->targetClusterName, target);
}

void TestRestoreDemo::momentsWithoutRanges()
{
    DemoSession demo({QStringLiteral("--no-time-ranges")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    QVERIFY(facts.ranges && !*facts.ranges);
    const auto outcome = demo.order(RestoreMode::PointInTime, QStringLiteral("ledger"), QStringLiteral("drill"));
    QVERIFY2(isOrdered(outcome), qPrintable(problemOf(outcome)));
}

void TestRestoreDemo::gapsAndLimitsAreTheServers()
{
    // What the rules refuse is what the server would refuse, seen on its own ranges and clock.
    DemoSession demo({QStringLiteral("--clock-skew"), QStringLiteral("7200")});
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const RestoreFacts facts = demo.facts(demo.cluster(QStringLiteral("ledger")));
    QVERIFY(facts.ranges && *facts.ranges && (*facts.ranges)->size() == 2);
    const QDateTime serverNow = demo.session().client().serverNow();
    QVERIFY(std::abs(QDateTime::currentDateTimeUtc().secsTo(serverNow) - 7200) < 10);
    RestoreDraft draft = demo.draft(RestoreMode::PointInTime, QStringLiteral("ledger"), QStringLiteral("drill"), facts);
    QVERIFY(buildRequest(draft, facts, serverNow).has_value());
    // This machine's clock would call the server's present the future.
    QVERIFY(!buildRequest(draft, facts, serverNow.addSecs(-7200)).has_value());
    const QDateTime gap = (*facts.ranges)->front().end.time().addSecs(30);
    draft.pointInTime = gap.toString(Qt::ISODate);
    const auto refused = buildRequest(draft, facts, serverNow);
    QVERIFY(!refused.has_value());
    QVERIFY2(refused.error().front().sentence.contains(QLatin1String("gap")),
             qPrintable(refused.error().front().sentence));
}

void TestRestoreDemo::curlPostsTheSameBody_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::newRow("download") << RestoreMode::DownloadSnapshot << QStringLiteral("ledger") << QString();
    QTest::newRow("snapshot") << RestoreMode::AutomatedSnapshot << QStringLiteral("ledger") << QStringLiteral("drill");
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << QStringLiteral("shop-prod")
                           << QStringLiteral("drill-sharded");
    QTest::newRow("time") << RestoreMode::PointInTime << QStringLiteral("ledger") << QStringLiteral("drill");
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << QStringLiteral("legacy-orders")
                                << QStringLiteral("legacy-drill");
}

void TestRestoreDemo::curlPostsTheSameBody()
{
    QFETCH(RestoreMode, mode);
    QFETCH(QString, source);
    QFETCH(QString, target);
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const auto request = demo.request(mode, source, target);
    QVERIFY2(request.has_value(), qPrintable(request ? QString() : request.error().sentence));
    const QString command = request->curl(demo.connection());
    QVERIFY(!command.contains(demo.cloud().privateKey()));
    const QByteArray answer = runShell(withKey(command, demo));
    const QJsonArray jobs = QJsonDocument::fromJson(answer)[QLatin1String("results")].toArray();
    QVERIFY2(jobs.size() == request->expectedJobs(), answer.constData());
    const QJsonArray posts = demo.requests(QStringLiteral("POST"), QStringLiteral("/restoreJobs"));
    QCOMPARE(posts.last()[QLatin1String("body")].toString().toUtf8(), request->json());
    // A job that was made elsewhere is seen, too.
    const QString id = jobs[0][QLatin1String("id")].toString();
    const QString batch = jobs[0][QLatin1String("batchId")].toString();
    QTRY_VERIFY_WITH_TIMEOUT(demo.session().jobs().group(batch.isEmpty() ? id : batch) != nullptr, 10000);
}

void TestRestoreDemo::curlWithAnAccessToken()
{
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const auto request = demo.request(RestoreMode::DownloadSnapshot, QStringLiteral("ledger"));
    QVERIFY(request.has_value());
    const QByteArray token =
        runShell(QStringLiteral("curl --silent --user '%1:%2' --data grant_type=client_credentials %3/api/oauth/token")
                     .arg(demo.cloud().clientId(), demo.cloud().clientSecret(), demo.cloud().baseUrl().toString()));
    const QByteArray accessToken = QJsonDocument::fromJson(token)[QLatin1String("access_token")].toString().toUtf8();
    QVERIFY2(!accessToken.isEmpty(), token.constData());
    Connection account = demo.connection();
    account.authentication = Authentication::ServiceAccount;
    account.userName = demo.cloud().clientId();
    const QString command =
        request->curl(account).replace(QStringLiteral("curl --header"), QStringLiteral("curl --silent --header"));
    const QByteArray answer = runShell(command, accessToken + '\n');
    const QByteArray document = answer.mid(answer.indexOf('{'));
    QVERIFY2(QJsonDocument::fromJson(document)[QLatin1String("results")].toArray().size() == 1, answer.constData());
}

void TestRestoreDemo::restartRemembersTheTarget()
{
    DemoSession demo;
    QVERIFY2(demo.open(), qPrintable(demo.problem()));
    const auto outcome = demo.order(RestoreMode::PointInTime, QStringLiteral("ledger"), QStringLiteral("drill"));
    QVERIFY2(isOrdered(outcome), qPrintable(problemOf(outcome)));
    SystemClock clock;
    Credentials credentials;
    credentials.secret = Secret(demo.cloud().privateKey());
    Session again(demo.connection(), credentials, clock, demo.folder(), JobMonitor::Intervals{250ms, 2000ms});
    again.catalogue().read();
    const QString key = outcome->jobs.front().id.value;
    QTRY_VERIFY_WITH_TIMEOUT(again.jobs().group(key) != nullptr, 20000);
    QCOMPARE(again.jobs().group(key)->mode, std::optional(RestoreMode::PointInTime));
    QCOMPARE(again.jobs().group(key)->targetClusterName, QStringLiteral("drill"));
    QFile audit(demo.folder() + QStringLiteral("/audit.jsonl"));
    QVERIFY(audit.open(QIODevice::ReadOnly));
    const QByteArray text = audit.readAll();
    QVERIFY(text.contains("\"event\":\"ordered\""));
    QVERIFY(!text.contains(demo.cloud().privateKey().toUtf8()));
}

QTEST_GUILESS_MAIN(TestRestoreDemo)
#include "restore_demo_test.moc"
