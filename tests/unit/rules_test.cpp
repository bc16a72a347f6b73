#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodDraftsHaveNoFinding_data();
    void goodDraftsHaveNoFinding();
    void condition_data();
    void condition();
    void emptyDraftBlocks();
    void otherModesFieldsAreNotRead();
    void objection_data();
    void objection();
    void ranges();
};

void TestRules::goodDraftsHaveNoFinding_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("sharded");
    for (const bool sharded : {false, true}) {
        const char *kind = sharded ? "sharded" : "replica set";
        for (const RestoreMode mode : {RestoreMode::DownloadSnapshot, RestoreMode::AutomatedSnapshot,
                                       RestoreMode::OplogTimestamp, RestoreMode::PointInTime})
            QTest::addRow("%s, %s", qPrintable(modeName(mode)), kind) << mode << sharded;
    }
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << true;
}

void TestRules::goodDraftsHaveNoFinding()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    const RestoreDraft draft = goodDraft(mode, sharded);
    const RestoreFacts facts = goodFacts(draft);
    const auto findings = check(draft, facts, now());
    QVERIFY2(findings.empty(), qPrintable(describe(findings)));
    const auto request = buildRequest(draft, facts, now());
    QVERIFY(request.has_value());
    QCOMPARE(request->mode(), mode);
    QCOMPARE(request->expectedJobs(), sharded ? 3 : 1);
}

