#include "support/rule_rows.h"
#include "support/use_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QString Host = QStringLiteral("db1.example.net");

ConfiguredProcess process(const QString &replicaSet)
{
    ConfiguredProcess one;
    one.name = Host + QStringLiteral("_27017");
    one.hostname = Host;
    one.replicaSetName = replicaSet;
    one.storage = StorageSettings();
    one.tlsMode = QStringLiteral("requireTLS");
    return one;
}

/// Both are set up alike: everything that the rules ask is known, and nothing stands against it.
void setUp(RestoreDraft &draft, RestoreFacts &facts)
{
    TargetFacts target;
    target.target = draft.targetCluster->id;
    AutomationProcess reported;
    reported.name = Host + QStringLiteral("_27017");
    reported.hostname = Host;
    reported.lastGoalVersionAchieved = 7;
    target.status = AutomationStatus{7, {reported}};
    target.config = RedactedAutomationConfig{7, {process(draft.targetCluster->replicaSetName)}, true};
    target.sourceConfig = RedactedAutomationConfig{3, {process(draft.cluster->replicaSetName)}, true};
    Agent agent;
    agent.hostname = Host;
    agent.lastConfiguration = now();
    target.agents = std::vector<Agent>{agent};
    target.agentsRead = now();
    target.use = goodUse(*draft.targetCluster);
    facts.target = target;
}

using Process = std::function<void(ConfiguredProcess &)>;

Edit onBoth(const Process &source, const Process &target)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        setUp(draft, facts);
        source((**facts.target->sourceConfig).processes.front());
        target((**facts.target->config).processes.front());
    };
}

Edit onTargetFacts(const std::function<void(TargetFacts &)> &edit)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        setUp(draft, facts);
        edit(*facts.target);
    };
}

void nothing(ConfiguredProcess &) {}

Process storage(const std::function<void(StorageSettings &)> &edit)
{
    return [=](ConfiguredProcess &one) { edit(*one.storage); };
}

Process tls(const QString &mode)
{
    return [=](ConfiguredProcess &one) { one.tlsMode = mode; };
}

Edit named(const QString &target, const QString &project, const QString &source = {}, const QStringList &tags = {})
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        draft.targetCluster->name = target;
        draft.typedTargetName = target;
        draft.targetProject.name = project;
        draft.targetProject.tags = tags;
        if (!source.isEmpty())
            draft.cluster->name = source;
        setUp(draft, facts);
    };
}

Edit encrypted(const Process &target, const QString &key = QStringLiteral("k-1"))
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        setUp(draft, facts);
        target((**facts.target->config).processes.front());
        snapshotOf(facts).parts.front().encryptionEnabled = true;
        snapshotOf(facts).parts.front().masterKeyUuid = key;
    };
}

} // namespace

/// What the target is set up for: storage, signing in, keys, and whose it is.
class TestSettingsRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition() { verifyRow(); }
    void momentChoosesTheSnapshot();
    void passed_data();
    void passed();
};

