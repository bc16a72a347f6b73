#include "orders/order_match.h"
#include "support/restore_cases.h"

#include <QtTest>

#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using EditJob = std::function<void(RestoreJob &)>;
using EditOrder = std::function<void(PendingOrder &)>;

const SnapshotId ours(QStringLiteral("60dd00000000000000000001"));
const SnapshotId another(QStringLiteral("60dd00000000000000000002"));
const CheckpointId ourCheckpoint(QStringLiteral("60ee00000000000000000001"));
const JobId theJob(QStringLiteral("60ff00000000000000000001"));
const BatchId theBatch(QStringLiteral("60ff00000000000000000000"));
const OplogTimestamp snapshotMoment = stamp(QStringLiteral("2026-11-24T06:00:03Z"), 1);
const OplogTimestamp chosenMoment = stamp(QStringLiteral("2026-11-24T14:03:07Z"), 1);

PendingOrder orderOf(RestoreMode mode, bool sharded)
{
    const RestoreDraft draft = goodDraft(mode, sharded);
    return pendingOrderOf(*buildRequest(draft, goodFacts(draft), now()));
}

/// A download as create-http.json of the documentation shapes it.
void likeDownload(RestoreJob &job)
{
    job.snapshot = ours;
    job.pointInTime = false;
    job.timestamp = snapshotMoment;
    job.delivery.expirationHours = 4;
    job.delivery.maxDownloads = 3;
}

/// An automated restore as create-point-in-time.json shapes it, with the flag that it lacks.
void likeMoment(RestoreJob &job)
{
    job.snapshot = another;
    job.pointInTime = true;
    job.timestamp = chosenMoment;
}