void TestRules::condition_data()
{
    addColumns();
    const auto mode = RestoreMode::DownloadSnapshot;
    row(
        "no project", mode, Single, [](RestoreDraft &draft, RestoreFacts &) { draft.project = {}; }, Expect::Blocking,
        Field::Project);
    row(
        "no cluster", mode, Single, [](RestoreDraft &draft, RestoreFacts &) { draft.cluster.reset(); },
        Expect::Blocking, Field::Cluster);
    row(
        "cluster of another project", mode, Single,
        [](RestoreDraft &draft, RestoreFacts &) { draft.project = staging(); }, Expect::Blocking, Field::Cluster,
        QStringLiteral("another project"));
    row("source is a shard", mode, Single, onSource([](Cluster &c) { c.shardName = QStringLiteral("shop_1"); }),
        Expect::Blocking, Field::Cluster, QStringLiteral("whole cluster"));
    row("source is config servers", mode, Single, onSource([](Cluster &c) { c.type = ClusterType::ConfigServers; }),
        Expect::Blocking, Field::Cluster, QStringLiteral("whole cluster"));
    row("source is a standalone", mode, Single, onSource([](Cluster &c) { c.type = ClusterType::Standalone; }),
        Expect::Blocking, Field::Cluster, QStringLiteral("standalone"));
    row("backup stopped", mode, Single, onSource([](Cluster &c) {
            c.backupRunning = false;
            c.backupState = QStringLiteral("STOPPED");
        }),
        Expect::Warning, Field::Cluster, QStringLiteral("STOPPED"));
    row("backup state not known", mode, Single, onSource([](Cluster &c) { c.backupRunning.reset(); }), Expect::Nothing,
        Field::Cluster);
    row(
        "no mode", mode, Single, [](RestoreDraft &draft, RestoreFacts &) { draft.mode.reset(); }, Expect::Blocking,
        Field::Mode);

    const auto fcv = [](const char *text) {
        return [text](RestoreDraft &draft, RestoreFacts &facts) {
            versions(QLatin1String(text), QStringLiteral("6.0"), QStringLiteral("6.0.14"))(draft, facts);
        };
    };
    for (const auto timeMode : {RestoreMode::OplogTimestamp, RestoreMode::PointInTime}) {
        const QByteArray name = modeName(timeMode).toUtf8();
        row((name + ": sharded 4.0").constData(), timeMode, Sharded, fcv("4.0"), Expect::Blocking, Field::Mode,
            QStringLiteral("4.2 or later"));
        row((name + ": sharded 3.6").constData(), timeMode, Sharded, fcv("3.6"), Expect::Blocking, Field::Mode);
        row((name + ": sharded 4.2").constData(), timeMode, Sharded,
            versions(QStringLiteral("4.2"), QStringLiteral("4.2"), QStringLiteral("4.2.24")), Expect::Nothing,
            Field::Mode);
        const auto onOpsManager = [](const Edit &then) {
            return Edit([then](RestoreDraft &draft, RestoreFacts &facts) {
                facts.service = Service::OpsManager;
                then(draft, facts);
            });
        };
        row((name + ": sharded 5.0 on Ops Manager").constData(), timeMode, Sharded,
            onOpsManager(versions(QStringLiteral("5.0"), QStringLiteral("5.0"), QStringLiteral("5.0.26"))),
            Expect::Warning, Field::Mode, QStringLiteral("asks for feature compatibility version 6.0"));
        row((name + ": sharded 6.0 on Ops Manager").constData(), timeMode, Sharded,
            onOpsManager(versions(QStringLiteral("6.0"), QStringLiteral("6.0"), QStringLiteral("6.0.14"))),
            Expect::Nothing, Field::Mode);
        row((name + ": replica set 5.0 on Ops Manager").constData(), timeMode, Single,
            onOpsManager(versions(QStringLiteral("5.0"), QStringLiteral("5.0"), QStringLiteral("5.0.26"))),
            Expect::Nothing, Field::Mode);
        row((name + ": sharded 4.0 on Ops Manager").constData(), timeMode, Sharded, onOpsManager(fcv("4.0")),
            Expect::Blocking, Field::Mode, QStringLiteral("4.2 or later"));
        row((name + ": of unknown kind").constData(), timeMode, Single,
            onSource([](Cluster &c) { c.type = ClusterType::Unknown; }), Expect::Warning, Field::Mode,
            QStringLiteral("replica set or a sharded cluster is not known"));
        row((name + ": sharded, FCV unknown").constData(), timeMode, Sharded, fcv(""), Expect::Warning, Field::Mode,
            QStringLiteral("not known"));
        row((name + ": replica set 3.6").constData(), timeMode, Single,
            versions(QStringLiteral("3.6"), QStringLiteral("3.6"), QStringLiteral("3.6.23")), Expect::Nothing,
            Field::Mode);
        row((name + ": replica set, FCV unknown").constData(), timeMode, Single, fcv(""), Expect::Nothing, Field::Mode);
        row((name + ": no range at all").constData(), timeMode, Single,
            [](RestoreDraft &, RestoreFacts &facts) { facts.ranges = std::optional(std::vector<RestorableRange>()); },
            Expect::Blocking, Field::Mode);
    }
    const auto checkpoint = RestoreMode::Checkpoint;
    row("checkpoint: replica set", checkpoint, Single, onSource([](Cluster &c) { c.type = ClusterType::ReplicaSet; }),
        Expect::Blocking, Field::Mode, QStringLiteral("sharded"));
    row("checkpoint: FCV 4.2", checkpoint, Single,
        versions(QStringLiteral("4.2"), QStringLiteral("4.2"), QStringLiteral("4.2.24")), Expect::Blocking, Field::Mode,
        QStringLiteral("up to feature compatibility version 4.0"));
    row("checkpoint: FCV 3.6", checkpoint, Single,
        versions(QStringLiteral("3.6"), QStringLiteral("4.0"), QStringLiteral("3.6.23")), Expect::Nothing, Field::Mode);
    row("checkpoint: FCV unknown", checkpoint, Single,
        onSource([](Cluster &c) { c.featureCompatibilityVersion.clear(); }), Expect::Warning, Field::Mode,
        QStringLiteral("not known"));
}

void TestRules::condition()
{
    verifyRow();
}

void TestRules::emptyDraftBlocks()
{
    const RestoreDraft draft;
    const auto result = buildRequest(draft, {}, now());
    QVERIFY(!result);
    QCOMPARE(result.error().size(), size_t{3}); // project, cluster, mode
}

