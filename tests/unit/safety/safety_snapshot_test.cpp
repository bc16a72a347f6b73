#include "safety_samples.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using List = std::vector<Snapshot>;

/// "Whole b at 7, others", "Making at 7, 2 of 3", "NotListed", in a few characters.
struct Words
{
    QString operator()(const SafetyAsking &) const { return QStringLiteral("asking"); }
    QString operator()(const SafetyRefused &) const { return QStringLiteral("refused"); }
    QString operator()(const SafetyNotListed &state) const
    {
        return QStringLiteral("not listed%1%2")
            .arg(state.isCertain ? QString() : QStringLiteral(", uncertain"),
                 state.isLate ? QStringLiteral(", late") : QString());
    }
    QString operator()(const SafetyMaking &state) const
    {
        return QStringLiteral("making, %1 of %2").arg(state.parts).arg(state.expected);
    }
    QString operator()(const SafetyPartial &state) const
    {
        return QStringLiteral("partial, %1 of %2").arg(state.parts).arg(state.expected);
    }
    QString operator()(const SafetyWhole &state) const
    {
        return QStringLiteral("whole %1%2")
            .arg(state.snapshot.value, state.hasOthers ? QStringLiteral(", others") : QString());
    }
    QString operator()(const SafetyGone &state) const
    {
        return state.expired.isValid() ? QStringLiteral("expired") : QStringLiteral("gone");
    }
};

SafetySnapshot foundBefore(SafetySnapshot kept, const Snapshot &one)
{
    return found(std::move(kept), {one});
}

SafetySnapshot ordered(SafetySnapshot kept, qint64 secondsAfter)
{
    return boundTo(std::move(kept), QStringLiteral("order"), at(secondsAfter), {JobId(QStringLiteral("job"))});
}

Snapshot missing(Snapshot one)
{
    one.missingShards = {QStringLiteral("shop_1")};
    return one;
}

Snapshot protectedOne(Snapshot one)
{
    one.doNotDelete = true;
    return one;
}

Snapshot withoutParts(Snapshot one)
{
    one.parts.clear();
    return one;
}

SafetyLook failing(SafetyLook look)
{
    look.trouble = Error{ErrorKind::Network};
    return look;
}

} // namespace

class SafetySnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void whichOne_data();
    void whichOne();
    void pauses_data();
    void pauses();
    void whatIsForTheNextRestore_data();
    void whatIsForTheNextRestore();
    void another_data();
    void another();
    void whatWasMadeAfterTheOrderIsForgotten_data();
    void whatWasMadeAfterTheOrderIsForgotten();
    void whatIsOver_data();
    void whatIsOver();
    void whatIsReserved();
    void theFirstBindingCounts();
    void whatConcernsIt();
    void parts();
};

