#include "support/rule_rows.h"
#include "support/use_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Host1 = QStringLiteral("db1.example.net");
const QString Host2 = QStringLiteral("db2.example.net");

ConfiguredProcess configured(const QString &host, const QString &replicaSet, const QString &cluster = {},
                             const QString &told = {})
{
    return {host + QStringLiteral("_27017"), host, cluster, replicaSet, JobId(told), false, StorageSettings(),
            QStringLiteral("disabled")};
}

AutomationProcess reported(const QString &host, qint64 achieved)
{
    AutomationProcess process;
    process.name = host + QStringLiteral("_27017");
    process.hostname = host;
    process.lastGoalVersionAchieved = achieved;
    return process;
}

Agent agent(const QString &host, const QDateTime &last)
{
    Agent agent;
    agent.typeName = QStringLiteral("AUTOMATION");
    agent.hostname = host;
    agent.lastConfiguration = last;
    return agent;
}

Error refused(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Permission;
    error.httpStatus = 403;
    error.sentence = sentence;
    return error;
}

RestoreJob running(const QString &id, const ClusterId &target, JobStatus status = JobStatus::InProgress)
{
    RestoreJob job;
    job.id = JobId(id);
    job.created = now().addSecs(-120);
    job.status = status;
    job.delivery.targetCluster = target;
    return job;
}

/// All is well with a target of two hosts.
TargetFacts goodTarget(const Cluster &target)
{
    TargetFacts facts;
    facts.target = target.id;
    const QString set = target.isSharded() ? target.shards.front().replicaSetName : target.replicaSetName;
    facts.status = AutomationStatus{7, {reported(Host1, 7), reported(Host2, 7)}};
    facts.config = RedactedAutomationConfig{
        7,
        {configured(Host1, set, target.isSharded() ? QStringLiteral("dep") : QString()), configured(Host2, set)},
        true};
    facts.agents = std::vector<Agent>{agent(Host1, now().addSecs(-20)), agent(Host2, now().addSecs(-20))};
    facts.agentsRead = now();
    facts.jobs[target.id] = {target.name, std::vector<RestoreJob>()};
    facts.use = goodUse(target);
    return facts;
}

Edit onFacts(const std::function<void(TargetFacts &)> &edit)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        facts.target = goodTarget(*draft.targetCluster);
        const Cluster &source = *draft.cluster;
        const QString set = source.isSharded() ? source.shards.front().replicaSetName : source.replicaSetName;
        facts.target->sourceConfig = RedactedAutomationConfig{3, {configured(Host1, set)}, true};
        edit(*facts.target);
    };
}

} // namespace

/// What the automation, the agents and the running restores of the target say against it: warnings, never more.
class TestAgentRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition() { verifyRow(); }
    void nothingElse_data();
    void nothingElse();
    void passed_data();
    void passed();
};

