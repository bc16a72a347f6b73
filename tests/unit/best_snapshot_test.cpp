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
        QTest::addColumn<QDateTime>("moment");
        QTest::newRow("none") << QString() << QString() << QDateTime();
        QTest::newRow("a point in time") << QStringLiteral("2026-11-27 14:03:07") << QString()
                                         << utc(QStringLiteral("2026-11-27T14:03:07Z"));
        QTest::newRow("an oplog timestamp")
            << QString() << QStringLiteral("1795788187") << QDateTime::fromSecsSinceEpoch(1795788187, Qt::UTC);
        QTest::newRow("both") << QStringLiteral("2026-11-27 14:03:07") << QStringLiteral("1")
                              << utc(QStringLiteral("2026-11-27T14:03:07Z"));
        QTest::newRow("a question is no moment") << QStringLiteral("14:03") << QString() << QDateTime();
        QTest::newRow("no time at all") << QStringLiteral("noon?") << QStringLiteral("x") << QDateTime();
    }
    void theMomentDecidedOn()
    {
        QFETCH(QDateTime, moment);
        RestoreDraft draft;
        QFETCH(QString, point);
        QFETCH(QString, oplog);
        draft.pointInTime = point;
        draft.oplogSeconds = oplog;
        const std::optional<QDateTime> decided = preparedMoment(draft, now);
        QCOMPARE(decided.has_value(), moment.isValid());
        if (decided)
            QCOMPARE(*decided, moment);
    }
};

QTEST_APPLESS_MAIN(BestSnapshotTest)
#include "best_snapshot_test.moc"
