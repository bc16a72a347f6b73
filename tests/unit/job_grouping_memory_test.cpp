#include "jobs/submission_memory.h"
#include "support/job_cases.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

RememberedSubmission remembered()
{
    RememberedSubmission submission;
    submission.key = QStringLiteral("batch");
    submission.order = QStringLiteral("order-1");
    submission.cluster = shopCluster().id;
    submission.batch = BatchId(QStringLiteral("batch"));
    submission.jobs = {JobId(QStringLiteral("j1")), JobId(QStringLiteral("j2"))};
    submission.ordered = now();
    submission.mode = RestoreMode::OplogTimestamp;
    submission.point = OplogPoint{{1795528987, 4294967295}};
    submission.targetProject = staging().id;
    submission.targetProjectName = staging().name;
    submission.targetCluster = shardedTarget().id;
    submission.targetClusterName = shardedTarget().name;
    submission.goalBefore = 37;
    return submission;
}

RememberedSubmission other(int number)
{
    RememberedSubmission submission = remembered();
    submission.key = QStringLiteral("single%1").arg(number);
    submission.order = QStringLiteral("order-x%1").arg(number);
    submission.batch = {};
    submission.jobs = {JobId(submission.key)};
    return submission;
}

const RememberedSubmission *find(const SubmissionMemory &memory, const char *id)
{
    RestoreJob job;
    job.id = JobId(QLatin1String(id));
    return memory.find(job, shopCluster().id);
}

const auto inPlace = [] { return progressAfter(37, {agents(38, 4, 4), agents(38, 4, 4)}); };

} // namespace

class TestSubmissionMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void survivesARestart_data();
    void survivesARestart();
    void sameRestoreIsOneEntry_data();
    void sameRestoreIsOneEntry();
    void mergingTakesNothingAway();
    void anotherFileIsAdopted();
    void twoProcessesLoseNothing();
    void progressOfAnotherProcessCounts();
    void whatCannotBeWrittenIsWrittenLater();
    void unknownEntriesStay();
    void fileOfVersion1();
    void fileIsPrivate();
    void unreadableFileIsKeptAside_data();
    void unreadableFileIsKeptAside();
    void theOldestAreForgotten();

private:
    QByteArray content() const;
    void write(const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestSubmissionMemory::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("restores.json"));
}

void TestSubmissionMemory::cleanup()
{
    QThreadPool::globalInstance()->waitForDone(); // what is still being written would make the folder anew
}

QByteArray TestSubmissionMemory::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSubmissionMemory::write(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestSubmissionMemory::survivesARestart_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<RestorePoint>("point");
    QTest::newRow("download") << RestoreMode::DownloadSnapshot
                              << RestorePoint(SnapshotPoint{SnapshotId(QStringLiteral("s"))});
    QTest::newRow("snapshot") << RestoreMode::AutomatedSnapshot
                              << RestorePoint(SnapshotPoint{SnapshotId(QStringLiteral("s"))});
    QTest::newRow("oplog") << RestoreMode::OplogTimestamp << RestorePoint(OplogPoint{{1795528987, 4294967295}});
    QTest::newRow("time") << RestoreMode::PointInTime << RestorePoint(TimePoint{1795528987000});
    QTest::newRow("checkpoint") << RestoreMode::Checkpoint
                                << RestorePoint(CheckpointPoint{CheckpointId(QStringLiteral("c"))});
}