void SafetySnapshotTest::states_data()
{
    QTest::addColumn<SafetySnapshot>("kept");
    QTest::addColumn<SafetyLook>("look");
    QTest::addColumn<qint64>("now"); ///< seconds after the request
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const SafetySnapshot &kept, const SafetyLook &look, qint64 now,
                        const char *state) {
        QTest::newRow(name) << kept << look << now << QString::fromLatin1(state);
    };
    SafetyLook asking;
    asking.isAsking = true;
    row("the POST is under way", asked(), asking, 1, "asking");
    SafetyLook refused;
    refused.refused = Error{ErrorKind::Permission};
    row("it was refused", asked(), refused, 1, "refused");
    row("answered, no list yet", answered(0), {}, 5, "not listed");
    row("answered, an empty list", answered(0), seen({}), 5, "not listed");
    row("no answer came", asked(), seen({}), 5, "not listed, uncertain");
    row("a second before it is late", answered(0), seen({}), 599, "not listed");
    row("late", answered(0), seen({}), 600, "not listed, late");
    row("no answer came, late", asked(), seen({}), 600, "not listed, uncertain, late");
    row("the list fails, and none was read", answered(0), failing({}), 5, "not listed");
    row("only one of before", answered(3), seen({snapshot("a", 2)}), 5, "not listed");
    row("being made", answered(3), seen({snapshot("a", 3, false)}), 5, "making, 1 of 1");
    row("its last list counts while the next fails", answered(3), failing(seen({snapshot("a", 3, false)})), 5,
        "making, 1 of 1");
    row("two of three parts", answered(0, 3), seen({snapshot("a", 3, false, 2)}), 5, "making, 2 of 3");
    row("all parts and not complete", answered(0, 3), seen({snapshot("a", 3, false, 3)}), 5, "making, 3 of 3");
    row("complete", answered(3), seen({snapshot("a", 3)}), 5, "whole a");
    row("complete, all parts", answered(0, 3), seen({snapshot("a", 3, true, 3)}), 5, "whole a");
    row("complete without a part", answered(0, 3), seen({snapshot("a", 3, true, 2)}), 5, "partial, 2 of 3");
    row("complete, and a shard is named as missing", answered(0, 3), seen({missing(snapshot("a", 3, true, 3))}), 5,
        "partial, 3 of 3");
    row("complete, how many parts it needs is not known", answered(0, 0), seen({snapshot("a", 3, true, 2)}), 5,
        "whole a");
    row("complete, its parts are not told", answered(0, 3), seen({withoutParts(snapshot("a", 3))}), 5, "whole a");
    row("found without an answer", asked(), seen({snapshot("a", 3)}), 5, "whole a");
    row("a scheduled one at the same time", answered(0), seen({snapshot("b", 9), snapshot("a", 3)}), 15,
        "whole a, others");
    row("one of before is no other", answered(0), seen({snapshot("a", 3), snapshot("b", -3600)}), 15, "whole a");
    row("before the list is read in a new run", foundBefore(answered(0), snapshot("a", 3)), {}, 5, "whole a");
    row("not complete when it was last seen, in a new run", foundBefore(answered(0), snapshot("a", 3, false)), {}, 5,
        "not listed");
    row("it has gone", foundBefore(answered(0), snapshot("a", 3)), seen({}), 5, "gone");
    row("it has gone, and another is there", foundBefore(answered(0), snapshot("a", 3)), seen({snapshot("b", 9)}), 15,
        "gone");
    row("one in the making has gone, and another is there", foundBefore(answered(0), snapshot("a", 3, false)),
        seen({snapshot("b", 9)}), 15, "whole b");
    row("a second before it expires", answered(0), seen({snapshot("a", 3)}), 3 + 7 * 86400 - 1, "whole a");
    row("expired and listed", answered(0), seen({snapshot("a", 3)}), 3 + 7 * 86400, "expired");
    row("expired and gone", foundBefore(answered(0), snapshot("a", 3)), seen({}), 3 + 7 * 86400, "expired");
    row("expired, in a new run", foundBefore(answered(0), snapshot("a", 3)), {}, 3 + 7 * 86400, "expired");
    row("kept for ever", answered(0), seen({protectedOne(snapshot("a", 3))}), 3 + 8 * 86400, "whole a");
    row("made after the restore was ordered", ordered(asked(), 10), seen({snapshot("a", 11)}), 15,
        "not listed, uncertain");
    row("made in the second of the order", ordered(asked(), 10), seen({snapshot("a", 10)}), 15, "whole a");
    row("made after the order is no other", ordered(answered(0), 10), seen({snapshot("a", 3), snapshot("b", 11)}), 15,
        "whole a");
}

void SafetySnapshotTest::states()
{
    QFETCH(SafetySnapshot, kept);
    QFETCH(SafetyLook, look);
    QFETCH(qint64, now);
    QTEST(std::visit(Words(), safetyState(kept, look, at(now))), "state");
}

void SafetySnapshotTest::whichOne_data()
{
    QTest::addColumn<SafetySnapshot>("kept");
    QTest::addColumn<List>("list");
    QTest::addColumn<QString>("id"); ///< empty: none
    const auto row = [](const char *name, const SafetySnapshot &kept, const List &list, const char *id) {
        QTest::newRow(name) << kept << list << QString::fromLatin1(id);
    };
    row("at the answer's second", answered(3), {snapshot("a", 3)}, "a");
    row("a second before it", answered(3), {snapshot("a", 2)}, "");
    SafetySnapshot later = answered(3);
    later.answered->increment = 2;
    row("in its second, an increment before it", later, {snapshot("a", 3)}, "");
    row("the earliest of the later ones", answered(3), {snapshot("c", 60), snapshot("a", 2), snapshot("b", 30)}, "b");
    row("no timestamp: the request's time, less what its clock may err", asked(), {snapshot("a", -2)}, "a");
    row("no timestamp: before that", asked(), {snapshot("a", -3)}, "");
    row("the answer's clock is ahead of the request's", answered(90), {snapshot("a", 60), snapshot("b", 91)}, "b");
    row("the one that was found, whatever else appears", foundBefore(answered(3), snapshot("b", 30, false)),
        {snapshot("a", 10), snapshot("b", 30)}, "b");
}

void SafetySnapshotTest::whichOne()
{
    QFETCH(SafetySnapshot, kept);
    QFETCH(List, list);
    const Snapshot *one = safetyIn(list, kept);
    QTEST(one ? one->id.value : QString(), "id");
}

