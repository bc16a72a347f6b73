#include "plan_samples.h"
#include "plans/plan_differences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using JsonEdit = std::function<void(QJsonObject &)>;

QByteArray edited(const JsonEdit &edit, RestoreMode mode = RestoreMode::PointInTime)
{
    QJsonObject file = QJsonDocument::fromJson(planFileBytes({goodPlan(mode), {}})).object();
    edit(file);
    return QJsonDocument(file).toJson();
}

/// An edit of the plan inside.
JsonEdit inside(const JsonEdit &edit)
{
    return [=](QJsonObject &file) {
        QJsonObject plan = file.value(QStringLiteral("plan")).toObject();
        edit(plan);
        file.insert(QStringLiteral("plan"), plan);
    };
}

JsonEdit set(const char *key, const QJsonValue &value)
{
    return inside([=](QJsonObject &plan) { plan.insert(QLatin1String(key), value); });
}

JsonEdit setIn(const char *object, const char *key, const QJsonValue &value)
{
    return inside([=](QJsonObject &plan) {
        QJsonObject inner = plan.value(QLatin1String(object)).toObject();
        inner.insert(QLatin1String(key), value);
        plan.insert(QLatin1String(object), inner);
    });
}

} // namespace

class TestRestorePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void isTheSameRestore_data() { comesBack_data(); }
    void isTheSameRestore();
    void theBytesAreFixed();
    void aSpanIsWrittenAsItsMoment();
    void whatIsNotCompleteIsNoPlan();
    void refused_data();
    void refused();
    void differences_data();
    void differences();
    void theSourceUnderAnotherName();
};

void TestRestorePlan::comesBack_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("sharded");
    QTest::newRow("download") << RestoreMode::DownloadSnapshot << false;
    QTest::newRow("snapshot") << RestoreMode::AutomatedSnapshot << false;
    QTest::newRow("snapshot, sharded") << RestoreMode::AutomatedSnapshot << true;
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << false;
    QTest::newRow("time") << RestoreMode::PointInTime << false;
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint << true;
}

void TestRestorePlan::comesBack()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    PlanFile file{goodPlan(mode, sharded),
                  {{PlanSignature::Kind::Ssh, QStringLiteral("a@x"), "-----BEGIN\nx\n"},
                   {PlanSignature::Kind::OpenPgp, {}, "-----BEGIN\ny\n"}}};
    QVERIFY(!file.plan.source.id.isEmpty());
    const auto read = readPlanFile(planFileBytes(file));
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QCOMPARE(read->plan, file.plan);
    QCOMPARE(*read, file);
    QCOMPARE(planBytes(read->plan), planBytes(file.plan));
}

/// Whoever opens it asks for the very bytes that its author would have asked for.
void TestRestorePlan::isTheSameRestore()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    const RestoreDraft draft = goodDraft(mode, sharded);
    const RestoreFacts facts = goodFacts(draft);
    RestoreDraft opened = draftOf(goodPlan(mode, sharded));
    // As the wizard looks them up.
    opened.cluster = draft.cluster;
    opened.targetCluster = draft.targetCluster;
    opened.typedTargetName = draft.typedTargetName;
    const auto before = buildRequest(draft, facts, now());
    const auto after = buildRequest(opened, facts, now());
    QVERIFY(before && after);
    QCOMPARE(after->json(), before->json());
    QCOMPARE(opened.project.id, draft.project.id);
}

/// What is signed today is signed tomorrow, and by another build of Qt.
void TestRestorePlan::theBytesAreFixed()
{
    RestorePlan plan;
    plan.service = Service::OpsManager;
    plan.server = QStringLiteral("https://ops.example.net");
    plan.author = QStringLiteral("pub");
    plan.written = utc(QStringLiteral("2026-11-24T14:30:00Z"));
    plan.note = QString::fromUtf8("Zürich \"1\"\n/");
    plan.mode = RestoreMode::OplogTimestamp;
    plan.point = OplogPoint{{1764000187, 4294967295U}};
    plan.source = {shop(), ClusterId(QStringLiteral("c1")), QStringLiteral("orders"),
                   0,      {QStringLiteral("6.0.14")},      QStringLiteral("6.0")};
    plan.target = {staging(), ClusterId(QStringLiteral("c2")), QStringLiteral("orders-staging"), 2, {}, {}};
    QCOMPARE(
        planBytes(plan),
        QByteArray(
            "{\"author\":\"pub\",\"mode\":\"oplog\",\"note\":\"Zürich "
            "\\\"1\\\"\\n/\",\"point\":{\"oplog\":{\"increment\":"
            "4294967295,\"seconds\":1764000187}},\"server\":\"https://ops.example.net\",\"service\":\"Ops Manager\","
            "\"source\":{\"cluster\":\"orders\",\"clusterId\":\"c1\",\"fcv\":\"6.0\",\"project\":\"Shop\","
            "\"projectId\":"
            "\"60bb00000000000000000001\",\"shards\":0,\"versions\":[\"6.0.14\"]},\"target\":{\"cluster\":"
            "\"orders-staging\",\"clusterId\":\"c2\",\"fcv\":\"\",\"project\":\"Staging\",\"projectId\":"
            "\"60bb00000000000000000002\",\"shards\":2,\"versions\":[]},\"warnings\":[],\"written\":"
            "\"2026-11-24T14:30:00Z\"}"));
}