void TestSettingsRules::condition_data()
{
    addColumns();
    const auto add = [](const char *name, const Edit &edit, Expect expect, const char *words = "") {
        row(name, RestoreMode::AutomatedSnapshot, Single, edit, expect, Field::TargetCluster, QString::fromUtf8(words));
    };
    add("alike", onBoth(nothing, nothing), Expect::Nothing);
    add("alike, and not by default",
        onBoth(storage([](StorageSettings &s) { s.blockCompressor = QStringLiteral("zstd"); }),
               storage([](StorageSettings &s) { s.blockCompressor = QStringLiteral("zstd"); })),
        Expect::Nothing);
    add("another engine", onBoth(nothing, storage([](StorageSettings &s) { s.engine = QStringLiteral("inMemory"); })),
        Expect::Blocking, "storage.engine is inMemory and not wiredTiger. They must be the same");
    add("another compressor",
        onBoth(storage([](StorageSettings &s) { s.blockCompressor = QStringLiteral("none"); }), nothing),
        Expect::Blocking, "blockCompressor is snappy and not none");
    add("folders by database", onBoth(storage([](StorageSettings &s) { s.directoryPerDb = true; }), nothing),
        Expect::Blocking, "storage.directoryPerDB is false and not true");
    add("folders for indexes", onBoth(nothing, storage([](StorageSettings &s) { s.directoryForIndexes = true; })),
        Expect::Blocking, "storage.wiredTiger.engineConfig.directoryForIndexes is true and not false");
    add("two differ", onBoth(nothing, storage([](StorageSettings &s) {
                                 s.directoryPerDb = true;
                                 s.engine = QStringLiteral("inMemory");
                             })),
        Expect::Blocking, "inMemory and not wiredTiger, storage.directoryPerDB is true and not false");
    add("one member of the target differs", onTargetFacts([](TargetFacts &f) {
            auto &processes = (**f.config).processes;
            processes.push_back(processes.front());
            processes.back().storage->directoryPerDb = true;
        }),
        Expect::Blocking, "storage.directoryPerDB is true and not false");
    add("the source's members differ", onTargetFacts([](TargetFacts &f) {
            auto &processes = (**f.sourceConfig).processes;
            processes.push_back(processes.front());
            processes.back().storage->directoryPerDb = true;
        }),
        Expect::Warning, "could not be checked: the processes of “orders” differ among themselves (storage.directory");
    add("not told", onBoth(nothing, [](ConfiguredProcess &one) { one.storage.reset(); }), Expect::Warning,
        "could not be checked: they are not told for both");
    const auto another = [](const std::function<void(ConfiguredProcess &)> &edit) {
        return onTargetFacts([=](TargetFacts &f) {
            auto &processes = (**f.config).processes;
            processes.push_back(processes.front());
            processes.back().name = QStringLiteral("db2.example.net_27017");
            processes.back().storage.reset();
            edit(processes.back());
        });
    };
    add("not told of one process", another(nothing), Expect::Warning,
        "could not be checked for every process: those of db2.example.net_27017 are not told");
    add("one keeps no data", another([](ConfiguredProcess &one) { one.keepsData = false; }), Expect::Nothing);
    add("the source is not managed", onTargetFacts([](TargetFacts &f) { (**f.sourceConfig).processes.clear(); }),
        Expect::Warning, "could not be checked: they are not told for both");
    add("the source's could not be read", onTargetFacts([](TargetFacts &f) {
            Error error;
            error.sentence = QStringLiteral("No such page.");
            f.sourceConfig = failure(error);
        }),
        Expect::Warning, "could not be checked. They must be the same. No such page.");
    add("the source's is being read", onTargetFacts([](TargetFacts &f) { f.sourceConfig.reset(); }), Expect::Note,
        "storage settings of “orders” are still being read");
    add(
        "of one project both are in one configuration",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            setUp(draft, facts);
            draft.targetProject = draft.project;
            draft.targetCluster->project = draft.project.id;
            auto &processes = (**facts.target->config).processes;
            processes.push_back((**facts.target->sourceConfig).processes.front());
            processes.back().storage->directoryPerDb = true;
            facts.target->sourceConfig.reset();
        },
        Expect::Blocking, "storage.directoryPerDB is false and not true");

    add("signing in here alone", onTargetFacts([](TargetFacts &f) { (**f.sourceConfig).authentication = false; }),
        Expect::Warning, "Clients have to sign in to “orders-staging”, and not to “orders”");
    add("signing in there alone", onTargetFacts([](TargetFacts &f) { (**f.config).authentication = false; }),
        Expect::Warning, "Clients have to sign in to “orders”, and not to “orders-staging”");
    add("signing in is not told", onTargetFacts([](TargetFacts &f) { (**f.config).authentication.reset(); }),
        Expect::Warning, "Whether clients have to sign in to “orders-staging” as they do to “orders” could not be");
    add("signing in to a source that its project's configuration does not have",
        onTargetFacts([](TargetFacts &f) { (**f.sourceConfig).processes.clear(); }), Expect::Warning,
        "Whether clients have to sign in to “orders-staging” as they do to “orders” could not be checked");
    add("TLS here alone", onBoth(tls(QStringLiteral("disabled")), nothing), Expect::Warning,
        "otherwise than “orders”: requireTLS and not disabled");
    const char *openTls = "Whether “orders-staging” uses TLS as “orders” does could not be checked";
    add("TLS is not told", onBoth(tls({}), nothing), Expect::Warning, openTls);
    add("TLS is not told of one process", onTargetFacts([](TargetFacts &f) {
            auto &processes = (**f.config).processes;
            processes.push_back(processes.front());
            processes.back().tlsMode.clear();
        }),
        Expect::Warning, openTls);
    add("TLS is not told of one process, and no other is like the source's", onTargetFacts([](TargetFacts &f) {
            auto &processes = (**f.config).processes;
            processes.push_back(processes.front());
            processes.front().tlsMode = QStringLiteral("disabled");
            processes.back().tlsMode.clear();
        }),
        Expect::Warning, "otherwise than “orders”: disabled and not requireTLS");

    add("keys: none is needed", encrypted(nothing, {}), Expect::Warning, "master key: not told");
    add("keys: the target has none", encrypted(nothing), Expect::Warning,
        "(master key: k-1), and processes of “orders-staging” run without encryption at rest");
    add("keys: the target may have it", encrypted(storage([](StorageSettings &s) { s.isEncrypted = true; })),
        Expect::Warning, "(master key: k-1). Whether “orders-staging” reaches that key cannot be checked");

    add("keys: it is not told whether the target has one",
        encrypted(storage([](StorageSettings &s) { s.isEncrypted = std::nullopt; })), Expect::Warning,
        "(master key: k-1). Whether “orders-staging” reaches that key cannot be checked");

    add("a rehearsal over production",
        named(QStringLiteral("orders-prod"), QStringLiteral("Shop"), QStringLiteral("orders-test")), Expect::Warning,
        "looks like production (“orders-prod”), and the source does not (“orders-test”)");
    add("production over production",
        named(QStringLiteral("orders-prod"), QStringLiteral("Shop"), QStringLiteral("ledger-prod")), Expect::Warning,
        "“orders-prod” looks like production (“orders-prod”). Is it the one");
    add("by its project's tag",
        named(QStringLiteral("orders"), QStringLiteral("Shop"), {}, {QStringLiteral("production")}), Expect::Warning,
        "looks like production (“production”)");
    add("to a rehearsal", named(QStringLiteral("orders-test"), QStringLiteral("Shop"), QStringLiteral("orders-prod")),
        Expect::Nothing);
}

