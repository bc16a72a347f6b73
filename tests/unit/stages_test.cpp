#include "jobs/stages.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr auto inProgress = JobStatus::InProgress;
constexpr auto finished = JobStatus::Finished;
constexpr auto pointInTime = RestoreMode::PointInTime;
constexpr auto download = RestoreMode::DownloadSnapshot;

QString id(int number)
{
    return QStringLiteral("60ff0000000000000000000%1").arg(number);
}

RestoreJob job(JobStatus status, DeliveryStatus delivery, int number = 1)
{
    return jobOf(id(number), status, delivery);
}

RestoreJob ready(int number, qint64 seconds = 12000)
{
    RestoreJob made = readyJob(id(number));
    made.delivery.expires = now().addSecs(seconds);
    return made;
}

RestoreJob odd()
{
    RestoreJob made = job(JobStatus::Unknown, DeliveryStatus::Unknown);
    made.statusName = QStringLiteral("PONDERING");
    made.delivery.statusName = QStringLiteral("IN_THE_POST");
    return made;
}

JobGroup withAgents(const std::vector<AutomationStatus> &looks, std::optional<qint64> goalBefore = 37)
{
    JobGroup group = groupOf({job(finished, DeliveryStatus::Ready)}, pointInTime);
    group.goalBefore = goalBefore;
    group.agents = progressAfter(goalBefore, looks);
    return group;
}

AutomationStatus withErrors(AutomationStatus status, int first, int last)
{
    for (int i = 0; i < int(status.processes.size()); ++i)
        status.processes[size_t(i)].errorCode = i >= first && i <= last ? 100 : 0;
    return status;
}

JobGroup failing(int atGoal, int all, int first, int last)
{
    JobGroup group = withAgents({withErrors(agents(38, atGoal, all), first, last)});
    for (int i = first; i <= last; ++i)
        group.agents.errors.push_back({QStringLiteral("process_%1").arg(i), QStringLiteral("host"), {}});
    return group;
}

JobGroup stopped(JobGroup group)
{
    group.stoppedFollowing = true;
    return group;
}

JobGroup untold(const std::vector<RestoreJob> &jobs)
{
    return groupOf(jobs);
}

JobGroup old(JobGroup group)
{
    group.ordered = {};
    for (RestoreJob &made : group.jobs)
        made.created = now().addDays(-2);
    return group;
}

/// "Ordered+ Accepted+ Agents at work>0.88 Data in place." with + done, > now, . to come, ! failed, - over.
QString shape(const StageLine &line)
{
    QStringList parts;
    for (const Stage &stage : line.stages) {
        QString part = stage.title + QLatin1Char("+>.!-"[size_t(stage.state)]);
        if (stage.fraction)
            part += QString::number(*stage.fraction, 'g', 2);
        parts << part;
    }
    return parts.join(QLatin1Char(' '));
}

QString detailOf(const StageLine &line)
{
    QStringList details;
    for (const Stage &stage : line.stages) {
        if (!stage.detail.isEmpty())
            details << stage.detail;
    }
    return details.join(QLatin1String(" | "));
}

} // namespace

Q_DECLARE_METATYPE(tidemark::RestoreState)

class StagesTest : public QObject
{
    Q_OBJECT

    void row(const char *name, const JobGroup &group, RestoreState state, const char *word, const char *stages,
             const char *note = "", const char *detail = nullptr)
    {
        QTest::newRow(name) << group << state << QString::fromUtf8(word) << QString::fromUtf8(stages)
                            << QString::fromUtf8(note) << QString::fromUtf8(detail);
    }

private Q_SLOTS:
    void table_data();
    void table();
    void notes();
    void oneJob();
    void theFirstStageKnowsItsTime();
    void nothingIsReachedByAnOrderThatIsNotKnown();
};

