#include "support/restore_cases.h"

#include <QProcess>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

RestoreRequest requestFor(const RestoreDraft &draft)
{
    const auto request = buildRequest(draft, goodFacts(draft), now());
    Q_ASSERT(request);
    return *request;
}

RestoreDraft draftUntil()
{
    RestoreDraft draft = goodDraft(RestoreMode::DownloadSnapshot);
    draft.linkLife = RestoreDraft::LinkLife::Until;
    draft.expiresAt = QStringLiteral("2026-11-25 15:00:00+01:00");
    draft.unlimitedDownloads = true;
    return draft;
}

} // namespace

class TestRestoreRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void body_data();
    void body();
    void plan_data();
    void plan();
    void points();
    void curl_data();
    void curl();
    void curlQuotesForTheShell();
    void mongocli_data();
    void mongocli();
    void time_data();
    void time();
};

void TestRestoreRequest::body_data()
{
    QTest::addColumn<RestoreDraft>("draft");
    QTest::addColumn<QByteArray>("json");
    const QByteArray automated("{\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\",\"targetGroupId\":"
                               "\"60bb00000000000000000002\",\"targetClusterId\":\"60cc000000000000000000b0\"},");
    QTest::newRow("download, hours") << goodDraft(RestoreMode::DownloadSnapshot)
                                     << QByteArray("{\"delivery\":{\"methodName\":\"HTTP\",\"expirationHours\":4,"
                                                   "\"maxDownloads\":3},\"snapshotId\":\"60dd00000000000000000001\"}");
    QTest::newRow("download, until") << draftUntil()
                                     << QByteArray("{\"delivery\":{\"methodName\":\"HTTP\",\"expires\":"
                                                   "\"2026-11-25T14:00:00Z\",\"maxDownloads\":2147483647},"
                                                   "\"snapshotId\":\"60dd00000000000000000001\"}");
    QTest::newRow("snapshot") << goodDraft(RestoreMode::AutomatedSnapshot)
                              << automated + "\"snapshotId\":\"60dd00000000000000000001\"}";
    QTest::newRow("oplog") << goodDraft(RestoreMode::OplogTimestamp)
                           << automated + "\"oplogTs\":\"1795528987\",\"oplogInc\":\"1\"}";
    QTest::newRow("time") << goodDraft(RestoreMode::PointInTime)
                          << automated + "\"pointInTimeUTCMillis\":1795528987000}";
    QByteArray sharded = automated;
    sharded.replace("0000b0", "0000e0");
    QTest::newRow("checkpoint") << goodDraft(RestoreMode::Checkpoint)
                                << sharded + "\"checkpointId\":\"60ee00000000000000000001\"}";
    RestoreDraft odd = goodDraft(RestoreMode::AutomatedSnapshot);
    odd.targetCluster->id = ClusterId(QStringLiteral("a\"b\\c\n<é>"));
    QByteArray escaped = automated;
    escaped.replace("60cc000000000000000000b0", "a\\\"b\\\\c\\n<\xc3\xa9>");
    QTest::newRow("odd ids") << odd << escaped + "\"snapshotId\":\"60dd00000000000000000001\"}";
}

void TestRestoreRequest::body()
{
    QFETCH(RestoreDraft, draft);
    QFETCH(QByteArray, json);
    const RestoreRequest request = requestFor(draft);
    QCOMPARE(request.json(), json);
    const QByteArray pretty = request.prettyJson();
    QVERIFY(pretty.startsWith("{\n  \"delivery\": {\n    \"methodName\": "));
    QVERIFY(pretty.endsWith("\n}"));
    QCOMPARE(QJsonDocument::fromJson(pretty), QJsonDocument::fromJson(json));
    QVERIFY(QJsonDocument::fromJson(json).isObject());
}