/// Of an oplog timestamp or a point in time it is the newest complete one before it that is read.
void TestSettingsRules::momentChoosesTheSnapshot()
{
    RestoreDraft draft = goodDraft(RestoreMode::OplogTimestamp);
    RestoreFacts facts = goodFacts(draft);
    setUp(draft, facts);
    Snapshot older = goodSnapshot(*draft.cluster);
    older.created.seconds -= 7200;
    older.parts.front().encryptionEnabled = true;
    older.parts.front().masterKeyUuid = QStringLiteral("older");
    Snapshot newer = goodSnapshot(*draft.cluster);
    facts.snapshots = std::vector<Snapshot>{newer, older};
    const auto keyIsNamed = [&] {
        return describe(check(Step::Target, draft, facts, now())).contains(QStringLiteral("key: older"));
    };
    draft.oplogSeconds = QString::number(newer.created.seconds);
    QVERIFY(!keyIsNamed());
    draft.oplogSeconds = QString::number(newer.created.seconds - 1);
    QVERIFY(keyIsNamed());
    facts.snapshots->front().complete = false;
    draft.oplogSeconds = QString::number(newer.created.seconds);
    QVERIFY(keyIsNamed());
    draft.mode = RestoreMode::Checkpoint;
    facts.checkpoints->front().timestamp = older.created.time();
    facts.snapshots->front().complete = true;
    QVERIFY(keyIsNamed());
    facts.checkpoints->front().timestamp = newer.created.time();
    QVERIFY(!keyIsNamed());
    draft.mode = RestoreMode::PointInTime;
    draft.pointInTime = older.created.time().addSecs(1).toString(Qt::ISODate);
    QVERIFY(keyIsNamed());
}

/// What is not known has not passed.
void TestSettingsRules::passed_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<bool>("storage");
    QTest::addColumn<bool>("access");
    QTest::newRow("alike") << onBoth(nothing, nothing) << true << true;
    QTest::newRow("storage is not told") << onBoth(nothing, [](ConfiguredProcess &one) { one.storage.reset(); })
                                         << false << true;
    QTest::newRow("storage of one is not told") << onTargetFacts([](TargetFacts &f) {
        auto &processes = (**f.sourceConfig).processes;
        processes.push_back(processes.front());
        processes.back().storage.reset();
    }) << false << true;
    QTest::newRow("signing in is not told")
        << onTargetFacts([](TargetFacts &f) { (**f.config).authentication.reset(); }) << true << false;
    QTest::newRow("TLS is not told") << onBoth(nothing, tls({})) << true << false;
    QTest::newRow("nothing is told") << onTargetFacts([](TargetFacts &f) {
        (**f.config).authentication.reset();
        (**f.sourceConfig).authentication.reset();
        for (auto *config : {&f.config, &f.sourceConfig}) {
            (***config).processes.front().storage.reset();
            (***config).processes.front().tlsMode.clear();
        }
    }) << false << false;
    QTest::newRow("the source is not managed")
        << onTargetFacts([](TargetFacts &f) { (**f.sourceConfig).processes.clear(); }) << false << false;
    QTest::newRow("the source's is being read")
        << onTargetFacts([](TargetFacts &f) { f.sourceConfig.reset(); }) << false << false;
    QTest::newRow("another compressor")
        << onBoth(storage([](StorageSettings &s) { s.blockCompressor = QStringLiteral("none"); }), nothing) << false
        << true;
}

void TestSettingsRules::passed()
{
    QFETCH(Edit, edit);
    RestoreDraft draft = goodDraft(RestoreMode::AutomatedSnapshot);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    const QStringList passed = passedChecks(draft, facts);
    const QByteArray all = passed.join(QStringLiteral(", ")).toUtf8();
    QVERIFY2(passed.contains(QStringLiteral("rights in the target's project")), all.constData());
    QFETCH(bool, storage);
    QFETCH(bool, access);
    QVERIFY2(passed.contains(QStringLiteral("storage settings")) == storage, all.constData());
    QVERIFY2(passed.contains(QStringLiteral("signing in and TLS")) == access, all.constData());
}

QTEST_GUILESS_MAIN(TestSettingsRules)
#include "rules_settings_test.moc"
