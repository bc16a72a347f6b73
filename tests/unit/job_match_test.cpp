#include "restore/job_match.h"
#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Edit = std::function<void(RestoreJob &)>;

const SnapshotId ours(QStringLiteral("60dd00000000000000000001"));
const SnapshotId another(QStringLiteral("60dd00000000000000000002"));
const CheckpointId ourCheckpoint(QStringLiteral("60ee00000000000000000001"));
const OplogTimestamp snapshotMoment = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
const OplogTimestamp chosenMoment = stamp(QStringLiteral("2026-11-24T14:03:07Z"), 1);

OplogTimestamp later(const OplogTimestamp &moment, qint64 seconds)
{
    return {moment.seconds + seconds, moment.increment};
}

} // namespace

class TestJobMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void match_data();
    void match();
};

void TestJobMatch::match_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("sharded");
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<JobMatch>("expected");
    const auto row = [](const char *name, RestoreMode mode, bool sharded, const Edit &edit, JobMatch expected) {
        QTest::newRow(name) << mode << sharded << edit << expected;
    };
    const auto download = RestoreMode::DownloadSnapshot;
    row(
        "snapshot named", download, false, [](RestoreJob &job) { job.snapshot = ours; }, JobMatch::Same);
    row(
        "another snapshot", download, false, [](RestoreJob &job) { job.snapshot = another; }, JobMatch::Different);
    row(
        "another snapshot of the same moment", download, false,
        [](RestoreJob &job) {
            job.snapshot = another;
            job.timestamp = snapshotMoment;
        },
        JobMatch::Different);
    row(
        "nothing told", download, false, [](RestoreJob &) {}, JobMatch::Unclear);
    row(
        "the moment alone", download, false, [](RestoreJob &job) { job.timestamp = snapshotMoment; }, JobMatch::Same);
    row(
        "another moment", download, false, [](RestoreJob &job) { job.timestamp = later(snapshotMoment, 61); },
        JobMatch::Different);
    row(
        "point in time of it", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.pointInTime = true;
        },
        JobMatch::Different);
    row(
        "shard's own snapshot", download, true,
        [](RestoreJob &job) {
            job.snapshot = another;
            job.timestamp = later(snapshotMoment, -5);
        },
        JobMatch::Same);
    row(
        "shard's snapshot of another moment", download, true,
        [](RestoreJob &job) {
            job.snapshot = another;
            job.timestamp = later(snapshotMoment, -21600);
        },
        JobMatch::Different);
    row(
        "shard's snapshot without a moment", download, true, [](RestoreJob &job) { job.snapshot = another; },
        JobMatch::Unclear);
    row(
        "same delivery", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.maxDownloads = 3;
            job.delivery.expirationHours = 4;
        },
        JobMatch::Same);
    row(
        "another number of downloads", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.maxDownloads = 1;
        },
        JobMatch::Different);
    row(
        "other hours", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.expirationHours = 1;
        },
        JobMatch::Different);
    row(
        "automated job for a download", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.targetCluster = ordersTarget().id;
        },
        JobMatch::Different);
    row(
        "queryable backup", download, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.methodName = QStringLiteral("QUERY");
        },
        JobMatch::Different);

    const auto automated = RestoreMode::AutomatedSnapshot;
    row(
        "automated, snapshot named", automated, false, [](RestoreJob &job) { job.snapshot = ours; }, JobMatch::Same);
    row(
        "automated, our target", automated, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.targetCluster = ordersTarget().id;
        },
        JobMatch::Same);
    row(
        "automated, another target", automated, false,
        [](RestoreJob &job) {
            job.snapshot = ours;
            job.delivery.targetCluster = orders().id;
        },
        JobMatch::Different);

    for (const auto mode : {RestoreMode::OplogTimestamp, RestoreMode::PointInTime}) {
        const QByteArray name = modeName(mode).toUtf8() + ": ";
        row((name + "its moment").constData(), mode, false,
            [](RestoreJob &job) {
                job.pointInTime = true;
                job.timestamp = later(chosenMoment, -1);
            },
            JobMatch::Same);
        row((name + "its moment, kind not told").constData(), mode, true,
            [](RestoreJob &job) { job.timestamp = later(chosenMoment, -1); }, JobMatch::Same);
        row((name + "another moment").constData(), mode, false,
            [](RestoreJob &job) {
                job.pointInTime = true;
                job.timestamp = snapshotMoment;
            },
            JobMatch::Unclear);
        row((name + "no moment").constData(), mode, false, [](RestoreJob &job) { job.pointInTime = true; },
            JobMatch::Unclear);
        row((name + "a snapshot's job").constData(), mode, false,
            [](RestoreJob &job) {
                job.pointInTime = false;
                job.timestamp = chosenMoment;
            },
            JobMatch::Different);
        row((name + "a checkpoint's job").constData(), mode, false,
            [](RestoreJob &job) {
                job.checkpoint = ourCheckpoint;
                job.timestamp = chosenMoment;
            },
            JobMatch::Different);
    }

    const auto checkpoint = RestoreMode::Checkpoint;
    row(
        "checkpoint named", checkpoint, true, [](RestoreJob &job) { job.checkpoint = ourCheckpoint; }, JobMatch::Same);
    row(
        "another checkpoint", checkpoint, true,
        [](RestoreJob &job) { job.checkpoint = CheckpointId(QStringLiteral("x")); }, JobMatch::Different);
    row(
        "no checkpoint named", checkpoint, true, [](RestoreJob &) {}, JobMatch::Unclear);
    row(
        "a snapshot's job for a checkpoint", checkpoint, true, [](RestoreJob &job) { job.snapshot = ours; },
        JobMatch::Different);
}

void TestJobMatch::match()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    QFETCH(Edit, edit);
    QFETCH(JobMatch, expected);
    const RestoreDraft draft = goodDraft(mode, sharded);
    const auto request = buildRequest(draft, goodFacts(draft), now());
    QVERIFY(request.has_value());
    RestoreJob job;
    job.id = JobId(QStringLiteral("60ff00000000000000000001"));
    job.delivery.methodName = QStringLiteral("HTTP");
    edit(job);
    QCOMPARE(matchJob(job, *request), expected);
}

QTEST_GUILESS_MAIN(TestJobMatch)
#include "job_match_test.moc"
