#include "jobs/job_texts.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const auto inProgress = JobStatus::InProgress;
const auto finished = JobStatus::Finished;

QString id(int number)
{
    return QStringLiteral("60ff0000000000000000000%1").arg(number);
}

RestoreJob expiredJob(int number)
{
    RestoreJob job = readyJob(id(number));
    job.delivery.expires = now();
    return job;
}

RestoreJob old(RestoreJob job)
{
    job.created = now().addDays(-2);
    return job;
}

/// Handed over at goal version 37, where that was read, and then looked at.
JobGroup withAgents(JobGroup group, const std::vector<AutomationStatus> &looks, std::optional<qint64> goalBefore = 37)
{
    group.goalBefore = goalBefore;
    group.agents = progressAfter(goalBefore, looks);
    return group;
}

JobGroup ofTarget(JobGroup group)
{
    group.agents.ofTarget = true;
    return group;
}

JobGroup goalIsOurs(JobGroup group)
{
    group.agents.goalIsOurs = true;
    return group;
}

JobGroup stopped(JobGroup group)
{
    group.stoppedFollowing = true;
    return group;
}

} // namespace

class TestJobTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void group_data();
    void group();
    void kind_data();
    void kind();
    void job_data();
    void job();
    void small();
};

void TestJobTexts::group_data()
{
    QTest::addColumn<JobGroup>("group");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("delivery");
    QTest::addColumn<JobPhase>("phase");
    const auto row = [](const char *name, const JobGroup &group, const char *status, const char *delivery,
                        JobPhase phase) {
        QTest::newRow(name) << group << QString::fromUtf8(status) << QString::fromUtf8(delivery) << phase;
    };
    const RestoreJob waiting = jobOf(id(1), inProgress, DeliveryStatus::NotStarted);
    const RestoreJob preparing = jobOf(id(2), finished, DeliveryStatus::InProgress);
    const RestoreJob broken = jobOf(id(3), JobStatus::Broken, DeliveryStatus::Failed);
    const RestoreJob killed = jobOf(id(4), JobStatus::Killed, DeliveryStatus::Interrupted);
    const RestoreJob usedUp = jobOf(id(5), finished, DeliveryStatus::MaxDownloadsExceeded);
    const RestoreJob noLink = jobOf(id(6), finished, DeliveryStatus::Ready);
    RestoreJob odd = jobOf(id(7), JobStatus::Unknown, DeliveryStatus::Unknown);
    odd.statusName = QStringLiteral("PONDERING");
    odd.delivery.statusName = QStringLiteral("IN_THE_POST");

    const auto download = RestoreMode::DownloadSnapshot;
    row("just created", groupOf({waiting}, download), "In progress", "Waiting", JobPhase::UnderWay);
    row("being prepared", groupOf({preparing}, download), "Finished", "Being prepared", JobPhase::UnderWay);
    row("link not in the answer", groupOf({noLink}, download), "Finished", "Ready, waiting for the link",
        JobPhase::UnderWay);
    row("ready", groupOf({readyJob(id(1))}, download), "Finished", "Ready", JobPhase::Open);
    row("expired by the clock", groupOf({expiredJob(1)}, download), "Finished", "Link expired", JobPhase::Final);
    row("expired", groupOf({jobOf(id(1), finished, DeliveryStatus::Expired)}, download), "Finished", "Link expired",
        JobPhase::Final);
    row("used up", groupOf({usedUp}, download), "Finished", "Link used up", JobPhase::Final);
    row("broken", groupOf({broken}, download), "Broken", "Failed", JobPhase::Final);
    row("cancelled", groupOf({killed}, download), "Cancelled", "Interrupted", JobPhase::Final);
    row("words of a later server", groupOf({odd}, download), "PONDERING", "IN_THE_POST", JobPhase::Slow);
    // What was ordered here is followed without an end, but not fast for ever.
    row("stuck for days", groupOf({old(waiting)}, download), "In progress", "Waiting", JobPhase::Slow);
    row("no link for days", groupOf({old(noLink)}, download), "Finished", "Ready, waiting for the link",
        JobPhase::Slow);
    row("ready for days", groupOf({old(readyJob(id(1)))}, download), "Finished", "Ready", JobPhase::Open);

    row("batch, two ready", groupOf({readyJob(id(1)), preparing, readyJob(id(3))}, download), "2 of 3 ready",
        "Ready: 2, Being prepared: 1", JobPhase::UnderWay);
    row("batch, all ready", groupOf({readyJob(id(1)), readyJob(id(2))}, download), "2 of 2 ready", "Ready",
        JobPhase::Open);
    row("batch, one expired", groupOf({readyJob(id(1)), expiredJob(2)}, download), "1 of 2 ready",
        "Ready: 1, Link expired: 1", JobPhase::Open);
    row("batch, all over", groupOf({usedUp, expiredJob(2)}, download), "Finished", "Link used up: 1, Link expired: 1",
        JobPhase::Final);
    row("batch, one broken", groupOf({readyJob(id(1)), broken, readyJob(id(3))}, download), "1 of 3 broken",
        "Ready: 2, Failed: 1", JobPhase::Open);

    // Ordered elsewhere, and nothing tells what for: no download, nothing finished, and no link is waited for.
    row("not told, waiting", groupOf({waiting}), "In progress", "Not started", JobPhase::UnderWay);
    row("not told, waiting for days", groupOf({old(waiting)}), "In progress", "Not started", JobPhase::Slow);
    row("not told, done", groupOf({noLink}), "Server's part done", "No link", JobPhase::Slow);
    row("not told, being prepared", groupOf({preparing}), "Server's part done", "In progress", JobPhase::Slow);
    row("not told, with a link", groupOf({readyJob(id(1))}), "Server's part done", "Ready", JobPhase::Open);
    row("not told, expired", groupOf({expiredJob(1)}), "Server's part done", "Link expired", JobPhase::Final);
    row("not told, unknown words", groupOf({odd}), "PONDERING", "IN_THE_POST", JobPhase::Slow);
    row("not told, broken", groupOf({broken}), "Broken", "Failed", JobPhase::Final);
    row("not told, batch", groupOf({noLink, readyJob(id(2))}), "Server's part done", "No link: 1, Ready: 1",
        JobPhase::Open);
    row("not told, batch half done", groupOf({noLink, waiting}), "1 of 2 done by the server",
        "No link: 1, Not started: 1", JobPhase::UnderWay);
    RestoreJob linkForEver = old(readyJob(id(1)));
    linkForEver.delivery.expires = {};
    row("not told, a link without an end", groupOf({linkForEver}), "Server's part done", "Ready", JobPhase::Slow);
    RestoreJob undated = waiting;
    undated.created = {};
    row("not told, without a time", groupOf({undated}), "In progress", "Not started", JobPhase::Slow);

    RestoreJob query = jobOf(id(1), finished, DeliveryStatus::Ready);
    query.delivery.methodName = QStringLiteral("QUERY");
    row("queryable", groupOf({query}), "Server's part done", "No link", JobPhase::Slow);
    query.status = inProgress;
    row("queryable, running", groupOf({query}), "In progress", "No link", JobPhase::Slow);
    RestoreJob scp = jobOf(id(1), finished, DeliveryStatus::Ready);
    scp.delivery.methodName = QStringLiteral("SCP");
    row("another word", groupOf({scp}), "Server's part done", "No link", JobPhase::Slow);
    RestoreJob moment = jobOf(id(1), finished, DeliveryStatus::Ready);
    moment.pointInTime = true;
    row("to a cluster, not told which", groupOf({moment}), "Handed over to the agents", "To the cluster's agents",
        JobPhase::Final);

    const auto snapshot = RestoreMode::AutomatedSnapshot;
    const char *const toTarget = "To cluster “orders-staging”";
    const RestoreJob done = jobOf(id(1), finished, DeliveryStatus::Ready);
    const JobGroup restore = groupOf({done}, snapshot);
    row("automated, in progress", groupOf({waiting}, snapshot), "In progress", toTarget, JobPhase::UnderWay);
    row("automated, handed over", restore, "Handed over to the agents", toTarget, JobPhase::UnderWay);
    row("automated, goal not risen", withAgents(restore, {agents(37, 6, 6), agents(37, 6, 6)}),
        "Handed over to the agents; their goal is still version 37, as before the order", toTarget, JobPhase::UnderWay);
    row("automated, agents working", withAgents(restore, {agents(38, 3, 6)}),
        "Handed over; 3 of 6 processes reached version 38 (it was 37 before the order); all processes of the target's "
        "project are counted; another change may have raised it",
        toTarget, JobPhase::UnderWay);
    row("automated, agents at the goal once", ofTarget(withAgents(restore, {agents(38, 6, 6)})),
        "Handed over; 6 of 6 processes reached version 38 (it was 37 before the order); another change may have raised "
        "it",
        toTarget, JobPhase::UnderWay);
    const JobGroup inPlace = withAgents(restore, {agents(38, 6, 6), agents(38, 6, 6)});
    row("automated, in place", inPlace,
        "Data in place. All 6 processes reached version 38 (it was 37 before the order); all processes of the target's "
        "project are counted; another change may have raised it",
        toTarget, JobPhase::Final);
    row("automated, in place, ours", goalIsOurs(ofTarget(inPlace)),
        "Data in place. All 6 processes reached version 38 (it was 37 before the order)", toTarget, JobPhase::Final);
    row("automated, before not known", ofTarget(withAgents(restore, {agents(38, 2, 6)}, {})),
        "Handed over; 2 of 6 processes at their goal (version 38)", toTarget, JobPhase::UnderWay);
    const JobGroup atUnknownGoal = ofTarget(withAgents(restore, {agents(38, 6, 6), agents(38, 6, 6)}, {}));
    row("automated, at an unknown goal", atUnknownGoal,
        "Handed over; all 6 processes at their goal; whether it is this restore's is not known (version 38, the one "
        "before the order was not read)",
        toTarget, JobPhase::Final);
    row("automated, at an unknown goal that names it", goalIsOurs(atUnknownGoal),
        "Handed over; all 6 processes at their goal; whether it is this restore's is not known (version 38, the one "
        "before the order was not read); the project's configuration names this restore",
        toTarget, JobPhase::Final);
    JobGroup failing = goalIsOurs(ofTarget(withAgents(restore, {agents(38, 5, 6)})));
    failing.agents.errors = {{QStringLiteral("process_5"), QStringLiteral("host_5"), QStringLiteral("No space left")}};
    row("automated, an agent's error", failing,
        "Handed over; 5 of 6 processes reached version 38 (it was 37 before the order); error of process_5 on host_5: "
        "No space left",
        toTarget, JobPhase::UnderWay);
    row("automated, no agents named", withAgents(restore, {agents(38, 0, 0)}), "Handed over to the agents", toTarget,
        JobPhase::UnderWay);
    row("automated, days ago", groupOf({old(done)}, snapshot), "Handed over to the agents", toTarget, JobPhase::Slow);
    row("automated, stopped", stopped(restore), "Handed over to the agents; no longer followed", toTarget,
        JobPhase::Final);
    row("automated, stopped in place", stopped(goalIsOurs(ofTarget(inPlace))),
        "Data in place. All 6 processes reached version 38 (it was 37 before the order)", toTarget, JobPhase::Final);
    row("automated, broken", groupOf({broken}, snapshot), "Broken", toTarget, JobPhase::Final);
    row("automated batch, one handed over", groupOf({done, waiting, waiting}, RestoreMode::PointInTime),
        "1 of 3 handed over", toTarget, JobPhase::UnderWay);
    row("automated batch, one broken", groupOf({done, broken, done}, RestoreMode::PointInTime), "1 of 3 broken",
        toTarget, JobPhase::Final);
    // Seen handed over, it stays so, whatever a server's older answer says.
    row("automated, an older answer", withAgents(groupOf({waiting}, snapshot), {agents(37, 6, 6)}),
        "Handed over to the agents; their goal is still version 37, as before the order", toTarget, JobPhase::UnderWay);

    RestoreJob elsewhere = done;
    elsewhere.delivery.targetProject = staging().id;
    elsewhere.delivery.targetCluster = ordersTarget().id;
    JobGroup told = groupOf({elsewhere});
    told.targetProject = staging().id;
    row("automated elsewhere", told, "Handed over to the agents", "To the cluster's agents", JobPhase::UnderWay);
    told.jobs.front() = old(elsewhere);
    row("automated elsewhere, days ago", told, "Handed over to the agents", "To the cluster's agents", JobPhase::Final);
}

