#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestTargetRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition();
};

void TestTargetRules::condition_data()
{
    addColumns();
    const auto mode = RestoreMode::AutomatedSnapshot;
    const auto field = Field::TargetCluster;
    const auto add = [&](const char *name, bool sharded, const Edit &edit, Expect expect, const QString &words = {}) {
        row(name, mode, sharded, edit, expect, field, words);
    };
    row(
        "target: no project", mode, Single, [](RestoreDraft &draft, RestoreFacts &) { draft.targetProject = {}; },
        Expect::Blocking, Field::TargetProject);
    add(
        "target: no cluster", Single, [](RestoreDraft &draft, RestoreFacts &) { draft.targetCluster.reset(); },
        Expect::Blocking, QStringLiteral("Choose"));
    add(
        "target: of another project", Single, [](RestoreDraft &draft, RestoreFacts &) { draft.targetProject = shop(); },
        Expect::Blocking, QStringLiteral("another project"));
    add(
        "target: a shard alone", Sharded,
        [](RestoreDraft &draft, RestoreFacts &) { draft.targetCluster = Cluster(draft.targetCluster->shards.front()); },
        Expect::Blocking, QStringLiteral("shard alone"));
    add("target: config servers", Single, onTarget([](Cluster &c) { c.type = ClusterType::ConfigServers; }),
        Expect::Blocking, QStringLiteral("whole cluster"));
    add("target: a standalone", Single, onTarget([](Cluster &c) { c.type = ClusterType::Standalone; }),
        Expect::Blocking, QStringLiteral("standalone"));
    add("target: of unknown type", Single, onTarget([](Cluster &c) { c.type = ClusterType::Unknown; }), Expect::Warning,
        QStringLiteral("not known"));
    add(
        "target: sharded for a replica set", Single,
        [](RestoreDraft &draft, RestoreFacts &) {
            draft.targetCluster = shardedTarget();
            draft.typedTargetName = draft.targetCluster->name;
        },
        Expect::Blocking, QStringLiteral("replica set can only"));
    add(
        "target: a replica set for a sharded cluster", Sharded,
        [](RestoreDraft &draft, RestoreFacts &) {
            draft.targetCluster = ordersTarget();
            draft.typedTargetName = draft.targetCluster->name;
        },
        Expect::Blocking, QStringLiteral("sharded cluster can only"));
    add("target: another number of shards", Sharded, onTarget([](Cluster &c) { c.shards.erase(c.shards.begin()); }),
        Expect::Warning, QStringLiteral("has 2 shards and the target has 1"));
    add("target: shards not known", Sharded, onTarget([](Cluster &c) { c.shards.clear(); }), Expect::Nothing);
    add(
        "target: the source itself", Single,
        [](RestoreDraft &draft, RestoreFacts &) {
            draft.targetProject = draft.project;
            draft.targetCluster = draft.cluster;
            draft.typedTargetName = draft.cluster->name;
        },
        Expect::Warning, QStringLiteral("THE TARGET IS THE SOURCE ITSELF"));
    auto service = Service::CloudManager;
    const auto matrix = [&](const char *data, const char *targetFcv, const char *mongod, Expect expect,
                            const char *words = "") {
        const QByteArray name = QByteArray(service == Service::OpsManager ? "Ops Manager: " : "Cloud Manager: ") +
                                "FCV " + data + " to FCV " + targetFcv + ", MongoDB " + mongod;
        add(name.constData(), Single,
            [service, then = versions(QLatin1String(data), QLatin1String(targetFcv), QLatin1String(mongod))](
                RestoreDraft &draft, RestoreFacts &facts) {
                facts.service = service;
                then(draft, facts);
            },
            expect, QLatin1String(words));
    };
    matrix("4.2", "4.2", "4.2.24", Expect::Nothing);
    matrix("4.2", "4.2", "4.4.29", Expect::Nothing);
    matrix("4.2", "4.2", "5.0.26", Expect::Warning, "documentation of Cloud Manager does not say");
    matrix("4.2", "4.4", "4.4.29", Expect::Nothing);
    matrix("4.4", "4.2", "4.4.29", Expect::Blocking, "same or later");
    matrix("4.4", "4.4", "4.4.29", Expect::Nothing);
    matrix("4.4", "4.4", "5.0.26", Expect::Nothing);
    matrix("4.4", "4.4", "6.0.14", Expect::Warning, "does not say");
    matrix("5.0", "5.0", "5.0.26", Expect::Nothing);
    matrix("5.0", "5.0", "5.3.1", Expect::Warning, "does not say");
    matrix("5.0", "5.0", "6.0.14", Expect::Nothing);
    matrix("5.0", "5.0", "7.0.8", Expect::Warning, "does not say");
    matrix("5.0", "", "6.0.14", Expect::Warning, "must be 5.0 or later");
    matrix("6.0", "5.0", "6.0.14", Expect::Blocking, "same or later");
    matrix("6.0", "6.0", "5.0.26", Expect::Blocking, "cannot take");
    matrix("6.0", "6.0", "7.0.8", Expect::Warning, "does not say");
    matrix("6.0", "6.0", "", Expect::Warning, "MongoDB version is not known");
    matrix("4.0", "4.0", "4.0.28", Expect::Warning, "does not say");
    matrix("4.0", "4.0", "4.2.24", Expect::Warning, "does not say");
    matrix("7.0", "7.0", "7.0.8", Expect::Warning, "does not say");
    matrix("8.0", "8.0", "8.0.4", Expect::Warning, "does not say");
    matrix("10.0", "9.0", "10.0.1", Expect::Blocking, "same or later");
    matrix("", "6.0", "6.0.14", Expect::Warning, "of the backed-up data is not known");
    service = Service::OpsManager;
    matrix("4.2", "4.2", "4.2.24", Expect::Warning, "documentation of Ops Manager does not say");
    matrix("4.2", "4.2", "4.4.29", Expect::Warning, "does not say");
    matrix("4.4", "4.4", "4.4.29", Expect::Nothing);
    matrix("4.4", "4.4", "5.0.26", Expect::Nothing);
    matrix("4.4", "4.4", "6.0.14", Expect::Warning, "does not say");
    matrix("5.0", "5.0", "5.0.26", Expect::Nothing);
    matrix("5.0", "5.0", "6.0.14", Expect::Nothing);
    matrix("5.0", "5.0", "7.0.8", Expect::Warning, "does not say");
    matrix("6.0", "6.0", "6.0.14", Expect::Nothing);
    matrix("6.0", "6.0", "7.0.8", Expect::Nothing);
    matrix("6.0", "6.0", "8.0.4", Expect::Warning, "does not say");
    matrix("7.0", "7.0", "7.0.8", Expect::Nothing);
    matrix("7.0", "7.0", "8.0.4", Expect::Nothing);
    matrix("7.0", "7.0", "8.2.0", Expect::Warning, "does not say");
    matrix("8.0", "8.0", "8.0.4", Expect::Nothing);
    matrix("8.0", "8.0", "8.2.0", Expect::Warning, "does not say");
    matrix("8.0", "8.0", "7.0.8", Expect::Blocking, "cannot take");
    matrix("8.0", "7.0", "8.0.4", Expect::Blocking, "same or later");
    const auto takenOf = [&](const char *name, const char *mongod, const char *targetFcv, Expect expect,
                             const char *words) {
        add(name, Single,
            [mongod = QLatin1String(mongod), targetFcv = QLatin1String(targetFcv)](RestoreDraft &draft,
                                                                                   RestoreFacts &facts) {
                draft.cluster->featureCompatibilityVersion.clear();
                draft.cluster->highestFeatureCompatibilityVersion.clear();
                for (SnapshotPart &part : snapshotOf(facts).parts) {
                    part.featureCompatibilityVersion.clear();
                    part.mongodVersion = mongod;
                }
                draft.targetCluster->featureCompatibilityVersion = targetFcv;
            },
            expect, QLatin1String(words));
    };
    takenOf("a snapshot of 7.0 for FCV 5.0", "7.0.8", "5.0", Expect::Blocking, "of 6.0 at least");
    takenOf("a snapshot of 7.0 for FCV 6.0", "7.0.8", "6.0", Expect::Warning, "is not known");
    takenOf("a snapshot of 8.2 for FCV 7.0", "8.2.1", "7.0", Expect::Blocking, "of 8.0 at least");
    takenOf("a snapshot of 5.3 for FCV 4.4", "5.3.1", "4.4", Expect::Blocking, "of 5.0 at least");
    takenOf("a snapshot of 4.0 for FCV 4.0", "4.0.28", "4.0", Expect::Warning, "is not known");
    const auto sourceOf = [&](const char *name, const char *lowest, const char *highest, Expect expect,
                              const char *words = "") {
        row(
            name, RestoreMode::PointInTime, Single,
            [lowest = QLatin1String(lowest), highest = QLatin1String(highest)](RestoreDraft &draft, RestoreFacts &) {
                draft.cluster->featureCompatibilityVersion = lowest;
                draft.cluster->highestFeatureCompatibilityVersion = highest;
                draft.targetCluster->featureCompatibilityVersion = QStringLiteral("5.0");
                draft.targetCluster->versions = QStringList{QStringLiteral("5.0.26")};
            },
            expect, field, QLatin1String(words));
    };
    sourceOf("a source between two FCVs: the highest counts", "5.0", "6.0", Expect::Blocking, "the data's is 6.0");
    sourceOf("a source of one FCV", "5.0", "5.0", Expect::Nothing);
    add("target: no running backup", Single, onTarget([](Cluster &c) { c.backupRunning = false; }), Expect::Warning,
        QStringLiteral("cannot be brought back"));
    add("target: backup not known", Single, onTarget([](Cluster &c) { c.backupRunning.reset(); }), Expect::Nothing);
    add(
        "snapshot from before an upgrade", Single,
        [](RestoreDraft &, RestoreFacts &facts) {
            snapshotOf(facts).parts.front().featureCompatibilityVersion.clear();
            snapshotOf(facts).parts.front().mongodVersion = QStringLiteral("5.0.26");
        },
        Expect::Warning, QStringLiteral("is not known"));
    add("one old member among new ones", Single, onTarget([](Cluster &c) {
            c.versions = QStringList{QStringLiteral("5.0.26"), QStringLiteral("6.0.14")};
        }),
        Expect::Blocking, QStringLiteral("MongoDB 5.0.26"));

    const auto typedName = [&](const char *name, const QString &typed, Expect expect) {
        row(
            name, mode, Single, [=](RestoreDraft &draft, RestoreFacts &) { draft.typedTargetName = typed; }, expect,
            Field::Confirmation);
    };
    typedName("name: not typed", QString(), Expect::Blocking);
    typedName("name: exactly", QStringLiteral("orders-staging"), Expect::Nothing);
    typedName("name: other capitals", QStringLiteral("Orders-Staging"), Expect::Blocking);
    typedName("name: a space more", QStringLiteral("orders-staging "), Expect::Blocking);
    typedName("name: the source's", QStringLiteral("orders"), Expect::Blocking);
    row(
        "name: a cluster without one", mode, Single,
        [](RestoreDraft &draft, RestoreFacts &) {
            draft.targetCluster->name.clear();
            draft.targetCluster->replicaSetName.clear();
            draft.typedTargetName.clear();
        },
        Expect::Blocking, Field::Confirmation);
}

void TestTargetRules::condition()
{
    verifyRow();
}

QTEST_GUILESS_MAIN(TestTargetRules)
#include "rules_target_test.moc"