void TestRestorePlan::aSpanIsWrittenAsItsMoment()
{
    RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    draft.pointInTime = QStringLiteral("10 minutes ago");
    const auto plan = planOf(draft, goodFacts(draft), planConnection(), now(), {});
    QVERIFY(plan);
    QCOMPARE(std::get<TimePoint>(plan->point).utcMilliseconds, now().addSecs(-600).toMSecsSinceEpoch());
    QCOMPARE(draftOf(*plan).pointInTime, QStringLiteral("2026-11-24 14:20:00 UTC"));
}

void TestRestorePlan::whatIsNotCompleteIsNoPlan()
{
    RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    draft.pointInTime = QStringLiteral("03/04/2024");
    const auto plan = planOf(draft, goodFacts(draft), planConnection(), now(), {});
    QVERIFY(!plan);
    QVERIFY2(plan.error().sentence.startsWith(QStringLiteral("This restore cannot be planned yet. ")),
             qPrintable(plan.error().sentence));
    // The name is typed by whoever orders it.
    draft = goodDraft(RestoreMode::PointInTime);
    draft.typedTargetName.clear();
    QVERIFY(planOf(draft, goodFacts(draft), planConnection(), now(), {}));
}

void TestRestorePlan::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &bytes, const char *words) {
        QTest::newRow(name) << bytes << QString::fromUtf8(words);
    };
    row("nothing", {}, "no plan of Tidemark's");
    row("no JSON", "plan", "no plan of Tidemark's");
    row("a list", "[]", "no plan of Tidemark's");
    row("of another program", "{\"format\":\"x\",\"version\":1}", "no plan of Tidemark's");
    row("cut", planFileBytes({goodPlan(RestoreMode::PointInTime), {}}).chopped(20), "no plan of Tidemark's");
    row("too large", QByteArray(LargestPlanFile + 1, ' '), "too large");
    row("newer", edited([](QJsonObject &f) { f.insert(QStringLiteral("version"), 2); }), "newer Tidemark (version 2");
    row("a member nobody knows", edited(set("force", true)), "“force”");
    row("one beside the plan", edited([](QJsonObject &f) { f.insert(QStringLiteral("run"), 1); }), "“run”");
    row("one in the target", edited(setIn("target", "also", QStringLiteral("c9"))), "“also”");
    row("another point than the mode's", edited(setIn("point", "snapshot", QStringLiteral("s"))), "“snapshot”");
    row("a mode nobody knows", edited(set("mode", QStringLiteral("erase"))), "“mode”");
    row("the moment as a text", edited(setIn("point", "utcMilliseconds", QStringLiteral("1"))), "“utcMilliseconds”");
    row("the moment as a fraction", edited(setIn("point", "utcMilliseconds", 1.5)), "“utcMilliseconds”");
    row("a moment before all", edited(setIn("point", "utcMilliseconds", 0)), "“utcMilliseconds”");
    row("a moment after all", edited(setIn("point", "utcMilliseconds", 1e15)), "“utcMilliseconds”");
    row("no target", edited(inside([](QJsonObject &p) { p.remove(QStringLiteral("target")); })), "“target”");
    row("a target for a download", edited(set("target", QJsonObject()), RestoreMode::DownloadSnapshot), "“target”");
    row("a nameless target", edited(setIn("target", "cluster", QString())), "“clusterId”");
    row("written by hand", edited(set("written", QStringLiteral("2026-11-24 14:30"))), "“written”");
    row("a name that reads backwards", edited(setIn("target", "cluster", QStringLiteral("orders\u202egnigats"))),
        "“cluster”");
    row("a name of two lines", edited(setIn("target", "cluster", QStringLiteral("orders\nstaging"))), "“cluster”");
    row("a long note", edited(set("note", QString(5000, QLatin1Char('x')))), "“note”");
    row("no warnings", edited(inside([](QJsonObject &p) { p.remove(QStringLiteral("warnings")); })), "“warnings”");
    row("a version that is none",
        edited([](QJsonObject &f) { f.insert(QStringLiteral("version"), QStringLiteral("1")); }), "“version”");
    row("signatures that are none", edited([](QJsonObject &f) { f.insert(QStringLiteral("signatures"), 1); }),
        "“signatures”");
    row("more signatures than people", edited([](QJsonObject &f) {
            QJsonArray many;
            for (int i = 0; i < 17; ++i)
                many.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("ssh")},
                                        {QStringLiteral("signer"), QString()},
                                        {QStringLiteral("signature"), QString()}});
            f.insert(QStringLiteral("signatures"), many);
        }),
        "“signatures”");
    row("a signature of another kind", edited([](QJsonObject &f) {
            f.insert(QStringLiteral("signatures"),
                     QJsonArray{QJsonObject{{QStringLiteral("kind"), QStringLiteral("x509")},
                                            {QStringLiteral("signer"), QString()},
                                            {QStringLiteral("signature"), QString()}}});
        }),
        "“kind”");
}