void TestRules::otherModesFieldsAreNotRead()
{
    // Changing the mode loses nothing, and rubbish in another mode's fields neither hinders nor enters the body.
    RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    draft.snapshot = SnapshotId(QStringLiteral("rubbish"));
    draft.checkpoint = CheckpointId(QStringLiteral("rubbish"));
    draft.oplogSeconds = draft.oplogIncrement = draft.expirationHours = draft.maxDownloads = QStringLiteral("rubbish");
    const auto request = buildRequest(draft, goodFacts(draft), now());
    QVERIFY(request.has_value());
    QVERIFY(!request->json().contains("rubbish"));
}

void TestRules::objection_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<Cluster>("cluster");
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("words");
    const auto none = QString();
    QTest::newRow("download, replica set") << RestoreMode::DownloadSnapshot << orders() << true << none;
    QTest::newRow("oplog, replica set") << RestoreMode::OplogTimestamp << orders() << true << none;
    QTest::newRow("oplog, sharded 6.0") << RestoreMode::OplogTimestamp << shopCluster() << true << none;
    QTest::newRow("oplog, sharded 4.0") << RestoreMode::OplogTimestamp << legacy() << true
                                        << QStringLiteral("this cluster has 4.0");
    QTest::newRow("time, sharded 4.0, nothing read yet")
        << RestoreMode::PointInTime << legacy() << false << QStringLiteral("this cluster has 4.0");
    QTest::newRow("checkpoint, sharded 4.0") << RestoreMode::Checkpoint << legacy() << true << none;
    QTest::newRow("checkpoint, nothing read yet") << RestoreMode::Checkpoint << legacy() << false << none;
    QTest::newRow("checkpoint, sharded 6.0")
        << RestoreMode::Checkpoint << shopCluster() << true << QStringLiteral("this cluster has 6.0");
    QTest::newRow("checkpoint, replica set")
        << RestoreMode::Checkpoint << orders() << true << QStringLiteral("Only sharded");
}

void TestRules::objection()
{
    QFETCH(RestoreMode, mode);
    QFETCH(Cluster, cluster);
    QFETCH(bool, known);
    QFETCH(QString, words);
    RestoreDraft draft;
    draft.cluster = cluster;
    const QString text = modeObjection(mode, cluster, known ? goodFacts(draft) : RestoreFacts{});
    QCOMPARE(text.isEmpty(), words.isEmpty());
    QVERIFY2(text.contains(words), qPrintable(text));

    // Whatever is missing from the cloud's answers is said, too.
    RestoreFacts nothing;
    nothing.snapshots.emplace();
    nothing.checkpoints.emplace();
    nothing.ranges = std::optional(std::vector<RestorableRange>());
    QVERIFY(!modeObjection(mode, cluster, nothing).isEmpty());
}

void TestRules::ranges()
{
    RestoreFacts facts;
    QVERIFY(effectiveRanges(facts, now()).empty());
    std::vector<RestorableRange> swapped = twoRanges();
    std::swap(swapped[0], swapped[1]);
    facts.ranges = std::optional(swapped);
    QCOMPARE(effectiveRanges(facts, now()), twoRanges());
    facts.ranges = std::optional<std::vector<RestorableRange>>();
    const auto day = effectiveRanges(facts, now());
    QCOMPARE(day.size(), size_t{1});
    QCOMPARE(day[0].start.time(), now().addDays(-1));
    QCOMPARE(day[0].end.time(), now());
    facts.schedule = SnapshotSchedule{6, 72};
    QCOMPARE(effectiveRanges(facts, now())[0].start.time(), now().addDays(-3));
    facts.schedule = SnapshotSchedule{6, 0};
    QVERIFY(effectiveRanges(facts, now()).empty());
}

QTEST_GUILESS_MAIN(TestRules)
#include "rules_test.moc"