void TestSubmissionMemory::survivesARestart()
{
    QFETCH(RestoreMode, mode);
    QFETCH(RestorePoint, point);
    RememberedSubmission submission = remembered();
    submission.mode = mode;
    submission.point = point;
    submission.pointTime = {1795528000, 3};
    AgentsProgress progress = progressAfter(37, {agents(38, 2, 4)});
    progress.ofTarget = progress.goalIsOurs = true;
    {
        SubmissionMemory memory(m_path);
        memory.add(submission);
        memory.setAgents(submission.key, progress);
        QTRY_VERIFY(find(SubmissionMemory(m_path), "j1")->agents == progress);
        memory.stopFollowing(submission.key);
    }
    submission.agents = progress;
    submission.stoppedFollowing = true;
    const SubmissionMemory again(m_path);
    QCOMPARE(again.all().size(), size_t{1});
    QVERIFY(again.all().front() == submission);
    QVERIFY(find(again, "j2") != nullptr);
    QVERIFY(find(again, "other") == nullptr);
    QVERIFY(again.findOrder(QStringLiteral("order-1")) != nullptr);
    QVERIFY(again.findOrder(QStringLiteral("order-2")) == nullptr);
    QVERIFY(again.findOrder({}) == nullptr);
    QCOMPARE(again.trouble(), QString());
}

void TestSubmissionMemory::sameRestoreIsOneEntry_data()
{
    QTest::addColumn<RememberedSubmission>("second");
    QTest::addColumn<int>("entries");
    const auto row = [](const char *name, const std::function<void(RememberedSubmission &)> &edit, int entries) {
        RememberedSubmission second = other(2);
        edit(second);
        QTest::newRow(name) << second << entries;
    };
    row(
        "another", [](RememberedSubmission &) {}, 2);
    row(
        "told again", [](RememberedSubmission &second) { second = remembered(); }, 1);
    row(
        "the order", [](RememberedSubmission &second) { second.order = remembered().order; }, 1);
    row(
        "the batch", [](RememberedSubmission &second) { second.batch = remembered().batch; }, 1);
    row(
        "a job", [](RememberedSubmission &second) { second.jobs = {JobId(QStringLiteral("j2"))}; }, 1);
    row(
        "a job, no order",
        [](RememberedSubmission &second) {
            second.order.clear();
            second.jobs = {JobId(QStringLiteral("j2"))};
        },
        1);
    row(
        "no order is not the same as no order",
        [](RememberedSubmission &second) {
            second.order.clear();
            second.batch = {};
        },
        2);
}

void TestSubmissionMemory::sameRestoreIsOneEntry()
{
    QFETCH(RememberedSubmission, second);
    QFETCH(int, entries);
    SubmissionMemory memory(m_path);
    memory.add(remembered());
    const RememberedSubmission known = memory.add(second);
    QCOMPARE(known.key, entries == 1 ? remembered().key : second.key);
    QCOMPARE(memory.all().size(), static_cast<size_t>(entries));
    QCOMPARE(SubmissionMemory(m_path).all().size(), static_cast<size_t>(entries));
    QVERIFY(SubmissionMemory(m_path).all() == memory.all());
    const QJsonObject root = QJsonDocument::fromJson(content()).object();
    QCOMPARE(root[QLatin1String("restores")].toArray().size(), entries);
}

void TestSubmissionMemory::mergingTakesNothingAway()
{
    SubmissionMemory memory(m_path);
    RememberedSubmission first = remembered();
    first.order.clear();
    first.batch = {};
    first.jobs = {JobId(QStringLiteral("j1"))};
    first.key = QStringLiteral("j1");
    first.goalBefore.reset();
    memory.add(first);
    memory.setAgents(first.key, inPlace());
    memory.stopFollowing(first.key);
    // The pending order is settled once more after a crash, and knows more of the one and less of the other.
    const RememberedSubmission known = memory.add(remembered());
    QCOMPARE(known.key, QStringLiteral("j1"));
    QCOMPARE(known.order, QStringLiteral("order-1"));
    QCOMPARE(known.batch, remembered().batch);
    QCOMPARE(known.jobs.size(), size_t{2});
    QCOMPARE(known.goalBefore, std::optional<qint64>(37));
    QCOMPARE(known.agents, inPlace());
    QVERIFY(known.stoppedFollowing);

    // Two that turn out to be one.
    memory.add(other(1));
    RememberedSubmission both = other(1);
    both.jobs.push_back(JobId(QStringLiteral("j1")));
    memory.add(both);
    QCOMPARE(memory.all().size(), size_t{1});
    QCOMPARE(SubmissionMemory(m_path).all().size(), size_t{1});
    QCOMPARE(find(memory, "single1"), find(memory, "j2"));
}

