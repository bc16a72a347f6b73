/// Status codes, redirects, and what the restore job says when it is read again.
#include "e2e/download_rows.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<Row> rows()
{
    using enum DownloadState;
    std::vector<Row> all;

    // Statuses
    for (const int code : {401, 403, 404, 410}) {
        all.push_back({"refused, the job says expired",
                       {status(code)},
                       LinkExpired,
                       Files::NoArchive,
                       {"-"},
                       laterStatus(2, DeliveryStatus::Expired)});
        all.push_back({"refused, the job says used up",
                       {status(code)},
                       UsedUp,
                       Files::NoArchive,
                       {"-"},
                       laterStatus(2, DeliveryStatus::MaxDownloadsExceeded)});
        all.push_back(
            {"refused, the job says good", {status(code)}, Failed, Files::NoArchive, {"-", "-", "-"}, published});
        all.push_back({"refused once", {status(code), whole()}, Verified, Files::Final, {"-", "-"}, published});
        all.push_back({"refused in the middle, expired",
                       {cut(ranged(), Middle), status(code)},
                       LinkExpired,
                       Files::PartKept,
                       {"-", from(Middle)},
                       laterStatus(2, DeliveryStatus::Expired)});
        all.push_back({"refused in the middle, used up",
                       {cut(ranged(), Middle), status(code)},
                       UsedUp,
                       Files::PartKept,
                       {"-", from(Middle)},
                       laterStatus(2, DeliveryStatus::MaxDownloadsExceeded)});
    }
    all.push_back(
        {"refused, the link's time is over",
         {status(403)},
         LinkExpired,
         Files::NoArchive,
         {"-", "-", "-"},
         [](DownloadFixture &f) { f.jobs.job.delivery.expires = QDateTime::currentDateTimeUtc().addSecs(-60); }});
    all.push_back({"refused, all downloads were started",
                   {cut(ranged(), Middle), status(403)},
                   UsedUp,
                   Files::PartKept,
                   {},
                   limit(1)});
    all.push_back({"429 with seconds",
                   {status(429, {"Retry-After: 1"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", "-"},
                   published});
    for (const int code : {500, 502, 503}) {
        all.push_back({"server error once", {status(code), whole()}, Verified, Files::Final, {"-", "-"}, published});
        all.push_back({"server error in the middle",
                       {cut(ranged(), Middle), status(code), ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), from(Middle)},
                       published});
        all.push_back(
            {"server error for ever",
             {status(code)},
             Failed,
             Files::NoArchive,
             {"-", "-", "-", "-", "-"},
             published,
             [](DownloadFixture &f, const DownloadId &id) { return hasError(f, id, ErrorKind::Server, true); }});
    }
    all.push_back({"400", {status(400)}, Failed, Files::NoArchive, {"-"}, published});
    all.push_back({"redirect, relative",
                   {status(302, {"Location: other"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", "-"},
                   published});
    for (const int code : {301, 303, 307, 308})
        all.push_back({"redirect of every kind",
                       {status(code, {"Location: /other"}), whole()},
                       Verified,
                       Files::Final,
                       {"-", "-"},
                       published});
    {
        const Reply on = status(302, {"Location: /on"});
        all.push_back({"five redirects are followed",
                       {on, on, on, on, on, whole()},
                       Verified,
                       Files::Final,
                       {"-", "-", "-", "-", "-", "-"},
                       published});
        all.push_back({"redirect of the rest keeps the range",
                       {cut(ranged(), Middle), on, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), from(Middle)},
                       published});
    }
    all.push_back({"429 for ever",
                   {status(429, {"Retry-After: 0"})},
                   Failed,
                   Files::NoArchive,
                   {"-", "-", "-", "-", "-"},
                   published});
    all.push_back({"redirect loop",
                   {status(307, {"Location: /again"})},
                   Failed,
                   Files::NoArchive,
                   {"-", "-", "-", "-", "-", "-"},
                   published});
    all.push_back({"redirect to nowhere", {status(302)}, Failed, Files::NoArchive, {"-"}, published});
    all.push_back({"redirect to a file",
                   {status(302, {"Location: file:///etc/passwd"})},
                   Failed,
                   Files::NoArchive,
                   {"-"},
                   published});

    // The job
    all.push_back({"expired before the start",
                   {whole()},
                   LinkExpired,
                   Files::NoArchive,
                   {},
                   laterStatus(1, DeliveryStatus::Expired),
                   [](DownloadFixture &f, const DownloadId &) { return f.server->requestCount() == 0; }});
    all.push_back({"delivery failed", {whole()}, Failed, Files::NoArchive, {}, laterStatus(1, DeliveryStatus::Failed)});
    all.push_back({"still being prepared", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       published(f);
                       const QString url = std::exchange(f.jobs.job.delivery.url, QString());
                       f.jobs.job.delivery.status = DeliveryStatus::InProgress;
                       f.jobs.beforeRead = [url](FakeJobs &jobs) {
                           if (jobs.reads < 8)
                               return;
                           jobs.job.delivery.url = url;
                           jobs.job.delivery.status = DeliveryStatus::Ready;
                       };
                   }});
    all.push_back({"job unreadable for a while", {whole()}, Verified, Files::Final, {"-"}, [](DownloadFixture &f) {
                       published(f);
                       f.jobs.beforeRead = [](FakeJobs &jobs) {
                           jobs.error.reset();
                           if (jobs.reads < 4)
                               jobs.error = Error{.kind = ErrorKind::Network,
                                                  .sentence = QStringLiteral("offline"),
                                                  .retryable = true};
                       };
                   }});
    all.push_back({"job unreadable: wrong key", {whole()}, Failed, Files::NoArchive, {}, [](DownloadFixture &f) {
                       f.jobs.error = Error{.kind = ErrorKind::Credentials, .sentence = QStringLiteral("wrong key")};
                   }});
    return all;
}

class DownloadStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItShould_data() { addRows(m_rows); }
    void endsAsItShould();
    void honoursRetryAfter_data();
    void honoursRetryAfter();
    void newLinkAfterRefusal();
    void redirectsNeverCarryTheHeader();

private:
    const std::vector<Row> m_rows = rows();
};

void DownloadStatus::endsAsItShould()
{
    runRow(thisRow(m_rows));
}

void DownloadStatus::honoursRetryAfter_data()
{
    QTest::addColumn<bool>("asDate");
    QTest::newRow("seconds") << false;
    QTest::newRow("date") << true;
}

void DownloadStatus::honoursRetryAfter()
{
    QFETCH(bool, asDate);
    DownloadFixture fixture;
    std::atomic<qint64> firstAt{0};
    std::atomic<qint64> secondAt{0};
    fixture.serve([&](const RecordedRequest &, int number) {
        (number == 0 ? firstAt : secondAt) = QDateTime::currentMSecsSinceEpoch();
        if (number > 0)
            return whole();
        const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(3),
                                                   QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        return status(429, {"Retry-After: " + (asDate ? date.toLatin1() : QByteArray("2"))});
    });
    published(fixture);
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::WaitingToRetry));
    QVERIFY(QTest::qWaitFor([&] { return fixture.download(id).nextAttempt.isValid(); }, 10000));
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(fixture.download(id).nextAttempt);
    const qint64 pause = fixture.download(id).nextAttempt.toMSecsSinceEpoch() - firstAt;
    QVERIFY2(pause >= 1900 && left <= 3000, qPrintable(QStringLiteral("%1, %2 left").arg(pause).arg(left)));
    QCOMPARE(fixture.download(id).error->kind, ErrorKind::RateLimited);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QVERIFY(secondAt - firstAt >= 1900);
}

