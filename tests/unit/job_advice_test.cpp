#include "base/text.h"
#include "jobs/job_activity.h"
#include "jobs/job_advice.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr auto automated = RestoreMode::AutomatedSnapshot;
constexpr auto download = RestoreMode::DownloadSnapshot;
const QString One = QStringLiteral("60ff00000000000000000001");
const QString Two = QStringLiteral("60ff00000000000000000002");

JobGroup one(JobStatus status, DeliveryStatus delivery, RestoreMode mode)
{
    return groupOf({jobOf(One, status, delivery)}, mode);
}

JobGroup ready(qint64 seconds)
{
    RestoreJob job = readyJob(One);
    job.delivery.expires = now().addSecs(seconds);
    return groupOf({job}, download);
}

JobGroup handedOver(qint64 secondsAgo, const std::vector<AutomationStatus> &looks)
{
    JobGroup group = one(JobStatus::Finished, DeliveryStatus::Ready, automated);
    group.ordered = now().addSecs(-secondsAgo);
    group.goalBefore = 37;
    group.agents = progressAfter(37, looks);
    return group;
}

JobGroup failing(int errors)
{
    JobGroup group = handedOver(60, {agents(38, 1, 3)});
    for (int i = 3 - errors; i < 3; ++i)
        group.agents.errors.push_back({QStringLiteral("process_%1").arg(i), QStringLiteral("host_%1").arg(i), {}});
    return group;
}

/// "Lost: The server gave this job up. [Repeat SaveReport]"
QString words(const std::optional<JobAdvice> &advice)
{
    if (!advice)
        return {};
    static const QStringList kinds{QStringLiteral("Good"), QStringLiteral("Note"), QStringLiteral("Soon"),
                                   QStringLiteral("Lost")};
    static const QStringList steps{QStringLiteral("Download"), QStringLiteral("CopyLink"),
                                   QStringLiteral("Repeat"),   QStringLiteral("Undo"),
                                   QStringLiteral("ShowJson"), QStringLiteral("SaveReport")};
    QStringList named;
    for (const JobStep step : advice->steps)
        named << steps.at(int(step));
    return QStringLiteral("%1: %2 [%3]").arg(kinds.at(int(advice->kind)), advice->title, named.join(QLatin1Char(' ')));
}

} // namespace