QString wordOf(OrderMatch match)
{
    switch (match) {
    case OrderMatch::Different:
        return QStringLiteral("different");
    case OrderMatch::Unclear:
        return QStringLiteral("unclear");
    case OrderMatch::Agrees:
        return QStringLiteral("agrees");
    case OrderMatch::Same:
        return QStringLiteral("same");
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(tidemark::ProcessMark)
Q_DECLARE_METATYPE(tidemark::SendingState)

class TestOrderMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void match_data();
    void match();
    void oneJobSpeaksForItsBatch();
    void aNamedJobOutweighsTheRest();
    void candidatesKeepTheListsOrder();
    void survivesTheDisk();
    void isItBeingSent_data();
    void isItBeingSent();
    void badEntriesAreNoOrders();
};

void TestOrderMatch::match_data()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("sharded");
    QTest::addColumn<EditOrder>("editOrder");
    QTest::addColumn<EditJob>("editJob");
    QTest::addColumn<OrderMatch>("expected");
    const auto row = [](
                         const char *name, RestoreMode mode, bool sharded, OrderMatch expected, const EditJob &editJob,
                         const EditOrder &editOrder = [](PendingOrder &) {}) {
        QTest::newRow(name) << mode << sharded << editOrder << editJob << expected;
    };
    constexpr auto download = RestoreMode::DownloadSnapshot;
    constexpr auto automated = RestoreMode::AutomatedSnapshot;
    constexpr auto different = OrderMatch::Different;
    constexpr auto unclear = OrderMatch::Unclear;
    constexpr auto agrees = OrderMatch::Agrees;
    constexpr auto same = OrderMatch::Same;
    const auto edited = [](EditJob base, EditJob edit) -> EditJob {
        return [base = std::move(base), edit = std::move(edit)](RestoreJob &job) {
            base(job);
            edit(job);
        };
    };

    row("everything agrees", download, false, agrees, likeDownload);
    row("nothing is told", download, false, unclear, [](RestoreJob &) {});
    row(
        "named by the answer", download, false, same, [](RestoreJob &) {},
        [](PendingOrder &order) { order.named = {theJob}; });
    row(
        "its batch was named", download, true, same, [](RestoreJob &job) { job.batch = theBatch; },
        [](PendingOrder &order) { order.namedBatch = theBatch; });
    row(
        "another batch was named", download, true, different,
        [](RestoreJob &job) { job.batch = BatchId(QStringLiteral("other")); },
        [](PendingOrder &order) { order.namedBatch = theBatch; });
    row("was on the list before", download, false, different, likeDownload,
        [](PendingOrder &order) { order.listedBefore = {theJob}; });
    row("a person said no", download, false, different, likeDownload,
        [](PendingOrder &order) { order.notMine = {theJob}; });
    row("a person said no, although it was named", download, false, different, likeDownload, [](PendingOrder &order) {
        order.named = {theJob};
        order.notMine = {theJob};
    });
    row("another snapshot", download, false, different,
        edited(likeDownload, [](RestoreJob &job) { job.snapshot = another; }));
    row("a shard's own snapshot", download, true, agrees,
        edited(likeDownload, [](RestoreJob &job) { job.snapshot = another; }));
    row("a shard's own snapshot of another moment", download, true, unclear, edited(likeDownload, [](RestoreJob &job) {
            job.snapshot = another;
            job.timestamp = OplogTimestamp{snapshotMoment.seconds - 21600, 1};
        }));
    // Time never proves anything.
    row("another moment of the same snapshot", download, false, agrees, edited(likeDownload, [](RestoreJob &job) {
            job.timestamp = OplogTimestamp{1, 1};
        }));
    row("created years ago", download, false, agrees,
        edited(likeDownload, [](RestoreJob &job) { job.created = utc(QStringLiteral("2018-09-20T15:00:00Z")); }));
    row("point in time of the snapshot", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.pointInTime = true; }));
    row("a checkpoint's job", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.checkpoint = ourCheckpoint; }));
    row("other link limits", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.delivery.maxDownloads = 1; }));
    row("other hours", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.delivery.expirationHours = 1; }));
    row("link limits are missing", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.delivery = {}; }));
    row("a target for a download", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.delivery.targetCluster = ordersTarget().id; }));
    row("queryable backup", download, false, unclear,
        edited(likeDownload, [](RestoreJob &job) { job.delivery.methodName = QStringLiteral("QUERY"); }));

    const auto automatedAnswer = [](RestoreJob &job) { job.snapshot = ours; };
    row("automated, its snapshot", automated, false, agrees, automatedAnswer);
    row("automated, our target", automated, false, agrees,
        edited(automatedAnswer, [](RestoreJob &job) { job.delivery.targetCluster = ordersTarget().id; }));
    row("automated, another target", automated, false, different,
        edited(automatedAnswer, [](RestoreJob &job) { job.delivery.targetCluster = orders().id; }));
    row("automated, another target project", automated, false, different,
        edited(automatedAnswer, [](RestoreJob &job) { job.delivery.targetProject = shop().id; }));
    // create-snapshot.json has url and limits in the answer to an automated restore.
    row("automated, a url", automated, false, unclear,
        edited(automatedAnswer, [](RestoreJob &job) { job.delivery.url = QStringLiteral("https://example.net/x"); }));
    row("automated, limits", automated, false, unclear,
        edited(automatedAnswer, [](RestoreJob &job) { job.delivery.maxDownloads = 1; }));

    for (const auto mode : {RestoreMode::OplogTimestamp, RestoreMode::PointInTime}) {
        const auto named = [mode](const char *name) { return modeName(mode).toUtf8() + ", " + name; };
        row(named("its moment").constData(), mode, false, agrees, likeMoment);
        // create-point-in-time.json has no pointInTime, create-oplog.json says false.
        row(named("flag missing").constData(), mode, false, unclear,
            edited(likeMoment, [](RestoreJob &job) { job.pointInTime.reset(); }));
        row(named("flag false").constData(), mode, false, unclear,
            edited(likeMoment, [](RestoreJob &job) { job.pointInTime = false; }));
        row(named("another moment").constData(), mode, false, unclear, edited(likeMoment, [](RestoreJob &job) {
                job.timestamp = OplogTimestamp{chosenMoment.seconds - 61, 1};
            }));
        row(named("no moment").constData(), mode, false, unclear,
            edited(likeMoment, [](RestoreJob &job) { job.timestamp.reset(); }));
        row(named("any snapshot").constData(), mode, false, agrees,
            edited(likeMoment, [](RestoreJob &job) { job.snapshot = ours; }));
    }
    const auto checkpointAnswer = [](RestoreJob &job) { job.checkpoint = ourCheckpoint; };
    row("its checkpoint", RestoreMode::Checkpoint, true, agrees, checkpointAnswer);
    row("another checkpoint", RestoreMode::Checkpoint, true, different,
        [](RestoreJob &job) { job.checkpoint = CheckpointId(QStringLiteral("other")); });
    // create-checkpoint.json names a snapshot and no checkpoint.
    row("a snapshot for a checkpoint", RestoreMode::Checkpoint, true, unclear,
        [](RestoreJob &job) { job.snapshot = another; });
}

