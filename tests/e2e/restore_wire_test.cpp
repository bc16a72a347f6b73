#include "base/later.h"
#include "restore/audit_log.h"
#include "restore/submitter.h"
#include "support/fake_api.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"
#include "support/waiting.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

constexpr SubmissionTiming quick{20ms, 40ms, 20ms};

const QByteArray oldJob = jobJson("old", ",\"snapshotId\":\"60dd00000000000000000001\"");
const QByteArray ourJob = jobJson("new", ",\"snapshotId\":\"60dd00000000000000000001\"");
const QByteArray otherJob = jobJson("other", ",\"snapshotId\":\"60dd00000000000000000099\"");
const QByteArray unclearJob = jobJson("unclear");

QByteArray shardJob(const QByteArray &id)
{
    return jobJson(id, ",\"batchId\":\"batch\",\"snapshotId\":\"part-" + id +
                           "\",\"timestamp\":{\"date\":\"2026-11-24T06:00:03Z\",\"increment\":1}");
}

RestoreRequest requestFor(RestoreMode mode, bool sharded = false, bool until = false)
{
    RestoreDraft draft = goodDraft(mode, sharded);
    if (until) {
        draft.linkLife = RestoreDraft::LinkLife::Until;
        draft.expiresAt = QStringLiteral("2026-11-25T14:00:00Z");
        draft.unlimitedDownloads = true;
    }
    const auto request = buildRequest(draft, goodFacts(draft), now());
    Q_ASSERT(request);
    return *request;
}

} // namespace

class TestRestoreWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bodiesAreExact_data();
    void bodiesAreExact();
    void lostAnswers_data();
    void lostAnswers();
    void refusalsAreFinal_data();
    void refusalsAreFinal();
    void nothingIsSentWithoutTheJobList();
    void nothingIsSentWithoutTheAuditLog();
    void oneAtATime();
    void batchIsCompleted_data();
    void batchIsCompleted();
    void auditTellsEverythingButSecrets();
    void endOfTheProgramIsInTheAudit();
    void askerMayGo();

private:
    Result<Submission> submit(const RestoreRequest &request) { return resultOf(m_submitter->submit(request)); }
    QStringList auditEvents() const;
    QByteArray auditText() const;

    FixedClock m_clock{now()};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeApi> m_api;
    std::unique_ptr<CloudClient> m_client;
    std::unique_ptr<AuditLog> m_audit;
    std::unique_ptr<Submitter> m_submitter;
};

void TestRestoreWire::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_api = std::make_unique<FakeApi>();
    Credentials credentials;
    credentials.secret = Secret(QStringLiteral("PRIVATE-KEY-MARK"));
    m_client = std::make_unique<CloudClient>(m_api->connection(), credentials, m_clock, CloudClient::Retries::None);
    m_audit = std::make_unique<AuditLog>(m_dir->filePath(QStringLiteral("audit.jsonl")), m_clock);
    m_submitter = std::make_unique<Submitter>(*m_client, *m_audit, nullptr, quick);
}

void TestRestoreWire::cleanup()
{
    m_submitter.reset();
    m_audit.reset();
    m_client.reset();
    m_api.reset();
}

