#include "jobs/job_board.h"
#include "jobs/job_paces.h"
#include "support/job_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const ClusterId one(QStringLiteral("c1"));
const ClusterId two(QStringLiteral("c2"));

/// `age` in minutes: the older, the further down.
JobGroup group(const ClusterId &cluster, const char *key, int age = 0, bool isOrderedHere = false)
{
    RestoreJob job = jobOf(QLatin1String(key), JobStatus::InProgress, DeliveryStatus::NotStarted);
    job.created = now().addSecs(-60 * age);
    JobGroup group = groupOf({job});
    group.cluster = cluster;
    if (isOrderedHere)
        group.ordered = now();
    return group;
}

QStringList sorted(QStringList keys)
{
    keys.sort();
    return keys;
}

} // namespace

class TestJobBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clustersAreKeptApart();
    void onlyChangesAreTold();
    void oneJobInTwoClusters();
    void agentsOfOthersOrdersAreKept();
    void anyHistoryKeepsItsOrder();
    void pacesOfClustersAndAgents();

private:
    void check(const JobBoard &board) const;
};

/// Newest first, every group found by its key, and no key twice.
void TestJobBoard::check(const JobBoard &board) const
{
    QSet<QString> keys;
    for (size_t place = 0; place < board.groups().size(); ++place) {
        const JobGroup &shown = board.groups()[place];
        QCOMPARE(board.find(shown.key), &shown);
        QVERIFY(!keys.contains(shown.key));
        keys.insert(shown.key);
        if (place > 0)
            QVERIFY(board.groups()[place - 1].jobs.front().created >= shown.jobs.front().created);
    }
}

