#include "connection/connection.h"
#include "jobs/stages.h"
#include "restore/rules.h"
#include "support/job_cases.h"
#include "support/model_dump.h"
#include "ui/wizard/finding_lines.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Case
{
    const char *name;
    RestoreMode mode;
    bool sharded;
    std::function<void(RestoreDraft &, RestoreFacts &)> change;
};

void nothing(RestoreDraft &, RestoreFacts &) {}

std::vector<Case> goodOnes()
{
    return {{"download", RestoreMode::DownloadSnapshot, false, nothing},
            {"download of a sharded cluster", RestoreMode::DownloadSnapshot, true, nothing},
            {"snapshot", RestoreMode::AutomatedSnapshot, false, nothing},
            {"snapshot of a sharded cluster", RestoreMode::AutomatedSnapshot, true, nothing},
            {"oplog timestamp", RestoreMode::OplogTimestamp, false, nothing},
            {"point in time", RestoreMode::PointInTime, false, nothing},
            {"checkpoint", RestoreMode::Checkpoint, false, nothing}};
}

std::vector<Case> badOnes()
{
    return {
        {"nothing is chosen", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft = {}; }},
        {"onto itself", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) {
             draft.targetProject = draft.project;
             draft.targetCluster = draft.cluster;
             draft.typedTargetName = draft.cluster->name;
         }},
        {"the name is another's", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.typedTargetName = QStringLiteral("Orders-Staging"); }},
        {"a replica set onto a sharded cluster", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) {
             draft.targetCluster = shardedTarget();
             draft.typedTargetName = draft.targetCluster->name;
         }},
        {"an older target", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) {
             draft.targetCluster->versions = QStringList{QStringLiteral("5.0.1")};
             draft.targetCluster->featureCompatibilityVersion = QStringLiteral("5.0");
         }},
        {"the snapshot is gone", RestoreMode::AutomatedSnapshot, false,
         [](RestoreDraft &, RestoreFacts &facts) { facts.snapshots = std::vector<Snapshot>{}; }},
        {"an incomplete snapshot", RestoreMode::DownloadSnapshot, false,
         [](RestoreDraft &, RestoreFacts &facts) { facts.snapshots->front().complete = false; }},
        {"a moment in a gap", RestoreMode::PointInTime, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.pointInTime = QStringLiteral("2026-11-24 09:30:00"); }},
        {"a moment to come", RestoreMode::PointInTime, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.pointInTime = QStringLiteral("2027-01-01 00:00:00"); }},
        {"a moment with milliseconds", RestoreMode::PointInTime, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.pointInTime = QStringLiteral("2026-11-24 14:03:07.250"); }},
        {"no oplog timestamp", RestoreMode::OplogTimestamp, false,
         [](RestoreDraft &draft, RestoreFacts &) {
             draft.oplogSeconds.clear();
             draft.oplogIncrement = QStringLiteral("0");
         }},
        {"a link that lives too long", RestoreMode::DownloadSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.expirationHours = QStringLiteral("4000"); }},
        {"no downloads", RestoreMode::DownloadSnapshot, false,
         [](RestoreDraft &draft, RestoreFacts &) { draft.maxDownloads = QStringLiteral("0"); }},
    };
}

QJsonArray linesOf(const Case &one)
{
    RestoreDraft draft = goodDraft(one.mode, one.sharded);
    RestoreFacts facts = goodFacts(draft);
    one.change(draft, facts);
    std::vector<FieldHint::Line> lines;
    for (const Finding &finding : check(draft, facts, now()))
        lines.push_back(findingLine(finding, true));
    const QString levels[]{QStringLiteral("none"),    QStringLiteral("calm"),  QStringLiteral("note"),
                           QStringLiteral("warning"), QStringLiteral("error"), QStringLiteral("?")};
    QJsonArray said;
    for (const FieldHint::Line &line : worstFirst(std::move(lines)))
        said.append(levels[std::min<size_t>(size_t(line.level), 5)] + QStringLiteral(": ") + line.text);
    return said;
}

QJsonArray texts(const QStringList &lines)
{
    return QJsonArray::fromStringList(lines);
}