QByteArray TestRestoreWire::auditText() const
{
    QFile file(m_audit->path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList TestRestoreWire::auditEvents() const
{
    QStringList events;
    for (const QByteArray &line : auditText().split('\n')) {
        if (!line.isEmpty())
            events.append(QJsonDocument::fromJson(line).object().value(QLatin1String("event")).toString());
    }
    return events;
}

void TestRestoreWire::bodiesAreExact_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("until");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("cluster");
    const QByteArray orders("60cc000000000000000000c0");
    const QByteArray delivery("{\"delivery\":{\"methodName\":\"AUTOMATED_RESTORE\",\"targetGroupId\":"
                              "\"60bb00000000000000000002\",\"targetClusterId\":\"60cc000000000000000000b0\"},");
    const QByteArray shardedDelivery = QByteArray(delivery).replace("0000b0", "0000e0");
    QTest::newRow("download, hours") << RestoreMode::DownloadSnapshot << false
                                     << QByteArray("{\"delivery\":{\"methodName\":\"HTTP\",\"expirationHours\":4,"
                                                   "\"maxDownloads\":3},\"snapshotId\":\"60dd00000000000000000001\"}")
                                     << orders;
    QTest::newRow("download, until") << RestoreMode::DownloadSnapshot << true
                                     << QByteArray("{\"delivery\":{\"methodName\":\"HTTP\",\"expires\":"
                                                   "\"2026-11-25T14:00:00Z\",\"maxDownloads\":2147483647},"
                                                   "\"snapshotId\":\"60dd00000000000000000001\"}")
                                     << orders;
    QTest::newRow("snapshot") << RestoreMode::AutomatedSnapshot << false
                              << delivery + "\"snapshotId\":\"60dd00000000000000000001\"}" << orders;
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << false
                           << delivery + "\"oplogTs\":\"1795528987\",\"oplogInc\":\"1\"}" << orders;
    QTest::newRow("time") << RestoreMode::PointInTime << false << delivery + "\"pointInTimeUTCMillis\":1795528987000}"
                          << orders;
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << false
                                << shardedDelivery + "\"checkpointId\":\"60ee00000000000000000001\"}"
                                << QByteArray("60cc000000000000000000d0");
}

void TestRestoreWire::bodiesAreExact()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, until);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, cluster);
    m_api->setPostAnswer(listAnswer(jobJson("new")));
    const auto result = submit(requestFor(mode, false, until));
    QVERIFY2(result.has_value(), qPrintable(result ? QString() : result.error().sentence));
    QCOMPARE(result->jobs.size(), size_t{1});
    QVERIFY(!result->foundAfterLostAnswer);

    const auto posts = m_api->posts();
    QCOMPARE(posts.size(), size_t{1});
    QCOMPARE(posts[0].body, body);
    QCOMPARE(posts[0].path(),
             QByteArray("/api/public/v1.0/groups/60bb00000000000000000001/clusters/" + cluster + "/restoreJobs"));
    QCOMPARE(posts[0].header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(posts[0].header("Content-Length"), QByteArray::number(body.size()));
    QVERIFY(posts[0].raw.endsWith("\r\n\r\n" + body));
    QCOMPARE(auditEvents(), (QStringList{QStringLiteral("sending"), QStringLiteral("created")}));
}

