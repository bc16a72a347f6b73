#include "support/fixed_clock.h"
#include "support/job_cases.h"
#include "ui/jobs/job_actions.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString One = QStringLiteral("60ff00000000000000000001");
const QString Two = QStringLiteral("60ff00000000000000000002");
constexpr auto download = RestoreMode::DownloadSnapshot;
constexpr auto automated = RestoreMode::AutomatedSnapshot;

JobGroup one(JobStatus status, DeliveryStatus delivery, RestoreMode mode)
{
    return groupOf({jobOf(One, status, delivery)}, mode);
}

JobGroup expiring(qint64 seconds)
{
    RestoreJob job = readyJob(One);
    job.delivery.expires = now().addSecs(seconds);
    return groupOf({job}, download);
}

JobGroup partly()
{
    return groupOf({readyJob(One), jobOf(Two, JobStatus::Broken, DeliveryStatus::Failed)}, download);
}

JobGroup odd()
{
    JobGroup group = one(JobStatus::Unknown, DeliveryStatus::Unknown, download);
    group.jobs.front().statusName = QStringLiteral("PONDERING");
    return group;
}

} // namespace

/// What is advised about a restore can be pressed where it is read.
class AdviceJobsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeFollowed_data()
    {
        QTest::addColumn<JobGroup>("group");
        QTest::newRow("broken") << one(JobStatus::Broken, DeliveryStatus::Failed, automated);
        QTest::newRow("its archive could not be made") << one(JobStatus::Finished, DeliveryStatus::Failed, download);
        QTest::newRow("cancelled") << one(JobStatus::Killed, DeliveryStatus::NotStarted, automated);
        QTest::newRow("interrupted") << one(JobStatus::Finished, DeliveryStatus::Interrupted, download);
        QTest::newRow("the link expired") << one(JobStatus::Finished, DeliveryStatus::Expired, download);
        QTest::newRow("the link is over by the clock") << expiring(-60);
        QTest::newRow("the link is used up")
            << one(JobStatus::Finished, DeliveryStatus::MaxDownloadsExceeded, download);
        QTest::newRow("ready") << expiring(12000);
        QTest::newRow("the link ends soon") << expiring(600);
        QTest::newRow("only a part is ready") << partly();
        QTest::newRow("words that are not known") << odd();
    }

    void canBeFollowed()
    {
        QFETCH(const JobGroup, group);
        const FixedClock clock(now());
        QWidget window;
        window.show();
        JobActions actions(clock, &window);
        const auto advice = adviceFor(group, now());
        QVERIFY(advice);
        QVERIFY2(!advice->steps.empty(), qPrintable(advice->sentence));
        actions.setSelection(&group, group.jobs.size() == 1 ? &group.jobs.front() : nullptr, {});
        for (const JobStep step : advice->steps)
            QVERIFY2(actions.action(step)->isEnabled(), qPrintable(actions.action(step)->text()));
        const auto names = [&advice](JobStep step) { return std::ranges::count(advice->steps, step) == 1; };
        if (advice->sentence.contains(QStringLiteral("epeat it as a new restore"))) {
            QVERIFY(names(JobStep::Repeat));
            const QSignalSpy asked(&actions, &JobActions::repeatRequested);
            actions.action(JobStep::Repeat)->trigger();
            QCOMPARE(asked.count(), 1);
        }
        if (advice->sentence.startsWith(QStringLiteral("Download")))
            QVERIFY(names(JobStep::Download));
        if (advice->sentence.startsWith(QStringLiteral("Show JSON")))
            QVERIFY(names(JobStep::ShowJson));
    }
};

QTEST_MAIN(AdviceJobsTest)
#include "advice_jobs_test.moc"