QJsonObject lineOf(const StageLine &line)
{
    QJsonArray stages;
    for (const Stage &stage : line.stages)
        stages.append(QStringLiteral("%1 (%2)%3%4%5")
                          .arg(stage.title)
                          .arg(int(stage.state))
                          .arg(stage.at.isValid() ? stage.at.toString(QStringLiteral(" 'at' hh:mm:ss")) : QString(),
                               stage.fraction ? QStringLiteral(" %1").arg(*stage.fraction) : QString(),
                               stage.detail.isEmpty() ? QString() : QStringLiteral(": ") + stage.detail));
    return {
        {QStringLiteral("word"), line.word}, {QStringLiteral("note"), line.note}, {QStringLiteral("stages"), stages}};
}

/// Whole and line by line, as QCOMPARE would not show it.
void isSame(const QString &difference)
{
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

} // namespace

/// What is said of a restore before it is ordered and while it runs, against reference files: the findings of drafts
/// with one thing wrong, the plans with all that is shown of their requests, and the stages of each kind of job.
class FindingFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findings()
    {
        QJsonObject all;
        for (const Case &one : badOnes()) {
            const QJsonArray lines = linesOf(one);
            QVERIFY2(!lines.isEmpty(), one.name);
            all.insert(QLatin1String(one.name), lines);
        }
        isSame(differenceFrom(QStringLiteral("findings"), all));
    }

    void plans()
    {
        Connection connection;
        connection.name = QStringLiteral("Ops Manager");
        connection.service = Service::OpsManager;
        connection.baseUrl = QUrl(QStringLiteral("https://om.example.com:8443"));
        connection.userName = QStringLiteral("abcdefgh");
        QJsonObject all;
        for (const Case &one : goodOnes()) {
            const RestoreDraft draft = goodDraft(one.mode, one.sharded);
            const auto request = buildRequest(draft, goodFacts(draft), now());
            QVERIFY2(request, one.name);
            const auto lines = [](const QString &text) { return texts(text.trimmed().split(QLatin1Char('\n'))); };
            all.insert(QLatin1String(one.name),
                       QJsonObject{{QStringLiteral("plan"), texts(request->plan())},
                                   {QStringLiteral("findings"), linesOf(one)},
                                   {QStringLiteral("json"), QString::fromUtf8(request->json())},
                                   {QStringLiteral("curl"), lines(request->curl(connection))},
                                   {QStringLiteral("mongocli"), lines(request->mongocli(connection))}});
        }
        isSame(differenceFrom(QStringLiteral("plans"), all));
    }

    void stagesOfJobs()
    {
        const QString id = QStringLiteral("60ff00000000000000000001");
        QJsonObject all;
        const auto add = [&all](const char *name, const JobGroup &group) {
            all.insert(QLatin1String(name), lineOf(stages(group, now())));
        };
        add("download, ready", groupOf({readyJob(id)}, RestoreMode::DownloadSnapshot));
        add("download, preparing",
            groupOf({jobOf(id, JobStatus::InProgress, DeliveryStatus::NotStarted)}, RestoreMode::DownloadSnapshot));
        add("download, expired",
            groupOf({jobOf(id, JobStatus::Finished, DeliveryStatus::Expired)}, RestoreMode::DownloadSnapshot));
        add("download, used up", groupOf({jobOf(id, JobStatus::Finished, DeliveryStatus::MaxDownloadsExceeded)},
                                         RestoreMode::DownloadSnapshot));
        add("cluster, in progress",
            groupOf({jobOf(id, JobStatus::InProgress, DeliveryStatus::NotStarted)}, RestoreMode::PointInTime));
        JobGroup handedOver =
            groupOf({jobOf(id, JobStatus::Finished, DeliveryStatus::Ready)}, RestoreMode::PointInTime);
        handedOver.goalBefore = 37;
        add("cluster, handed over", handedOver);
        handedOver.agents = progressAfter(37, {agents(38, 1, 3)});
        add("cluster, agents at work", handedOver);
        handedOver.agents = progressAfter(37, {agents(38, 3, 3)});
        add("cluster, in place", handedOver);
        add("broken", groupOf({jobOf(id, JobStatus::Broken, DeliveryStatus::Failed)}, RestoreMode::PointInTime));
        add("killed", groupOf({jobOf(id, JobStatus::Killed, DeliveryStatus::NotStarted)}, RestoreMode::PointInTime));
        add("not told what for", groupOf({jobOf(id, JobStatus::Finished, DeliveryStatus::Ready)}));
        isSame(differenceFrom(QStringLiteral("stages"), all));
    }
};

QTEST_MAIN(FindingFilesTest)
#include "finding_files_test.moc"