void TestJobTexts::group()
{
    QFETCH(JobGroup, group);
    QFETCH(QString, status);
    QFETCH(QString, delivery);
    QFETCH(JobPhase, phase);
    QCOMPARE(groupStatusText(group, now()), status);
    QCOMPARE(groupDeliveryText(group, now()), delivery);
    QCOMPARE(groupPhase(group, now()), phase);
    QCOMPARE(group.isFinal(now()), phase == JobPhase::Final);
    // Nothing that was handed over is ever called restored, and what is not known to be a download no download.
    QVERIFY(!groupStatusText(group, now()).contains(QLatin1String("estored")));
    if (group.kind.is == JobKind::Is::Download)
        return;
    for (const QString &text : {groupStatusText(group, now()), groupDeliveryText(group, now()), modeText(group),
                                targetText(group), statusText(group.jobs.front(), group.kind)}) {
        QVERIFY2(!text.contains(QLatin1String("Finished")), qPrintable(text));
        QVERIFY2(!text.contains(QLatin1String("ownload")), qPrintable(text));
        QVERIFY2(!text.contains(QLatin1String("waiting")), qPrintable(text));
    }
}

void TestJobTexts::kind_data()
{
    QTest::addColumn<JobGroup>("group");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("target");
    const auto row = [](const char *name, const JobGroup &group, const char *mode, const char *target) {
        QTest::newRow(name) << group << QString::fromUtf8(mode) << QString::fromUtf8(target);
    };
    const RestoreJob plain = jobOf(id(1), finished, DeliveryStatus::Ready);
    const auto with = [&plain](const std::function<void(RestoreJob &)> &edit) {
        RestoreJob job = plain;
        edit(job);
        return groupOf({job});
    };
    row("a download from here", groupOf({plain}, RestoreMode::DownloadSnapshot), "Download a snapshot", "Download");
    row("a restore from here", groupOf({plain}, RestoreMode::PointInTime), "Restore to a point in time",
        "Staging / orders-staging");
    row("not told", groupOf({plain}), "Kind not told", "Not told");
    row("not told, with a link", groupOf({readyJob(id(1))}), "Kind not told", "Not told");
    row("a moment", with([](RestoreJob &job) { job.pointInTime = true; }), "To a cluster, which one is not told",
        "Not told");
    row("a target", with([](RestoreJob &job) { job.delivery.targetCluster = ordersTarget().id; }), "To a cluster",
        "Cluster 60cc000000000000000000b0");
    row("queryable", with([](RestoreJob &job) { job.delivery.methodName = QStringLiteral("QUERY"); }),
        "Queryable backup", "");
    row("another word", with([](RestoreJob &job) { job.delivery.methodName = QStringLiteral("SCP"); }), "SCP",
        "Not told");
}