void TestOrderMatch::match()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    QFETCH(EditOrder, editOrder);
    QFETCH(EditJob, editJob);
    QFETCH(OrderMatch, expected);
    PendingOrder order = orderOf(mode, sharded);
    editOrder(order);
    RestoreJob job;
    job.id = theJob;
    job.delivery.methodName = QStringLiteral("HTTP");
    editJob(job);
    QCOMPARE(wordOf(matchOrder(job, order)), wordOf(expected));
}

void TestOrderMatch::oneJobSpeaksForItsBatch()
{
    PendingOrder order = orderOf(RestoreMode::DownloadSnapshot, true);
    order.listedBefore = {JobId(QStringLiteral("b"))};
    RestoreJob first;
    first.id = JobId(QStringLiteral("a"));
    first.batch = theBatch;
    RestoreJob second = first;
    second.id = JobId(QStringLiteral("b"));
    QVERIFY(candidatesOf(order, {first, second}).empty());
    QVERIFY(candidatesOf(order, {second, first}).empty());
    QCOMPARE(candidatesOf(order, {first}).size(), size_t(1));
}

void TestOrderMatch::aNamedJobOutweighsTheRest()
{
    PendingOrder order = orderOf(RestoreMode::DownloadSnapshot, true);
    order.named = {JobId(QStringLiteral("a"))};
    RestoreJob first;
    first.id = JobId(QStringLiteral("a"));
    first.batch = theBatch;
    RestoreJob second = first;
    second.id = JobId(QStringLiteral("b"));
    for (const std::vector<RestoreJob> &list : {std::vector{first, second}, std::vector{second, first}}) {
        const auto found = candidatesOf(order, list);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(wordOf(found.front().match), QStringLiteral("same"));
        QCOMPARE(found.front().jobs.size(), size_t(2));
    }
}

void TestOrderMatch::candidatesKeepTheListsOrder()
{
    const PendingOrder order = orderOf(RestoreMode::DownloadSnapshot, false);
    RestoreJob unclear;
    unclear.id = JobId(QStringLiteral("u"));
    RestoreJob other;
    other.id = JobId(QStringLiteral("o"));
    other.snapshot = another;
    RestoreJob good;
    good.id = JobId(QStringLiteral("g"));
    likeDownload(good);
    const auto found = candidatesOf(order, {unclear, other, good});
    QCOMPARE(found.size(), size_t(2));
    QCOMPARE(found[0].key(), QStringLiteral("u"));
    QCOMPARE(found[1].key(), QStringLiteral("g"));
    QCOMPARE(wordOf(found[1].match), QStringLiteral("agrees"));
}

void TestOrderMatch::survivesTheDisk()
{
    for (const auto mode : {RestoreMode::DownloadSnapshot, RestoreMode::AutomatedSnapshot, RestoreMode::OplogTimestamp,
                            RestoreMode::PointInTime, RestoreMode::Checkpoint}) {
        PendingOrder order = orderOf(mode, mode == RestoreMode::Checkpoint);
        order.key = QStringLiteral("k");
        order.connection = ConnectionId(QStringLiteral("c"));
        order.server = QStringLiteral("https://cloud.example.net");
        order.user = QStringLiteral("abcdefgh");
        order.listedBefore = {theJob};
        order.goalBefore = 41;
        order.process = thisProcess();
        order.written = now();
        order.writtenServer = now().addSecs(3);
        order.sendings = {{now(), now().addMSecs(3250)}, {now().addSecs(1), {}}};
        order.isAnswered = true;
        order.status = 504;
        order.seen = QStringLiteral("HTTP 504");
        order.mentioned = QStringList{theJob.value};
        order.named = {theJob};
        order.namedBatch = theBatch;
        order.notMine = {JobId(QStringLiteral("x"))};
        order.longestAnswer = std::chrono::seconds(1200);
        const QJsonObject json = QJsonDocument::fromJson(QJsonDocument(toJson(order)).toJson()).object();
        const auto read = pendingOrderFromJson(json);
        QVERIFY(read);
        QCOMPARE(*read, order);
    }
}