void TestRestorePlan::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto read = readPlanFile(bytes);
    QVERIFY(!read);
    QVERIFY2(read.error().sentence.contains(words), qPrintable(read.error().sentence));
}

struct Today
{
    std::vector<Project> projects{shop(), staging()};
    std::map<QString, std::vector<Cluster>> clusters{{shop().id.value, {orders()}},
                                                     {staging().id.value, {ordersTarget()}}};
    RestoreFacts facts;
    QString server = QStringLiteral("https://cloud.mongodb.com");
    bool isRead = true;
};

void TestRestorePlan::differences_data()
{
    QTest::addColumn<std::function<void(Today &)>>("edit");
    QTest::addColumn<QString>("words");
    using Change = std::function<void(Today &)>;
    const auto row = [](const char *name, const Change &edit, const char *words) {
        QTest::newRow(name) << edit << QString::fromUtf8(words);
    };
    const auto target = [](Today &t) -> Cluster & { return t.clusters.at(staging().id.value).front(); };
    row(
        "none", [](Today &) {}, "");
    row(
        "not read yet", [](Today &t) { t.isRead = false; }, "");
    row(
        "clusters not read yet", [](Today &t) { t.clusters.clear(); }, "");
    row(
        "another server", [](Today &t) { t.server = QStringLiteral("https://ops.example.net"); },
        "written at https://cloud.mongodb.com, and this connection is of https://ops.example.net");
    row(
        "the project is gone", [](Today &t) { t.projects.pop_back(); }, "The project “Staging” is not there");
    row(
        "the project's name", [](Today &t) { t.projects.back().name = QStringLiteral("Live"); },
        "The project was called “Staging” and is called “Live”.");
    row(
        "the cluster is gone", [](Today &t) { t.clusters.at(staging().id.value).clear(); },
        "The cluster “orders-staging” is not there any more.");
    row(
        "the cluster's name", [=](Today &t) { target(t).name = QStringLiteral("orders-live"); },
        "The cluster was called “orders-staging” and is called “orders-live”.");
    row(
        "its version", [=](Today &t) { target(t).versions = {QStringLiteral("7.0.2")}; },
        "The MongoDB version of “orders-staging” was 6.0.14 and is 7.0.2.");
    row(
        "its FCV", [=](Today &t) { target(t).featureCompatibilityVersion = QStringLiteral("7.0"); },
        "The FCV of “orders-staging” was 6.0 and is 7.0.");
    row(
        "its shards", [=](Today &t) { target(t).shards = shardedTarget().shards; },
        "“orders-staging” had 0 shards and has 2.");
    row(
        "the snapshot is gone", [](Today &t) { t.facts.snapshots = std::vector<Snapshot>(); },
        "The snapshot of 2026-11-24 06:00:03 UTC is not there any more.");
    row(
        "the snapshot's moment", [](Today &t) { t.facts.snapshots->front().created.seconds += 1; },
        "The snapshot was of 2026-11-24 06:00:03 UTC and is of 2026-11-24 06:00:04 UTC.");
}

void TestRestorePlan::differences()
{
    QFETCH(std::function<void(Today &)>, edit);
    QFETCH(QString, words);
    const RestorePlan plan = goodPlan(RestoreMode::AutomatedSnapshot);
    Today state;
    state.facts = goodFacts(goodDraft(RestoreMode::AutomatedSnapshot));
    edit(state);
    PlanToday today;
    today.server = state.server;
    today.projects = state.isRead ? &state.projects : nullptr;
    today.clusters = [&state](const ProjectId &project) {
        const auto found = state.clusters.find(project.value);
        return found == state.clusters.end() ? nullptr : &found->second;
    };
    today.facts = state.facts;
    today.now = now();
    const QStringList different = differencesSince(plan, today);
    QCOMPARE(different.size(), words.isEmpty() ? 0 : 1);
    QVERIFY2(words.isEmpty() || different.front().contains(words), qPrintable(different.join(QLatin1Char('\n'))));
}

/// A file that somebody wrote by hand: what would be erased is not what it says.
void TestRestorePlan::theSourceUnderAnotherName()
{
    RestorePlan plan = goodPlan(RestoreMode::AutomatedSnapshot);
    plan.target = plan.source;
    const Today state;
    PlanToday today;
    today.server = state.server;
    today.projects = &state.projects;
    today.clusters = [&state](const ProjectId &project) { return &state.clusters.at(project.value); };
    today.now = now();
    QCOMPARE(differencesSince(plan, today), QStringList());
    plan.target->name = QStringLiteral("rehearsal");
    QCOMPARE(differencesSince(plan, today),
             QStringList(QStringLiteral("The cluster was called “rehearsal” and is called “orders”.")));
}

QTEST_GUILESS_MAIN(TestRestorePlan)
#include "restore_plan_test.moc"