void TestRestoreRequest::plan_data()
{
    QTest::addColumn<RestoreDraft>("draft");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("download") << goodDraft(RestoreMode::DownloadSnapshot)
                              << QStringList{QStringLiteral("one archive"), QStringLiteral("works for 4 hours"),
                                             QStringLiteral("downloaded 3 times"), QStringLiteral("No cluster is"),
                                             QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC")};
    QTest::newRow("download, sharded") << goodDraft(RestoreMode::DownloadSnapshot, true)
                                       << QStringList{QStringLiteral("3 archives")};
    QTest::newRow("download, until") << draftUntil()
                                     << QStringList{QStringLiteral("until 2026-11-25 14:00:00 UTC"),
                                                    QStringLiteral("any number of times")};
    QTest::newRow("oplog") << goodDraft(RestoreMode::OplogTimestamp)
                           << QStringList{QStringLiteral("ERASED"), QStringLiteral("timestamp is included"),
                                          QStringLiteral("up to and including oplog timestamp 1795528987, 1"),
                                          QStringLiteral("“orders-staging” of project “Staging”")};
    QTest::newRow("time") << goodDraft(RestoreMode::PointInTime, true)
                          << QStringList{QStringLiteral("just before 2026-11-24 14:03:07 UTC"),
                                         QStringLiteral("stops just before"), QStringLiteral("3 jobs"),
                                         QStringLiteral("handed over to the agents")};
    RestoreDraft itself = goodDraft(RestoreMode::AutomatedSnapshot);
    itself.targetProject = itself.project;
    itself.targetCluster = itself.cluster;
    itself.typedTargetName = itself.cluster->name;
    QTest::newRow("onto itself") << itself << QStringList{QStringLiteral("target is the source itself")};
}

void TestRestoreRequest::plan()
{
    QFETCH(RestoreDraft, draft);
    QFETCH(QStringList, words);
    const QString plan = requestFor(draft).plan().join(QLatin1Char('\n'));
    for (const QString &word : words)
        QVERIFY2(plan.contains(word), qPrintable(plan));
    if (isAutomated(*draft.mode))
        QVERIFY(!plan.contains(QLatin1String("download")));
    const QStringList losses = requestFor(draft).losses();
    QCOMPARE(losses.isEmpty(), !isAutomated(*draft.mode));
    for (const QString &loss : losses)
        QVERIFY2(requestFor(draft).plan().contains(loss), qPrintable(loss));
    if (!losses.isEmpty())
        QVERIFY2(losses.constFirst().contains(QLatin1String("ERASED")), qPrintable(losses.constFirst()));
}

void TestRestoreRequest::points()
{
    const OplogTimestamp moment = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
    QCOMPARE(pointText(SnapshotPoint{}, moment), QStringLiteral("snapshot of 2026-11-24 06:00:03 UTC"));
    QCOMPARE(pointText(SnapshotPoint{}, {}), QStringLiteral("a snapshot"));
    QCOMPARE(pointText(CheckpointPoint{}, moment), QStringLiteral("checkpoint of 2026-11-24 06:00:03 UTC"));
    QCOMPARE(pointText(CheckpointPoint{}, {}), QStringLiteral("a checkpoint"));
    QCOMPARE(pointText(TimePoint{1536610288000}, {}), QStringLiteral("just before 2018-09-10 20:11:28 UTC"));
    QCOMPARE(pointText(OplogPoint{{1536610288, 4}}, {}),
             QStringLiteral("up to and including oplog timestamp 1536610288, 4 (2018-09-10 20:11:28 UTC)"));
}

void TestRestoreRequest::curl_data()
{
    QTest::addColumn<Connection>("connection");
    QTest::addColumn<QString>("command");
    Connection key;
    key.userName = QStringLiteral("abcdefgh");
    const QString rest =
        QStringLiteral("  --header 'Accept: application/json' \\\n  --header 'Content-Type: application/json' \\\n"
                       "  --request POST '%1/api/public/v1.0/groups/60bb00000000000000000001/clusters/"
                       "60cc000000000000000000c0/restoreJobs' \\\n"
                       "  --data '{\"delivery\":{\"methodName\":\"HTTP\",\"expirationHours\":4,\"maxDownloads\":3},"
                       "\"snapshotId\":\"60dd00000000000000000001\"}'\n");
    const QString cloud = rest.arg(QStringLiteral("https://cloud.mongodb.com"));
    QTest::newRow("API key") << key
                             << QStringLiteral("# curl asks for the private key.\n"
                                               "curl --user 'abcdefgh' --digest \\\n") +
                                    cloud;
    Connection account;
    account.authentication = Authentication::ServiceAccount;
    account.userName = QStringLiteral("mdb_sa_id_1");
    QTest::newRow("service account")
        << account
        << QStringLiteral("# In bash or zsh. Asks for an access token of the service account mdb_sa_id_1.\n"
                          "printf 'Access token: ' && read -rs TOKEN && echo &&\n"
                          "printf 'Authorization: Bearer %s\\n' \"$TOKEN\" |\n"
                          "curl --header @- \\\n") +
               cloud;
    Connection site = key;
    site.service = Service::OpsManager;
    site.baseUrl = QUrl(QStringLiteral("https://opsmanager.example.net:8443/om"));
    site.caCertificateFile = QStringLiteral("/etc/ssl/our ca.pem");
    site.proxy = {ProxyMode::Socks5, QStringLiteral("proxy.example.net"), 1080, QStringLiteral("dba")};
    QTest::newRow("Ops Manager behind a proxy")
        << site
        << QStringLiteral("# curl asks for the private key.\n"
                          "curl --user 'abcdefgh' --digest \\\n"
                          "  --cacert '/etc/ssl/our ca.pem' \\\n"
                          "  --proxy 'socks5h://proxy.example.net:1080' \\\n"
                          "  --proxy-user 'dba' \\\n") +
               rest.arg(QStringLiteral("https://opsmanager.example.net:8443/om"));
}

void TestRestoreRequest::curl()
{
    QFETCH(Connection, connection);
    QFETCH(QString, command);
    QCOMPARE(requestFor(goodDraft(RestoreMode::DownloadSnapshot)).curl(connection), command);
}

void TestRestoreRequest::curlQuotesForTheShell()
{
    // The shell itself is the judge: `curl` is a function that prints its arguments, one a line.
    Connection connection;
    connection.userName = QStringLiteral("it's $(touch /tmp/x) `id` \\ \"q\" #");
    connection.caCertificateFile = QStringLiteral("/tmp/a'b'.pem");
    RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
    draft.targetCluster->id = ClusterId(QStringLiteral("o'clock"));
    const RestoreRequest request = requestFor(draft);
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("curl() { for a in \"$@\"; do printf '%s\\n' \"$a\"; done; }\n") +
                                           request.curl(connection)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    const QStringList arguments = QString::fromUtf8(shell.readAllStandardOutput()).split(QLatin1Char('\n'));
    QCOMPARE(arguments.value(0), QStringLiteral("--user"));
    QCOMPARE(arguments.value(1), connection.userName);
    QCOMPARE(arguments.value(4), connection.caCertificateFile);
    QCOMPARE(arguments.value(13), QString::fromUtf8(request.json()));
}

void TestRestoreRequest::mongocli_data()
{
    QTest::addColumn<RestoreDraft>("draft");
    QTest::addColumn<QString>("command");
    const auto command = [](const char *method, const QStringList &options) {
        QStringList words{QStringLiteral("mongocli cloud-manager backups restores start ") + QLatin1String(method),
                          QStringLiteral("--projectId '60bb00000000000000000001'"),
                          QStringLiteral("--clusterId '60cc000000000000000000c0'")};
        words += options;
        return QStringLiteral("# mongocli signs in with the API key of its own profile.\n") +
               words.join(QStringLiteral(" \\\n  ")) + QLatin1Char('\n');
    };
    const QString snapshot = QStringLiteral("--snapshotId '60dd00000000000000000001'");
    const QString project = QStringLiteral("--targetProjectId '60bb00000000000000000002'");
    const QString cluster = QStringLiteral("--targetClusterId '60cc000000000000000000b0'");
    QTest::newRow("download, hours") << goodDraft(RestoreMode::DownloadSnapshot)
                                     << command("HTTP", {snapshot, QStringLiteral("--expirationHours 4"),
                                                         QStringLiteral("--maxDownloads 3")});
    QTest::newRow("download, until") << draftUntil()
                                     << command("HTTP", {snapshot, QStringLiteral("--expires '2026-11-25T14:00:00Z'"),
                                                         QStringLiteral("--maxDownloads 2147483647")});
    QTest::newRow("snapshot") << goodDraft(RestoreMode::AutomatedSnapshot)
                              << command("AUTOMATED_RESTORE", {snapshot, project, cluster});
    QTest::newRow("oplog") << goodDraft(RestoreMode::OplogTimestamp)
                           << command("AUTOMATED_RESTORE", {QStringLiteral("--oplogTs 1795528987"),
                                                            QStringLiteral("--oplogInc 1"), project, cluster});
    QTest::newRow("time") << goodDraft(RestoreMode::PointInTime)
                          << command("AUTOMATED_RESTORE",
                                     {QStringLiteral("--pointInTimeUTCMillis 1795528987000"), project, cluster});
}

void TestRestoreRequest::mongocli()
{
    QFETCH(RestoreDraft, draft);
    QFETCH(QString, command);
    QCOMPARE(requestFor(draft).mongocli({}), command);
    Connection site;
    site.service = Service::OpsManager;
    QVERIFY(requestFor(draft).mongocli(site).contains(QLatin1String("mongocli ops-manager backups restores start")));

    const QString refusal = requestFor(goodDraft(RestoreMode::Checkpoint)).mongocli({});
    QVERIFY(refusal.contains(QLatin1String("mongocli cannot")));
    for (const QString &line : refusal.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        QVERIFY2(line.startsWith(QLatin1Char('#')), qPrintable(line));
}

void TestRestoreRequest::time_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso"); ///< empty: no time
    const QString moment = QStringLiteral("2026-11-24T14:03:07.000Z");
    const QString none;
    const auto row = [](const char *text, const QString &iso) {
        QTest::newRow(text) << QString::fromUtf8(text) << iso;
    };
    row("2026-11-24 14:03:07", moment);
    row("  2026-11-24 14:03:07 ", moment);
    row("2026-11-24T14:03:07", moment);
    row("2026-11-24T14:03:07Z", moment);
    row("2026-11-24t14:03:07z", moment);
    row("2026-11-24 14:03:07 UTC", moment);
    row("2026-11-24T16:03:07+02:00", moment);
    row("2026-11-24T16:03:07+0200", moment);
    row("2026-11-24 08:33:07 -05:30", moment);
    row("2026-11-25T00:03:07+10:00", moment);
    row("2026-11-24 14:03", QStringLiteral("2026-11-24T14:03:00.000Z"));
    row("2018-09-27T16:00-04:00", QStringLiteral("2018-09-27T20:00:00.000Z"));
    row("2026-11-24 14:03:07.25", QStringLiteral("2026-11-24T14:03:07.250Z"));
    row("2026-11-24 14:03:07,999999", QStringLiteral("2026-11-24T14:03:07.999Z"));
    row("2026-11-24 14:03:07.000000001", QStringLiteral("2026-11-24T14:03:07.001Z"));
    row("2024-02-29 00:00:00", QStringLiteral("2024-02-29T00:00:00.000Z"));
    row("", none);
    row("2026-11-24", none);
    row("14:03:07", none);
    row("2023-02-29 00:00:00", none);
    row("2026-13-01 00:00:00", none);
    row("2026-11-24 24:00:00", none);
    row("2026-11-24 14:60:00", none);
    row("2026-11-24 14:03:60", none);
    row("2026-11-24 14:03:07+15:00", none);
    row("2026-11-24 14:03:07+02:60", none);
    row("2026-11-24 14:03:07 CET", none);
    row("24.11.2026 14:03:07", none);
    row("1795528987", none);
    row("2026-11-24 14:03:07\n2026-11-25 00:00:00", none);
}

void TestRestoreRequest::time()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    const QDateTime parsed = parseUtc(text);
    QCOMPARE(parsed.isValid(), !iso.isEmpty());
    if (parsed.isValid()) {
        QCOMPARE(parsed.timeSpec(), Qt::UTC);
        QCOMPARE(parsed.toString(Qt::ISODateWithMs), iso);
    }
}

QTEST_GUILESS_MAIN(TestRestoreRequest)
#include "restore_request_test.moc"