void StagesTest::table_data()
{
    QTest::addColumn<JobGroup>("group");
    QTest::addColumn<RestoreState>("state");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("stages");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("detail"); // null: not looked at
    using S = RestoreState;
    using D = DeliveryStatus;

    // To a cluster, by the job.
    row("ordered", groupOf({job(inProgress, D::NotStarted)}, pointInTime), S::Ordered, "Ordered",
        "Ordered+ Accepted> Agents at work. Data in place.");
    row("one of three handed over",
        groupOf({job(finished, D::Ready, 1), job(inProgress, D::InProgress, 2), job(inProgress, D::NotStarted, 3)},
                pointInTime),
        S::Preparing, "1 of 3 handed over", "Ordered+ Accepted>0.33 Agents at work. Data in place.");
    row("finished is handed over", groupOf({job(finished, D::Ready)}, pointInTime), S::HandedOver, "Handed over",
        "Ordered+ Accepted+ Agents at work> Data in place.", "", "1 of 1 handed over | nothing is told of them yet");
    row("finished, and its link word is failed", groupOf({job(finished, D::Failed)}, pointInTime), S::HandedOver,
        "Handed over", "Ordered+ Accepted+ Agents at work> Data in place.");
    row("broken", groupOf({job(JobStatus::Broken, D::Failed)}, pointInTime), S::Failed, "Broken",
        "Ordered+ Accepted! Agents at work. Data in place.");
    row("one of two broken", groupOf({job(finished, D::Ready, 1), job(JobStatus::Broken, D::Failed, 2)}, pointInTime),
        S::Failed, "1 of 2 broken", "Ordered+ Accepted! Agents at work. Data in place.");
    row("killed", groupOf({job(JobStatus::Killed, D::Interrupted)}, pointInTime), S::Cancelled, "Cancelled",
        "Ordered+ Accepted- Agents at work. Data in place.");
    row("an unknown word", groupOf({odd()}, pointInTime), S::NotKnownYet, "PONDERING",
        "Ordered+ Accepted. Agents at work. Data in place.");

    // To a cluster, by its agents.
    row("their goal has not risen", withAgents({agents(37, 3, 3)}), S::HandedOver, "Handed over",
        "Ordered+ Accepted+ Agents at work> Data in place.", "", "1 of 1 handed over | their goal has not risen yet");
    row("22 of 25", withAgents({withErrors(agents(38, 22, 25), 99, 99)}), S::AgentsAtWork, "Agents at work",
        "Ordered+ Accepted+ Agents at work>0.88 Data in place.", "22/25",
        "1 of 1 handed over | 22 of 25 at the goal | when all 25 are at the goal");
    row("errors are not told", withAgents({agents(38, 22, 25)}), S::AgentsAtWork, "Agents at work",
        "Ordered+ Accepted+ Agents at work>0.88 Data in place.", "22/25",
        "1 of 1 handed over | 22 of 25 at the goal; errors not told | when all 25 are at the goal");
    row("all seen there once", withAgents({agents(38, 25, 25)}), S::AgentsAtWork, "Agents at work",
        "Ordered+ Accepted+ Agents at work>1 Data in place.", "25/25");
    row("an error, others work", failing(22, 25, 24, 24), S::AgentsAtWork, "Agents at work",
        "Ordered+ Accepted+ Agents at work>0.88 Data in place.", "22/25, errors: 1");
    row("an error, nobody else works", failing(2, 3, 2, 2), S::AgentError, "Agent error",
        "Ordered+ Accepted+ Agents at work! Data in place.", "2/3, errors: 1");
    row("an error at the goal", failing(3, 3, 0, 0), S::AgentError, "Agent error",
        "Ordered+ Accepted+ Agents at work! Data in place.", "3/3, errors: 1");
    row("in place", withAgents({agents(38, 3, 3), agents(38, 3, 3)}), S::InPlace, "Data in place",
        "Ordered+ Accepted+ Agents at work+ Data in place+");
    row("at a goal that nobody knows", withAgents({agents(38, 3, 3), agents(38, 3, 3)}, std::nullopt), S::AtUnknownGoal,
        "Not known", "Ordered+ Accepted+ Agents at work- Data in place.");
    row("no longer followed", stopped(withAgents({agents(38, 1, 3)})), S::HandedOver, "Handed over",
        "Ordered+ Accepted+ Agents at work- Data in place.", "",
        "1 of 1 handed over | 1 of 3 at the goal; errors not told; no longer followed");
    row("silent for two days, ordered elsewhere", old(groupOf({job(finished, D::Ready)}, pointInTime)), S::HandedOver,
        "Handed over", "Ordered+ Accepted+ Agents at work- Data in place.");
    JobGroup unknownTarget = groupOf({job(finished, D::Ready)}, pointInTime);
    unknownTarget.targetProject = {};
    row("whose agents is not told", unknownTarget, S::HandedOver, "Handed over",
        "Ordered+ Accepted+ Agents at work- Data in place.", "", "1 of 1 handed over | which agents is not told");

    // Downloads.
    row("download, ordered", groupOf({job(inProgress, D::NotStarted)}, download), S::Ordered, "Ordered",
        "Ordered+ Accepted> Ready.");
    row("download, prepared", groupOf({job(inProgress, D::InProgress)}, download), S::Preparing, "Being prepared",
        "Ordered+ Accepted+ Ready>");
    row("download, done without a link", groupOf({job(finished, D::NotStarted)}, download), S::Preparing,
        "Waiting for the link", "Ordered+ Accepted+ Ready>");
    row("download, ready without a link", groupOf({job(finished, D::Ready)}, download), S::Preparing,
        "Ready, waiting for the link", "Ordered+ Accepted+ Ready>");
    row("download, ready", groupOf({ready(1)}, download), S::Ready, "Ready", "Ordered+ Accepted+ Ready+",
        "link 3 h 20 min");
    row("download, expired by the clock", groupOf({ready(1, 0)}, download), S::Expired, "Link expired",
        "Ordered+ Accepted+ Link expired-", "on 2026-11-24 14:30:00 UTC");
    row("download, expired", groupOf({job(finished, D::Expired)}, download), S::Expired, "Link expired",
        "Ordered+ Accepted+ Link expired-");
    row("download, used up", groupOf({job(finished, D::MaxDownloadsExceeded)}, download), S::UsedUp, "Link used up",
        "Ordered+ Accepted+ Link used up-");
    row("download, failed", groupOf({job(finished, D::Failed)}, download), S::Failed, "Failed",
        "Ordered+ Accepted+ Ready!");
    row("download, interrupted", groupOf({job(inProgress, D::Interrupted)}, download), S::Interrupted, "Interrupted",
        "Ordered+ Accepted+ Ready!");
    row("download, broken at once", groupOf({job(JobStatus::Broken, D::NotStarted)}, download), S::Failed, "Broken",
        "Ordered+ Accepted! Ready.");
    row("download, killed", groupOf({job(JobStatus::Killed, D::InProgress)}, download), S::Cancelled, "Cancelled",
        "Ordered+ Accepted+ Ready-");
    row("download, an unknown word of the job", groupOf({odd()}, download), S::NotKnownYet, "PONDERING",
        "Ordered+ Accepted. Ready.");
    RestoreJob oddLink = odd();
    oddLink.status = finished;
    row("download, an unknown word of the link", groupOf({oddLink}, download), S::NotKnownYet, "IN_THE_POST",
        "Ordered+ Accepted+ Ready.");

    // Downloads of more than one archive.
    row("two of three ready", groupOf({ready(1), ready(2), job(inProgress, D::InProgress, 3)}, download), S::Preparing,
        "2 of 3 ready", "Ordered+ Accepted+ Ready>0.67", "link 3 h 20 min");
    row("three of three ready", groupOf({ready(1), ready(2), ready(3)}, download), S::Ready, "3 of 3 ready",
        "Ordered+ Accepted+ Ready+", "link 3 h 20 min");
    row("one is over", groupOf({ready(1), ready(2, -5)}, download), S::PartlyReady, "1 of 2 ready",
        "Ordered+ Accepted+ Ready-");
    row("all are over", groupOf({ready(1, -9), job(finished, D::MaxDownloadsExceeded, 2)}, download), S::Expired,
        "Links expired or used up", "Ordered+ Accepted+ Links expired or used up-");
    row("all used up",
        groupOf({job(finished, D::MaxDownloadsExceeded, 1), job(finished, D::MaxDownloadsExceeded, 2)}, download),
        S::UsedUp, "Links used up", "Ordered+ Accepted+ Links used up-");
    row("one failed", groupOf({ready(1), job(finished, D::Failed, 2)}, download), S::Failed, "1 of 2 failed",
        "Ordered+ Accepted+ Ready!");

    // What for is not told: nothing is confirmed by its end.
    row("untold, running", untold({job(inProgress, D::NotStarted)}), S::Preparing, "In progress",
        "Ordered+ Server's part>");
    row("untold, finished", untold({job(finished, D::Ready)}), S::ServerPartDone, "Server's part done",
        "Ordered+ Server's part-");
    row("untold, with a link", untold({ready(1)}), S::ServerPartDone, "Server's part done", "Ordered+ Server's part-");
    row("untold, half done", untold({job(finished, D::Ready, 1), job(inProgress, D::NotStarted, 2)}), S::Preparing,
        "1 of 2 done by the server", "Ordered+ Server's part>");
    row("untold, broken", untold({job(JobStatus::Broken, D::Failed)}), S::Failed, "Broken", "Ordered+ Server's part!");
    row("untold, killed", untold({job(JobStatus::Killed, D::Failed)}), S::Cancelled, "Cancelled",
        "Ordered+ Server's part-");
    row("untold, an unknown word", untold({odd()}), S::NotKnownYet, "PONDERING", "Ordered+ Server's part.");
}

