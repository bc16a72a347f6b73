#include "jobs/agents_look.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

ConfiguredProcess process(const char *name, const char *replicaSet, const char *cluster = "", const char *told = "")
{
    ConfiguredProcess process;
    process.name = QLatin1String(name);
    process.replicaSetName = QLatin1String(replicaSet);
    process.clusterName = QLatin1String(cluster);
    process.backupRestoreJobId = JobId(QLatin1String(told));
    return process;
}

/// A project with a sharded cluster, whose configuration has a name of its own, and two replica sets.
RedactedAutomationConfig config()
{
    RedactedAutomationConfig config;
    config.processes = {process("s1", "shop-staging_1", "dep"),
                        process("s2", "shop-staging_2", "dep"),
                        process("c1", "shop-staging_3", "dep"),
                        process("mongos", "", "dep"),
                        process("o1", "orders-staging"),
                        process("o2", "orders-staging"),
                        process("x1", "other"),
                        process("mongos-x", "", "dep-x"),
                        process("alone", "")};
    return config;
}

JobGroup restore()
{
    JobGroup group = groupOf({jobOf(QStringLiteral("j1"), JobStatus::Finished, DeliveryStatus::Ready),
                              jobOf(QStringLiteral("j2"), JobStatus::Finished, DeliveryStatus::Ready)},
                             RestoreMode::AutomatedSnapshot);
    group.goalBefore = 37;
    return group;
}

AutomationProcess failing(std::optional<qint64> code, std::optional<QString> name, std::optional<QString> description,
                          std::optional<QString> line)
{
    AutomationProcess process;
    process.name = QStringLiteral("p");
    process.hostname = QStringLiteral("h");
    process.errorCode = code;
    process.errorCodeHumanReadable = std::move(name);
    process.errorCodeDescription = std::move(description);
    process.errorString = std::move(line);
    return process;
}

} // namespace

class TestAgentsLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errors_data();
    void errors();
    void targets_data();
    void targets();
    void looks();
};

void TestAgentsLook::errors_data()
{
    QTest::addColumn<AutomationProcess>("process");
    QTest::addColumn<QString>("words"); ///< empty: no error
    const QString name = QStringLiteral("File Permissions Error");
    const QString description = QStringLiteral("There is an issue with file permissions");
    const QString line = QStringLiteral("<p> [10:21] Error reading file : permission denied");
    const QString none = QLatin1String("");
    QTest::newRow("not told") << failing({}, {}, {}, {}) << QString();
    QTest::newRow("none") << failing(0, none, none, none) << QString();
    QTest::newRow("code 0 with words") << failing(0, name, {}, {}) << QString();
    QTest::newRow("all") << failing(100, name, description, line) << name + QStringLiteral(": ") + description;
    QTest::newRow("name only") << failing(100, name, none, none) << name;
    QTest::newRow("log's line only") << failing(100, {}, {}, line) << line;
    QTest::newRow("code only") << failing(-3, {}, none, {}) << QStringLiteral("code -3");
    QTest::newRow("words without a code") << failing({}, {}, description, {}) << description;
}

void TestAgentsLook::errors()
{
    QFETCH(AutomationProcess, process);
    QFETCH(QString, words);
    AutomationStatus status = agents(38, 1, 2);
    status.processes.push_back(process);
    const auto errors = agentErrors(status);
    QCOMPARE(errors.size(), words.isEmpty() ? size_t{0} : size_t{1});
    if (!errors.empty())
        QCOMPARE(errors.front(), (AgentError{QStringLiteral("p"), QStringLiteral("h"), words}));
}

void TestAgentsLook::targets_data()
{
    QTest::addColumn<RedactedAutomationConfig>("config");
    QTest::addColumn<Cluster>("target"); ///< without an id: not known
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char *name, const RedactedAutomationConfig &config, const Cluster &target,
                        const char *names) {
        QTest::newRow(name) << config << target << QString::fromLatin1(names).split(u' ', Qt::SkipEmptyParts);
    };
    const auto with = [](const std::vector<std::pair<size_t, const char *>> &told) {
        RedactedAutomationConfig changed = config();
        for (const auto &[place, job] : told)
            changed.processes[place].backupRestoreJobId = JobId(QLatin1String(job));
        return changed;
    };
    row("replica set", config(), ordersTarget(), "o1 o2");
    row("sharded cluster, its mongos too", config(), shardedTarget(), "s1 s2 c1 mongos");
    row("not known", config(), {}, "");
    row("not in the configuration", config(), orders(), "");
    row("no process named", {}, ordersTarget(), "");
    row("told, target not known", with({{4, "j1"}}), {}, "o1 o2");
    row("told, one shard of it", with({{1, "j2"}}), {}, "s1 s2 c1 mongos");
    row("told by the batch", with({{1, "batch"}}), {}, "s1 s2 c1 mongos");
    row("told, standalone", with({{8, "j1"}}), {}, "alone");
    row("told another restore", with({{4, "j9"}}), {}, "");
    RedactedAutomationConfig disabled = config();
    disabled.processes[5].disabled = true;
    row("disabled", disabled, ordersTarget(), "o1");
}

void TestAgentsLook::targets()
{
    QFETCH(RedactedAutomationConfig, config);
    QFETCH(Cluster, target);
    QFETCH(QStringList, names);
    const auto found = targetProcesses(restore(), config, target.id.isEmpty() ? nullptr : &target);
    QCOMPARE(found.value_or(QStringList()), names);
    QCOMPARE(found.has_value(), !names.isEmpty());
}

void TestAgentsLook::looks()
{
    const JobGroup group = restore();
    AutomationStatus status = agents(38, 6, 6);
    status.processes[2].errorCode = 100;
    const Cluster target = ordersTarget();
    const AgentsLook plain = lookAt(group, status, nullptr, &target);
    QVERIFY(plain.handedOver);
    QCOMPARE(plain.goalBefore, std::optional<qint64>(37));
    QCOMPARE(plain.status, std::optional(status));
    QCOMPARE(plain.errors.size(), size_t{1});
    QVERIFY(!plain.targetProcesses);
    QVERIFY(!plain.configurationNamesJob);

    RedactedAutomationConfig told = config();
    QVERIFY(!lookAt(group, status, &told, nullptr).configurationNamesJob);
    QCOMPARE(lookAt(group, status, &told, &target).targetProcesses->size(), 2);
    told.processes[4].backupRestoreJobId = JobId(QStringLiteral("j1"));
    QVERIFY(lookAt(group, status, &told, nullptr).configurationNamesJob);
    JobGroup waiting = group;
    waiting.jobs.back().status = JobStatus::InProgress;
    QVERIFY(!lookAt(waiting, status, &told, nullptr).handedOver);
}

QTEST_GUILESS_MAIN(TestAgentsLook)
#include "agent_progress_look_test.moc"
