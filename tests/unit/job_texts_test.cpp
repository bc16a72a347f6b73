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

JobGroup withAgents(JobGroup group, const AutomationStatus &status)
{
    group.agents = status;
    return group;
}

} // namespace

class TestJobTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void group_data();
    void group();
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

    row("just created", groupOf({waiting}), "In progress", "Waiting", JobPhase::UnderWay);
    row("being prepared", groupOf({preparing}), "Finished", "Being prepared", JobPhase::UnderWay);
    row("link not in the answer", groupOf({noLink}), "Finished", "Ready, waiting for the link", JobPhase::UnderWay);
    row("ready", groupOf({readyJob(id(1))}), "Finished", "Ready", JobPhase::Open);
    row("expired by the clock", groupOf({expiredJob(1)}), "Finished", "Link expired", JobPhase::Final);
    row("expired", groupOf({jobOf(id(1), finished, DeliveryStatus::Expired)}), "Finished", "Link expired",
        JobPhase::Final);
    row("used up", groupOf({usedUp}), "Finished", "Link used up", JobPhase::Final);
    row("broken", groupOf({broken}), "Broken", "Failed", JobPhase::Final);
    row("cancelled", groupOf({killed}), "Cancelled", "Interrupted", JobPhase::Final);
    row("words of a later server", groupOf({odd}), "PONDERING", "IN_THE_POST", JobPhase::UnderWay);
    row("stuck for days", groupOf({old(waiting)}), "In progress", "Waiting", JobPhase::Final);
    row("no link for days", groupOf({old(noLink)}), "Finished", "Ready, waiting for the link", JobPhase::Final);
    row("ready for days", groupOf({old(readyJob(id(1)))}), "Finished", "Ready", JobPhase::Open);

    row("batch, two ready", groupOf({readyJob(id(1)), preparing, readyJob(id(3))}), "2 of 3 ready",
        "Ready: 2, Being prepared: 1", JobPhase::UnderWay);
    row("batch, all ready", groupOf({readyJob(id(1)), readyJob(id(2))}), "2 of 2 ready", "Ready", JobPhase::Open);
    row("batch, one expired", groupOf({readyJob(id(1)), expiredJob(2)}), "1 of 2 ready", "Ready: 1, Link expired: 1",
        JobPhase::Open);
    row("batch, all over", groupOf({usedUp, expiredJob(2)}), "Finished", "Link used up: 1, Link expired: 1",
        JobPhase::Final);
    row("batch, one broken", groupOf({readyJob(id(1)), broken, readyJob(id(3))}), "1 of 3 broken",
        "Ready: 2, Failed: 1", JobPhase::Open);

    const auto snapshot = RestoreMode::AutomatedSnapshot;
    const RestoreJob done = jobOf(id(1), finished, DeliveryStatus::Ready);
    row("automated, in progress", groupOf({waiting}, snapshot), "In progress", "To cluster “orders-staging”",
        JobPhase::UnderWay);
    row("automated, handed over", groupOf({done}, snapshot), "Handed over to the agents", "To cluster “orders-staging”",
        JobPhase::UnderWay);
    row("automated, agents working", withAgents(groupOf({done}, snapshot), agents(3, 6)),
        "Handed over; agents 3 of 6 at the goal", "To cluster “orders-staging”", JobPhase::UnderWay);
    row("automated, agents at their goal", withAgents(groupOf({done}, snapshot), agents(6, 6)),
        "Handed over; all agents at the goal (6 of 6)", "To cluster “orders-staging”", JobPhase::Final);
    row("automated, no agents named", withAgents(groupOf({done}, snapshot), agents(0, 0)), "Handed over to the agents",
        "To cluster “orders-staging”", JobPhase::UnderWay);
    row("automated, days ago", groupOf({old(done)}, snapshot), "Handed over to the agents",
        "To cluster “orders-staging”", JobPhase::Final);
    row("automated, broken", groupOf({broken}, snapshot), "Broken", "To cluster “orders-staging”", JobPhase::Final);
    row("automated batch, one handed over", groupOf({done, waiting, waiting}, RestoreMode::PointInTime),
        "1 of 3 handed over", "To cluster “orders-staging”", JobPhase::UnderWay);
    // Agents that were at their goal before the hand-over say nothing about this restore.
    row("automated, agents at an older goal", withAgents(groupOf({waiting}, snapshot), agents(6, 6)), "In progress",
        "To cluster “orders-staging”", JobPhase::UnderWay);

    JobGroup elsewhere = groupOf({done});
    elsewhere.jobs.front().delivery.targetCluster = ordersTarget().id;
    row("automated, ordered elsewhere", elsewhere, "Handed over to the agents", "To the cluster's agents",
        JobPhase::Final);
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
    // Nothing that was handed over is ever called restored.
    QVERIFY(!groupStatusText(group, now()).contains(QLatin1String("estored")));
}

void TestJobTexts::job_data()
{
    QTest::addColumn<RestoreJob>("job");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("delivery");
    QTest::newRow("automated")
        << groupOf({jobOf(id(1), finished, DeliveryStatus::Ready)}, RestoreMode::PointInTime).jobs.front()
        << QStringLiteral("Handed over to the agents") << QStringLiteral("To the cluster's agents");
    QTest::newRow("nothing told") << jobOf(id(1), JobStatus::Unknown, DeliveryStatus::Unknown)
                                  << QStringLiteral("Not known") << QStringLiteral("Not known");
}

void TestJobTexts::job()
{
    QFETCH(RestoreJob, job);
    QFETCH(QString, status);
    QFETCH(QString, delivery);
    QCOMPARE(statusText(job), status);
    QCOMPARE(deliveryText(job, now()), delivery);
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