void TestAgentRules::condition_data()
{
    addColumns();
    const auto add = [](const char *name, const Edit &edit, Expect expect, const char *words = "",
                        bool sharded = Single) {
        row(name, RestoreMode::AutomatedSnapshot, sharded, edit, expect, Field::TargetCluster,
            QString::fromUtf8(words));
    };
    const auto facts = [&](const char *name, const std::function<void(TargetFacts &)> &edit, Expect expect,
                           const char *words = "") { add(name, onFacts(edit), expect, words); };
    const char *unmanaged = "is in the automation configuration of its project";
    const char *unread = "No. The key may not.";

    facts(
        "all is well", [](TargetFacts &) {}, Expect::Nothing);
    add(
        "nothing is known yet", [](RestoreDraft &, RestoreFacts &) {}, Expect::Nothing);
    add(
        "what is known is of another target",
        [](RestoreDraft &, RestoreFacts &known) {
            known.target = goodTarget(orders());
            known.target->config = RedactedAutomationConfig{};
        },
        Expect::Nothing);
    facts(
        "still being read", [](TargetFacts &f) { f.agents.reset(); }, Expect::Note, "still being read");
    facts(
        "a job list is still being read", [](TargetFacts &f) { f.jobs.begin()->second.restores.reset(); }, Expect::Note,
        "still being read");

    facts(
        "managed: no process configured", [](TargetFacts &f) { (**f.config).processes.clear(); }, Expect::Warning,
        unmanaged);
    facts(
        "managed: no process configured, the status could not be read",
        [=](TargetFacts &f) {
            (**f.config).processes.clear();
            f.status = failure(refused(QLatin1String(unread)));
        },
        Expect::Warning, unmanaged);
    facts(
        "managed: those of another replica set",
        [](TargetFacts &f) {
            for (ConfiguredProcess &process : (**f.config).processes)
                process.replicaSetName = QStringLiteral("orders-staging-2");
        },
        Expect::Warning, unmanaged);
    facts(
        "managed: all disabled",
        [](TargetFacts &f) {
            for (ConfiguredProcess &process : (**f.config).processes)
                process.disabled = true;
        },
        Expect::Warning, unmanaged);
    facts(
        "managed: one of two is enough", [](TargetFacts &f) { (**f.config).processes.pop_back(); }, Expect::Nothing);
    facts(
        "managed: configured, and no agent reports any",
        [](TargetFacts &f) {
            f.status = AutomationStatus{7, {reported(QStringLiteral("other"), 7)}};
        },
        Expect::Warning, unmanaged);
    facts(
        "managed: one is reported", [](TargetFacts &f) { (**f.status).processes.pop_back(); }, Expect::Nothing);
    facts(
        "managed: reported without its name", [](TargetFacts &f) { (**f.status).processes.front().name.clear(); },
        Expect::Nothing);
    facts(
        "managed: the configuration could not be read",
        [=](TargetFacts &f) { f.config = failure(refused(QLatin1String(unread))); }, Expect::Warning,
        "and with which storage settings, could not be checked. No. The key may not. Reading that takes the role");
    facts(
        "managed: it could not, and the project has no process at all",
        [=](TargetFacts &f) {
            f.config = failure(refused(QLatin1String(unread)));
            f.status = AutomationStatus{7, {}};
        },
        Expect::Warning, unmanaged);
    add(
        "managed: the target's replica sets are not known",
        [](RestoreDraft &draft, RestoreFacts &known) {
            known.target = goodTarget(*draft.targetCluster);
            draft.targetCluster->replicaSetName.clear();
        },
        Expect::Warning, "its replica sets are not known");
    add("managed: a sharded cluster by one of its shards", onFacts([](TargetFacts &) {}), Expect::Nothing, "", Sharded);
    add("managed: a sharded cluster, none of its shards", onFacts([](TargetFacts &f) {
            f.config = RedactedAutomationConfig{7, {configured(Host1, QStringLiteral("x"))}};
        }),
        Expect::Warning, unmanaged, Sharded);

    facts(
        "agents: a host without one", [](TargetFacts &f) { (**f.agents).pop_back(); }, Expect::Warning,
        "no automation agent and can take no part in a restore: db2.example.net");
    facts(
        "agents: those of other hosts do not matter",
        [](TargetFacts &f) { (**f.agents).push_back(agent(QStringLiteral("db3.example.net"), now().addDays(-9))); },
        Expect::Nothing);
    facts(
        "agents: of a name that begins alike",
        [](TargetFacts &f) { (**f.agents).back().hostname = QStringLiteral("db2.example.network"); }, Expect::Warning,
        "no part in a restore: db2");
    facts(
        "agents: by another name of the host",
        [](TargetFacts &f) { (**f.agents).back().hostname = QStringLiteral("DB2"); }, Expect::Nothing);
    facts(
        "agents: none in the project", [](TargetFacts &f) { (**f.agents).clear(); }, Expect::Warning,
        "no automation agent at all");
    const auto lastHeard = [&](const char *name, int seconds, Expect expect, const char *words = "") {
        facts(
            name, [=](TargetFacts &f) { (**f.agents).back().lastConfiguration = now().addSecs(-seconds); }, expect,
            words);
    };
    lastHeard("agents: heard of just within the limit", 60 * SilentAgentMinutes, Expect::Nothing);
    lastHeard("agents: silent", 60 * SilentAgentMinutes + 1, Expect::Warning,
              "db2.example.net (since 2026-11-24 14:19");
    lastHeard("agents: of a clock ahead", -3600, Expect::Nothing);
    facts(
        "agents: silent when they were read, not now", [](TargetFacts &f) { f.agentsRead = now().addSecs(-7200); },
        Expect::Nothing);
    facts(
        "agents: the newest sign of a host's counts",
        [](TargetFacts &f) {
            (**f.agents).push_back(agent(Host2, now().addDays(-9)));
            (**f.agents).insert((**f.agents).begin(), agent(Host1, now().addDays(-9)));
        },
        Expect::Nothing);
    facts(
        "agents: no life sign told", [](TargetFacts &f) { (**f.agents).back().lastConfiguration = {}; },
        Expect::Warning, "does not tell when they were last heard of: db2");
    facts(
        "agents: could not be read", [=](TargetFacts &f) { f.agents = failure(refused(QLatin1String(unread))); },
        Expect::Warning, "agents of “orders-staging” are alive could not be checked. No. The key may not.");
    facts(
        "agents: whose hosts could not be read",
        [=](TargetFacts &f) { f.config = failure(refused(QLatin1String(unread))); }, Expect::Warning,
        "alive could not be checked: which hosts are its own");

    const ClusterId target = ordersTarget().id;
    const auto listed = [&](const char *name, const RestoreJob &job, Expect expect, const char *words = "") {
        facts(
            name, [=](TargetFacts &f) { f.jobs[target].restores = std::vector<RestoreJob>{job}; }, expect, words);
    };
    listed("running: a restore of the target", running(QStringLiteral("j1"), target), Expect::Warning,
           "Another restore of “orders-staging” is running: it was created at 2026-11-24 14:28");
    listed("running: of a status that is not known", running(QStringLiteral("j1"), target, JobStatus::Unknown),
           Expect::Warning, "is running");
    listed("running: handed over", running(QStringLiteral("j1"), target, JobStatus::Finished), Expect::Nothing);
    listed("running: cancelled", running(QStringLiteral("j1"), target, JobStatus::Killed), Expect::Nothing);
    listed("running: of another target", running(QStringLiteral("j1"), orders().id), Expect::Nothing);
    listed("running: a download", running(QStringLiteral("j1"), {}), Expect::Nothing);
    facts(
        "running: a list could not be read",
        [=](TargetFacts &f) {
            f.jobs[orders().id] = {QStringLiteral("orders"),
                                   Result<std::vector<RestoreJob>>(failure(refused(QLatin1String(unread))))};
        },
        Expect::Warning, "could not be checked everywhere: the restore jobs of “orders” could not be read. No.");
    const auto told = [&](const char *name, qint64 achieved, const std::function<void(TargetFacts &)> &more,
                          Expect expect, const char *words = "") {
        facts(
            name,
            [=](TargetFacts &f) {
                (**f.config).processes.back().backupRestoreJobId = JobId(QStringLiteral("j7"));
                (**f.status).processes.back().lastGoalVersionAchieved = achieved;
                more(f);
            },
            expect, words);
    };
    const auto nothing = [](TargetFacts &) {};
    told("running: the agents were told and are behind", 6, nothing, Expect::Warning, "are still at it");
    told("running: the agents were told and are done", 7, nothing, Expect::Nothing);
    facts(
        "running: behind with something else",
        [](TargetFacts &f) { (**f.status).processes.back().lastGoalVersionAchieved = 6; }, Expect::Nothing);
    facts(
        "running: the automation status could not be read",
        [=](TargetFacts &f) { f.status = failure(refused(QLatin1String(unread))); }, Expect::Warning,
        "still carrying out another restore could not be checked. No. The key may not.");
}