/// The memory was one of each connection once.
void TestSubmissionMemory::anotherFileIsAdopted()
{
    const QString old = m_dir->filePath(QStringLiteral("old.json"));
    SubmissionMemory(old).add(other(1));
    SubmissionMemory memory(m_path);
    memory.add(other(2));
    memory.adopt(m_path); // itself
    memory.adopt(old);
    QVERIFY(find(memory, "single1") != nullptr);
    QVERIFY(!QFile::exists(old));
    QCOMPARE(SubmissionMemory(m_path).all().size(), size_t{2});

    // What this version cannot make sense of is not thrown away.
    QFile file(old);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version":2,"restores":[{"key":"k","mode":"of another program"}]})");
    file.close();
    memory.adopt(old);
    QVERIFY(QFile::exists(old));
    QCOMPARE(memory.trouble(), QString());
}

void TestSubmissionMemory::twoProcessesLoseNothing()
{
    SubmissionMemory one(m_path);
    SubmissionMemory two(m_path);
    one.add(other(1));
    two.add(other(2));
    one.add(other(3));
    two.stopFollowing(other(2).key);
    one.setAgents(other(1).key, inPlace());
    QTRY_COMPARE(find(SubmissionMemory(m_path), "single1")->agents, inPlace());
    const SubmissionMemory after(m_path);
    QCOMPARE(after.all().size(), size_t{3});
    QVERIFY(find(after, "single2")->stoppedFollowing);
    QCOMPARE(find(after, "single1")->agents, inPlace());
    // Each learns of the other's with its own next change.
    QTRY_VERIFY(find(one, "single2") != nullptr);
    QVERIFY(find(two, "single1") != nullptr);
    // Both settle one pending order, each by another of its jobs.
    RememberedSubmission same = other(4);
    one.add(same);
    same.key = QStringLiteral("j9");
    same.jobs = {JobId(QStringLiteral("j9"))};
    two.add(same);
    QCOMPARE(QJsonDocument::fromJson(content())[QLatin1String("restores")].toArray().size(), 4);
    QCOMPARE(find(two, "j9")->key, QStringLiteral("single4"));
}

void TestSubmissionMemory::progressOfAnotherProcessCounts()
{
    SubmissionMemory one(m_path);
    one.add(remembered());
    SubmissionMemory two(m_path);
    one.setAgents(remembered().key, inPlace());
    QTRY_COMPARE(find(SubmissionMemory(m_path), "j1")->agents, inPlace());
    two.setAgents(remembered().key, progressAfter(37, {agents(38, 1, 4)}));
    QTRY_COMPARE(find(two, "j1")->agents, inPlace());
    QCOMPARE(find(SubmissionMemory(m_path), "j1")->agents, inPlace());
}

void TestSubmissionMemory::whatCannotBeWrittenIsWrittenLater()
{
    // A folder stands where the file is to be: fails for root too.
    QVERIFY(QDir().mkpath(m_path + QStringLiteral("/x")));
    SubmissionMemory memory(m_path);
    memory.add(other(1));
    QVERIFY(!memory.trouble().isEmpty());
    QVERIFY(find(memory, "single1") != nullptr);
    QVERIFY(QDir(m_path).removeRecursively());
    memory.add(other(2));
    QCOMPARE(memory.trouble(), QString());
    QCOMPARE(SubmissionMemory(m_path).all().size(), size_t{2});
}