void TestRestoreWire::lostAnswers_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<bool>("sharded");
    QTest::addColumn<QList<QByteArray>>("lists"); ///< before the POST, then after it
    QTest::addColumn<QString>("outcome");         ///< "found", "not created" or "uncertain"
    const QString found = QStringLiteral("found");
    const QString notCreated = QStringLiteral("not created");
    const QString uncertain = QStringLiteral("uncertain");
    const auto row = [](const char *name, const ScriptedAnswer &answer, const QList<QByteArray> &lists,
                        const QString &outcome,
                        bool sharded = false) { QTest::newRow(name) << answer << sharded << lists << outcome; };
    const ScriptedAnswer lost = ScriptedAnswer::lost();
    row("no answer, job at the first look", lost, {oldJob, ourJob + ',' + oldJob}, found);
    row("no answer, job at the second look", lost, {oldJob, oldJob, ourJob + ',' + oldJob}, found);
    row("no answer, no job", lost, {oldJob, oldJob}, notCreated);
    row("no answer, empty list", lost, {QByteArray()}, notCreated);
    row("no answer, only another's job", lost, {oldJob, otherJob + ',' + oldJob}, notCreated);
    row("no answer, another's job besides", lost, {oldJob, otherJob + ',' + ourJob}, found);
    row("no answer, job that tells nothing", lost, {oldJob, unclearJob + ',' + oldJob}, uncertain);
    row("no answer, two that fit", lost,
        {QByteArray(), ourJob + ',' +
                           jobJson("twin", ",\"snapshotId\":"
                                           "\"60dd00000000000000000001\"")},
        uncertain);
    row("no answer, batch", lost, {QByteArray(), shardJob("a") + ',' + shardJob("b") + ',' + shardJob("c")}, found,
        true);
    row("no answer, two batches", lost,
        {QByteArray(), shardJob("a") + ',' + shardJob("b").replace("\"batch\"", "\"batch2\"")}, uncertain, true);
    row("gateway timeout, job there", ScriptedAnswer::text("<html>", 504), {oldJob, ourJob + ',' + oldJob}, found);
    row("bad gateway, no job", ScriptedAnswer::text("<html>", 502), {oldJob}, notCreated);
    row("server error, job there", ScriptedAnswer::json("{\"error\":500,\"errorCode\":\"UNEXPECTED_ERROR\"}", 500),
        {oldJob, ourJob}, found);
    row("unavailable, no job", ScriptedAnswer::json("{\"error\":503}", 503), {oldJob}, notCreated);
    row("empty results, job there", listAnswer({}), {oldJob, ourJob}, found);
    row("empty results, no job", listAnswer({}), {oldJob}, uncertain);
    row("unreadable answer, job there", ScriptedAnswer::json("{\"results\":[{"), {oldJob, ourJob}, found);
    row("unreadable answer, no job", ScriptedAnswer::json("<html>welcome</html>"), {oldJob}, uncertain);
    ScriptedAnswer cut = listAnswer(ourJob);
    cut.end = ScriptedAnswer::End::Drop;
    cut.dropAfter = 20;
    row("answer cut short, job there", cut, {oldJob, ourJob}, found);
}

void TestRestoreWire::lostAnswers()
{
    QFETCH(ScriptedAnswer, answer);
    QFETCH(bool, sharded);
    QFETCH(QList<QByteArray>, lists);
    QFETCH(QString, outcome);
    m_api->setPostAnswer(answer);
    m_api->setLists(lists);
    m_api->setBatchLists({shardJob("a") + ',' + shardJob("b") + ',' + shardJob("c")});
    const auto result = submit(requestFor(RestoreMode::DownloadSnapshot, sharded));
    QCOMPARE(m_api->posts().size(), size_t{1});
    QCOMPARE(result.has_value(), outcome == QLatin1String("found"));
    if (result) {
        QVERIFY(result->foundAfterLostAnswer);
        QCOMPARE(result->jobs.size(), size_t(sharded ? 3 : 1));
        QVERIFY(auditEvents().contains(QStringLiteral("created, found in the job list")));
    } else if (outcome == QLatin1String("uncertain")) {
        QCOMPARE(result.error().kind, ErrorKind::Uncertain);
        QVERIFY(!result.error().retryable);
        QVERIFY(result.error().hint.contains(QLatin1String("not repeated")));
        QCOMPARE(auditEvents().constLast(), QStringLiteral("uncertain"));
    } else {
        QVERIFY(result.error().kind != ErrorKind::Uncertain);
        QVERIFY(result.error().retryable);
        QVERIFY2(result.error().sentence.startsWith(QLatin1String("No restore was ordered")),
                 qPrintable(result.error().sentence));
        QCOMPARE(m_api->lists(), 3); // one before, two after
        QCOMPARE(auditEvents().constLast(), QStringLiteral("not created"));
    }
    QCOMPARE(auditEvents().at(1), QStringLiteral("answer lost"));
    // However long one waits: nothing is sent again.
    QTest::qWait(150);
    QCOMPARE(m_api->posts().size(), size_t{1});
}

