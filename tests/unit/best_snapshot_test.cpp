#include "preparation/best_snapshot.h"
#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using test::utc;

namespace {

Snapshot snapshot(const char *id, const char *created)
{
    Snapshot made;
    made.id = SnapshotId(QString::fromLatin1(id));
    made.created = {utc(QString::fromLatin1(created)).toSecsSinceEpoch(), 1};
    made.complete = true;
    return made;
}

const QDateTime now = utc(QStringLiteral("2026-11-27T14:20:00Z"));

} // namespace

Q_DECLARE_METATYPE(std::function<void(Snapshot &)>)
Q_DECLARE_METATYPE(std::optional<tidemark::RestoreMode>)

/// Which snapshot is proposed to somebody who decided on a moment before.
class BestSnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLatestBefore_data()
    {
        using Change = std::function<void(Snapshot &)>;
        QTest::addColumn<QString>("moment");
        QTest::addColumn<Change>("change"); ///< of the one of 12:00
        QTest::addColumn<QString>("best");
        const auto row = [](const char *name, const char *moment, const char *best, const Change &change = {}) {
            QTest::newRow(name) << QString::fromLatin1(moment) << change << QString::fromLatin1(best);
        };
        row("between two", "2026-11-27T14:03:07Z", "noon");
        row("after all", "2026-11-28T00:00:00Z", "late");
        row("before all", "2026-11-27T05:59:59Z", "");
        row("its own second, which may have left something in it", "2026-11-27T12:00:00Z", "morning");
        row("the second after it", "2026-11-27T12:00:01Z", "noon");
        row("not complete", "2026-11-27T14:03:07Z", "morning", [](Snapshot &noon) { noon.complete = false; });
        row("without a shard", "2026-11-27T14:03:07Z", "morning",
            [](Snapshot &noon) { noon.missingShards = {QStringLiteral("shop_1")}; });
        row("of some namespaces", "2026-11-27T14:03:07Z", "morning",
            [](Snapshot &noon) { noon.namespaceFilter = {QStringLiteral("shop.orders")}; });
        row("possibly inconsistent", "2026-11-27T14:03:07Z", "morning",
            [](Snapshot &noon) { noon.possiblyInconsistent = true; });
        row("expired", "2026-11-27T14:03:07Z", "morning", [](Snapshot &noon) { noon.expires = now; });
        row("expires later", "2026-11-27T14:03:07Z", "noon", [](Snapshot &noon) { noon.expires = now.addSecs(1); });
        row("its oplog reaches past the moment", "2026-11-27T14:03:07Z", "morning", [](Snapshot &noon) {
            noon.lastOplogApplied = OplogTimestamp{utc(QStringLiteral("2026-11-27T14:03:07Z")).toSecsSinceEpoch(), 1};
        });
        row("its oplog ends before it began", "2026-11-27T14:03:07Z", "noon", [](Snapshot &noon) {
            noon.lastOplogApplied = OplogTimestamp{utc(QStringLiteral("2026-11-27T05:00:00Z")).toSecsSinceEpoch(), 1};
        });
    }
    void theLatestBefore()
    {
        QFETCH(QString, moment);
        QFETCH(std::function<void(Snapshot &)>, change);
        std::vector<Snapshot> all{snapshot("morning", "2026-11-27T06:00:00Z"), snapshot("late", "2026-11-27T18:00:00Z"),
                                  snapshot("noon", "2026-11-27T12:00:00Z")};
        if (change)
            change(all.back());
        const Snapshot *best = bestBefore(all, utc(moment), now);
        QTEST(best ? best->id.value : QString(), "best");
    }

    void theMomentDecidedOn_data()
    {
        QTest::addColumn<QString>("point");
        QTest::addColumn<QString>("oplog");
        QTest::addColumn<std::optional<RestoreMode>>("last");
        QTest::addColumn<QDateTime>("moment");
        using Last = std::optional<RestoreMode>;
        const auto row = [](const char *name, const char *point, const char *oplog, const Last &last,
                            const QDateTime &moment) {
            QTest::newRow(name) << QString::fromLatin1(point) << QString::fromLatin1(oplog) << last << moment;
        };
        const Last point = RestoreMode::PointInTime;
        const Last oplog = RestoreMode::OplogTimestamp;
        const QDateTime seven = utc(QStringLiteral("2026-11-27T14:03:07Z"));
        const QDateTime eight = seven.addSecs(1);
        row("none", "", "", {}, {});
        row("a point in time", "2026-11-27 14:03:07", "", {}, seven);
        row("an oplog timestamp", "", "1795788187", {}, seven);
        row("both", "2026-11-27 14:03:07", "1", {}, seven);
        row("both, the point in time last", "2026-11-27 14:03:07", "1795788188", point, seven);
        row("both, the oplog timestamp last", "2026-11-27 14:03:07", "1795788188", oplog, eight);
        row("nothing in the last one", "2026-11-27 14:03:07", " ", oplog, seven);
        row("nothing in the last one, again", "", "1795788188", point, eight);
        row("what is not understood in the last one is not what was before", "14:03", "1795788188", point, {});
        row("nor in the other", "2026-11-27 14:03:07", "17957881xx", oplog, {});
        row("a question is no moment", "14:03", "", {}, {});
        row("no time at all", "noon?", "x", {}, {});
        row("more seconds than there are", "", "99999999999", {}, {});
    }
    void theMomentDecidedOn()
    {
        QFETCH(QDateTime, moment);
        RestoreDraft draft;
        QFETCH(QString, point);
        QFETCH(QString, oplog);
        draft.pointInTime = point;
        draft.oplogSeconds = oplog;
        QFETCH(std::optional<RestoreMode>, last);
        draft.momentMode = last;
        const std::optional<QDateTime> decided = preparedMoment(draft, now);
        QCOMPARE(decided.has_value(), moment.isValid());
        if (decided)
            QCOMPARE(*decided, moment);
    }
};

QTEST_APPLESS_MAIN(BestSnapshotTest)
#include "best_snapshot_test.moc"
