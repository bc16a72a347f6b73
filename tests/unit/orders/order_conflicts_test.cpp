#include "orders/order_conflicts.h"
#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Kind = OrderConflict::Kind;

PendingOrder orderOf(RestoreMode mode, const std::function<void(RestoreDraft &)> &edit = {})
{
    RestoreDraft draft = goodDraft(mode);
    if (edit)
        edit(draft);
    PendingOrder order = pendingOrderOf(*buildRequest(draft, goodFacts(draft), now()));
    order.user = QStringLiteral("abcdefgh");
    return order;
}

PendingOrder pending(RestoreMode mode, const QString &key, const std::function<void(RestoreDraft &)> &edit = {})
{
    PendingOrder order = orderOf(mode, edit);
    order.key = key;
    order.written = order.writtenServer = now().addSecs(-240);
    order.sendings = {{order.written, order.writtenServer}};
    return order;
}

RestoreJob job(const QString &id)
{
    RestoreJob made;
    made.id = JobId(id);
    made.created = now().addSecs(-230);
    made.status = JobStatus::InProgress;
    return made;
}

RestoreJob restoring(const QString &id, const ClusterId &target)
{
    RestoreJob made = job(id);
    made.delivery.targetCluster = target;
    return made;
}

KnownRestore running(const QString &key, const ClusterId &target)
{
    KnownRestore restore;
    restore.key = key;
    restore.targetCluster = target;
    restore.isRunning = true;
    return restore;
}

/// The same as `order`, ordered by another program.
KnownRestore settled(const PendingOrder &order)
{
    KnownRestore restore;
    restore.order = QStringLiteral("o");
    restore.key = QStringLiteral("r");
    restore.cluster = order.cluster;
    restore.mode = order.mode;
    restore.point = order.point;
    restore.targetCluster = order.targetCluster;
    restore.ordered = now();
    return restore;
}

std::vector<Kind> kindsOf(const std::vector<OrderConflict> &conflicts)
{
    std::vector<Kind> kinds;
    for (const OrderConflict &conflict : conflicts)
        kinds.push_back(conflict.kind);
    return kinds;
}

const auto download = RestoreMode::DownloadSnapshot;
const auto automated = RestoreMode::AutomatedSnapshot;
const auto time_ = RestoreMode::PointInTime;

void otherTarget(RestoreDraft &draft)
{
    draft.targetCluster->id = ClusterId(QStringLiteral("60cc0000000000000000ffff"));
    draft.targetCluster->name = QStringLiteral("another");
    draft.typedTargetName = QStringLiteral("another");
}

void otherMoment(RestoreDraft &draft)
{
    draft.pointInTime = QStringLiteral("2026-11-24 14:03:06");
}

void otherLimits(RestoreDraft &draft)
{
    draft.maxDownloads = QStringLiteral("9");
}

} // namespace

Q_DECLARE_METATYPE(tidemark::ConflictFacts)
Q_DECLARE_METATYPE(tidemark::PendingOrder)
Q_DECLARE_METATYPE(std::vector<tidemark::OrderConflict::Kind>)

class TestOrderConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conflicts_data();
    void conflicts();
    void oneJobCameOfOneOrder();
    void theOldestCounts();
};