void TestRestoreWire::refusalsAreFinal_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("400") << 400 << QByteArray("INVALID_ATTRIBUTE");
    QTest::newRow("401 with rights missing") << 401 << QByteArray("USER_UNAUTHORIZED");
    QTest::newRow("403") << 403 << QByteArray("RESOURCE_REQUIRES_ACCESS_LIST");
    QTest::newRow("404") << 404 << QByteArray("SNAPSHOT_NOT_FOUND");
    QTest::newRow("409") << 409 << QByteArray("LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION");
    QTest::newRow("429") << 429 << QByteArray("RATE_LIMITED");
    QTest::newRow("an unknown code") << 418 << QByteArray("TEAPOT_IN_THE_WAY");
}

void TestRestoreWire::refusalsAreFinal()
{
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    m_api->setPostAnswer(ScriptedAnswer::json("{\"detail\":\"No.\",\"error\":" + QByteArray::number(status) +
                                                  ",\"errorCode\":\"" + code + "\",\"parameters\":[],\"reason\":\"R\"}",
                                              status));
    const auto result = submit(requestFor(RestoreMode::DownloadSnapshot));
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().httpStatus, status);
    QCOMPARE(result.error().apiCode, QString::fromLatin1(code));
    QCOMPARE(m_api->posts().size(), size_t{1});
    QCOMPARE(m_api->lists(), 1);
    QCOMPARE(auditEvents(), (QStringList{QStringLiteral("sending"), QStringLiteral("refused")}));
    QVERIFY(auditText().contains(code));
}

void TestRestoreWire::nothingIsSentWithoutTheJobList()
{
    m_api->setListAnswers({ScriptedAnswer::json("{\"error\":503}", 503)});
    const auto result = submit(requestFor(RestoreMode::PointInTime));
    QVERIFY(!result.has_value());
    QVERIFY2(result.error().sentence.startsWith(QLatin1String("Nothing was sent")),
             qPrintable(result.error().sentence));
    QCOMPARE(m_api->posts().size(), size_t{0});
    QCOMPARE(auditEvents(), QStringList{QStringLiteral("not sent")});
}

void TestRestoreWire::nothingIsSentWithoutTheAuditLog()
{
    AuditLog full(QStringLiteral("/dev/full"), m_clock);
    Submitter submitter(*m_client, full, nullptr, quick);
    for (int line = 0; line < 2; ++line)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("audit log")));
    const auto result = resultOf(submitter.submit(requestFor(RestoreMode::PointInTime)));
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().kind, ErrorKind::Disk);
    QCOMPARE(m_api->posts().size(), size_t{0});
}

void TestRestoreWire::oneAtATime()
{
    m_api->setPostAnswer(listAnswer(jobJson("new")));
    const auto first = m_submitter->submit(requestFor(RestoreMode::DownloadSnapshot));
    const auto second = resultOf(m_submitter->submit(requestFor(RestoreMode::DownloadSnapshot)));
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QVERIFY(resultOf(first).has_value());
    QCOMPARE(m_api->posts().size(), size_t{1});
    QVERIFY(submit(requestFor(RestoreMode::DownloadSnapshot)).has_value());
    QCOMPARE(m_api->posts().size(), size_t{2});
}

void TestRestoreWire::batchIsCompleted_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QList<QByteArray>>("lists");
    QTest::addColumn<int>("jobs");
    QTest::addColumn<int>("reads");
    const QByteArray a = shardJob("a");
    const QByteArray ab = a + ',' + shardJob("b");
    const QByteArray abc = ab + ',' + shardJob("c");
    QTest::newRow("all named") << abc << QList<QByteArray>{} << 3 << 0;
    QTest::newRow("one named") << a << QList<QByteArray>{abc} << 3 << 1;
    QTest::newRow("they come one by one") << a << QList<QByteArray>{a, ab, abc} << 3 << 3;
    QTest::newRow("one never comes") << a << QList<QByteArray>{ab} << 2 << 4;
    QTest::newRow("the batch is empty") << a << QList<QByteArray>{QByteArray()} << 1 << 4;
    QTest::newRow("no batch named") << jobJson("a") << QList<QByteArray>{abc} << 1 << 0;
}