void StagesTest::table()
{
    QFETCH(JobGroup, group);
    QFETCH(RestoreState, state);
    QFETCH(QString, word);
    QFETCH(QString, stages);
    QFETCH(QString, note);
    QFETCH(QString, detail);
    const StageLine line = tidemark::stages(group, now());
    QCOMPARE(shape(line), stages);
    QCOMPARE(line.word, word);
    QCOMPARE(int(line.state), int(state));
    if (!note.isEmpty())
        QCOMPARE(line.note, note);
    if (!detail.isNull())
        QCOMPARE(detailOf(line), detail);
    // At most one place where it stands, and nothing is reached behind it.
    bool isOpen = false;
    for (const Stage &stage : line.stages) {
        QVERIFY(!isOpen || stage.state == StageState::ToCome);
        isOpen = isOpen || stage.state != StageState::Done;
    }
}

void StagesTest::notes()
{
    const auto kindOf = [](const JobGroup &group) { return int(tidemark::stages(group, now()).noteKind); };
    QCOMPARE(kindOf(groupOf({ready(1, 1800)}, download)), int(NoteKind::Link));
    QCOMPARE(kindOf(groupOf({ready(1, 1799)}, download)), int(NoteKind::LinkSoon));
    QCOMPARE(kindOf(groupOf({ready(1), ready(2, 60)}, download)), int(NoteKind::LinkSoon));
    QCOMPARE(kindOf(failing(22, 25, 24, 24)), int(NoteKind::Error));
    QCOMPARE(kindOf(withAgents({agents(38, 22, 25)})), int(NoteKind::Plain));
}