void TestOrderConflicts::conflicts_data()
{
    QTest::addColumn<PendingOrder>("wanted");
    QTest::addColumn<ConflictFacts>("facts");
    QTest::addColumn<std::vector<Kind>>("expected");
    using Edit = std::function<void(ConflictFacts &)>;
    const auto row = [](const char *name, const PendingOrder &wanted, const Edit &edit, std::vector<Kind> expected) {
        ConflictFacts facts;
        edit(facts);
        QTest::newRow(name) << wanted << facts << std::move(expected);
    };

    row("nothing", orderOf(download), [](ConflictFacts &) {}, {});
    row("jobs, but no pending order", orderOf(download),
        [](ConflictFacts &facts) { facts.sourceJobs = {job(QStringLiteral("a"))}; }, {});
    row("the same download", orderOf(download),
        [](ConflictFacts &facts) { facts.pending = {pending(download, QStringLiteral("p"))}; }, {Kind::PendingSame});
    row("the same download with other limits", orderOf(download),
        [](ConflictFacts &facts) { facts.pending = {pending(download, QStringLiteral("p"), otherLimits)}; },
        {Kind::PendingSame});
    row("a download of another snapshot", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(download, QStringLiteral("p"))};
            facts.pending.front().point = SnapshotPoint{SnapshotId(QStringLiteral("another"))};
        },
        {});
    row("a restore of the same target", orderOf(time_),
        [](ConflictFacts &facts) { facts.pending = {pending(automated, QStringLiteral("p"))}; }, {Kind::PendingTarget});
    row("the same restore", orderOf(time_),
        [](ConflictFacts &facts) { facts.pending = {pending(time_, QStringLiteral("p"))}; }, {Kind::PendingTarget});
    row("another moment, the same target", orderOf(time_),
        [](ConflictFacts &facts) { facts.pending = {pending(time_, QStringLiteral("p"), otherMoment)}; },
        {Kind::PendingTarget});
    row("another target", orderOf(time_),
        [](ConflictFacts &facts) { facts.pending = {pending(time_, QStringLiteral("p"), otherTarget)}; }, {});
    row("a download is no restore", orderOf(time_),
        [](ConflictFacts &facts) { facts.pending = {pending(download, QStringLiteral("p"))}; }, {});

    row("a job that appeared since", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(download, QStringLiteral("p"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
        },
        {Kind::PendingSame, Kind::JobFits});
    row("a job that was there before", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(download, QStringLiteral("p"))};
            facts.pending.front().listedBefore = {JobId(QStringLiteral("a"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
        },
        {Kind::PendingSame});
    row("a job that appeared since the older of two", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(download, QStringLiteral("p")), pending(download, QStringLiteral("q"))};
            facts.pending.back().listedBefore = {JobId(QStringLiteral("a"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
        },
        {Kind::PendingSame, Kind::PendingSame, Kind::JobFits});
    row("a job that is said not to be ours", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(download, QStringLiteral("p"))};
            facts.pending.front().notMine = {JobId(QStringLiteral("a"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
        },
        {Kind::PendingSame});
    row("a job since that may be it, of another order", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(time_, QStringLiteral("p"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
        },
        {Kind::JobFits});
    row("a job since of another snapshot", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(time_, QStringLiteral("p"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
            facts.sourceJobs.front().snapshot = SnapshotId(QStringLiteral("another"));
        },
        {});

    row("an event of this key", orderOf(download),
        [](ConflictFacts &facts) {
            facts.pending = {pending(time_, QStringLiteral("p"))};
            facts.events = {{QStringLiteral("e"), now(), QStringLiteral("orders")}};
        },
        {Kind::EventSeen});
    row("a list that cannot be read any more", orderOf(download),
        [](ConflictFacts &facts) { facts.unread = {QStringLiteral("/orders.json.unreadable-1")}; },
        {Kind::PendingUnread});

    const ClusterId target = ordersTarget().id;
    row("the target is being restored, remembered here", orderOf(time_),
        [target](ConflictFacts &facts) { facts.known = {running(QStringLiteral("r"), target)}; }, {Kind::TargetBusy});
    row("its jobs are broken and killed by now", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.known = {running(QStringLiteral("r"), target)};
            facts.known.front().jobs = {JobId(QStringLiteral("a")), JobId(QStringLiteral("b"))};
            facts.sourceJobs = {job(QStringLiteral("a")), job(QStringLiteral("b"))};
            facts.sourceJobs.front().status = JobStatus::Broken;
            facts.sourceJobs.back().status = JobStatus::Killed;
        },
        {});
    row("one of its jobs is broken, the other on no list", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.known = {running(QStringLiteral("r"), target)};
            facts.known.front().jobs = {JobId(QStringLiteral("a")), JobId(QStringLiteral("b"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
            facts.sourceJobs.front().status = JobStatus::Broken;
        },
        {Kind::TargetBusy});
    row("its job was handed over", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.known = {running(QStringLiteral("r"), target)};
            facts.known.front().jobs = {JobId(QStringLiteral("a"))};
            facts.sourceJobs = {job(QStringLiteral("a"))};
            facts.sourceJobs.front().status = JobStatus::Finished;
        },
        {Kind::TargetBusy});
    row("remembered as ended, its job runs on a list that names no target", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.known = {running(QStringLiteral("r"), target)};
            facts.known.front().isRunning = false;
            facts.known.front().batch = BatchId(QStringLiteral("r"));
            facts.targetJobs = {job(QStringLiteral("a"))};
            facts.targetJobs.front().batch = BatchId(QStringLiteral("r"));
        },
        {Kind::TargetBusy});
    row("another target is being restored", orderOf(time_),
        [](ConflictFacts &facts) { facts.known = {running(QStringLiteral("r"), orders().id)}; }, {});
    row("the target is being restored, on the source's list", orderOf(time_),
        [target](ConflictFacts &facts) { facts.sourceJobs = {restoring(QStringLiteral("a"), target)}; },
        {Kind::TargetBusy});
    row("the target is being restored, on a list of its project", orderOf(time_),
        [target](ConflictFacts &facts) { facts.targetJobs = {restoring(QStringLiteral("a"), target)}; },
        {Kind::TargetBusy});
    row("a restore of the target that has ended", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.targetJobs = {restoring(QStringLiteral("a"), target)};
            facts.targetJobs.front().status = JobStatus::Finished;
        },
        {});
    row("a restore of the target in a state that is not known", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.targetJobs = {restoring(QStringLiteral("a"), target)};
            facts.targetJobs.front().status = JobStatus::Unknown;
        },
        {Kind::TargetBusy});
    row("the same restore on both lists and in the memory counts once", orderOf(time_),
        [target](ConflictFacts &facts) {
            facts.known = {running(QStringLiteral("a"), target)};
            facts.sourceJobs = facts.targetJobs = {restoring(QStringLiteral("a"), target)};
        },
        {Kind::TargetBusy});
    row("the same was ordered elsewhere meanwhile", orderOf(download),
        [](ConflictFacts &facts) { facts.known = {settled(orderOf(download))}; }, {Kind::JustOrdered});
    row("the same was ordered before", orderOf(download),
        [](ConflictFacts &facts) {
            facts.known = {settled(orderOf(download))};
            facts.knownBefore = {QStringLiteral("o")};
        },
        {});
    row("another was ordered meanwhile", orderOf(download),
        [](ConflictFacts &facts) { facts.known = {settled(orderOf(time_))}; }, {});
    row("a download meets no running restore", orderOf(download),
        [target](ConflictFacts &facts) { facts.targetJobs = {restoring(QStringLiteral("a"), target)}; }, {});
}

void TestOrderConflicts::conflicts()
{
    QFETCH(PendingOrder, wanted);
    QFETCH(ConflictFacts, facts);
    QFETCH(std::vector<Kind>, expected);
    const std::vector<OrderConflict> found = conflictsOf(wanted, facts);
    QCOMPARE(kindsOf(found), expected);
    for (const OrderConflict &conflict : found) {
        QVERIFY(!conflict.key.isEmpty());
        QVERIFY(conflict.sentence.endsWith(u'.'));
    }
}

void TestOrderConflicts::oneJobCameOfOneOrder()
{
    KnownRestore one;
    one.order = QStringLiteral("o1");
    one.jobs = {JobId(QStringLiteral("a"))};
    KnownRestore two;
    two.order = QStringLiteral("o2");
    two.batch = BatchId(QStringLiteral("b"));
    KnownRestore old; // of before there were pending orders
    old.jobs = {JobId(QStringLiteral("c"))};
    std::vector<RestoreJob> jobs{job(QStringLiteral("a")), job(QStringLiteral("b1")), job(QStringLiteral("c")),
                                 job(QStringLiteral("d"))};
    jobs[1].batch = two.batch;
    const auto idsFor = [&](const char *order) {
        QStringList ids;
        for (const RestoreJob &own : withoutOthers(jobs, QString::fromLatin1(order), {one, two, old}))
            ids.append(own.id.value);
        return ids.join(u' ');
    };
    QCOMPARE(idsFor("o1"), QStringLiteral("a d"));
    QCOMPARE(idsFor("o2"), QStringLiteral("b1 d"));
    QCOMPARE(idsFor("o3"), QStringLiteral("d"));
}

void TestOrderConflicts::theOldestCounts()
{
    QVERIFY(!oldestSince({}).isValid());
    PendingOrder older = pending(download, QStringLiteral("a"));
    PendingOrder newer = older;
    newer.sendings.front().server = older.sendings.front().server.addSecs(60);
    QCOMPARE(oldestSince({newer, older}), older.since());
}

QTEST_GUILESS_MAIN(TestOrderConflicts)
#include "order_conflicts_test.moc"