void TestRestoreWire::batchIsCompleted()
{
    QFETCH(QByteArray, answer);
    QFETCH(QList<QByteArray>, lists);
    QFETCH(int, jobs);
    QFETCH(int, reads);
    m_api->setPostAnswer(listAnswer(answer));
    m_api->setBatchLists(lists);
    const auto result = submit(requestFor(RestoreMode::DownloadSnapshot, true));
    QVERIFY(result.has_value());
    QCOMPARE(result->jobs.size(), static_cast<size_t>(jobs));
    QCOMPARE(m_api->batchLists(), reads);
    QCOMPARE(m_api->posts().size(), size_t{1});
    QCOMPARE(result->batch.isEmpty(), !answer.contains("batchId"));
}

void TestRestoreWire::auditTellsEverythingButSecrets()
{
    m_api->setPostAnswer(listAnswer(
        "{\"id\":\"new\",\"statusName\":\"FINISHED\",\"delivery\":{\"statusName\":\"READY\",\"url\":"
        "\"https://host/backup/restore/v2/pull/new/LINK-KEY-MARK/new.tar.gz\",\"authValue\":\"BEARER-MARK\"}}"));
    QVERIFY(submit(requestFor(RestoreMode::PointInTime)).has_value());
    const QByteArray text = auditText();
    for (const char *mark : {"PRIVATE-KEY-MARK", "LINK-KEY-MARK", "BEARER-MARK"})
        QVERIFY2(!text.contains(mark), mark);
    const QJsonObject sending = QJsonDocument::fromJson(text.left(text.indexOf('\n'))).object();
    QCOMPARE(sending.value(QLatin1String("time")).toString(), QStringLiteral("2026-11-24T14:30:00.000Z"));
    QCOMPARE(sending.value(QLatin1String("cluster")).toString(), QStringLiteral("orders"));
    QCOMPARE(sending.value(QLatin1String("targetCluster")).toString(), QStringLiteral("orders-staging"));
    QCOMPARE(sending.value(QLatin1String("point")).toString(), QStringLiteral("just before 2026-11-24 14:03:07 UTC"));
    const QByteArray body = QJsonDocument(sending.value(QLatin1String("body")).toObject()).toJson();
    QVERIFY2(body.contains("1795528987000"), body.constData());
    QVERIFY(text.contains("\"jobs\":[{\"id\":\"new\"}]"));
}

void TestRestoreWire::endOfTheProgramIsInTheAudit()
{
    ScriptedAnswer late = listAnswer(jobJson("new"));
    late.delay = 5s;
    m_api->setPostAnswer(late);
    const auto result = m_submitter->submit(requestFor(RestoreMode::DownloadSnapshot));
    QTRY_COMPARE(m_api->posts().size(), size_t{1});
    m_submitter.reset();
    QCOMPARE(auditEvents(), (QStringList{QStringLiteral("sending"), QStringLiteral("uncertain")}));
    const auto ended = resultOf(result);
    QVERIFY(!ended.has_value());
    QCOMPARE(ended.error().kind, ErrorKind::Cancelled);
}

void TestRestoreWire::askerMayGo()
{
    m_api->setPostAnswer(listAnswer(jobJson("new")));
    std::vector<Submission> submissions;
    connect(m_submitter.get(), &Submitter::submitted, this,
            [&submissions](const Submission &submission) { submissions.push_back(submission); });
    {
        QObject window;
        whenDone(&window, m_submitter->submit(requestFor(RestoreMode::DownloadSnapshot)), [](const auto &) {});
    }
    QTRY_COMPARE(submissions.size(), size_t{1});
    QCOMPARE(submissions[0].jobs[0].id, JobId(QStringLiteral("new")));
}

QTEST_GUILESS_MAIN(TestRestoreWire)
#include "restore_wire_test.moc"