void TestJobBoard::clustersAreKeptApart()
{
    JobBoard board;
    QCOMPARE(sorted(board.put(one, {group(one, "a", 3), group(one, "b", 1)})),
             (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(board.put(two, {group(two, "c", 2)}), QStringList{QStringLiteral("c")});
    check(board);
    QCOMPARE(board.groups()[1].key, QStringLiteral("c"));
    QCOMPARE(board.of(one).size(), size_t{2});
    QCOMPARE(sorted(board.put(one, {})), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    check(board);
    QCOMPARE(board.groups().size(), size_t{1});
    QVERIFY(board.find(QStringLiteral("a")) == nullptr);
    QVERIFY(board.of(one).empty());
}

void TestJobBoard::onlyChangesAreTold()
{
    JobBoard board;
    board.put(one, {group(one, "a"), group(one, "b")});
    QVERIFY(board.put(one, {group(one, "a"), group(one, "b")}).isEmpty());
    JobGroup changed = group(one, "b");
    changed.jobs.front().status = JobStatus::Finished;
    QCOMPARE(board.put(one, {group(one, "a"), changed}), QStringList{QStringLiteral("b")});
    QVERIFY(board.change(one, {changed}).isEmpty());
    changed.jobs.front().status = JobStatus::Broken;
    QCOMPARE(board.change(one, {changed}), QStringList{QStringLiteral("b")});
    QCOMPARE(*board.find(QStringLiteral("b")), changed);
    QCOMPARE(board.groups().size(), size_t{2});
    const auto edit = [](const JobGroup &group, AgentsProgress &agents) {
        if (group.key == QLatin1String("a"))
            agents.goal = 7;
    };
    QCOMPARE(board.editAgents(edit), QStringList{QStringLiteral("a")});
    QVERIFY(board.editAgents(edit).isEmpty());
}

void TestJobBoard::oneJobInTwoClusters()
{
    JobBoard board;
    board.put(one, {group(one, "a")});
    const QStringList second = board.put(two, {group(two, "a")});
    QCOMPARE(second, QStringList{QStringLiteral("a@c2")});
    check(board);
    QCOMPARE(board.find(QStringLiteral("a"))->cluster, one);
    QVERIFY(board.put(two, {group(two, "a")}).isEmpty());
    // The one that was ordered here keeps the key under which it was ordered.
    QCOMPARE(sorted(board.put(two, {group(two, "a", 0, true)})),
             (QStringList{QStringLiteral("a"), QStringLiteral("a"), QStringLiteral("a@c1"), QStringLiteral("a@c2")}));
    check(board);
    QCOMPARE(board.find(QStringLiteral("a"))->cluster, two);
    QCOMPARE(board.find(QStringLiteral("a@c1"))->cluster, one);
    QVERIFY(board.put(one, {group(one, "a")}).isEmpty());
    // And the other one gets it back when that is gone.
    board.put(two, {});
    QCOMPARE(sorted(board.put(one, {group(one, "a")})), (QStringList{QStringLiteral("a"), QStringLiteral("a@c1")}));
    check(board);
}

void TestJobBoard::agentsOfOthersOrdersAreKept()
{
    JobBoard board;
    const auto edit = [](const JobGroup &, AgentsProgress &agents) { agents.stage = AgentsStage::AtUnknownGoal; };
    board.put(one, {group(one, "a"), group(one, "b", 0, true)});
    board.editAgents(edit);
    // What was ordered here comes with what is remembered of it.
    QCOMPARE(board.put(one, {group(one, "a"), group(one, "b", 0, true)}), QStringList{QStringLiteral("b")});
    QVERIFY(board.find(QStringLiteral("a"))->agents.isLastWord());
    board.change(one, {group(one, "a")});
    QVERIFY(board.find(QStringLiteral("a"))->agents.isLastWord());
}

void TestJobBoard::anyHistoryKeepsItsOrder()
{
    QRandomGenerator random(11);
    JobBoard board;
    std::map<ClusterId, size_t> expected;
    for (int step = 0; step < 500; ++step) {
        const ClusterId cluster(QStringLiteral("c%1").arg(random.bounded(4)));
        std::vector<JobGroup> fresh;
        for (int number = 0; number < 8; ++number) {
            if (random.bounded(2) == 0)
                fresh.push_back(
                    group(cluster, qPrintable(QString::number(number)), random.bounded(5), random.bounded(3) == 0));
        }
        expected[cluster] = fresh.size();
        board.put(cluster, std::move(fresh));
        check(board);
        size_t all = 0;
        for (const auto &[id, count] : expected) {
            QCOMPARE(board.of(id).size(), count);
            all += count;
        }
        QCOMPARE(board.groups().size(), all);
    }
}

void TestJobBoard::pacesOfClustersAndAgents()
{
    using namespace std::chrono_literals;
    const auto paces = [](const std::vector<JobGroup> &groups, const QDateTime &at = now()) {
        return pacesOf(groups, 5s, 60s, at);
    };
    const auto in = [](const ClusterId &cluster, const RestoreJob &job, std::optional<RestoreMode> mode = {}) {
        JobGroup group = groupOf({job}, mode);
        group.cluster = cluster;
        return group;
    };
    const RestoreJob running = jobOf(QStringLiteral("r"), JobStatus::InProgress, DeliveryStatus::NotStarted);
    const RestoreJob done = jobOf(QStringLiteral("d"), JobStatus::Finished, DeliveryStatus::Ready);
    const JobGroup restore = in(one, done, RestoreMode::PointInTime);
    QCOMPARE(paces({}), JobPaces{});
    // Each cluster by its most lively restore.
    QCOMPARE(paces({in(one, done), in(two, done), in(one, running)}), (JobPaces{{{one, 5s}, {two, 60s}}, {}}));
    QCOMPARE(paces({in(one, done), in(one, readyJob(QStringLiteral("l")))}), (JobPaces{{{one, 20s}}, {}}));
    QCOMPARE(pacesOf({in(one, readyJob(QStringLiteral("l")))}, 5s, 10s, now()), (JobPaces{{{one, 10s}}, {}}));
    QCOMPARE(paces({restore}), (JobPaces{{{one, 5s}}, {{staging().id, 5s}}}));
    // Days later what was ordered here is still followed.
    QCOMPARE(paces({restore}, now().addDays(9)), (JobPaces{{{one, 60s}}, {{staging().id, 60s}}}));
    JobGroup stopped = restore;
    stopped.stoppedFollowing = true;
    QCOMPARE(paces({stopped}), (JobPaces{{{one, 60s}}, {}}));
}

QTEST_GUILESS_MAIN(TestJobBoard)
#include "job_grouping_board_test.moc"