void StagesTest::oneJob()
{
    const JobGroup group =
        groupOf({job(finished, DeliveryStatus::Ready, 1), job(inProgress, DeliveryStatus::NotStarted, 2)}, pointInTime);
    StageLine line = jobState(group, group.jobs.at(0), now());
    QCOMPARE(line.word, QStringLiteral("Handed over"));
    QCOMPARE(int(line.state), int(RestoreState::HandedOver));
    QVERIFY(line.stages.empty());
    line = jobState(group, group.jobs.at(1), now());
    QCOMPARE(line.word, QStringLiteral("Ordered"));
    const JobGroup links = groupOf({ready(1), ready(2, -1)}, download);
    QCOMPARE(jobState(links, links.jobs.at(0), now()).word, QStringLiteral("Ready"));
    QCOMPARE(jobState(links, links.jobs.at(1), now()).word, QStringLiteral("Link expired"));
}

void StagesTest::theFirstStageKnowsItsTime()
{
    JobGroup group = groupOf({job(inProgress, DeliveryStatus::NotStarted)}, pointInTime);
    group.ordered = now().addSecs(-61);
    QCOMPARE(tidemark::stages(group, now()).stages.front().at, group.ordered);
    group.ordered = {};
    QCOMPARE(tidemark::stages(group, now()).stages.front().at, group.jobs.front().created);
}

void StagesTest::nothingIsReachedByAnOrderThatIsNotKnown()
{
    const StageLine line = stagesOfUnknownOrder(true, QStringLiteral("the job list is being looked at"));
    QCOMPARE(shape(line), QStringLiteral("Ordered. Accepted. Agents at work. Data in place."));
    QCOMPARE(line.word, QStringLiteral("Not known yet"));
    QCOMPARE(detailOf(line), QStringLiteral("the job list is being looked at"));
    QCOMPARE(shape(stagesOfUnknownOrder(false, {})), QStringLiteral("Ordered. Accepted. Ready."));
}

QTEST_GUILESS_MAIN(StagesTest)

#include "stages_test.moc"
