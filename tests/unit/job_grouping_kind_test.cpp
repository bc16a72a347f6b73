#include "cloud/decode.h"
#include "jobs/job_kind.h"
#include "jobs/submission_memory.h"
#include "support/job_cases.h"

#include <QFile>
#include <QJsonDocument>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Is = JobKind::Is;

/// The one job of an answer to an order, as the API's documentation shows it.
RestoreJob sample(const char *name)
{
    QFile file(QStringLiteral(TIDEMARK_CREATE_ANSWERS "/create-%1.json").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    const auto page = decode::page(QJsonDocument::fromJson(file.readAll()).object());
    return decode::restoreJob(page.items.at(0));
}

RememberedSubmission remembered(RestoreMode mode)
{
    RememberedSubmission submission;
    submission.mode = mode;
    if (isAutomated(mode))
        submission.targetCluster = ordersTarget().id;
    return submission;
}

} // namespace

class TestJobKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elsewhere_data();
    void elsewhere();
    void orderedHere_data();
    void orderedHere();
};

void TestJobKind::elsewhere_data()
{
    QTest::addColumn<RestoreJob>("job");
    QTest::addColumn<JobKind>("kind");
    const JobKind notTold{};
    const JobKind toCluster{Is::ToCluster, false, {}};
    const JobKind toKnownCluster{Is::ToCluster, true, {}};
    const auto row = [](const char *name, const JobKind &kind, const std::function<void(RestoreJob &)> &edit) {
        RestoreJob job = jobOf(QStringLiteral("j"), JobStatus::Finished, DeliveryStatus::Ready);
        edit(job);
        QTest::newRow(name) << job << kind;
    };
    // Four of them are of restores that erase a cluster, and nothing in them tells which four.
    for (const char *name : {"checkpoint", "http", "oplog", "point-in-time", "snapshot"})
        QTest::newRow(name) << sample(name) << notTold;

    row("nothing", notTold, [](RestoreJob &job) { job.delivery.methodName.clear(); });
    row("HTTP", notTold, [](RestoreJob &) {});
    row("a link", notTold, [](RestoreJob &job) { job.delivery.url = QStringLiteral("https://host/x"); });
    row("a v3 link", notTold, [](RestoreJob &job) { job.delivery.urlV2 = QStringLiteral("https://host/x"); });
    row("maxDownloads", notTold, [](RestoreJob &job) { job.delivery.maxDownloads = 1; });
    row("expirationHours", notTold, [](RestoreJob &job) { job.delivery.expirationHours = 1; });
    row("expires", notTold, [](RestoreJob &job) { job.delivery.expires = now(); });
    row("a checkpoint", notTold, [](RestoreJob &job) { job.checkpoint = CheckpointId(QStringLiteral("c")); });
    row("pointInTime false", notTold, [](RestoreJob &job) { job.pointInTime = false; });
    row("pointInTime", toCluster, [](RestoreJob &job) { job.pointInTime = true; });
    row("pointInTime and a link", toCluster, [](RestoreJob &job) {
        job.pointInTime = true;
        job.delivery.url = QStringLiteral("https://host/x");
        job.delivery.maxDownloads = 1;
    });
    row("target", toKnownCluster, [](RestoreJob &job) { job.delivery.targetCluster = ordersTarget().id; });
    row("target's project", toCluster, [](RestoreJob &job) { job.delivery.targetProject = staging().id; });
    row("AUTOMATED_RESTORE", toCluster,
        [](RestoreJob &job) { job.delivery.methodName = QStringLiteral("AUTOMATED_RESTORE"); });
    row("QUERY", {Is::Queryable, false, {}},
        [](RestoreJob &job) { job.delivery.methodName = QStringLiteral("QUERY"); });
    row("QUERY of a moment", {Is::Queryable, false, {}}, [](RestoreJob &job) {
        job.delivery.methodName = QStringLiteral("QUERY");
        job.pointInTime = true;
    });
    row("SCP", {Is::Other, false, QStringLiteral("SCP")},
        [](RestoreJob &job) { job.delivery.methodName = QStringLiteral("SCP"); });
    row("a word of a later server", {Is::Other, false, QStringLiteral("Tele port")},
        [](RestoreJob &job) { job.delivery.methodName = QStringLiteral("Tele port"); });
}

void TestJobKind::elsewhere()
{
    QFETCH(RestoreJob, job);
    QFETCH(JobKind, kind);
    const JobKind found = kindOf(job, nullptr);
    QCOMPARE(static_cast<int>(found.is), static_cast<int>(kind.is));
    QCOMPARE(found, kind);
}

void TestJobKind::orderedHere_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<JobKind>("kind");
    const JobKind toCluster{Is::ToCluster, true, {}};
    QTest::newRow("download") << RestoreMode::DownloadSnapshot << JobKind{Is::Download, false, {}};
    QTest::newRow("snapshot") << RestoreMode::AutomatedSnapshot << toCluster;
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << toCluster;
    QTest::newRow("time") << RestoreMode::PointInTime << toCluster;
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << toCluster;
}

void TestJobKind::orderedHere()
{
    QFETCH(RestoreMode, mode);
    QFETCH(JobKind, kind);
    const RememberedSubmission submission = remembered(mode);
    for (const char *name : {"checkpoint", "http", "oplog", "point-in-time", "snapshot"})
        QCOMPARE(kindOf(sample(name), &submission), kind);
}

QTEST_GUILESS_MAIN(TestJobKind)
#include "job_grouping_kind_test.moc"