void TestJobTexts::kind()
{
    QFETCH(JobGroup, group);
    QFETCH(QString, mode);
    QFETCH(QString, target);
    QCOMPARE(modeText(group), mode);
    QCOMPARE(targetText(group), target);
}

void TestJobTexts::job_data()
{
    QTest::addColumn<RestoreJob>("job");
    QTest::addColumn<JobKind>("kind");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("delivery");
    const RestoreJob done = jobOf(id(1), finished, DeliveryStatus::Ready);
    QTest::newRow("automated") << done << JobKind{JobKind::Is::ToCluster, true, {}}
                               << QStringLiteral("Handed over to the agents")
                               << QStringLiteral("To the cluster's agents");
    QTest::newRow("download") << done << JobKind{JobKind::Is::Download, false, {}} << QStringLiteral("Finished")
                              << QStringLiteral("Ready, waiting for the link");
    QTest::newRow("not told") << done << JobKind{} << QStringLiteral("Server's part done") << QStringLiteral("No link");
    QTest::newRow("nothing told") << jobOf(id(1), JobStatus::Unknown, DeliveryStatus::Unknown) << JobKind{}
                                  << QStringLiteral("Not known") << QStringLiteral("Not known");
}

void TestJobTexts::job()
{
    QFETCH(RestoreJob, job);
    QFETCH(JobKind, kind);
    QFETCH(QString, status);
    QFETCH(QString, delivery);
    QCOMPARE(statusText(job, kind), status);
    QCOMPARE(deliveryText(job, kind, now()), delivery);
}

void TestJobTexts::small()
{
    QCOMPARE(maxDownloadsText(UnlimitedDownloads), QStringLiteral("unlimited"));
    QCOMPARE(maxDownloadsText(UnlimitedDownloads - 1), QStringLiteral("2147483646"));
    QCOMPARE(maxDownloadsText(1), QStringLiteral("1"));
    QCOMPARE(maxDownloadsText(0), QString());
    QCOMPARE(expiryText(now().addSecs(12000), now()), QStringLiteral("in 3 h 20 min"));
    QCOMPARE(expiryText(now(), now()), QStringLiteral("expired"));
    QCOMPARE(expiryText({}, now()), QString());
    const QString masked = maskedLink(readyJob(id(1)).delivery);
    QVERIFY2(!masked.contains(QLatin1String("QUJD")), qPrintable(masked));
    QVERIFY2(masked.contains(QLatin1String(".tar.gz")), qPrintable(masked));
    QCOMPARE(maskedLink({}), QString());
}

QTEST_GUILESS_MAIN(TestJobTexts)
#include "job_texts_test.moc"