/// What to do next with a restore, and what the list says of it at a glance.
class JobAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data()
    {
        QTest::addColumn<JobGroup>("group");
        QTest::addColumn<QString>("advice");
        QTest::addColumn<QString>("activity"); ///< r running, f failed
        const auto row = [](const char *name, const JobGroup &group, const char *advice, const char *activity) {
            QTest::newRow(name) << group << QString::fromUtf8(advice) << QString::fromLatin1(activity);
        };
        using J = JobStatus;
        using D = DeliveryStatus;
        row("ordered", one(J::InProgress, D::NotStarted, automated), "", "r");
        row("BROKEN, to a cluster", one(J::Broken, D::NotStarted, automated),
            "Lost: The server gave this job up. [Repeat SaveReport]", "f");
        row("BROKEN, a download", one(J::Broken, D::NotStarted, download),
            "Lost: The server gave this job up. [Repeat SaveReport]", "f");
        row("KILLED", one(J::Killed, D::NotStarted, automated), "Note: This job was cancelled. [Repeat]", "");
        row("INTERRUPTED", one(J::Finished, D::Interrupted, download),
            "Lost: The server was interrupted while it made the archive. [Repeat]", "f");
        row("FAILED", one(J::Finished, D::Failed, download),
            "Lost: The server could not make the archive. [Repeat SaveReport]", "f");
        row("ready", ready(12000), "Good: The data are ready to be fetched. [Download]", "");
        row("ready for twenty minutes", ready(1200), "Soon: The link ends soon. [Download]", "");
        row("expired", ready(-1), "Note: The link has expired. [Repeat]", "");
        row("used up", one(J::Finished, D::MaxDownloadsExceeded, download),
            "Note: The link was used as often as it may be. [Repeat]", "");
        row("handed over just now", handedOver(60, {agents(37, 3, 3)}), "", "r");
        row("handed over, and nobody begins", handedOver(3600, {agents(37, 3, 3)}),
            "Soon: The agents have not begun. []", "r");
        row("at work", handedOver(3600, {agents(38, 1, 3)}), "", "r");
        row("at work since morning", handedOver(7 * 3600, {agents(38, 1, 3)}), "Soon: The agents take long. []", "r");
        row("one agent fails", failing(1), "Soon: An agent reports an error while others work. [SaveReport]", "rf");
        row("all that are left fail", failing(2), "Lost: The agents cannot go on. [SaveReport]", "rf");
        row("in place", handedOver(3600, {agents(38, 3, 3), agents(38, 3, 3)}),
            "Good: The data are in place. [SaveReport]", "");
        row("in place since yesterday", handedOver(86401, {agents(38, 3, 3), agents(38, 3, 3)}), "", "");
        RestoreJob odd = jobOf(One, J::Unknown, D::Unknown);
        row("a word nobody knows", groupOf({odd}, automated),
            "Soon: The server says something that this program does not know. [ShowJson]", "");
    }
    void states()
    {
        QFETCH(JobGroup, group);
        QTEST(words(adviceFor(group, now())), "advice");
        const JobActivity activity = activityOf(group, now());
        const QString shown = QStringLiteral("%1%2").arg(activity.isRunning ? QStringLiteral("r") : QString(),
                                                         activity.hasFailed ? QStringLiteral("f") : QString());
        QTEST(shown, "activity");
        const auto advice = adviceFor(group, now());
        if (advice)
            QVERIFY(!advice->sentence.isEmpty() && !advice->sentence.endsWith(QStringLiteral("..")));
    }

    /// It is offered until it has been judged, however long that takes.
    void whatCanBeUndone_data()
    {
        QTest::addColumn<JobGroup>("group");
        QTest::addColumn<QString>("advice");
        const auto row = [](const char *name, const JobGroup &group, const char *advice) {
            QTest::newRow(name) << group << QString::fromLatin1(advice);
        };
        const std::vector<AutomationStatus> done{agents(38, 3, 3), agents(38, 3, 3)};
        row("in place", handedOver(3600, done), "Good: The data are in place. [Undo SaveReport]");
        row("in place since yesterday", handedOver(86401, done), "Good: The data are in place. [Undo SaveReport]");
        row("BROKEN", one(JobStatus::Broken, DeliveryStatus::NotStarted, automated),
            "Lost: The server gave this job up. [Repeat Undo SaveReport]");
        row("BROKEN, a download", one(JobStatus::Broken, DeliveryStatus::NotStarted, download),
            "Lost: The server gave this job up. [Repeat SaveReport]");
    }
    void whatCanBeUndone()
    {
        QFETCH(JobGroup, group);
        const UndoTo undo{now().addSecs(-7200), now().addDays(7)};
        QTEST(words(adviceFor(group, now(), undo)), "advice");
        if (!group.isAutomatedRestore())
            return;
        const QString moment = utcText(undo.moment);
        QVERIFY(adviceFor(group, now(), undo)->sentence.contains(moment));
        QVERIFY(adviceFor(group, now(), UndoTo{undo.moment, {}})->sentence.contains(moment));
    }

    /// Scripts find the tab by the beginning of its text.
    void titles()
    {
        const QString base = QStringLiteral("Restore jobs");
        QCOMPARE(countedTitle(base, 0, 0), base);
        QCOMPARE(countedTitle(base, 2, 0), QStringLiteral("Restore jobs (2 running)"));
        QCOMPARE(countedTitle(base, 0, 1), QStringLiteral("Restore jobs (1 failed)"));
        QCOMPARE(countedTitle(base, 2, 1), QStringLiteral("Restore jobs (2 running, 1 failed)"));
    }
};

QTEST_GUILESS_MAIN(JobAdviceTest)
#include "job_advice_test.moc"