/// What is said once is said once, and what is said of one thing says nothing of another.
void TestAgentRules::nothingElse_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<int>("warnings");
    const ClusterId target = ordersTarget().id;
    QTest::newRow("two shards' jobs of one batch") << onFacts([=](TargetFacts &f) {
        RestoreJob one = running(QStringLiteral("j1"), target);
        RestoreJob two = running(QStringLiteral("j2"), target);
        one.batch = two.batch = BatchId(QStringLiteral("b"));
        f.jobs[target].restores = std::vector<RestoreJob>{one, two};
    }) << 1;
    QTest::newRow("two restores") << onFacts([=](TargetFacts &f) {
        f.jobs[target].restores =
            std::vector<RestoreJob>{running(QStringLiteral("j1"), target), running(QStringLiteral("j2"), target)};
    }) << 2;
    QTest::newRow("listed and told") << onFacts([=](TargetFacts &f) {
        f.jobs[target].restores = std::vector<RestoreJob>{running(QStringLiteral("j7"), target)};
        (**f.config).processes.back().backupRestoreJobId = JobId(QStringLiteral("j7"));
        (**f.status).processes.back().lastGoalVersionAchieved = 6;
    }) << 1;
    QTest::newRow("not managed says nothing of agents") << onFacts([](TargetFacts &f) {
        (**f.config).processes.clear();
        (**f.agents).pop_back();
    }) << 1;
    QTest::newRow("nothing could be read: one sentence for each") << onFacts([](TargetFacts &f) {
        f.config = failure(refused(QStringLiteral("c")));
        f.agents = failure(refused(QStringLiteral("a")));
        f.status = failure(refused(QStringLiteral("s")));
        f.jobs[orders().id] = {QStringLiteral("orders"),
                               Result<std::vector<RestoreJob>>(failure(refused(QStringLiteral("j"))))};
        f.jobs[ordersTarget().id].restores = failure(refused(QStringLiteral("j")));
    }) << 4;
}