void SafetySnapshotTest::pauses_data()
{
    QTest::addColumn<SafetySnapshot>("kept");
    QTest::addColumn<SafetyLook>("look");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<qint64>("milliseconds"); ///< -1: no more looks
    const auto row = [](const char *name, const SafetySnapshot &kept, const SafetyLook &look, qint64 now,
                        qint64 milliseconds) { QTest::newRow(name) << kept << look << now << milliseconds; };
    SafetyLook asking;
    asking.isAsking = true;
    SafetyLook refused;
    refused.refused = Error{};
    row("asking", asked(), asking, 1, -1);
    row("refused", asked(), refused, 1, -1);
    row("at first", answered(0), {}, 0, 2000);
    row("still the shortest", answered(0), {}, 16, 2000);
    row("after a minute", answered(0), {}, 60, 7500);
    row("after eight", answered(0), {}, 480, 60000);
    row("never listed", answered(0), {}, 86400, 60000);
    row("the clock was set back", answered(0), {}, -60, 2000);
    row("being made", answered(0), seen({snapshot("a", 3, false)}), 60, 7500);
    row("complete", answered(0), seen({snapshot("a", 3)}), 60, 900000);
    row("gone", foundBefore(answered(0), snapshot("a", 3)), seen({}), 60, 900000);
    row("expired", answered(0), seen({snapshot("a", 3)}), 8 * 86400, -1);
}

void SafetySnapshotTest::pauses()
{
    QFETCH(SafetySnapshot, kept);
    QFETCH(SafetyLook, look);
    QFETCH(qint64, now);
    const auto pause = safetyPause(safetyState(kept, look, at(now)), kept, at(now));
    QTEST(pause ? qint64(pause->count()) : qint64(-1), "milliseconds");
}

void SafetySnapshotTest::whatIsForTheNextRestore_data()
{
    QTest::addColumn<SafetySnapshot>("kept");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<bool>("isForIt");
    QTest::newRow("fresh") << asked() << qint64(0) << true;
    QTest::newRow("a day old") << asked() << qint64(86400) << true;
    QTest::newRow("older") << asked() << qint64(86401) << false;
    QTest::newRow("of a restore that was ordered") << ordered(asked(), 10) << qint64(20) << false;
}

void SafetySnapshotTest::whatIsForTheNextRestore()
{
    QFETCH(SafetySnapshot, kept);
    QFETCH(qint64, now);
    QTEST(isForNextRestore(kept, at(now)), "isForIt");
}

void SafetySnapshotTest::another_data()
{
    QTest::addColumn<SafetyState>("state");
    QTest::addColumn<bool>("mayBe");
    QTest::newRow("asking") << SafetyState(SafetyAsking()) << false;
    QTest::newRow("refused") << SafetyState(SafetyRefused()) << true;
    QTest::newRow("not listed") << SafetyState(SafetyNotListed()) << false;
    QTest::newRow("not listed, uncertain") << SafetyState(SafetyNotListed{false, false}) << false;
    QTest::newRow("late") << SafetyState(SafetyNotListed{true, true}) << true;
    QTest::newRow("making") << SafetyState(SafetyMaking()) << false;
    QTest::newRow("partial") << SafetyState(SafetyPartial()) << true;
    const auto whole = [](qint64 created) { return SafetyState(SafetyWhole{{}, {Asked + created, 1}, {}, false}); };
    QTest::newRow("whole") << whole(-15 * 60) << false;
    QTest::newRow("whole, and not recent") << whole(-15 * 60 - 1) << true;
    QTest::newRow("gone") << SafetyState(SafetyGone()) << true;
}

void SafetySnapshotTest::another()
{
    QFETCH(SafetyState, state);
    QTEST(mayAskAgain(state, at(0)), "mayBe");
}

void SafetySnapshotTest::whatWasMadeAfterTheOrderIsForgotten_data()
{
    QTest::addColumn<qint64>("created");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("before it") << qint64(9) << true;
    QTest::newRow("in its second") << qint64(10) << true;
    QTest::newRow("after it") << qint64(11) << false;
}

void SafetySnapshotTest::whatWasMadeAfterTheOrderIsForgotten()
{
    QFETCH(qint64, created);
    const SafetySnapshot kept = ordered(foundBefore(asked(), snapshot("a", created)), 10);
    QTEST(!kept.snapshot.isEmpty(), "isKept");
    QCOMPARE(kept.isWhole, !kept.snapshot.isEmpty());
    QCOMPARE(kept.order, QStringLiteral("order"));
}