void TestSubmissionMemory::unknownEntriesStay()
{
    const QByteArray strange = "{\"key\":\"k\",\"mode\":\"teleport\",\"jobs\":[\"t\"]}";
    write("{\"version\":2,\"more\":7,\"restores\":[17," + strange + "]}");
    SubmissionMemory memory(m_path);
    QVERIFY(memory.all().empty());
    QCOMPARE(memory.trouble(), QString());
    memory.add(remembered());
    const QJsonObject root = QJsonDocument::fromJson(content()).object();
    QCOMPARE(root[QLatin1String("more")].toInt(), 7);
    const QJsonArray restores = root[QLatin1String("restores")].toArray();
    QCOMPARE(restores.size(), 3);
    QCOMPARE(restores[1].toObject(), QJsonDocument::fromJson(strange).object());
}

void TestSubmissionMemory::fileOfVersion1()
{
    write(
        "{\"version\":1,\"restores\":[{\"key\":\"j1\",\"batch\":\"\",\"jobs\":[\"j1\"],\"ordered\":\"2026-11-24T14:00:"
        "00Z"
        "\",\"mode\":\"time\",\"point\":{\"utcMilliseconds\":1795528987000},\"targetProject\":\"p\",\"agents\":{\"goal"
        "\":38,\"processes\":[{\"name\":\"a\",\"hostname\":\"h\",\"achieved\":38}]}}]}");
    SubmissionMemory memory(m_path);
    const RememberedSubmission *known = find(memory, "j1");
    QVERIFY(known != nullptr);
    QVERIFY(!known->goalBefore);
    QVERIFY(known->order.isEmpty());
    QCOMPARE(static_cast<int>(known->agents.stage), static_cast<int>(AgentsStage::AtUnknownGoal));
    QCOMPARE(known->agents.goal, 38);
    QCOMPARE(known->agents.processes.size(), size_t{1});
    memory.add(remembered());
    QCOMPARE(SubmissionMemory(m_path).all().size(), size_t{1});
}

void TestSubmissionMemory::fileIsPrivate()
{
    SubmissionMemory memory(m_path);
    memory.add(remembered());
    QCOMPARE(QFile::permissions(m_path) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void TestSubmissionMemory::unreadableFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("cut") << QByteArray("{\"version\":2,\"restores\":[{\"key\":\"k\"");
    QTest::newRow("no restores") << QByteArray("{\"version\":2}");
    QTest::newRow("newer") << QByteArray("{\"version\":3,\"restores\":[]}");
}

void TestSubmissionMemory::unreadableFileIsKeptAside()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    SubmissionMemory memory(m_path);
    QVERIFY(memory.all().empty());
    QVERIFY(!memory.trouble().isEmpty());
    memory.add(remembered());
    QVERIFY(!memory.trouble().isEmpty());
    QCOMPARE(SubmissionMemory(m_path).all().size(), size_t{1});
    bool isKept = false;
    for (const QFileInfo &entry : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
        QFile file(entry.filePath());
        isKept = isKept || (file.open(QIODevice::ReadOnly) && file.readAll() == bytes);
    }
    QVERIFY(isKept);
}

void TestSubmissionMemory::theOldestAreForgotten()
{
    QJsonArray restores;
    for (int number = 0; number < 2000; ++number)
        restores.append(QJsonObject{{QLatin1String("key"), QStringLiteral("old%1").arg(number)},
                                    {QLatin1String("jobs"), QJsonArray{QStringLiteral("old%1").arg(number)}},
                                    {QLatin1String("mode"), QLatin1String("download")}});
    write(QJsonDocument(QJsonObject{{QLatin1String("version"), 2}, {QLatin1String("restores"), restores}}).toJson());
    SubmissionMemory memory(m_path);
    memory.add(remembered());
    const SubmissionMemory after(m_path);
    QCOMPARE(after.all().size(), size_t{2000});
    QVERIFY(find(after, "old0") == nullptr);
    QVERIFY(find(after, "old1") != nullptr);
    QVERIFY(find(after, "j1") != nullptr);
}

QTEST_GUILESS_MAIN(TestSubmissionMemory)
#include "job_grouping_memory_test.moc"