void TestOrderMatch::isItBeingSent_data()
{
    QTest::addColumn<ProcessMark>("process");
    QTest::addColumn<int>("secondsAgo");
    QTest::addColumn<QString>("current");
    QTest::addColumn<SendingState>("expected");
    using Edit = std::function<void(ProcessMark &)>;
    const auto row = [](const char *name, const Edit &edit, int secondsAgo, SendingState expected,
                        const char *current = "") {
        // The test's parent, a program that runs as surely as the test does.
        ProcessMark mark = markOf(::getppid());
        edit(mark);
        QTest::newRow(name) << mark << secondsAgo << QString::fromLatin1(current) << expected;
    };
    constexpr auto ended = SendingState::Ended;
    constexpr auto underWay = SendingState::UnderWay;
    constexpr auto elsewhere = SendingState::MayBeElsewhere;
    const auto itself = [](ProcessMark &mark) { mark = thisProcess(); };
    row(
        "by another program", [](ProcessMark &) {}, 5000, underWay);
    row(
        "by one that is gone", [](ProcessMark &mark) { mark.started = QStringLiteral("1"); }, 1, ended);
    row("by itself", itself, 1, underWay, "k");
    row("by itself, but it does not any more", itself, 1, ended);
    row("by itself, but it sends another", itself, 1, ended, "another");
    row(
        "before the last boot", [](ProcessMark &mark) { mark.boot = QStringLiteral("b"); }, 1, ended);
    row(
        "on this machine, which was called otherwise", [](ProcessMark &mark) { mark.host += u'x'; }, 5000, underWay);
    row(
        "on this machine, which was called otherwise, by one that is gone",
        [](ProcessMark &mark) {
            mark.host += u'x';
            mark.started = QStringLiteral("1");
        },
        1, ended);
    const auto otherHost = [](ProcessMark &mark) {
        mark.host += u'x';
        mark.boot = QStringLiteral("b");
    };
    row("on another machine, just now", otherHost, 600, underWay);
    row("on another machine, long ago", otherHost, 601, elsewhere);
    row("on another machine whose clock is ahead", otherHost, -601, elsewhere);
    const auto otherSpace = [](ProcessMark &mark) {
        mark.space = QStringLiteral("pid:[1]");
        mark.started = QStringLiteral("1");
    };
    row("in another container, just now", otherSpace, 1, underWay);
    row("in another container, long ago", otherSpace, 601, elsewhere);
    row(
        "written by a program that knew of no containers", [](ProcessMark &mark) { mark.space.clear(); }, 5000,
        underWay);
}

void TestOrderMatch::isItBeingSent()
{
    QFETCH(ProcessMark, process);
    QFETCH(int, secondsAgo);
    QFETCH(QString, current);
    QFETCH(SendingState, expected);
    PendingOrder order = orderOf(RestoreMode::PointInTime, false);
    order.key = QStringLiteral("k");
    order.process = process;
    order.sendings = {{now(), now()}};
    QCOMPARE(int(sendingOf(order, current, now().addSecs(secondsAgo))), int(expected));
    order.isAnswered = true;
    QCOMPARE(int(sendingOf(order, current, now().addSecs(secondsAgo))), int(SendingState::Ended));
}

void TestOrderMatch::badEntriesAreNoOrders()
{
    QJsonObject json = toJson(orderOf(RestoreMode::PointInTime, false));
    QVERIFY(!pendingOrderFromJson(json)); // without a key
    json.insert(QStringLiteral("key"), QStringLiteral("k"));
    QVERIFY(pendingOrderFromJson(json));
    json.insert(QStringLiteral("mode"), QStringLiteral("of a newer program"));
    QVERIFY(!pendingOrderFromJson(json));
}

QTEST_GUILESS_MAIN(TestOrderMatch)
#include "order_match_test.moc"