void SafetySnapshotTest::whatIsOver_data()
{
    QTest::addColumn<SafetySnapshot>("kept");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<bool>("isOver");
    const SafetySnapshot whole = foundBefore(answered(0), snapshot("a", 3)); // expires after 7 days
    QTest::newRow("not found within a day") << answered(0) << qint64(86400) << false;
    QTest::newRow("not found after it") << answered(0) << qint64(86401) << true;
    QTest::newRow("expired a week ago") << whole << qint64(3 + 14 * 86400) << false;
    QTest::newRow("expired longer ago") << whole << qint64(4 + 14 * 86400) << true;
    QTest::newRow("kept for ever") << foundBefore(answered(0), protectedOne(snapshot("a", 3))) << qint64(1000 * 86400)
                                   << false;
}

void SafetySnapshotTest::whatIsOver()
{
    QFETCH(SafetySnapshot, kept);
    QFETCH(qint64, now);
    QTEST(isOver(kept, at(now)), "isOver");
}

/// An order that is not known yet has the one that was taken before it, and a later restore needs its own.
void SafetySnapshotTest::whatIsReserved()
{
    const auto request = [](const char *key, qint64 seconds) {
        SafetySnapshot one = asked();
        one.key = QString::fromLatin1(key);
        one.asked = at(seconds);
        return one;
    };
    const auto order = [](const char *key, qint64 seconds, const ClusterId &target = asked().cluster) {
        return UnsettledOrder{QString::fromLatin1(key), target, at(seconds)};
    };
    const std::vector<SafetySnapshot> kept{request("a", 0), request("b", 100)};
    using Keys = std::set<QString>;
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    QCOMPARE(reserved(kept, {}), Keys());
    QCOMPARE(reserved(kept, {order("x", -1)}), Keys());
    QCOMPARE(reserved(kept, {order("x", 0)}), Keys{a});
    QCOMPARE(reserved(kept, {order("x", 99)}), Keys{a});
    QCOMPARE(reserved(kept, {order("x", 100)}), (Keys{a, b})); // the newest may never become whole
    QCOMPARE(reserved(kept, {order("y", 200), order("x", 50)}), (Keys{a, b}));
    QCOMPARE(reserved({kept[1]}, {order("x", 99)}), Keys());
    QCOMPARE(reserved(kept, {order("x", 50, ClusterId(QStringLiteral("another")))}), Keys());
    QCOMPARE(reserved({ordered(kept[0], 10)}, {order("x", 50)}), Keys()); // it is another's already
    QCOMPARE(reserved(kept, {order("x", 100 + 86401)}), Keys());          // too old for it
}

/// Two programs know of one: what one of them has ordered after it counts for the other.
void SafetySnapshotTest::theFirstBindingCounts()
{
    const SafetySnapshot bound = ordered(asked(), 10);
    QCOMPARE(mergedWith(bound, asked()).order, bound.order);
    QCOMPARE(mergedWith(asked(), bound), bound);
    SafetySnapshot second = ordered(asked(), 20);
    second.order = QStringLiteral("another");
    QCOMPARE(mergedWith(bound, second).order, bound.order);
    SafetySnapshot unread = asked(); // read by another program while its answer was on its way
    unread.isAnswered = false;
    QCOMPARE(mergedWith(answered(3), unread).answered, answered(3).answered);
    QVERIFY(mergedWith(answered(3), unread).isAnswered);
    // What was found too late for that order is forgotten.
    QVERIFY(mergedWith(bound, foundBefore(asked(), snapshot("a", 15))).snapshot.isEmpty());
}

void SafetySnapshotTest::whatConcernsIt()
{
    const std::vector<Snapshot> list{snapshot("old", -100), snapshot("a", 3), snapshot("b", 9)};
    QCOMPARE(concerning(answered(0), list).size(), size_t(2));
    SafetySnapshot before = answered(0);
    before.snapshot = list[0].id;
    QCOMPARE(concerning(before, list).size(), size_t(3)); // found before, whatever its time
}

void SafetySnapshotTest::parts()
{
    Cluster cluster;
    QCOMPARE(expectedParts(cluster), 0);
    cluster.type = ClusterType::ReplicaSet;
    QCOMPARE(expectedParts(cluster), 1);
    cluster.type = ClusterType::ShardedCluster;
    QCOMPARE(expectedParts(cluster), 0);
    cluster.shards.resize(3); // two and the config servers
    QCOMPARE(expectedParts(cluster), 3);
}

QTEST_GUILESS_MAIN(SafetySnapshotTest)
#include "safety_snapshot_test.moc"