void TestAgentRules::nothingElse()
{
    QFETCH(Edit, edit);
    QFETCH(int, warnings);
    RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    const auto findings = check(Step::Target, draft, facts, now());
    QVERIFY2(isComplete(findings), qPrintable(describe(findings)));
    QVERIFY2(int(findings.size()) == warnings, qPrintable(describe(findings)));
    QVERIFY(buildRequest(draft, facts, now()));
}

/// Only what was looked at, and found well, has passed.
void TestAgentRules::passed_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("passed");
    const auto row = [](const char *name, const Edit &edit, const char *words) {
        QTest::newRow(name) << edit << QString::fromLatin1(words);
    };
    row("all", onFacts([](TargetFacts &) {}),
        "kind of cluster, MongoDB version and FCV, its own backup, room on a partition of each host, hardly any "
        "writes, automation "
        "agents, rights in the target's project, storage settings, signing in and TLS, no other restore seen");
    row(
        "nothing was read of the agents", [](RestoreDraft &, RestoreFacts &) {},
        "kind of cluster, MongoDB version and FCV, its own backup");
    const char *withoutAgents = "kind of cluster, MongoDB version and FCV, its own backup, room on a partition of each "
                                "host, hardly any writes";
    row("still being read", onFacts([](TargetFacts &f) { f.jobs.begin()->second.restores.reset(); }), withoutAgents);
    row("an agent is silent", onFacts([](TargetFacts &f) { (**f.agents).pop_back(); }), withoutAgents);
    row("a list could not be read",
        onFacts([](TargetFacts &f) { f.jobs.begin()->second.restores = failure(refused(QStringLiteral("j"))); }),
        "kind of cluster, MongoDB version and FCV, its own backup, room on a partition of each host, hardly any "
        "writes, automation "
        "agents, rights in the target's project, storage settings, signing in and TLS");
    row("kinds not known", onSource([](Cluster &c) { c.type = ClusterType::Unknown; }),
        "MongoDB version and FCV, its own backup");
    row("version not known", onTarget([](Cluster &c) { c.versions.clear(); }), "kind of cluster, its own backup");
    row("backup not known", onTarget([](Cluster &c) { c.backupRunning.reset(); }),
        "kind of cluster, MongoDB version and FCV");
    row("something blocks", onTarget([](Cluster &c) { c.type = ClusterType::Standalone; }), "");
    row(
        "no target", [](RestoreDraft &draft, RestoreFacts &) { draft.targetCluster.reset(); }, "");
    row(
        "a download", [](RestoreDraft &draft, RestoreFacts &) { draft.mode = RestoreMode::DownloadSnapshot; }, "");
}

void TestAgentRules::passed()
{
    QFETCH(Edit, edit);
    RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    QTEST(passedChecks(draft, facts).join(QStringLiteral(", ")), "passed");
}

QTEST_GUILESS_MAIN(TestAgentRules)
#include "rules_agents_test.moc"