void DownloadStatus::newLinkAfterRefusal()
{
    DownloadFixture fixture;
    fixture.serve([](const RecordedRequest &request, int number) {
        if (number == 0)
            return cut(ranged(), Middle);
        return request.target.contains("/renewed/") ? ranged() : status(403);
    });
    published(fixture);
    const QString renewed = fixture.server->url(QStringLiteral("/renewed/") + DownloadFixture::fileName()).toString();
    fixture.jobs.beforeRead = [renewed](FakeJobs &jobs) {
        if (jobs.reads >= 2)
            jobs.job.delivery.url = renewed;
    };
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QCOMPARE(fixture.server->requestCount(), 3);
    QCOMPARE(fixture.server->requests()[2].header("range"), from(Middle));
}

void DownloadStatus::redirectsNeverCarryTheHeader()
{
    ScriptedServer elsewhere(playing({whole()}));
    DownloadFixture fixture;
    const QByteArray target = elsewhere.url(QStringLiteral("/store/x")).toString().toLatin1();
    fixture.serve([target](const RecordedRequest &, int number) {
        return status(302, {"Location: " + (number == 0 ? QByteArray("/same/origin") : target)});
    });
    published(fixture);
    fixture.jobs.job.delivery.urlV2 = fixture.server->url(QStringLiteral("/backup/restore/v3/pull/job/x")).toString();
    fixture.jobs.job.delivery.authHeader = QStringLiteral("Authorization");
    fixture.jobs.job.delivery.authValue = QStringLiteral("Bearer s3cret");
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QCOMPARE(fixture.server->requestCount(), 2);
    QCOMPARE(fixture.server->requests()[0].header("authorization"), QByteArray("Bearer s3cret"));
    QVERIFY(fixture.server->requests()[1].header("authorization").isEmpty());
    QCOMPARE(elsewhere.requestCount(), 1);
    QVERIFY(elsewhere.requests()[0].header("authorization").isEmpty());
}

} // namespace

QTEST_GUILESS_MAIN(DownloadStatus)
#include "download_status_test.moc"
